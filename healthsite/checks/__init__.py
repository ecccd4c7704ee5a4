"""Checks of the whole site. One check is one function in a file of its own, with a test file of its own.

A check of an article gets the :class:`~healthsite.model.Article` and a :class:`~healthsite.checks.subject.Subject`;
of others it may look only at what :func:`surroundings` names, for what it found is remembered under that. A check of
the site gets the subject. Both yield findings. Mistakes inside one file are found where the file is parsed
(:mod:`healthsite.source`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from healthsite.checks import (
    addresses,
    citations,
    home,
    links,
    pictures,
    relations,
    review,
    sections,
    sheets,
    sources,
    uncited,
    warnings,
)
from healthsite.checks.subject import Subject
from healthsite.digest import of_bytes
from healthsite.model import Article, Finding

ARTICLE_CHECKS: tuple[Callable[[Article, Subject], Iterator[Finding]], ...] = (
    addresses.check,
    citations.check,
    links.check,
    pictures.check,
    relations.check,
    review.check,
    sections.check,
    sources.check,
    warnings.check,
)
SITE_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (home.check, sheets.check, uncited.check)


def check_article(article: Article, subject: Subject) -> tuple[Finding, ...]:
    """All findings of one article."""
    return tuple([finding for check in ARTICLE_CHECKS for finding in check(article, subject)])


def check_site(subject: Subject) -> tuple[Finding, ...]:
    """All findings of the site."""
    return tuple([finding for check in SITE_CHECKS for finding in check(subject)])


def surroundings(subject: Subject) -> str:
    """A digest of all that a check of an article may know besides the article itself."""
    site = subject.site
    missing = sorted(fragment for fragment in site.asked if not _is_there(fragment, subject))
    flagged = [article_id for article_id, edges in site.edges.items() if "red_flags" in edges]
    general = [card.id for card in site.of_kind("red-flag") if card.facets["general"]]
    known = (
        subject.config.digest,
        subject.today,
        sorted(subject.pictures),
        sorted(site.outlines),
        sorted(site.unpublished.items()),
        sorted(site.sources),
        sorted(site.people),
        sorted(subject.alias_owners.items()),
        missing,
        [anchors_of(fragment, subject) for fragment in missing],
        sorted(flagged),
        general,
    )
    return of_bytes(repr(known).encode("utf-8", "surrogatepass"))


def _is_there(fragment: str, subject: Subject) -> bool:
    target, _, name = fragment.partition("#")
    return f" {name} " in anchors_of(fragment, subject) and target.strip("/") in subject.site.outlines


def anchors_of(fragment: str, subject: Subject) -> str:
    """The fragment ids of the article that an ``id#fragment`` names, between spaces."""
    outline = subject.site.outlines.get(fragment.partition("#")[0].strip("/"))
    return outline.anchors if outline else ""
