"""Routes: every page of the site, and for each exactly what its view may see (its *scope*).

A scope holds cards, sources and words that are digested once, so that naming all the scopes of a large site costs
little; a view is made only for a page whose scope has changed. A view gets its scope and nothing else: that is what
makes a page's key cover all that the page can show.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from healthsite import kinds, urls
from healthsite.config import Config
from healthsite.digest import of_bytes
from healthsite.graph import Site
from healthsite.model import URGENCIES, Card, Person, Source, Word

SYMPTOM_ORDER = ("true", "")


class Pair(NamedTuple):
    """A warning sign of a possible cause, and that cause."""

    cause: Card
    flag: Card

    def __repr__(self) -> str:
        return tuple.__repr__(self)  # quicker than the one with the fields' names, of which a large site needs many


class ArticleScope(NamedTuple):
    """What an article's page sees. ``key`` names the article itself, whose text is read when it is needed."""

    key: str
    status: str
    overdue: bool
    relations: tuple[tuple[str, tuple[Card, ...]], ...]
    flags: tuple[Card, ...]
    flags_of_causes: tuple[Pair, ...]
    previous: Card | None
    next: Card | None
    sources: tuple[Source, ...]
    words: tuple[Word, ...]
    people: tuple[Person, ...]


class Entry(NamedTuple):
    """An entry of an index: a name, what it leads to, and what it is linked with."""

    name: str
    card: Card | None = None
    links: tuple[Card, ...] = ()
    source: Source | None = None
    word: Word | None = None

    def __repr__(self) -> str:
        return tuple.__repr__(self)  # quicker than the one with the fields' names, of which a large site needs many


class Section(NamedTuple):
    """A section of an index: its key, how many entries it has, and those that this page shows."""

    key: str
    size: int
    entries: tuple[Entry, ...]


class IndexScope(NamedTuple):
    """What a page of an index sees: all sections, the entries of those that it shows, and which one it is."""

    name: str
    kind: str
    current: str
    sections: tuple[Section, ...]


class MapRow(NamedTuple):
    """A symptom, and those of the page's causes that it can come from."""

    symptom: Card
    causes: tuple[Card, ...]


class MapFlag(NamedTuple):
    """A warning sign, and those of the page's causes and symptoms that it can go with; none where it concerns
    everybody.
    """

    flag: Card
    owners: tuple[Card, ...]


class MapScope(NamedTuple):
    """What a page of the map sees, its warning signs by urgency. ``as_table`` says whether it is small enough for a
    table of cells.
    """

    current: str
    groups: tuple[str, ...]
    causes: tuple[Card, ...]
    rows: tuple[MapRow, ...]
    flags: tuple[MapFlag, ...]
    as_table: bool


class HomeScope(NamedTuple):
    """What the home page sees."""

    emergencies: tuple[Card, ...]
    now: Card | None
    counts: tuple[tuple[str, int], ...]
    symptoms: tuple[Card, ...]
    guides: tuple[Card, ...]


class SheetScope(NamedTuple):
    """What a page to print sees: which one it is, the warning signs where it shows them, and the article that holds
    its sources.
    """

    name: str
    flags: tuple[Card, ...]
    article: Card | None


class SearchScope(NamedTuple):
    """What the search page sees: the warning signs that are an emergency, or can become one."""

    emergencies: tuple[Card, ...]


class OfflineScope(NamedTuple):
    """What the service worker sees: a name for all that it keeps, and the addresses of these pages and of what they
    show. No version: the site does not want one.
    """

    version: str
    pages: tuple[str, ...]
    assets: tuple[str, ...]


class PlainScope(NamedTuple):
    """What a page sees that shows nothing of any article."""

    name: str


class Dated(NamedTuple):
    """A page and the day of its latest change, with what readers were told of it."""

    address: str
    on: str
    card: Card | None = None
    note: str = ""

    def __repr__(self) -> str:
        return tuple.__repr__(self)  # quicker than the one with the fields' names, of which a large site needs many


