"""Words in another script say their language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

PART = Rule("language-part", "warning", "a screen reader can't guess another language (WCAG 3.1.2)")
RULES = (PART,)
_LATIN = re.compile(r"[A-Za-z]")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """Words of another script in a text that is mostly Latin, outside an element with ``lang``."""
    if prose.text.isascii() or not _is_latin(prose.text):
        return
    for match in _other().finditer(prose.text):
        if not prose.has_language(match.start()):
            message = f"“{match[0]}” does not say its language"
            hint = f'write <span lang="…">{match[0]}</span>'
            yield PART.at(prose.path, prose.place(match.start()), message, hint)


@cache
def _other() -> re.Pattern[str]:
    """Words of other scripts; compiled where it is asked for, for that takes longer than to import this module."""
    words = r"[\u0370-\u1fff\u2c00-\ud7ff\uf900-\ufaff]{2,}"
    return re.compile(rf"{words}(?:\s+{words})*")


def _is_latin(text: str) -> bool:
    return 2 * len(_LATIN.findall(text)) > sum(letter.isalpha() for letter in text)
