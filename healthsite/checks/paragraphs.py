"""Short paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

PARAGRAPH = Rule("long-paragraph", "warning", "a phone shows a screen of it (docs/writing.md, For whom)")
RULES = (PARAGRAPH,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A paragraph or an item with more words than the limit."""
    most = style.policy.paragraph_words
    counts: dict[int, int] = {}
    first: dict[int, int] = {}
    for sentence in prose.sentences:
        first.setdefault(sentence.block, sentence.start)
        counts[sentence.block] = counts.get(sentence.block, 0) + sentence.words
    for block, count in counts.items():
        if count > most:
            quoted = prose.quote(prose.sentence_at(first[block]))
            message = f"a paragraph of {count} words, which begins “{quoted}”"
            yield PARAGRAPH.at(prose.path, prose.place(first[block]), message, f"at most {most}: divide it")
