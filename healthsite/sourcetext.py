"""The Markdown source of a text as its author sees it: where things stand, and what Markdown would silently misread.

Python-Markdown keeps no positions, so what a processor finds is looked up again in the source, with code masked
out and a cursor for each wording, so that the second use of a citation is found at its second place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from markdown.extensions.fenced_code import FencedBlockPreprocessor

_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HEADING = re.compile(r"^[ >]*(?P<marks>#{1,6})|^[ >]*(?P<text>\S.*)\n[ >]*(?P<line>=+|-+) *$", re.MULTILINE)
_TOO_DEEP = re.compile(r"\n(?:\t| {4}| {0,3}> ?){25}")  # by the line end, which is found more quickly than any ^
_INDENT = 25 * "    "
_LINE_END = re.compile("\n")
_QUOTE = re.compile(r"^( *)(?:> ?)+")
_CARD = re.compile(r" *!!! ?\S")
_ITEM = re.compile(r" *(?:[-*+]|(?P<number>\d{1,3})\.) +(?P<text>\S?)")
_NO_ITEM = re.compile(r" *(?:[•◦▪●‣]|(?P<number>\d{1,3})\)) *\S")
_RULE = re.compile(r" *(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_UNDERLINE = re.compile(r" *(?:=+|-+) *$")
_TABLE = re.compile(r"(?=.*\|) *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")


class Misread(NamedTuple):
    """Something that Markdown would take for something else."""

    line: int
    column: int
    check: str
    message: str
    hint: str


class SourceText:
    """A text whose first line is the file's line ``first_line``, and begins in the file's column ``first_column``."""

    def __init__(self, text: str, first_line: int, first_column: int = 1) -> None:
        self._first_line = first_line
        self._first_column = first_column
        self._masked = _mask_code(text)
        self._cursors: dict[str, int] = {}

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self._masked)]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the text."""
        line = bisect_left(self._line_ends, offset)
        column = offset - (self._line_ends[line - 1] if line else -1)
        return self._first_line + line, column if line else column + self._first_column - 1

    def locate(self, *wordings: str, before: str = "", after: str = "") -> tuple[int, int]:
        """Line and column of the next use, outside code, of the first of some wordings that is found at all.

        ``before`` and ``after`` are the characters of which one must stand next to it, any where they are not given;
        the end of the text will do. The text's beginning where nothing is found.
        """
        for wording in wordings:
            start = self._find(wording, self._cursors.get(wording, 0), before, after)
            if start < 0:
                start = self._find(wording, 0, before, after)
            if start >= 0:
                self._cursors[wording] = start + len(wording)
                return self.place(start)
        return self.place(0)

    def locate_link(self, address: str) -> tuple[int, int]:
        """Line and column of the next link to an address: in brackets, in quotes, or else where a reference says it."""
        if not address:
            line, column = self.locate("]()", "](")
            return line, column + 2
        before, after = "(<\"'=", ")>\"' \t\n"
        if self._find(address, 0, before, after) >= 0:
            return self.locate(address, before=before, after=after)
        return self.locate(address)

    def locate_html(self, fragment: str) -> tuple[int, int]:
        """Line and column of the next fragment of raw HTML, each being asked for once and in order."""
        wording = fragment.strip().partition("\n")[0].partition("`")[0]
        start = max(self._find(wording, self._cursors.get("<", 0), "", ""), 0)
        self._cursors["<"] = start + len(wording)
        return self.place(start)

    def is_escaped(self, wording: str) -> bool:
        """Whether the text has the wording with a backslash before it: its author wants it to be read as it is."""
        return f"\\{wording}" in self._masked

    def locate_heading(self, level: int, count: int) -> tuple[int, int]:
        """Line and column of the heading of a level that has ``count`` of that level before it."""
        for match in _HEADING.finditer(self._masked):
            found = len(match["marks"]) if match["marks"] else 1 if match["line"][0] == "=" else 2
            if found == level:
                if count == 0:
                    return self.place(match.start("marks" if match["marks"] else "text"))
                count -= 1
        return self.place(0)

    def locate_unread_heading(self, shown: str) -> tuple[int, int] | None:
        """Line and column of the next indented line that begins as a heading that Markdown has left in a text; of its
        marks where none does; ``None`` where its author has escaped them. ``shown`` is it as its reader sees it.
        """
        marks, _, words = shown.partition(" ")
        first = re.search(r"\w+", words)
        begin = rf"{marks} +[^\w\n]*{re.escape(first[0] if first else '')}"
        cursor = self._cursors.get(marks, 0)
        found = re.compile(rf"^[ >]+(?={begin})", re.MULTILINE).search(self._masked, cursor)
        if found is None:
            return None if re.search(rf"\\{begin}", self._masked) else self.locate(f"{marks} ")
        self._cursors[marks] = found.end()
        return self.place(found.end())

    def _find(self, wording: str, start: int, before: str, after: str) -> int:
        text = self._masked
        found = text.find(wording, start) if wording else -1
        while found >= 0:
            end = found + len(wording)
            fits_before = not before or text[max(found - 1, 0)] in before
            if fits_before and (not after or end == len(text) or text[end] in after):
                return found
            found = text.find(wording, found + 1)
        return -1

    def too_deep(self) -> tuple[int, int] | None:
        """Line and column of the first line that is deeper in lists, cards and quotes than any text needs to be."""
        text = self._masked
        if ">" not in text and "\t" not in text and _INDENT not in text:
            return None
        match = _TOO_DEEP.search(f"\n{text}")
        return self.place(match.start()) if match else None

    def misread_lists(self) -> Iterator[Misread]:
        """Lists and tables that Markdown would swallow into what stands before them, flatten, or show as code."""
        reader = _ListReader()
        for number, line in enumerate(self._masked.split("\n")):
            found = reader.read(line)
            if found:
                column = len(line) - len(line.lstrip(" \t>")) + 1 + (0 if number else self._first_column - 1)
                yield Misread(self._first_line + number, column, *found)


