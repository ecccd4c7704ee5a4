"""The pages of the indexes and of the map: what each lists, and how a large one is divided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from healthsite import kinds, urls
from healthsite.config import Config, Policy
from healthsite.graph import Site
from healthsite.model import URGENCIES, Card, Source, Word
from healthsite.naming import letter_of
from healthsite.pages import Entry, IndexScope, MapFlag, MapRow, MapScope, Page, Section

SYMPTOM_ORDER = ("true", "")
TEMPLATES = ("index.html", "a-z.html", "glossary.html", "sources.html", "map.html")
"""What the pages here are made with."""


def indexes(site: Site, config: Config) -> Iterator[Page]:
    """The indexes of all kinds, A to Z, the glossary and the sources. Names stand in the order that
    :func:`~healthsite.naming.order_of` names.
    """
    policy = config.policy
    for kind in kinds.KINDS.values():
        sections = _kind_sections(site, config, kind)
        yield from _divided(f"/{kind.folder}/", "index.html", "kind", kind.name, sections, policy)
    names: dict[str, list[Entry]] = {}
    for name, card in sorted(_names(site), key=lambda item: (item[0].casefold(), item[1].id)):
        names.setdefault(letter_of(name), []).append(Entry(name if name != card.title else "", card))
    yield from _divided("/a-z/", "a-z.html", "a-z", "", _lettered(names), policy)
    words = {
        letter: [Entry(word.term.name, word=word) for word in group] for letter, group in _words_by_letter(site).items()
    }
    yield from _divided("/glossary/", "glossary.html", "glossary", "", _lettered(words), policy)
    yield from _divided("/sources/", "sources.html", "sources", "", _lettered(_sources_by_letter(site)), policy)


def _kind_sections(site: Site, config: Config, kind: kinds.Kind) -> list[tuple[str, list[Entry]]]:
    """The entries of a kind's index by the facet that divides it, each with what it is linked with."""
    by_key: dict[str, list[Entry]] = {key: [] for key in _section_keys(config, kind)}
    for card in site.of_kind(kind.name):
        links = site.related(card.id, kind.listed_with) if kind.listed_with else ()
        by_key.setdefault(card.facets[kind.sections], []).append(Entry(card=card, links=links))
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


def _words_by_letter(site: Site) -> dict[str, list[Word]]:
    grouped: dict[str, list[Word]] = {}
    for word in site.words.values():
        grouped.setdefault(letter_of(word.term.name), []).append(word)
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
            grouped.setdefault(letter_of(name), []).append(Entry(name, links=links, source=source))
    return grouped


def _source_name(source: Source) -> str:
    return source.reference.authors[0] if source.reference.authors else source.reference.title


def _lettered(grouped: dict[str, list[Entry]]) -> list[tuple[str, list[Entry]]]:
    return sorted(grouped.items())


def _divided(
    address: str, template: str, index: str, kind: str, sections: Sequence[tuple[str, list[Entry]]], policy: Policy
) -> Iterator[Page]:
    """An index as one page; or, where it has more entries than the limit, as a page of contents and a page a
    section, which goes on over several where it is long.
    """
    if sum(len(entries) for _, entries in sections) <= policy.index_entries or len(sections) < 2:
        whole = tuple([Section(key, len(entries), tuple(entries)) for key, entries in sections])
        yield Page(address, template, IndexScope(index, kind, "", whole))
        return
    bare = [Section(key, len(entries), ()) for key, entries in sections]
    yield Page(address, template, IndexScope(index, kind, "", tuple(bare)))
    for position, (key, entries) in enumerate(sections):
        parts = _parts(entries, [1 + len(entry.links) for entry in entries], policy.index_lines)
        for number, part in enumerate(parts, 1):
            shown = [*bare[:position], Section(key, len(entries), tuple(part)), *bare[position + 1 :]]
            scope = IndexScope(index, kind, key or "other", tuple(shown), number, len(parts))
            yield Page(urls.section(address, key, number), template, scope)


_Item = TypeVar("_Item")


def _parts(items: Sequence[_Item], lines: Sequence[int], limit: int) -> list[list[_Item]]:
    """Items in parts that have no more lines than the limit, given how many each has; a longer item is a part alone."""
    parts: list[list[_Item]] = [[]]
    filled = 0
    for item, many in zip(items, lines, strict=True):
        if parts[-1] and filled + many > limit:
            parts.append([])
            filled = 0
        parts[-1].append(item)
        filled += many
    return parts


def maps(site: Site, config: Config) -> Iterator[Page]:
    """The map of causes and symptoms; above the limit of cells, a page a group."""
    causes = [card for card in site.of_kind("cause") if site.edges[card.id].get("symptoms")]
    symptoms = [card for card in site.of_kind("symptom") if site.edges[card.id].get("possible_causes")]
    groups = tuple([key for key in config.sections["group"] if any(card.facets["group"] == key for card in causes)])
    policy = config.policy
    flags = sorted(site.of_kind("red-flag"), key=lambda flag: URGENCIES.index(flag.facets["urgency"]))
    order = {card.id: position for position, card in enumerate(symptoms)}
    scope_of = partial(_map_scope, site, groups, policy, order, flags)
    if len(causes) * len(symptoms) <= policy.map_cells:
        yield Page("/map/", "map.html", scope_of("", causes))
        return
    yield Page("/map/", "map.html", MapScope("", groups, (), (), (), False))
    for group in groups:
        members = [card for card in causes if card.facets["group"] == group]
        parts = _parts(members, [1 + len(site.edges[card.id]["symptoms"]) for card in members], policy.index_lines)
        for number, part in enumerate(parts, 1):
            scope = scope_of(group, part)._replace(part=number, parts=len(parts))
            yield Page(urls.section("/map/", group, number), "map.html", scope)


def _map_scope(
    site: Site,
    groups: tuple[str, ...],
    policy: Policy,
    order: Mapping[str, int],
    flags: Sequence[Card],
    current: str,
    causes: list[Card],
) -> MapScope:
    """The scope of a map of some causes. ``order`` is that of all symptoms, by id; ``flags`` are all warning signs."""
    by_symptom: dict[str, list[Card]] = {}
    for cause in causes:
        for symptom in site.edges[cause.id]["symptoms"]:
            by_symptom.setdefault(symptom, []).append(cause)
    symptoms = [site.cards[name] for name in sorted(by_symptom, key=order.__getitem__)]
    return MapScope(
        current=current,
        groups=groups,
        causes=tuple(causes),
        rows=tuple([MapRow(card, tuple(by_symptom[card.id])) for card in symptoms]),
        flags=tuple(_map_flags(site, flags, [*causes, *symptoms])),
        as_table=len(causes) * len(symptoms) <= policy.map_cells,
    )


def _map_flags(site: Site, flags: Sequence[Card], owners: Sequence[Card]) -> list[MapFlag]:
    owned: dict[str, list[Card]] = {}
    for owner in owners:
        for flag in site.edges[owner.id].get("red_flags", ()):
            owned.setdefault(flag, []).append(owner)
    shown = [flag for flag in flags if flag.facets["general"] or flag.id in owned]
    return [MapFlag(flag, () if flag.facets["general"] else tuple(owned[flag.id])) for flag in shown]
