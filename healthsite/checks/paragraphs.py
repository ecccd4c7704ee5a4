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
    for position, lengths in enumerate(prose.lengths):
        count = sum(lengths)
        if count > most:
            first = prose.sentences_of(position)[0]
            message = f"a paragraph of {count} words, which begins “{prose.quote(first)}”"
            yield PARAGRAPH.at(prose.path, prose.place(first.start), message, f"at most {most}: divide it")