_SWALLOWED = (
    "swallowed-list",
    "Markdown would swallow this list into the paragraph before it",
    "put a blank line before the list",
)
_OTHER_LIST = (
    "swallowed-list",
    "Markdown would swallow this list into the item before it",
    "put a blank line between a list with numbers and one without",
)
_FLATTENED = (
    "flattened-list",
    "Markdown would not see this as a list inside the list",
    "indent it by four spaces, or not at all",
)
_KEPT_INSIDE = (
    "flattened-list",
    "Markdown would keep this in the list inside the list",
    "put a blank line before it",
)
_AS_CODE = ("indented-code", "Markdown would show this as code", "do not indent it; code stands between lines of ```")
_NO_LIST = (
    "swallowed-list",
    "Markdown would not see this as a list",
    "begin each item with “- ”, or with “1. ”, “2. ”",
)
_TABLE_SWALLOWED = (
    "swallowed-table",
    "Markdown would swallow this table into the paragraph before it",
    "put a blank line before the table",
)


@dataclass(slots=True)
class _Frame:
    """A text, or a care card in it: the column in which it begins, and the list that is open in it.

    ``levels`` maps the indents of the list's items to whether they are numbered; ``last`` is the latest item's.
    """

    base: int = 0
    levels: dict[int, bool] = field(default_factory=dict)
    last: int = 0


