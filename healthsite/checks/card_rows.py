"""Emergency cards stand alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

ROW = Rule(
    "cards-in-a-row",
    "error",
    "two emergencies in a row are read as one (docs/writing.md, Care cards)",
    is_safety=True,
)
RULES = (ROW,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """An emergency card right after another."""
    for one, other in pairwise(prose.blocks[: prose.body_blocks]):
        if one.card == other.card == "emergency" and one.cards != other.cards:
            hint = "make one card of them, or say between them what each is for"
            message = "this emergency card follows another one directly"
            yield ROW.at(prose.path, prose.place(other.start), message, hint)
