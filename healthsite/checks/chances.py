"""Chances in figures."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

VAGUE = Rule("vague-chance", "warning", "“4 out of 5” says more than “a good chance” (docs/writing.md, For whom)")
RULES = (VAGUE,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A chance without a figure in its sentence."""
    for offset, words in prose.find(style.wording.vague):
        sentence = prose.sentence_at(offset)
        if not any(letter.isdigit() for letter in prose.text[sentence.start : sentence.end]):
            message = f"“{words}” gives no figure: “{prose.quote(sentence)}”"
            yield VAGUE.at(prose.path, prose.place(offset), message, "say how many out of how many, with the source")
