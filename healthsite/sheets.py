"""Pages to print, as ``config.yaml`` words them."""

from __future__ import annotations

from dataclasses import dataclass

from healthsite import urls
from healthsite.fields import Field, Reporter, entries, flag, listing, made, number, placed, table, text
from healthsite.plainyaml import Node


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a sheet, some of: a heading, a text, all warning signs, things to tick, questions with room for the
    answer, a table to fill in.
    """

    title: str
    text: str
    signs: bool
    ticks: tuple[str, ...]
    questions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to print, as config.yaml words it, and the article that holds its sources, with the place of its name;
    no name where the warning signs hold them.
    """

    title: str
    summary: str
    article: tuple[str, int, int]
    parts: tuple[SheetPart, ...]


def sheets(node: Node, report: Reporter) -> dict[str, Sheet]:
    """Sheets by their names, which become addresses."""
    for entry in entries(node) or ():
        if not urls.is_slug(entry.key):
            place = (entry.key_line, entry.key_column)
            report(place, "front-matter", f"“{entry.key}” is no name for an address", "write it like questions-to-ask")
    found: dict[str, Sheet] = table(made(Sheet, _SHEET))(node, report)
    return found


_SHEET_PART = {
    "title": Field(text, "its heading", default=""),
    "text": Field(text, "a sentence or two", default=""),
    "signs": Field(flag, "whether all warning signs stand here", default=False),
    "ticks": Field(listing(text), "things to tick", default=()),
    "questions": Field(listing(text), "questions, each with room for the answer", default=()),
    "columns": Field(listing(text), "the columns of a table to fill in", default=()),
    "rows": Field(number, "how many empty lines the table has", default=10),
}
_SHEET = {
    "title": Field(text, "the name of the sheet", required=True, default=""),
    "summary": Field(text, "what it is for, in one sentence", required=True, default=""),
    "article": Field(placed(text), "folder/slug of the article that holds its sources", default=("", 1, 1)),
    "parts": Field(listing(made(SheetPart, _SHEET_PART)), "what stands on it, in order", required=True, default=()),
}