class ListScope(NamedTuple):
    """What the site map and the feed see."""

    name: str
    pages: tuple[Dated, ...]


class AboutScope(NamedTuple):
    """What the page on how the articles are made sees: the article that says what is still in doubt."""

    doubts: Card | None


class RedirectScope(NamedTuple):
    """What a redirect sees: the article that has moved."""

    card: Card


Scope = (
    ArticleScope
    | IndexScope
    | MapScope
    | HomeScope
    | SheetScope
    | SearchScope
    | OfflineScope
    | AboutScope
    | PlainScope
    | ListScope
    | RedirectScope
)


class Page(NamedTuple):
    """A page: its local address, its template, its scope. ``body`` is the key of the text that it shows, or empty."""

    address: str
    template: str
    scope: Scope
    body: str = ""

    @property
    def own(self) -> str:
        """What names the page's own text."""
        return self.body or self.address

    @property
    def seen(self) -> str:
        """What names all that the page shows: a card, a source and a word stand in the ``repr`` by their digest."""
        shown = f"{type(self.scope).__name__}{tuple.__repr__(self.scope)}"
        return of_bytes(shown.encode("utf-8", "surrogatepass"))


FEED_ENTRIES = 30


def others(site: Site, config: Config) -> list[Page]:
    """Every page that no single article stands behind."""
    pages = [
        Page("/", "home.html", _home(site, config)),
        *_indexes(site, config),
        *_map(site, config),
        *_sheets(site, config),
        *_redirects(site),
        *_features(site, config),
        Page("/about/", "about.html", AboutScope(site.cards.get(config.doubts_article[0]))),
        Page("/privacy/", "privacy.html", PlainScope("privacy")),
        Page("/404.html", "404.html", PlainScope("404")),
        Page("/site.webmanifest", "site.webmanifest", PlainScope("manifest")),
        Page("/robots.txt", "robots.txt", PlainScope("robots")),
        Page("/feed.xml", "feed.xml", _feed(site)),
    ]
    return [*pages, Page("/sitemap.xml", "sitemap.xml", _sitemap(site, pages))]


@lru_cache(maxsize=10_000)
def overdue_on(reviewed_on: str, years: int) -> str:
    """The first day (``YYYY-MM-DD``) on which a review of that day is older than a number of years."""
    year, _, rest = reviewed_on.partition("-")
    if not year.isdigit() or int(year) + years > 9999:
        return "9999-12-31"
    if rest == "02-29" and not isleap(int(year) + years):
        rest = "03-01"
    return f"{int(year) + years:04}-{rest}"


@lru_cache(maxsize=10_000)
def noticed_on(due: str, days: int) -> str:
    """The day (``YYYY-MM-DD``) so many days before another."""
    return date.fromordinal(max(date.fromisoformat(due).toordinal() - days, 1)).isoformat()


def _home(site: Site, config: Config) -> HomeScope:
    flags = [card for card in site.of_kind("red-flag") if card.facets["urgency"] == "emergency"]
    return HomeScope(
        emergencies=tuple(sorted(flags, key=lambda card: not card.facets["general"])),
        now=site.cards.get(config.home.now_article),
        counts=tuple([(name, len(site.of_kind(name))) for name in kinds.KINDS]),
        symptoms=tuple([card for card in site.of_kind("symptom") if card.facets["ordinary"]][:8]),
        guides=tuple(
            [card for card in site.of_kind("guide") if card.facets["topic"] == next(iter(config.sections["topic"]))][:6]
        ),
    )


def _indexes(site: Site, config: Config) -> Iterator[Page]:
    limit = config.policy.index_entries
    for kind in kinds.KINDS.values():
        sections = _kind_sections(site, config, kind)
        yield from _divided(f"/{kind.folder}/", "index.html", "kind", kind.name, sections, limit)
    names: dict[str, list[Entry]] = {}
    for name, card in sorted(_names(site), key=lambda item: (item[0].casefold(), item[1].id)):
        names.setdefault(_letter(name), []).append(Entry(name, card))
    yield from _divided("/a-z/", "a-z.html", "a-z", "", _lettered(names), limit)
    words = {
        letter: [Entry(word.term.name, word=word) for word in group] for letter, group in _words_by_letter(site).items()
    }
    yield from _divided("/glossary/", "glossary.html", "glossary", "", _lettered(words), limit)
    yield from _divided("/sources/", "sources.html", "sources", "", _lettered(_sources_by_letter(site)), limit)


