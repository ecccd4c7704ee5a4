"""The plain word first, the medical term in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

TERM = Rule("term-first", "warning", "the plain word first, the medical term in brackets (docs/writing.md; WCAG 3.1.3)")
RULES = (TERM,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A medical term whose plain word did not stand before its first use in the text."""
    plain_words = style.wording.plain_words
    if not plain_words:
        return
    end = prose.blocks[prose.body_blocks - 1].end if prose.body_blocks else 0
    for term, plain in plain_words.items():
        if term.split()[0] not in prose.words:
            continue
        offset = min((offset for offset, _ in prose.find((term,)) if offset < end), default=-1)
        if offset < 0:
            continue
        ways = tuple(way.strip() for way in plain.split("|"))
        if not prose.uses(ways, 0, offset) and not _is_titled(prose, ways):
            message = f"“{term}” stands before its plain word: “{prose.quote(prose.sentence_at(offset))}”"
            yield TERM.at(prose.path, prose.place(offset), message, f"write {ways[0]} ({term})")


def _is_titled(prose: Prose, ways: tuple[str, ...]) -> bool:
    """Whether the title or the summary, which stand above the text, have the plain word."""
    return any(way in text for way in ways for text in (prose.article.title.lower(), prose.article.summary.lower()))
