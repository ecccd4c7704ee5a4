"""The indexes and the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

from healthsite import kinds, pages, urls
from healthsite.model import CERTAINTIES, URGENCIES, Card, Word
from healthsite.parts import Flag, Group, SourceView, TermView, flag_of, item_of, phrase_of, source_view, word_ids
from healthsite.siteview import Link, SiteView, View, home_link, link_to

SURENESS = {"strong": 4, "moderate": 3, "weak": 2, "contested": 2, "expert-opinion": 1, "unknown": 0}
"""Of four dots, how many a certainty fills."""


class Letter(NamedTuple):
    """A section of an alphabetical index; ``link`` leads to it where this page does not show it."""

    key: str
    title: str
    size: int
    link: Link
    is_shown: bool
    names: tuple[tuple[str, Link, str], ...] = ()
    sources: tuple[SourceView, ...] = ()
    terms: tuple[TermView, ...] = ()


class ChartRow(NamedTuple):
    """Articles with the same effect and the same certainty of it: both in words, and how sure that is, of four."""

    effect: str
    phrase: str
    certainty: str
    sureness: int
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(View):
    """The index of a kind, or one section of it. ``chart`` sorts the articles by effect, where the kind has one;
    ``pages`` are those that a long section goes on over, none where it is whole.
    """

    kind: kinds.Kind
    intro: str
    section: str
    groups: tuple[Group, ...]
    chart: tuple[ChartRow, ...]
    linked_title: str
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView(View):
    """An alphabetical index (A to Z, glossary, sources), or one letter of it; ``pages`` as in :class:`IndexView`."""

    letters: tuple[Letter, ...]
    is_divided: bool
    pages: tuple[Link, ...]


class Marked(NamedTuple):
    """A link to an article, and the article's id, by which a script knows it."""

    id: str
    link: Link


class MapRowView(NamedTuple):
    """A symptom with its possible causes, and their ids with spaces between; ``cells`` says of each cause of the page
    whether it is one of them.
    """

    symptom: Marked
    causes: tuple[Link, ...]
    ids: str
    cells: tuple[bool, ...]


class MapFlagView(NamedTuple):
    """A warning sign, and the ids of what it can go with, with spaces between; none where it concerns everybody."""

    flag: Flag
    owners: str