def _kind_sections(site: Site, config: Config, kind: kinds.Kind) -> list[tuple[str, list[Entry]]]:
    """The entries of a kind's index by the facet that divides it, each with what it is linked with."""
    by_key: dict[str, list[Entry]] = {key: [] for key in _section_keys(config, kind)}
    for card in site.of_kind(kind.name):
        links = site.related(card.id, kind.listed_with) if kind.listed_with else ()
        by_key.setdefault(card.facets[kind.sections], []).append(Entry(card.title, card, links))
    return [(key, entries) for key, entries in by_key.items() if entries]


def _section_keys(config: Config, kind: kinds.Kind) -> tuple[str, ...]:
    if kind.sections == "urgency":
        return URGENCIES
    if kind.sections == "ordinary":
        return SYMPTOM_ORDER
    return tuple(config.sections[kind.sections])


def _names(site: Site) -> Iterator[tuple[str, Card]]:
    for card in site.cards.values():
        for name in dict.fromkeys((card.title, *card.also_called)):
            yield name, card


def _letter(name: str) -> str:
    """The letter under which a name stands: a to z, or ``0`` for all else."""
    first = name[:1].lower()
    if "a" <= first <= "z":
        return first
    first = urls.slugify(name.lstrip("“”\"'‘’ ")[:1])
    return first if first.isalpha() else "0"


def _words_by_letter(site: Site) -> dict[str, list[Word]]:
    grouped: dict[str, list[Word]] = {}
    for word in site.words.values():
        grouped.setdefault(_letter(word.term.name), []).append(word)
    return grouped


def _sources_by_letter(site: Site) -> dict[str, list[Entry]]:
    """The sources by the letter of their first author or title, each with the articles that cite it."""
    citing: dict[str, list[Card]] = {}
    for outline in site.outlines.values():
        for name in outline.citations:
            citing.setdefault(name, []).append(outline.card)
    named = [(_source_name(source), source) for source in site.sources.values()]
    grouped: dict[str, list[Entry]] = {}
    for name, source in sorted(named, key=lambda item: (item[0].casefold(), item[1].reference.id)):
        links = tuple(citing.get(source.reference.id, ()))
        if links:
            grouped.setdefault(_letter(name), []).append(Entry(name, links=links, source=source))
    return grouped


def _source_name(source: Source) -> str:
    return source.reference.authors[0] if source.reference.authors else source.reference.title


def _lettered(grouped: dict[str, list[Entry]]) -> list[tuple[str, list[Entry]]]:
    return sorted(grouped.items())


def _divided(
    address: str, template: str, index: str, kind: str, sections: Sequence[tuple[str, list[Entry]]], limit: int
) -> Iterator[Page]:
    """An index as one page; or, where it has more entries than the limit, as a page of contents and a page a
    section.
    """
    if sum(len(entries) for _, entries in sections) <= limit or len(sections) < 2:
        whole = tuple([Section(key, len(entries), tuple(entries)) for key, entries in sections])
        yield Page(address, template, IndexScope(index, kind, "", whole))
        return
    bare = [Section(key, len(entries), ()) for key, entries in sections]
    yield Page(address, template, IndexScope(index, kind, "", tuple(bare)))
    for position, (key, entries) in enumerate(sections):
        shown = [*bare[:position], Section(key, len(entries), tuple(entries)), *bare[position + 1 :]]
        yield Page(section_address(address, key), template, IndexScope(index, kind, key or "other", tuple(shown)))


def section_address(address: str, key: str) -> str:
    """The local address of an index's section: three steps deep, where no article can stand."""
    return f"{address}by/{key or 'other'}/"


