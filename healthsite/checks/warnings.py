"""No page about a complaint without its warning signs."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject, finding
from healthsite.model import Finding

KINDS = ("cause", "symptom")


def check(subject: Subject) -> Iterator[Finding]:
    """A cause or a symptom shows warning signs: its own, or those that concern everybody."""
    site = subject.site
    if any(card.facets["general"] for card in site.of_kind("red-flag")):
        return
    for article in site.articles.values():
        if article.kind in KINDS and not site.edges[article.id].get("red_flags"):
            message = "this page would show no warning sign"
            hint = "name its red_flags, or mark one that concerns everybody with general: true"
            yield finding(article, (1, 1), "no-warning-sign", message, hint)
