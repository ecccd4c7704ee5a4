"""Site → the plan of every article's page: what it will show, by name.

A scope is named before it is made. The *plan* of a page holds the names of what its scope will hold; the page's key is
named from the plan and from the digests behind its names; and the scope is made from that plan alone, for a stale page
only, by the worker that renders it. A plan is kept under the key that it was named with: while nothing but texts and
titles changes, no site need be linked to know what a page shows. A page that no article stands behind is made with its
scope, and has a plan only to be kept (:class:`PagePlan`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

from healthsite import kinds, pages, urls
from healthsite.config import Config
from healthsite.digest import of_bytes
from healthsite.graph import Named, Site
from healthsite.model import URGENCIES, Card, Source, Word
from healthsite.pages import ArticleScope, Page, Pair, overdue_on
from healthsite.siteview import MOST
from healthsite.store import LostError

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class ArticlePlan(NamedTuple):
    """An article's scope by the names of what it holds: quick to make and to name, ten thousand times.

    ``general`` are the warning signs that concern everybody, ``causes`` those of each possible cause, by its id.
    """

    id: str
    key: str
    status: str
    overdue: bool
    relations: tuple[tuple[str, Sequence[str]], ...]
    general: tuple[str, ...]
    causes: tuple[tuple[str, Sequence[str]], ...]
    previous: str
    next: str
    sources: tuple[str, ...]
    words: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def address(self) -> str:
        """The page's local address."""
        return urls.local(self.id)

    @property
    def cards(self) -> set[str]:
        """The ids of the articles that the page shows."""
        found = {self.id, *self.general, self.previous, self.next} - {""}
        for name, ids in self.causes:
            found |= {name, *ids}
        return found.union(*[ids for _, ids in self.relations])


def load_plan(name: str, key: str, data: bytes) -> ArticlePlan:
    """What :func:`dump` wrote of an article, given by its id, whose text has this key."""
    return ArticlePlan(name, key, *_row(data, len(ArticlePlan._fields) - 2))


def name_of(
    plan: ArticlePlan,
    cards: Mapping[str, str],
    sources: Mapping[str, str],
    words: Mapping[str, str],
    people: Mapping[str, str],
) -> str:
    """What names all that an article's page shows besides its own text: the plan, and the digest of what is in it."""
    parts = [plan.status, str(plan.overdue)]
    for name, ids in (*plan.relations, ("*", plan.general), *plan.causes):
        parts.append(f"|{name}|")
        parts += map(cards.__getitem__, ids)
    parts += [f"|{cause}|{cards[cause]}" for cause, _ in plan.causes]
    parts += [f"|{cards[plan.previous]}|{cards[plan.next]}|"]
    parts += map(sources.__getitem__, plan.sources)
    parts.append("|")
    parts += map(words.__getitem__, plan.words)
    parts.append("|")
    parts += map(people.__getitem__, plan.people)
    return of_bytes(",".join(parts).encode("utf-8", "surrogatepass"))


_SHAPES: Mapping[str, Callable[[Iterable[Any]], Any]] = {
    "": tuple,
    **{
        shape.__name__: shape._make
        for shape in (
            pages.IndexScope,
            pages.Section,
            pages.Entry,
            pages.MapScope,
            pages.MapRow,
            pages.MapFlag,
            pages.HomeScope,
            pages.SheetScope,
            pages.SearchScope,
            pages.AboutScope,
            pages.PlainScope,
            pages.ListScope,
            pages.Dated,
            pages.RedirectScope,
        )
    },
}
"""What a scope is put together from, by name; a tuple that is nothing but that has none."""


class PagePlan(NamedTuple):
    """A page that no article stands behind, as plain data. What it shows of others stands there by name: a card, a
    source or a word as a mapping of that to its name; a tuple as a list that begins with the name of its shape.
    """

    address: str
    template: str
    scope: Any

    @property
    def cards(self) -> set[str]:
        """The ids of the articles that the page shows."""
        return _named("card", self.scope)

    @property
    def sources(self) -> set[str]:
        """The names of the sources that the page shows."""
        return _named("source", self.scope)

    def page(self, shown: Named) -> Page:
        """The page."""
        return Page(self.address, self.template, _shaped(self.scope, shown))


def dump(page: Page | ArticlePlan) -> tuple[bytes, bytes]:
    """A plan as JSON, for the store: an article's without its id and the key of its own text, that of any other page
    as its :class:`PagePlan`. Then the marks of all articles that the page shows.
    """
    plan = page if isinstance(page, ArticlePlan) else PagePlan(page.address, page.template, _plain(page.scope))
    row = plan[2:] if isinstance(plan, ArticlePlan) else plan
    data = _json(row).encode("utf-8", "surrogatepass")
    return data, b"".join([mark_of(name) for name in plan.cards])


@lru_cache(maxsize=MOST)
def mark_of(name: str) -> bytes:
    """A few letters that stand for an article, given by its id, where it does no harm that another has the same."""
    return b"%08x" % crc32(name.encode())


