"""The smaller views that pages are put together from: warning signs, articles, sources, the words of the glossary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from healthsite import urls
from healthsite.config import Config
from healthsite.model import URGENCIES, Card, Reference, Source, Step
from healthsite.siteview import MOST, Link, SiteView, link_to


class Flag(NamedTuple):
    """A warning sign: its page, its words, what makes it more urgent (label and signs), and the cause it comes from."""

    link: Link
    upgrades: tuple[tuple[str, str], ...]
    cause: str = ""


class FlagCard(NamedTuple):
    """The warning signs of one urgency."""

    urgency: str
    label: str
    action_html: str
    flags: tuple[Flag, ...]


class Item(NamedTuple):
    """An article as other pages show it, with a phrase (its effect, its link, its urgency) and what it is
    linked with.
    """

    link: Link
    summary: str
    phrase: str
    urgency: str
    links: tuple[Link, ...] = ()


class Group(NamedTuple):
    """A heading with items under it. ``link`` leads to the rest where this page does not show them all."""

    key: str
    title: str
    items: tuple[Item, ...]
    size: int
    link: Link | None = None


class StepView(NamedTuple):
    """One thing to do, and a drawing of it, empty where there is none."""

    text: str
    picture_html: str


class SourceView(NamedTuple):
    """A source as a reader finds it. Authors and detail end in a full stop where they are not empty."""

    number: int
    authors: str
    title: str
    detail: str
    kind: str
    links: tuple[Link, ...]
    cited_by: tuple[Link, ...] = ()


class TermView(NamedTuple):
    """An entry of the glossary."""

    id: str
    name: str
    definition: str


def flag_cards(flags: Iterable[tuple[Card, Card | None]], site: SiteView) -> tuple[FlagCard, ...]:
    """Cards of warning signs by urgency, the most urgent first. A sign may come with the cause it belongs to."""
    grouped: dict[str, list[Flag]] = {urgency: [] for urgency in URGENCIES}
    for card, cause in flags:
        grouped[card.facets["urgency"]].append(flag_of(card, cause, site))
    words = site.config.urgency
    return tuple(
        FlagCard(urgency, site.words(words[urgency].label), site.words_html(words[urgency].action), tuple(found))
        for urgency, found in grouped.items()
        if found
    )


@lru_cache(maxsize=MOST)
def flag_of(card: Card, cause: Card | None, site: SiteView) -> Flag:
    labels = site.config.urgency
    upgrades = tuple((site.words(labels[urgency].label), site.words(signs)) for urgency, signs in card.upgrades)
    return Flag(link_to(card, site), upgrades, site.words(cause.title) if cause else "")


def item_of(card: Card, site: SiteView, links: tuple[Card, ...] = ()) -> Item:
    item = _item_of(card, site)
    return item._replace(links=tuple(link_to(other, site) for other in links)) if links else item


@lru_cache(maxsize=MOST)
def _item_of(card: Card, site: SiteView) -> Item:
    urgency = card.facets.get("urgency", "")
    phrase = phrase_of(card.facets, site.config)
    if urgency:
        phrase = site.words(site.config.urgency[urgency].label)
    return Item(link_to(card, site), site.words(card.summary), phrase, urgency)


def phrase_of(facets: Mapping[str, str], config: Config) -> str:
    """How sure the evidence is of what, in words: “probably helps”, “does not help”."""
    certainty = facets.get("certainty", "")
    if "effect" in facets:
        return config.effects[facets["effect"]][certainty]
    return config.links[facets["link"]][certainty] if "link" in facets else ""


def step_view(step: Step, site: SiteView, *, at_once: bool = False) -> StepView:
    """A step; its drawing is loaded ``at_once``, or when the reader comes near it."""
    picture = site.picture_html(step.picture, step.alt, at_once=at_once) if step.picture else ""
    return StepView(site.words(step.text), picture)


def source_view(source: Source, number: int, site: SiteView, cited_by: tuple[Card, ...] = ()) -> SourceView:
    return SourceView(number, *_described(source, site), tuple(link_to(card, site) for card in cited_by))


@lru_cache(maxsize=MOST)
def _described(source: Source, site: SiteView) -> tuple[str, str, str, str, tuple[Link, ...]]:
    """A source's authors, title, detail, kind and links, as its view shows them."""
    reference = source.reference
    links = []
    if reference.doi:
        links.append(Link(f"https://doi.org/{quote(reference.doi, safe='/:;()._-')}", f"doi:{reference.doi}"))
    if reference.pmid:
        links.append(Link(f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/", f"PMID {reference.pmid}"))
    if reference.url and not reference.doi:
        links.append(Link(reference.url, urlsplit(reference.url).netloc.removeprefix("www.")))
    kind = site.config.source_types[reference.type]
    return _authors(reference), reference.title, _detail(reference), kind, tuple(links)


def _authors(reference: Reference) -> str:
    shown = ", ".join(reference.authors[:6])
    return _stopped(f"{shown}, et al" if len(reference.authors) > 6 else shown)


def _detail(reference: Reference) -> str:
    """Journal, year and place in it, as bibliographies write them: ``Journal. 2012;58(1):17-22.``"""
    place = reference.volume + (f"({reference.issue})" if reference.issue else "")
    if reference.pages:
        place += f":{reference.pages}" if place else reference.pages
    dated = ";".join(part for part in (reference.year, place) if part)
    return _stopped(". ".join(part for part in (reference.container, dated) if part))


def _stopped(text: str) -> str:
    """A text with a full stop, where it does not end like a sentence already (“et al.”)."""
    return f"{text}." if text and text[-1] not in ".?!" else text


def word_ids(names: Iterable[str]) -> Mapping[str, str]:
    """A fragment id for each term, no two the same."""
    ids: dict[str, str] = {}
    for term in names:
        name = f"word-{urls.slugify(term)}"
        ids[term] = name if name != "word-" and name not in ids.values() else f"{name}_{len(ids)}"
    return ids
