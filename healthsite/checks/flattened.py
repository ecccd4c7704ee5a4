"""An emergency is called one."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import CARE_CARDS, URGENCIES, Article, Finding

FLATTENED = Rule(
    "flattened",
    "error",
    "a warning sign in a calmer card is taken for less than it is (docs/writing.md, Care cards)",
    is_safety=True,
)
RULES = (FLATTENED,)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A care card that leads to a red flag is not less urgent than that."""
    for link in article.links:
        card = subject.site.cards.get(link.target.strip("/")) if link.card else None
        if card is None or card.kind != "red-flag":
            continue
        urgency = card.facets["urgency"]
        if urgency in URGENCIES and CARE_CARDS.index(urgency) < CARE_CARDS.index(link.card):
            message = f"{card.id} is {urgency}, but stands in a card that says {link.card}"
            hint = f"put it into a card {urgency}, or link it outside the card"
            yield FLATTENED.at(article.path, (link.line, link.column), message, hint)
