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
    for match in _doses(style.wording.doses).finditer(prose.text):
        position = prose.block_at(match.start())
        if not prose.is_supported(position):
            sentence = prose.sentence_at(match.start())
            message = f"the dose “{match[0]}” has no source: “{prose.quote(sentence)}”"
            yield DOSE.at(prose.path, prose.place(match.start()), message, "cite one with [@id], or leave the dose out")


@lru_cache(maxsize=8)
def _doses(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])\d[\d.,]*[ \xa0]?(?:{'|'.join(map(re.escape, units))})(?!\w)", re.IGNORECASE)
