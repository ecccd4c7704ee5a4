"""The words that sort an article are words of the configuration."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite import kinds
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding
from healthsite.suggest import nearest

RULES = (Rule("section", "error", "every group and topic has its words (config.yaml, sections)"),)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A group or a topic that ``config.yaml`` has no words for is an error."""
    for field in kinds.KINDS[article.kind].worded:
        known = subject.config.sections[field]
        value = article.facets[field]
        if value and value not in known:
            message = f"config.yaml has no words for the {field} “{value}”"
            yield finding(article, article.place(field), "section", message, nearest(value, known))
