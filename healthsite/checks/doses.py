"""A dose has its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

DOSE = Rule(
    "dose", "error", "a reader may act on a dose, so it has its source (docs/writing.md, Sources)", is_safety=True
)
RULES = (DOSE,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A figure with a unit of dose in a block without a citation."""
    if not style.wording.doses:
        return
    units = _units(style.wording.doses)
    for start, end in prose.figures:
        unit = units.match(prose.text, end)
        position = prose.block_at(start) if unit else 0
        if unit and not prose.is_supported(position):
            sentence = prose.sentence_at(start)
            message = f"the dose “{prose.text[start : unit.end()]}” has no source: “{prose.quote(sentence)}”"
            yield DOSE.at(prose.path, prose.place(start), message, "cite one with [@id], or leave the dose out")


@lru_cache(maxsize=8)
def _units(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[ \xa0]?(?:{'|'.join(map(re.escape, units))})(?!\w)", re.IGNORECASE)
