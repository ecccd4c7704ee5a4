"""A Markdown source cut into blocks, its markup blanked letter by letter: offsets are those of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

FILL = "\x00"
"""Stands where markup stood: no letter, no space, nothing to count."""

FENCED = re.compile(r"^(?P<mark>`{3,9}|~{3,9})[^\n]*\n.*?^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(  # bounded, or a text of brackets alone would take for ever; the first letter apart, to be quick
    r"[\[!\]<`*](?:(?<=\[)(?:@[^\]]{0,400}\]|(?=[^\[\]]{0,800}\]\())|(?<=!)\[[^\]]{0,800}\]\([^)]{0,800}\)"
    r"|(?<=\])\([^)]{0,800}\)|(?<=<)(?:!--.{0,2000}?-->|/?[a-zA-Z][^<>]{0,800}>)|(?<=`)[^`]*`|(?<=\*)\**)",
    re.DOTALL,
)
_DELIMITER = re.compile(r"[\s|:-]+$")
_AROUND = f" \t>{FILL}"
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]+")
_CARD = re.compile(r'!!! ?(?P<name>[\w-]+)(?: +"(?P<title>[^"]*)")?')


class Block(NamedTuple):
    """A heading, a paragraph, an item of a list, a row of a table, the title of a card, or a field of the front matter.

    ``start`` and ``end`` are offsets in the whole text. ``card`` is the urgency of the care card that it stands in,
    ``cards`` how many cards begin before its end. ``section`` counts the headings of the second level before it.
    ``lead`` is the position of the paragraph right before a list or table, or -1. ``field`` names the front matter's.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    card: str = ""
    cards: int = 0
    section: int = 0
    lead: int = -1
    field: str = ""
    is_cited: bool = False


def filled(match: re.Match[str]) -> str:
    found = match[0]
    if "\n" not in found:
        return FILL * len(found)
    return "".join(["\n" if letter == "\n" else FILL for letter in found])


def mask(text: str) -> str:
    """The text without markup: what is taken out is filled, so that every offset stays."""
    if "```" in text or "~~~" in text:
        text = FENCED.sub(filled, text)
    return _MARKUP.sub(filled, text)


def read_blocks(masked: str, raw: str) -> Iterator[Block]:
    """The blocks of a body, in order."""
    reader = _Reader(masked, raw)
    offset = 0
    for line in masked.split("\n"):
        reader.read(line, offset)
        offset += len(line) + 1
    reader.close()
    return iter(reader.blocks)


class _Reader:
    """Reads a body line by line into blocks."""

    def __init__(self, masked: str, raw: str) -> None:
        self.blocks: list[Block] = []
        self._masked, self._raw = masked, raw
        self._open: tuple[str, int, int] | None = None  # kind, start and level of the block being read
        self._end = 0
        self._card = ""
        self._cards = self._section = 0
        self._lead = -1
        self._in_table = False

    def close(self) -> None:
        """The block being read has ended."""
        if self._open:
            kind, start, level = self._open
            self._open = None
            cited = "[@" in self._raw[start : self._end]
            lead = self._lead if kind in ("item", "row") else -1
            self.blocks.append(
                Block(kind, start, self._end, level, self._card, self._cards, self._section, lead, "", cited)
            )
            if kind in ("paragraph", "heading"):
                self._lead = len(self.blocks) - 1 if kind == "paragraph" else -1

    def _begin(self, kind: str, start: int, end: int, level: int = 0) -> None:
        self.close()
        self._open, self._end = (kind, start, level), end

    def read(self, line: str, offset: int) -> None:
        """The next line."""
        if line[:1].isalpha() and not self._card:  # as most lines are
            if self._open:
                self._end = offset + len(line)
            else:
                self._begin("paragraph", offset, offset + len(line))
            return
        text = line.strip(_AROUND)
        if not text:
            if not line.strip():
                self.close()
                self._in_table = False
            return
        indent = len(line) - len(line.lstrip(" \t"))
        start, end = offset + line.index(text[0]), offset + len(line)
        first = self._raw[offset : offset + indent + 3].lstrip()[:3]
        if self._card and indent < 4 and not (self._open and self._open[0] == "paragraph"):
            self.close()
            self._card, self._lead = "", -1
        if first[:1] == "#":
            level = len(text) - len(text.lstrip("#"))
            title = text.lstrip(f"# {FILL}")
            self._begin("heading", start + len(text) - len(title), end, level)
            self._section += level == 2
            self.close()
        elif first == "!!!" and (card := _CARD.match(text)):
            self._read_card(card, start)
        elif first[:1] == "|":
            self._read_row(text, start, end)
        elif item := _ITEM.match(self._raw, offset + indent):
            self._begin("item", item.end(), end)
        elif self._open:
            self._end = end
        else:
            self._begin("paragraph", start, end)

    def _read_card(self, card: re.Match[str], start: int) -> None:
        self.close()
        self._card, self._cards, self._lead = card["name"].lower(), self._cards + 1, -1
        if card["title"]:
            self._begin("title", start + card.start("title"), start + card.end("title"))
            self.close()

    def _read_row(self, text: str, start: int, end: int) -> None:
        if not _DELIMITER.match(text):
            self._begin("row" if self._in_table else "head", start, end)
            self.close()
        self._in_table = True
