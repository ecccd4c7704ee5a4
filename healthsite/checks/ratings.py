"""One remedy, one rating."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Card, Finding

RATED = Rule("rated-twice", "error", "two ratings of one thing can't both be true (docs/writing.md, Certainty)")
RULES = (RATED,)
_RATING = ("effect", "certainty")


def check(subject: Subject) -> Iterator[Finding]:
    """Two articles of one kind that share a name, and rate what it names differently."""
    named: dict[tuple[str, str], Card] = {}
    for card in subject.site.cards.values():
        if "certainty" not in card.facets:
            continue
        for name in {name.casefold() for name in (card.title, *card.also_called)}:
            other = named.setdefault((card.kind, name), card)
            if other is not card and _rating(other) != _rating(card):
                article = subject.read(subject.site.outlines[card.id].key)
                field = "title" if name == card.title.casefold() else "also_called"
                message = f"“{name}” is rated {_rating(card)} here, but {_rating(other)} in content/{other.id}.md"
                yield RATED.at(article.path, article.place(field), message, "rate it once, and give it one article")


def _rating(card: Card) -> str:
    return ", ".join(card.facets[name] for name in _RATING if card.facets.get(name))
