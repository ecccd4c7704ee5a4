"""Every column has its header."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

HEADER = Rule("table-header", "warning", "a cell is understood by its column's header (WCAG 1.3.1)")
RULES = (HEADER,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A table with an empty header cell, or one of raw HTML without any."""
    for block in prose.blocks[: prose.body_blocks]:
        if block.kind == "head":
            cells = prose.text[block.start : block.end].strip().strip("|").split("|")
            for number, cell in enumerate(cells, 1):
                if not cell.strip(" \t\x00"):
                    message = f"column {number} of this table has no header"
                    yield HEADER.at(prose.path, prose.place(block.start), message, "say what the column holds")
    for offset in prose.tables_without_headers():
        yield HEADER.at(prose.path, prose.place(offset), "this table has no header cell", "write <th> in its first row")
