"""Emergency numbers come from the configuration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import NUMBERS, Finding
from healthsite.prose import Prose

NUMBER = Rule(
    "emergency-number",
    "error",
    "numbers differ by country, and change: config.yaml holds them (docs/writing.md, Words from the configuration)",
    is_safety=True,
)
RULES = (NUMBER,)
_HINT = "write " + " or ".join(f"{{{name}}}" for name in NUMBERS)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """An emergency number in a sentence about calling, or in a telephone link."""
    numbers = tuple(dict.fromkeys((*style.numbers, *style.wording.emergency_numbers)))
    if not prose.words.isdisjoint(numbers) and prose.uses(style.wording.calling):
        for match in _numbers(numbers).finditer(prose.text):
            sentence = prose.sentence_at(match.start())
            if prose.uses(style.wording.calling, sentence.start, sentence.end):
                message = f"“{match[0]}” is written by hand: “{prose.quote(sentence)}”"
                yield NUMBER.at(prose.path, prose.place(match.start()), message, _HINT)
    for offset, number in prose.telephone_links():
        if number in numbers:
            message = f"the telephone link to “{number}” is written by hand"
            yield NUMBER.at(prose.path, prose.place(offset), message, _HINT)


@lru_cache(maxsize=8)
def _numbers(numbers: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(map(re.escape, numbers))})(?![\w%]|[.,]\d)")
