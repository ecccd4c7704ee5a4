"""No page about a complaint without its warning signs."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding

RULES = (
    Rule(
        "no-warning-sign",
        "error",
        "a page about a complaint shows when to get help (docs/writing.md, For whom)",
        is_safety=True,
    ),
)

KINDS = ("cause", "symptom")


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A cause or a symptom shows warning signs: its own, or those that concern everybody."""
    site = subject.site
    if article.kind not in KINDS or site.edges.get(article.id, {}).get("red_flags"):
        return
    if not any(card.facets["general"] for card in site.of_kind("red-flag")):
        message = "this page would show no warning sign"
        hint = "name its red_flags, or mark one that concerns everybody with general: true"
        yield finding(article, (1, 1), "no-warning-sign", message, hint)
