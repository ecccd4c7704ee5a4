"""Numbers as figures, and written one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthsite.blocks import FILL
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

NUMBER = Rule("number-style", "warning", "numbers as figures, each written one way (docs/writing.md, For whom)")
RULES = (NUMBER,)
_PERCENT = re.compile(r"[ \xa0]?per ?cent\b")
_RANGE = re.compile(r"[-–]\d[\d.,]*(?<=\d)(?![\w-])")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A number in words before what it counts; five digits without a comma; “percent”; a range with a dash."""
    words, counted = style.wording.number_words, frozenset(style.wording.counted)
    if not words:
        return
    for offset, word in prose.find(words):
        following = prose.text[offset + len(word) : offset + len(word) + 40].replace(FILL, "").split()
        if following and following[0].strip(".,;:!?)").lower() in counted:
            yield _tell(prose, offset, f"{word} {following[0].strip('.,;:!?)')}", "write the figure")
    for start, end in prose.figures:
        text = prose.text
        if text[end : end + 1] in (" ", "-", "–", "p", "\xa0"):
            if found := _PERCENT.match(text, end):
                yield _tell(prose, start, text[start : found.end()], "write %")
            elif found := _RANGE.match(text, end):
                yield _tell(prose, start, text[start : found.end()], "write it with “to” between the figures")
        if end - start > 4 and text[start:end].isdigit():
            yield _tell(prose, start, text[start:end], "write it with commas, like 10,000")


def _tell(prose: Prose, offset: int, shown: str, hint: str) -> Finding:
    message = f"“{shown}” in “{prose.quote(prose.sentence_at(offset))}”"
    return NUMBER.at(prose.path, prose.place(offset), message, hint)
