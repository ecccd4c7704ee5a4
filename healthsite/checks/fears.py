"""No words that frighten."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

FEAR = Rule("fear", "error", "a frightened reader does not take in what to do (docs/writing.md, For whom)")
RULES = (FEAR,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A word of fear, denied or not."""
    for offset, word in prose.find(style.wording.fears):
        message = f"“{word}” frightens: “{prose.quote(prose.sentence_at(offset))}”"
        yield FEAR.at(prose.path, prose.place(offset), message, "say calmly what can happen, and what to do")
