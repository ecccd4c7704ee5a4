"""No promises."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

PROMISE = Rule(
    "promise", "error", "a promise keeps people from the help they need (docs/writing.md, For whom)", is_safety=True
)
RULES = (PROMISE,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A word of promise, unless its sentence denies it first (“there is no cure”)."""
    for offset, word in prose.find(style.wording.promises):
        sentence = prose.sentence_at(offset)
        if not prose.uses(style.wording.denials, sentence.start, offset):
            message = f"“{word}” promises too much: “{prose.quote(sentence)}”"
            yield PROMISE.at(prose.path, prose.place(offset), message, "say what was found, and how sure it is")