class MapCard(NamedTuple):
    """The warning signs of one urgency."""

    urgency: str
    label: str
    action_html: str
    flags: tuple[MapFlagView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView(View):
    """The map of causes and symptoms, or one group of it; ``pages`` as in :class:`IndexView`."""

    section: str
    groups: tuple[Link, ...]
    causes: tuple[Marked, ...]
    rows: tuple[MapRowView, ...]
    cards: tuple[MapCard, ...]
    as_table: bool
    pages: tuple[Link, ...]


def index_view(scope: pages.IndexScope, site: SiteView, base: dict[str, Any]) -> IndexView:
    kind = kinds.KINDS[scope.kind]
    words = site.config.kinds[kind.name]
    home = f"/{kind.folder}/"
    groups = tuple(_section(section, kind, home, site) for section in scope.sections if _is_shown(scope, section))
    section = _numbered(groups[0].title, scope) if scope.current else ""
    crumbs = (home_link(site), Link(site.to(home), words.many)) if scope.current else (home_link(site),)
    return IndexView(
        **base,
        title=f"{words.index_title}: {section}" if section else words.index_title,
        description=site.words(words.index_summary),
        breadcrumb=crumbs,
        kind=kind,
        intro=site.words(words.index_summary),
        section=section,
        groups=groups,
        chart=_chart([entry.card for section in scope.sections for entry in section.entries if entry.card], site),
        linked_title=site.words(site.config.relations[f"{kind.name}.{kind.listed_with}"]) if kind.listed_with else "",
        pages=_pages(home, scope, site),
    )


def _numbered(title: str, scope: pages.IndexScope | pages.MapScope) -> str:
    """A section's title, with the number of its page where it goes on over several."""
    return f"{title} ({scope.part}/{scope.parts})" if scope.parts > 1 else title


def _pages(home: str, scope: pages.IndexScope | pages.MapScope, site: SiteView) -> tuple[Link, ...]:
    """The pages of a section, by number; none where it has only one."""
    numbers = range(1, scope.parts + 1) if scope.parts > 1 else ()
    return tuple([Link(site.to(urls.section(home, scope.current, number)), str(number)) for number in numbers])


def _chart(cards: Sequence[Card], site: SiteView) -> tuple[ChartRow, ...]:
    """Rows by effect, those that help first, and within an effect the surest first."""
    found: dict[tuple[object, object], list[Card]] = {}
    for card in cards:
        found.setdefault((card.facets.get("effect"), card.facets.get("certainty")), []).append(card)
    rows = []
    for effect, certainty in product(kinds.EFFECTS, CERTAINTIES):
        if alike := found.get((effect, certainty)):
            phrase = phrase_of(alike[0].facets, site.config)
            links = tuple([link_to(card, site) for card in alike])
            rows.append(ChartRow(effect, phrase, site.config.certainty[certainty], SURENESS[certainty], links))
    return tuple(rows)


def _is_shown(scope: pages.IndexScope, section: pages.Section) -> bool:
    """A section's page shows that section; the index itself shows all, some of them as links only."""
    return not scope.current or bool(section.entries)


def _section(section: pages.Section, kind: kinds.Kind, home: str, site: SiteView) -> Group:
    title = _section_title(section.key, kind, site)
    items = tuple(item_of(entry.card, site, entry.links) for entry in section.entries if entry.card)
    link = None if items else Link(site.to(urls.section(home, section.key)), title)
    return Group(section.key or "other", title, items, section.size, link)


def _section_title(key: str, kind: kinds.Kind, site: SiteView) -> str:
    if kind.sections == "urgency":
        return site.words(site.config.urgency[key].action)
    if kind.sections == "ordinary":
        return site.config.sections["ordinary"]["ordinary" if key else "sign"]
    return site.config.sections[kind.sections][key]


def letter_view(scope: pages.IndexScope, site: SiteView, base: dict[str, Any]) -> LetterView:
    home = f"/{scope.name}/"
    letters = tuple(_letter(section, home, site) for section in scope.sections)
    is_divided = any(not letter.is_shown for letter in letters)
    return LetterView(
        **base,
        title=_numbered(_letter_title(scope.current), scope) if scope.current != "0" or scope.parts > 1 else "",
        description=site.config.description,
        breadcrumb=(home_link(site),),
        letters=letters,
        is_divided=is_divided,
        pages=_pages(home, scope, site),
    )


def _letter(section: pages.Section, home: str, site: SiteView) -> Letter:
    title = _letter_title(section.key)
    is_shown = bool(section.entries)
    address = f"#letter-{section.key}" if is_shown else site.to(urls.section(home, section.key))
    return Letter(
        key=section.key,
        title=title,
        size=section.size,
        link=Link(address, title),
        is_shown=is_shown,
        names=tuple(_name(entry.name or entry.card.title, entry.card, site) for entry in section.entries if entry.card),
        sources=tuple(source_view(entry.source, 0, site, entry.links) for entry in section.entries if entry.source),
        terms=_terms(tuple(entry.word for entry in section.entries if entry.word)),
    )


def _letter_title(key: str) -> str:
    return "0–9" if key == "0" else key.upper()


def _name(name: str, card: Card, site: SiteView) -> tuple[str, Link, str]:
    """A name, the article that has it, and the word for its kind."""
    return site.words(name), link_to(card, site), site.config.kinds[card.kind].one


def _terms(words: tuple[Word, ...]) -> tuple[TermView, ...]:
    ids = word_ids(word.term.name for word in words)
    return tuple(TermView(ids[word.term.name], word.term.name, word.term.definition) for word in words)


def map_view(scope: pages.MapScope, site: SiteView, base: dict[str, Any]) -> MapView:
    names = site.config.sections["group"]
    section = _numbered(names.get(scope.current, ""), scope)
    return MapView(
        **base,
        title=section,
        description=site.config.description,
        breadcrumb=(home_link(site),),
        section=section,
        groups=tuple(Link(site.to(urls.section("/map/", group)), names[group]) for group in scope.groups),
        causes=tuple(_marked(cause, site) for cause in scope.causes),
        rows=tuple([_map_row(row, scope, site) for row in scope.rows]),
        cards=tuple(_map_cards(scope.flags, site)),
        as_table=scope.as_table,
        pages=_pages("/map/", scope, site),
    )


def _map_row(row: pages.MapRow, scope: pages.MapScope, site: SiteView) -> MapRowView:
    ids = [cause.id for cause in row.causes]
    cells = tuple([cause.id in ids for cause in scope.causes]) if scope.as_table else ()
    return MapRowView(
        _marked(row.symptom, site), tuple([link_to(cause, site) for cause in row.causes]), " ".join(ids), cells
    )


def _marked(card: Card, site: SiteView) -> Marked:
    return Marked(card.id, link_to(card, site))


def _map_cards(flags: Iterable[pages.MapFlag], site: SiteView) -> Iterator[MapCard]:
    grouped: dict[str, list[MapFlagView]] = {urgency: [] for urgency in URGENCIES}
    for card, owners in flags:
        shown = MapFlagView(flag_of(card, None, site), " ".join([owner.id for owner in owners]))
        grouped[card.facets["urgency"]].append(shown)
    for urgency, found in grouped.items():
        words = site.config.urgency[urgency]
        if found:
            yield MapCard(urgency, site.words(words.label), site.words_html(words.action), tuple(found))
