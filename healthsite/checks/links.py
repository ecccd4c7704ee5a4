"""Links in a text lead to what is published, and to a heading that is there."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite import kinds
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding, Link
from healthsite.suggest import nearest

FIXED = ("/", "/map/", "/a-z/", "/glossary/", "/sources/", "/about/", "/privacy/", "/feed.xml")
"""The pages that no article stands behind, besides the indexes of the kinds."""


def check(subject: Subject) -> Iterator[Finding]:
    """A broken link or fragment is an error, with the nearest that exists."""
    articles = subject.site.articles
    addresses = {*FIXED, *(f"/{kind.folder}/" for kind in kinds.KINDS.values())}
    anchors: dict[str, frozenset[str]] = {}
    for article in articles.values():
        for link in article.links:
            place = (link.line, link.column)
            if link.target.startswith("/"):
                if link.target not in addresses and link.target.strip("/") not in articles:
                    hint = nearest(link.target, addresses)
                    yield finding(article, place, "link", f"the site has no page {link.target}", hint)
            elif link.target and link.target not in articles:
                yield _no_article(subject, article, link)
            elif link.fragment:
                target = link.target or article.id
                if target not in anchors:
                    anchors[target] = frozenset((*articles[target].anchors, *PAGE_ANCHORS))
                if link.fragment not in anchors[target]:
                    message = f"content/{target}.md has no heading #{link.fragment}"
                    yield finding(article, place, "link", message, nearest(link.fragment, anchors[target]))


PAGE_ANCHORS = ("sources", "steps")
"""The fragments that every article's page has, besides its headings."""


def _no_article(subject: Subject, article: Article, link: Link) -> Finding:
    place, target = (link.line, link.column), link.target
    unpublished = subject.site.unpublished.get(target)
    if unpublished:
        message = f"this links to content/{target}.md, which is not published ({unpublished})"
        return finding(article, place, "link", message, "publish that article first, or leave the link out")
    moved = [other.id for other in subject.site.articles.values() for alias in other.aliases if alias.name == target]
    hint = f"it is {moved[0]} now" if moved else nearest(target, subject.site.articles)
    return finding(article, place, "link", f"there is no content/{target}.md", hint)