def load_page(data: bytes) -> PagePlan:
    """What :func:`dump` wrote of a page that no article stands behind."""
    return PagePlan(*_row(data, len(PagePlan._fields)))


def _row(data: bytes, length: int) -> list[Any]:
    """A plan as the store keeps it. Raises :class:`~healthsite.store.LostError` for one of another kind of page."""
    row: list[Any] = json.loads(data)
    if len(row) != length:
        raise LostError
    return row


def _plain(value: tuple[Any, ...]) -> Any:
    if isinstance(value, Card):
        return {"card": value.id}
    if isinstance(value, Source):
        return {"source": value.reference.id}
    if isinstance(value, Word):
        return {"word": value.term.name}
    shape = "" if type(value) is tuple else type(value).__name__
    return [shape, *[_plain(item) if isinstance(item, tuple) else item for item in value]]


def _shaped(value: Any, shown: Named) -> Any:
    if isinstance(value, dict):
        ((kind, name),) = value.items()
        return {"card": shown.cards, "source": shown.sources, "word": shown.words}[kind][name]
    if isinstance(value, list):
        return _SHAPES[value[0]]([_shaped(item, shown) for item in value[1:]])
    return value


def _named(kind: str, value: Any) -> set[str]:
    """The names of all of a kind that plain data shows."""
    found = set()
    left = [value]
    while left:
        item = left.pop()
        if type(item) is list:
            left += item
        elif type(item) is dict and kind in item:
            found.add(item[kind])
    return found


def article_page(plan: ArticlePlan, shown: Named) -> Page:
    """An article's page."""
    template = kinds.KINDS[shown.cards[plan.id].kind].template
    return Page(plan.address, template, scope_of(plan, shown), plan.key)


def scope_of(plan: ArticlePlan, shown: Named) -> ArticleScope:
    """The scope that a plan names: it holds nothing that the plan does not."""
    cards = shown.cards
    relations = tuple([(name, tuple(map(cards.__getitem__, ids))) for name, ids in plan.relations])
    pairs = [Pair(cards[cause], cards[flag]) for cause, flags in plan.causes for flag in flags]
    return ArticleScope(
        key=plan.key,
        card=cards[plan.id],
        status=plan.status,
        overdue=plan.overdue,
        relations=relations,
        flags=_flags(cards[plan.id].kind, dict(relations), [cards[flag] for flag in plan.general]),
        flags_of_causes=tuple(sorted(pairs, key=lambda pair: URGENCIES.index(pair.flag.facets["urgency"]))),
        previous=cards.get(plan.previous),
        next=cards.get(plan.next),
        sources=tuple(map(shown.sources.__getitem__, plan.sources)),
        words=tuple(map(shown.words.__getitem__, plan.words)),
        people=tuple(map(shown.people.__getitem__, plan.people)),
    )


def planned(site: Site, config: Config, *, today: str) -> Iterator[ArticlePlan]:
    """The plan of every article's page."""
    general = tuple([card.id for card in site.of_kind("red-flag") if card.facets["general"]])
    years = config.policy.review_years
    neighbours = _neighbours(site)
    edges, sources, words = site.edges, site.sources, site.words
    for outline in site.outlines.values():
        card = outline.card
        own = edges[card.id]
        yield ArticlePlan(
            card.id,
            outline.key,
            "draft" if outline.draft else "scheduled" if outline.publish_on > today else "published",
            today >= overdue_on(outline.reviewed_on, years),
            tuple(own.items()),
            general,
            tuple([(cause, edges[cause].get("red_flags", ())) for cause in own.get("possible_causes", ())]),
            *neighbours[card.id],
            tuple([name for name in outline.citations if name in sources]),
            tuple([name for name in site.terms_in[card.id] if name in words]),
            tuple([name for name in outline.reviewed_by if name in site.people]),
        )


def _neighbours(site: Site) -> dict[str, tuple[str, str]]:
    """The articles before and after each article in its part of its kind's index; empty where there is none."""
    parts: dict[tuple[str, str], list[str]] = {}
    for outline in site.outlines.values():
        card = outline.card
        parts.setdefault((card.kind, card.facets[kinds.KINDS[card.kind].sections]), []).append(card.id)
    return {
        name: (before, after)
        for names in parts.values()
        for before, name, after in zip(["", *names], names, [*names[1:], ""], strict=False)
    }


def _flags(kind: str, relations: Mapping[str, tuple[Card, ...]], general: Sequence[Card]) -> tuple[Card, ...]:
    """The warning signs that an article's page shows first: its own, then those that concern everybody; most
    urgent first.
    """
    if kind == "red-flag":
        return ()
    own = relations.get("about" if kind == "guide" else "red_flags", ())
    found = {flag.id: flag for flag in (*own, *general) if flag.kind == "red-flag"}
    return tuple(sorted(found.values(), key=lambda flag: URGENCIES.index(flag.facets["urgency"])))
