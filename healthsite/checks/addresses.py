"""Two sources for one address."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding

RULES = (Rule("address", "error", "an old address leads to one article (docs/writing.md, Renaming)"),)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """An alias may be no article's address, and no other article's alias."""
    site = subject.site
    seen: set[str] = set()
    for name, line, column in article.aliases:
        owners = [path for path in subject.alias_owners.get(name, ()) if path != article.path]
        if name in site.outlines or name in site.unpublished:
            owners = [f"content/{name}.md"]
        if name in seen:
            owners = ["the same alias above"]
        seen.add(name)
        if owners:
            message = f"two sources for /{name}/: this alias and {owners[0]}"
            yield finding(article, (line, column), "address", message, "an old address leads to one article")
