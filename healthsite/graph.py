"""Outlines → :class:`Site`: who is published, and how they are linked, in both directions.

The one place where everything meets. A relation is declared once; its other side is derived here. A relation that
leads nowhere is left out; :mod:`healthsite.checks.relations` tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from healthsite import kinds
from healthsite.digest import of_value
from healthsite.model import Card, Outline, Person, Source, Status, Word


@dataclass(frozen=True)
class Site:
    """Everything that is published, linked.

    ``outlines`` and ``cards`` go by id, ordered by kind, then title. ``edges`` gives, by id, the ids at the other end
    of each relation of an article by its name, declared and derived. ``unpublished`` gives the status of each article
    that is left out; ``asked`` every ``id#fragment`` that an article links to, published or not. ``terms_in`` names
    the glossary's terms that an article's text uses, in order; ``people`` those who check, by id.
    """

    outlines: Mapping[str, Outline]
    cards: Mapping[str, Card]
    edges: Mapping[str, Mapping[str, Sequence[str]]]
    unpublished: Mapping[str, Status]
    asked: frozenset[str]
    sources: Mapping[str, Source]
    words: Mapping[str, Word]
    terms_in: Mapping[str, Sequence[str]]
    people: Mapping[str, Person]

    def related(self, article_id: str, relation: str) -> tuple[Card, ...]:
        """The cards at the other end of a relation."""
        cards = self.cards
        return tuple([cards[other] for other in self.edges[article_id].get(relation, ())])

    def of_kind(self, kind: str) -> Sequence[Card]:
        """The cards of a kind, by title."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, Sequence[Card]]:
        found: dict[str, list[Card]] = {}
        for card in self.cards.values():
            found.setdefault(card.kind, []).append(card)
        return found


class Named(NamedTuple):
    """What articles' pages show, by name: cards by id, sources and words by name, people by id."""

    cards: Mapping[str, Card]
    sources: Mapping[str, Source]
    words: Mapping[str, Word]
    people: Mapping[str, Person]

    def digests(self) -> tuple[Mapping[str, str], ...]:
        """The same names, with a digest of each in its place: for those who name pages."""
        return (
            {name: card.digest for name, card in self.cards.items()} | {"": ""},
            {name: source.digest for name, source in self.sources.items()},
            {name: word.digest for name, word in self.words.items()},
            {name: of_value(person) for name, person in self.people.items()},
        )


NOTHING = Named({}, {}, {}, {})


def named(site: Site) -> Named:
    """All that the pages of a site can show."""
    return Named(site.cards, site.sources, site.words, site.people)


def status(outline: Outline, today: str, *, drafts: bool) -> Status:
    """Whether an article is published on a day (``YYYY-MM-DD``); with ``drafts``, all are."""
    if drafts:
        return "published"
    if outline.draft:
        return "draft"
    return "scheduled" if outline.publish_on > today else "published"


def link(
    outlines: Iterable[Outline],
    sources: Iterable[Source],
    words: Iterable[Word],
    terms_in: Mapping[str, Sequence[str]],
    people: Iterable[Person] = (),
    *,
    today: str,
    drafts: bool,
    broken: Iterable[str] = (),
) -> Site:
    """Link articles into a site. ``broken`` are the ids of files that can't be used."""
    order = {name: position for position, name in enumerate(kinds.KINDS)}
    ordered = sorted(outlines, key=lambda item: (order[item.card.kind], item.card.title.casefold(), item.card.id))
    statuses = {outline.card.id: status(outline, today, drafts=drafts) for outline in ordered}
    published = {outline.card.id: outline for outline in ordered if statuses[outline.card.id] == "published"}
    return Site(
        outlines=published,
        cards={article_id: outline.card for article_id, outline in published.items()},
        edges=_edges(published),
        unpublished={
            **{name: found for name, found in statuses.items() if found != "published"},
            **dict.fromkeys(broken, "broken"),
        },
        asked=frozenset(
            [f"{to or item.card.id}#{fragment}" for item in ordered for to, fragment, _ in item.links if fragment]
        ),
        sources={source.reference.id: source for source in sources},
        words={word.term.name: word for word in words},
        terms_in=terms_in,
        people={person.id: person for person in people},
    )


def _edges(published: Mapping[str, Outline]) -> dict[str, dict[str, Sequence[str]]]:
    """Both sides of every relation between published articles; each other end once, at its first place."""
    inverse = {(kind.name, spec.field): spec.inverse for kind in kinds.KINDS.values() for spec in kind.relations}
    found: dict[str, dict[str, dict[str, None]]] = {article_id: {} for article_id in published}
    for article_id, outline in published.items():
        own = found[article_id]
        for name, targets in outline.relations.items():
            back = inverse.get((outline.card.kind, name), name)
            ahead = own.setdefault(name, {})
            for target in targets:
                other = found.get(target)
                if other is not None and target != article_id:
                    ahead[target] = None
                    other.setdefault(back, {})[article_id] = None
    return {key: {name: tuple(ends) for name, ends in named.items() if ends} for key, named in found.items()}
