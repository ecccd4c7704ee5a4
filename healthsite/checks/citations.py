"""Citations have their source."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import REFERENCES, Subject, finding
from healthsite.model import Article, Finding
from healthsite.suggest import nearest

RULES = (Rule("citation", "error", "a citation has its source (docs/writing.md, Sources)"),)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A citation of an unknown source is an error, with the nearest source."""
    sources = subject.site.sources
    for name, line, column in article.citations:
        if name not in sources:
            hint = nearest(name, sources)
            yield finding(article, (line, column), "citation", f"no source is called “{name}” in {REFERENCES}", hint)
