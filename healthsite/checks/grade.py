"""A text can be read at school."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

GRADE = Rule(
    "reading-grade",
    "warning",
    "a reader of 11 to 14 understands it (docs/writing.md; WCAG 3.1.5; estimate: Flesch-Kincaid grade)",
)
RULES = (GRADE,)
FEWEST = 100
"""Words below which the estimate says nothing."""

_MOST = 20_000
"""Words of which the syllables are remembered."""
_VOWELS = re.compile(r"[aeiouyäöüéèêëàâîïôûœæ]+")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """The estimated grade of the paragraphs and lists is at most the limit."""
    told = estimate(prose)
    if told is not None and told > style.policy.reading_grade:
        message = f"this reads like school grade {told:.1f}; the limit is {style.policy.reading_grade}"
        longest = max((item for item in prose.sentences if item.block < prose.body_blocks), key=lambda item: item.words)
        hint = f"shorter sentences and words; the longest is “{prose.quote(longest)}”"
        yield GRADE.at(prose.path, prose.place(longest.start), message, hint)


def estimate(prose: Prose) -> float | None:
    """The Flesch-Kincaid grade, with a syllable for each group of vowels; ``None`` for a text too short for one."""
    read = [position for position in range(prose.body_blocks) if prose.blocks[position].kind in ("paragraph", "item")]
    sentences = sum([len(prose.lengths[position]) for position in read])
    words = list(chain.from_iterable([prose.words_of[position] for position in read]))
    if len(words) < FEWEST:
        return None
    syllables = sum(map(_counted().__getitem__, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


class _Syllables(dict[str, int]):
    """How many syllables words have, each counted once: quicker to ask than a function that remembers."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST:
            self.clear()
        count = self[word] = _syllables(word)
        return count


@cache
def _counted() -> _Syllables:
    return _Syllables()


def _syllables(word: str) -> int:
    groups = len(_VOWELS.findall(word))
    if groups > 1 and word.endswith("e") and not word.endswith("le"):
        groups -= 1  # silent
    return max(groups, 1)
