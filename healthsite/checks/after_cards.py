"""A warning has an end that everybody sees."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import URGENCIES, Finding
from healthsite.prose import Prose

AFTER = Rule(
    "after-card",
    "warning",
    "text right after a warning is taken for a part of it (docs/writing.md, Care cards; WCAG 1.3.1)",
)
RULES = (AFTER,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """Text after a card of some urgency, without a heading of the card's own level or above it between them."""
    level = 2
    for one, other in pairwise(prose.blocks[: prose.body_blocks]):
        if one.kind == "heading":
            level = one.level
        if one.card not in URGENCIES or other.card or other.field:
            continue
        place = prose.place(other.start)
        if other.kind != "heading":
            hint = f"put a heading ({'#' * level}) before it, or end the section with the card"
            yield AFTER.at(prose.path, place, f"text goes on right after the {one.card} card", hint)
        elif other.level > level:
            hint = f"write {'#' * level}"
            message = f"the heading after the {one.card} card is a part of the card's own section"
            yield AFTER.at(prose.path, place, message, hint)