def _map(site: Site, config: Config) -> Iterator[Page]:
    """The map of causes and symptoms; above the limit of cells, a page a group."""
    causes = [card for card in site.of_kind("cause") if site.edges[card.id].get("symptoms")]
    symptoms = [card for card in site.of_kind("symptom") if site.edges[card.id].get("possible_causes")]
    groups = tuple([key for key in config.sections["group"] if any(card.facets["group"] == key for card in causes)])
    limit = config.policy.map_cells
    if len(causes) * len(symptoms) <= limit:
        yield Page("/map/", "map.html", _map_scope(site, "", groups, causes, limit))
        return
    yield Page("/map/", "map.html", MapScope("", groups, (), (), (), False))
    for group in groups:
        members = [card for card in causes if card.facets["group"] == group]
        yield Page(section_address("/map/", group), "map.html", _map_scope(site, group, groups, members, limit))


def _map_scope(site: Site, current: str, groups: tuple[str, ...], causes: list[Card], limit: int) -> MapScope:
    by_symptom: dict[str, list[Card]] = {}
    for cause in causes:
        for symptom in site.related(cause.id, "symptoms"):
            by_symptom.setdefault(symptom.id, []).append(cause)
    symptoms = [card for card in site.of_kind("symptom") if card.id in by_symptom]
    return MapScope(
        current=current,
        groups=groups,
        causes=tuple(causes),
        rows=tuple([MapRow(card, tuple(by_symptom[card.id])) for card in symptoms]),
        flags=tuple(_map_flags(site, [*causes, *symptoms])),
        as_table=len(causes) * len(symptoms) <= limit,
    )


def _map_flags(site: Site, owners: Sequence[Card]) -> list[MapFlag]:
    owned: dict[str, list[Card]] = {}
    for owner in owners:
        for flag in site.related(owner.id, "red_flags"):
            owned.setdefault(flag.id, []).append(owner)
    flags = sorted(site.of_kind("red-flag"), key=lambda flag: URGENCIES.index(flag.facets["urgency"]))
    shown = [flag for flag in flags if flag.facets["general"] or flag.id in owned]
    return [MapFlag(flag, () if flag.facets["general"] else tuple(owned[flag.id])) for flag in shown]


def _sheets(site: Site, config: Config) -> Iterator[Page]:
    signs = tuple(site.of_kind("red-flag"))
    for name, sheet in config.sheets.items():
        shown = signs if any(part.signs for part in sheet.parts) else ()
        yield Page(urls.sheet(name), "sheet.html", SheetScope(name, shown, site.cards.get(sheet.article[0])))


def _features(site: Site, config: Config) -> Iterator[Page]:
    """The pages of what a site may have or leave."""
    if config.features.search:
        flags = site.of_kind("red-flag")
        urgent = [
            card
            for card in flags
            if "emergency" in (card.facets["urgency"], *(urgency for urgency, _ in card.upgrades))
        ]
        yield Page("/search/", "search.html", SearchScope(tuple(urgent)))
    if config.features.offline:
        yield Page("/offline.html", "offline.html", PlainScope("offline"))


def _redirects(site: Site) -> Iterator[Page]:
    for outline in site.outlines.values():
        for alias in outline.aliases:
            yield Page(urls.local(alias), "redirect.html", RedirectScope(outline.card))


def _feed(site: Site) -> ListScope:
    latest = sorted(site.outlines.values(), key=lambda outline: outline.card.id)
    latest.sort(key=lambda outline: outline.changed_on, reverse=True)
    dated = [
        Dated(urls.local(outline.card.id), outline.changed_on, outline.card, outline.change_note)
        for outline in latest[:FEED_ENTRIES]
    ]
    return ListScope("feed", tuple(dated))


def _sitemap(site: Site, pages: Sequence[Page]) -> ListScope:
    shown = [
        Dated(page.address, "") for page in pages if page.address.endswith("/") and page.template != "redirect.html"
    ]
    dated = [Dated(urls.local(article_id), outline.changed_on) for article_id, outline in site.outlines.items()]
    return ListScope("sitemap", (*shown, *dated))
