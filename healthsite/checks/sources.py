"""No page without a source."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding

RULES = (Rule("unsourced", "error", "a reader can check every article (docs/writing.md, Sources)", is_safety=True),)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """An article that cites nothing can't be published: its reader could not check a word of it."""
    if not article.citations:
        message = "this article cites no source"
        yield finding(article, (1, 1), "unsourced", message, "cite one with [@id] after the sentence it supports")
