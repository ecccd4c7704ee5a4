"""The Markdown source of a text as its author sees it: where things stand, and what Markdown would silently misread.

Python-Markdown keeps no positions, so what a processor finds is looked up again in the source, with code masked
out and a cursor for each wording, so that the second use of a citation is found at its second place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_LIST_ITEM = re.compile(r"( *)(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
_STARTS_LIST = re.compile(r" {0,3}(?:[-*+]|1[.)])[ \t]+\S")
_CARD = re.compile(r"( *)!!! ?\S")
_QUOTE = re.compile(r" {0,3}> ?")


class Misread(NamedTuple):
    """Something that Markdown would take for something else."""

    line: int
    column: int
    check: str
    message: str
    hint: str


class SourceText:
    """A text whose first line is the file's line ``first_line``."""

    def __init__(self, text: str, first_line: int) -> None:
        self.lines = text.split("\n")
        self._first_line = first_line
        self._masked = _mask_code(text)
        self._cursors: dict[str, int] = {}

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the text."""
        line = self._masked.count("\n", 0, offset)
        column = offset - (self._masked.rfind("\n", 0, offset) + 1) + 1
        return self._first_line + line, column

    def locate(self, wording: str) -> tuple[int, int]:
        """Line and column of the next use of a wording outside code; the text's first line where it can't be found."""
        start = self._masked.find(wording, self._cursors.get(wording, 0))
        if start < 0:
            start = self._masked.find(wording)
        if start < 0:
            return self._first_line, 1
        self._cursors[wording] = start + len(wording)
        return self.place(start)

    def misread_lists(self) -> Iterator[Misread]:
        """Lists that Markdown swallows into the paragraph before them, and nested items that it flattens."""
        card_indent = 0
        block = ""
        for number, line in enumerate(self._masked.split("\n"), self._first_line):
            card = _CARD.match(line)
            if card:
                card_indent, block = len(card[1]) + 4, ""
                continue
            if not line.strip():
                block = ""
                continue
            indent = len(line) - len(line.lstrip(" "))
            if indent < card_indent:
                card_indent = 0
            inner = _QUOTE.sub("", line[card_indent:])
            item = _LIST_ITEM.match(inner)
            column = len(line) - len(inner) + (len(item[1]) if item else 0) + 1
            if block == "paragraph" and _STARTS_LIST.match(inner):
                message = "Markdown would swallow this list into the paragraph before it"
                yield Misread(number, column, "swallowed-list", message, "put a blank line before the list")
                block = "list"
            elif block == "list" and item and len(item[1]) in (1, 2, 3):
                message = "Markdown would not see this as a list inside the list"
                yield Misread(number, column, "flattened-list", message, "indent it by four spaces, or not at all")
            elif not block:
                block = "list" if item else "heading" if inner.startswith("#") else "paragraph"
            elif block == "heading":
                block = "list" if item else "paragraph"


def _mask_code(text: str) -> str:
    """The text with fenced code and code spans blanked, every offset kept."""
    if "`" not in text and "~~~" not in text:
        return text
    lines = text.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and line.strip().startswith(fence):
                fence = ""
            lines[index] = " " * len(line)
        elif match:
            fence = match[1]
            lines[index] = " " * len(line)
    return _CODE_SPAN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), "\n".join(lines))
