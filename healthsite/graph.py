"""Articles → :class:`Site`: who is published, and how they are linked, in both directions.

The one place where everything meets. A relation is declared once; its other side is derived here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from healthsite import kinds
from healthsite.digest import of_value
from healthsite.model import Article, Finding, Reference, Relation, Status, Term, Upgrade
from healthsite.suggest import nearest


class Card(NamedTuple):
    """What other pages may show of an article. ``digest`` names all the rest of it."""

    id: str
    kind: str
    title: str
    summary: str
    also_called: tuple[str, ...]
    facets: Mapping[str, str]
    possible_condition: str
    upgrades: tuple[Upgrade, ...]
    digest: str


class Edge(NamedTuple):
    """One side of a relation: the article at the other end, and where the relation is declared."""

    to: str
    path: str
    line: int
    column: int


class Source(NamedTuple):
    """A reference as pages show it. ``digest`` names it, its place in the file left out."""

    reference: Reference
    digest: str


class Word(NamedTuple):
    """A glossary term as pages show it. ``digest`` names it, its place in the file left out."""

    term: Term
    digest: str


Edges = Mapping[str, tuple[Edge, ...]]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, linked.

    ``articles`` and ``cards`` go by id, ordered by kind, then title. ``edges`` gives, by id, the relations of
    an article
    by name, declared and derived. ``unpublished`` gives the status of each article that is left out. ``terms_in``
    names the glossary's terms that an article's text uses, in order.
    """

    articles: Mapping[str, Article]
    cards: Mapping[str, Card]
    edges: Mapping[str, Edges]
    unpublished: Mapping[str, Status]
    sources: Mapping[str, Source]
    words: Mapping[str, Word]
    terms_in: Mapping[str, tuple[str, ...]]

    def related(self, article_id: str, relation: str) -> tuple[Card, ...]:
        """The cards at the other end of a relation."""
        return tuple([self.cards[edge.to] for edge in self.edges[article_id].get(relation, ())])

    def of_kind(self, kind: str) -> list[Card]:
        """The cards of a kind, by title."""
        return [card for card in self.cards.values() if card.kind == kind]


def status(article: Article, today: str, *, drafts: bool) -> Status:
    """Whether an article is published on a day (``YYYY-MM-DD``); with ``drafts``, all are."""
    if drafts:
        return "published"
    if article.draft:
        return "draft"
    return "scheduled" if article.publish_on > today else "published"


def link(
    articles: Iterable[Article],
    references: Sequence[Reference],
    terms: Sequence[Term],
    terms_in: Mapping[str, tuple[str, ...]],
    *,
    today: str,
    drafts: bool,
) -> tuple[Site, tuple[Finding, ...]]:
    """Link articles into a site, and report every relation that leads nowhere."""
    order = {name: position for position, name in enumerate(kinds.KINDS)}
    ordered = sorted(articles, key=lambda item: (order[item.kind], item.title.casefold(), item.id))
    statuses = {article.id: status(article, today, drafts=drafts) for article in ordered}
    published = {article.id: article for article in ordered if statuses[article.id] == "published"}
    edges, findings = _edges(ordered, published, statuses)
    site = Site(
        articles=published,
        cards={article.id: _card(article) for article in published.values()},
        edges=edges,
        unpublished={name: found for name, found in statuses.items() if found != "published"},
        sources={item.id: Source(item, of_value(item[:-2])) for item in references},
        words={item.name: Word(item, of_value(item[:-2])) for item in terms},
        terms_in=terms_in,
    )
    return site, tuple(findings)


def _card(article: Article) -> Card:
    shown = (
        article.id,
        article.kind,
        article.title,
        article.summary,
        article.also_called,
        article.facets,
        article.possible_condition,
        article.upgrades,
    )
    return Card(*shown, digest=of_value(shown))


def _edges(
    ordered: Sequence[Article], published: Mapping[str, Article], statuses: Mapping[str, Status]
) -> tuple[dict[str, dict[str, tuple[Edge, ...]]], list[Finding]]:
    """Both sides of every relation between published articles."""
    inverse = {(kind.name, spec.field): spec.inverse for kind in kinds.KINDS.values() for spec in kind.relations}
    found: dict[str, dict[str, list[Edge]]] = {article_id: {} for article_id in published}
    findings = []
    for article in ordered:
        own = found.get(article.id)
        for relation in article.relations:
            name, target, line, column = relation
            other = found.get(target)
            if target not in statuses or target == article.id:
                findings.append(_leads_nowhere(article, relation, statuses))
            elif own is not None and other is None:
                message = f"“{target}” is not published yet ({statuses[target]}), so “{name}” leaves it out"
                findings.append(Finding(article.path, line, column, "notice", "unpublished-relation", message))
            elif own is not None and other is not None:
                back = inverse.get((article.kind, name), name)
                own.setdefault(name, []).append(Edge(target, article.path, line, column))
                other.setdefault(back, []).append(Edge(article.id, article.path, line, column))
    frozen = {key: {name: _unique(edges) for name, edges in named.items()} for key, named in found.items()}
    return frozen, findings


def _unique(edges: list[Edge]) -> tuple[Edge, ...]:
    """Each article once, at its first place: ``related`` may be written on both sides."""
    first: dict[str, Edge] = {}
    for edge in edges:
        first.setdefault(edge.to, edge)
    return tuple(first.values())


def _leads_nowhere(article: Article, relation: Relation, known: Mapping[str, Status]) -> Finding:
    name, target, line, column = relation
    if target == article.id:
        message, hint = f"“{name}” names the article itself", ""
    else:
        folder, slug = target.split("/")
        elsewhere = [other for other in known if other.endswith(f"/{slug}")]
        if elsewhere:
            message = f"there is no {folder}/{slug}, and “{name}” names articles in {folder}/"
            hint = f"{elsewhere[0]} is a {kinds.FOLDERS[elsewhere[0].split('/')[0]].name}"
        else:
            message = f"“{name}” names “{slug}”, but there is no content/{target}.md"
            hint = nearest(slug, [other.split("/")[1] for other in known if other.startswith(f"{folder}/")])
    return Finding(article.path, line, column, "error", "relation", message, hint)
