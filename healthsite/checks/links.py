"""Links in a text lead to what is published, and to a heading that is there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from healthsite import kinds, urls
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding, Link, Severity
from healthsite.suggest import nearest

RULES = (
    Rule("link", "error", "a link leads to what is there, and its fragment to a heading (docs/writing.md, Links)"),
)

FIXED = ("/", "/map/", "/a-z/", "/glossary/", "/sources/", "/about/", "/privacy/", "/feed.xml")
"""The pages that no article stands behind, besides the indexes of the kinds."""

ADDRESSES = frozenset((*FIXED, *(f"/{kind.folder}/" for kind in kinds.KINDS.values())))

PAGE_ANCHORS = ("sources",)
"""The fragments that every article's page has, besides its own."""


def addresses(subject: Subject) -> frozenset[str]:
    """Every address that an article may link to and no article stands behind."""
    return _addresses(tuple(subject.config.sheets))


@lru_cache(maxsize=1)
def _addresses(sheets: tuple[str, ...]) -> frozenset[str]:
    return ADDRESSES | {urls.sheet(name) for name in sheets}


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A broken link or fragment is an error, with the nearest that exists."""
    outlines = subject.site.outlines
    for link in article.links:
        if link.target in outlines and not link.fragment:  # as most are
            continue
        target = link.target.strip("/") or article.id
        if link.target in addresses(subject) or subject.site.unpublished.get(target) == "broken":
            continue
        is_own = target == article.id
        if (target not in outlines and not is_own) or link.target not in ("", target, urls.local(target)):
            yield _leads_nowhere(article, subject, link)
        elif link.fragment:
            anchors = (*(article.anchors if is_own else outlines[target].anchors.split()), *PAGE_ANCHORS)
            if link.fragment not in anchors:
                message = f"content/{target}.md has no heading #{link.fragment}"
                hint = nearest(link.fragment, [anchor for anchor in anchors if not anchor.startswith("cite-")])
                yield finding(article, (link.line, link.column), "link", message, hint)


def _leads_nowhere(article: Article, subject: Subject, link: Link) -> Finding:
    site, target, is_address = subject.site, link.target.strip("/"), link.target.startswith("/")
    shown = link.target if is_address else f"content/{target}.md"
    owners = subject.alias_owners.get(target, ())
    if target in site.unpublished:
        message = f"this links to {shown}, which is not published ({site.unpublished[target]})"
        hint = "publish that article first, or leave the link out"
    elif owners:
        message, hint = f"there is no {shown} any more", f"it is {owners[0]} now"
    else:
        message = f"the site has no page {shown}" if is_address else f"there is no {shown}"
        known = [*addresses(subject), *map(urls.local, site.outlines)] if is_address else list(site.outlines)
        namesakes = [name for name in known if name.split("/")[-1] == target.split("/")[-1]]
        hint = nearest(link.target, namesakes or known)
    # What is scheduled may link to what comes out with it; when its day has come, this is looked at again.
    severity: Severity = "error" if article.id in site.outlines or target not in site.unpublished else "notice"
    return finding(article, (link.line, link.column), "link", message, hint, severity)
