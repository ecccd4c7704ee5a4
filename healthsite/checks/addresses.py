"""Two sources for one address."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject, finding
from healthsite.model import Finding


def check(subject: Subject) -> Iterator[Finding]:
    """An alias may be no article's address, and no other article's alias."""
    articles, unpublished = subject.site.articles, subject.site.unpublished
    taken: dict[str, str] = {}
    for article in articles.values():
        for name, line, column in article.aliases:
            if name in articles or name in unpublished:
                owner = f"content/{name}.md"
            elif name in taken:
                owner = taken[name]
            else:
                taken[name] = article.path
                continue
            message = f"two sources for /{name}/: this alias and {owner}"
            yield finding(article, (line, column), "address", message, "an old address leads to one article")