class _ListReader:
    """Reads a text line by line, as closely as it matters for lists."""

    def __init__(self) -> None:
        self._frames = [_Frame()]
        self._block = ""  # what the lines since the last blank one are: paragraph, list, code, other
        self._lines = 0  # how many they are
        self._start = 0  # how far they are indented by the item that they are in
        self._goes_on = False  # whether a heading or a rule has ended a block, but no blank line the item
        self._quoted = False

    def read(self, line: str) -> tuple[str, str, str] | None:
        """What Markdown would misread in the next line: check, message and hint."""
        if not line:
            self._block, self._goes_on = "", False
            return None
        if line[0].isalpha():
            self._read_words()
            return None
        text = line.expandtabs(4)
        unquoted = _QUOTE.sub(r"\1", text) if ">" in text else text
        if not unquoted.strip():
            self._block, self._goes_on = "", False
            return None
        indent = len(unquoted) - len(unquoted.lstrip(" "))
        if _CARD.match(unquoted):
            self._leave(indent)
            self._frames.append(_Frame(indent + 4))
            self._block = ""
            return None
        self._leave(indent)
        frame = self._frames[-1]
        if not self._block:
            self._lines = 0
            if self._quoted != (unquoted != text):
                frame.levels, self._quoted = {}, unquoted != text
        self._lines += 1
        return self._read_line(frame, indent - frame.base, unquoted)

    def _read_words(self) -> None:
        """Read a line that begins with a letter: as any other, but it is no item, rule, heading, card or table.

        Most lines are such, and nothing in one can be misread.
        """
        self._leave(0)
        frame = self._frames[-1]
        if not self._block:
            self._lines = 0
            if self._quoted:
                frame.levels, self._quoted = {}, False
        self._lines += 1
        if self._block in ("", "code"):
            self._start, self._block = 0, "paragraph"
            frame.levels, frame.last = {}, -4

    def _leave(self, indent: int) -> None:
        """Leave the care cards in which a line with this indent can't be."""
        while indent < self._frames[-1].base:
            self._frames.pop()
            self._block = ""

    def _read_line(self, frame: _Frame, indent: int, line: str) -> tuple[str, str, str] | None:
        if self._block == "code":
            if indent >= 4:
                return None
            self._block = ""
        if not self._block and indent // 4 > (frame.last // 4 + 1 if frame.levels else 0):
            self._block = "code"
            return _AS_CODE
        if not self._block and not self._goes_on:
            self._start = indent // 4 * 4
        is_rule = _RULE.match(line) or (self._lines == 2 and _UNDERLINE.match(line))
        is_heading = line.lstrip().startswith("#") and (
            indent in (0, self._start) or (indent in frame.levels and indent % 4 == 0)
        )
        if is_rule or is_heading:
            self._block, self._goes_on = "", True
            if indent < 4:
                frame.levels = {}
            frame.last = indent // 4 * 4 - 4  # as of a paragraph
            return None
        item, no_item = _ITEM.match(line), _NO_ITEM.match(line)
        if no_item and self._block != "other" and (not self._block or no_item["number"] in (None, "1")):
            self._block = "other"
            return _NO_LIST
        if self._block == "paragraph":
            return self._in_paragraph(frame, indent, line, item)
        if self._block != "other" and item:
            return self._read_item(frame, indent, item["number"] is not None)
        if not self._block:
            if indent < 4:
                frame.levels = {}
            frame.last = indent // 4 * 4 - 4  # it belongs to the item that far out
            self._block = "paragraph"
        return None

    def _in_paragraph(
        self, frame: _Frame, indent: int, line: str, item: re.Match[str] | None
    ) -> tuple[str, str, str] | None:
        if item and item["text"] and item["number"] in (None, "1"):
            self._block, frame.levels, frame.last = "list", {indent: item["number"] is not None}, indent
            return _SWALLOWED
        if self._lines > 2 and _TABLE.match(line):
            return _TABLE_SWALLOWED
        if line.lstrip().startswith(": "):  # a definition, in which a list may stand
            self._block, frame.levels, frame.last = "list", {0: False}, 0
        return None

    def _read_item(self, frame: _Frame, indent: int, numbered: bool) -> tuple[str, str, str] | None:
        is_new, self._block = not self._block, "list"
        if indent < self._start:
            return _KEPT_INSIDE
        if indent in frame.levels:
            if frame.levels[indent] != numbered and not is_new:
                return _OTHER_LIST
        elif frame.levels and (indent < frame.last or indent // 4 != frame.last // 4 + 1):
            return _FLATTENED
        frame.levels = {level: kind for level, kind in frame.levels.items() if level < indent} | {indent: numbered}
        frame.last = indent
        return None


def _mask_code(text: str) -> str:
    """The text with fenced code and code spans blanked, every offset kept."""
    if "`" not in text and "~~~" not in text:
        return text

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return _CODE_SPAN.sub(blank, FencedBlockPreprocessor.FENCED_BLOCK_RE.sub(blank, text))
