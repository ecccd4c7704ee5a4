"""A page's scope → what its template shows. Views do the thinking: templates only write down what stands in them.

A view is made of plain values: text, HTML that is safe to write (``Markup`` in the template's sense is decided there,
by field names that end in ``html``), addresses that hold the base path, and tuples of smaller views.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from healthsite import kinds, pages, urls
from healthsite.articleview import Text, article_view
from healthsite.indexview import index_view, letter_view, map_view
from healthsite.model import Card
from healthsite.parts import Flag, StepView, flag_of, step_view
from healthsite.sheetview import sheet_view
from healthsite.siteview import Link, SiteView, View, home_link, link_to


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page."""

    now: Link | None
    steps: tuple[StepView, ...]
    emergencies: tuple[Flag, ...]
    emergency: tuple[str, str]
    ways: tuple[tuple[Link, str, int], ...]
    symptoms: tuple[Link, ...]
    guides: tuple[Link, ...]


class SearchedFlag(NamedTuple):
    """An emergency as the search finds it: its page, the signs that make it one where it is not one by itself, and all
    words that it goes by.
    """

    link: Link
    signs: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """The search page."""

    emergencies: tuple[SearchedFlag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineView(View):
    """The service worker: the addresses that it keeps under the name ``version``; it takes itself away without one."""

    version: str
    pages: tuple[str, ...]
    assets: tuple[str, ...]
    fallback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """The site map or the feed: addresses with dates."""

    entries: tuple[tuple[str, str, str, str], ...]
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView(View):
    """How the articles are made; ``doubts`` leads to what is still in doubt."""

    doubts: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(View):
    """A page that leads to where an article is now."""

    target: Link
    target_url: str


def view(page: pages.Page, site: SiteView, text: Text | None) -> View:
    """The view of a page. ``text`` is the one that the page's scope names by key, for an article's page."""
    scope = page.scope
    base: dict[str, Any] = {
        "site": site,
        "address": site.to(page.address),
        "canonical": urls.absolute(site.base_url, page.address),
    }
    if isinstance(scope, pages.ArticleScope):
        if text is None:
            raise ValueError(f"{page.address} needs its article")
        return article_view(scope, site, text, base)
    if isinstance(scope, pages.IndexScope):
        return index_view(scope, site, base) if scope.name == "kind" else letter_view(scope, site, base)
    if isinstance(scope, pages.MapScope):
        return map_view(scope, site, base)
    if isinstance(scope, pages.SheetScope):
        return sheet_view(scope, site, base)
    if isinstance(scope, pages.HomeScope):
        return _home(scope, site, base)
    if isinstance(scope, pages.ListScope):
        return _list(scope, site, base)
    if isinstance(scope, pages.RedirectScope):
        return _redirect(scope, site, base)
    base |= {"title": "", "description": site.config.description, "breadcrumb": (home_link(site),)}
    if isinstance(scope, pages.AboutScope):
        return AboutView(**base, doubts=link_to(scope.doubts, site) if scope.doubts else None)
    if isinstance(scope, pages.SearchScope):
        return SearchView(**base, emergencies=tuple(_searched(card, site) for card in scope.emergencies))
    if isinstance(scope, pages.OfflineScope):
        return OfflineView(**base, **scope._asdict(), fallback=site.to("/offline.html"))
    return View(**base)


def _home(scope: pages.HomeScope, site: SiteView, base: dict[str, Any]) -> HomeView:
    config = site.config
    emergency = config.urgency["emergency"]
    folders = {kind.name: kind.folder for kind in kinds.KINDS.values()}
    return HomeView(
        **base,
        title="",
        description=config.description,
        breadcrumb=(),
        now=link_to(scope.now, site) if scope.now else None,
        steps=tuple(step_view(step, site, at_once=True) for step in config.home.now_steps),
        emergencies=tuple(flag_of(card, None, site) for card in scope.emergencies),
        emergency=(site.words(emergency.label), site.words_html(emergency.action)),
        ways=tuple(
            (
                Link(site.to(f"/{folders[name]}/"), config.kinds[name].many),
                site.words(config.kinds[name].index_summary),
                count,
            )
            for name, count in scope.counts
        ),
        symptoms=tuple(link_to(card, site) for card in scope.symptoms),
        guides=tuple(link_to(card, site) for card in scope.guides),
    )


def _searched(card: Card, site: SiteView) -> SearchedFlag:
    is_urgent = card.facets["urgency"] == "emergency"
    signs = "" if is_urgent else next(signs for urgency, signs in card.upgrades if urgency == "emergency")
    # What is an emergency by its signs only is asked for by these: its own name alone calls for no ambulance.
    words = (signs,) if signs else (card.title, *card.also_called, card.possible_condition)
    return SearchedFlag(link_to(card, site), site.words(signs), site.words(" ".join(words)))


def _list(scope: pages.ListScope, site: SiteView, base: dict[str, Any]) -> ListView:
    entries = tuple(
        (
            urls.absolute(site.base_url, dated.address),
            dated.on,
            site.words(dated.card.title) if dated.card else "",
            " ".join(site.words(part) for part in (dated.note, dated.card.summary if dated.card else "") if part),
        )
        for dated in scope.pages
    )
    updated = max((on for _, on, _, _ in entries if on), default=site.config.started)
    return ListView(
        **base, title="", description=site.config.description, breadcrumb=(), entries=entries, updated=updated
    )


def _redirect(scope: pages.RedirectScope, site: SiteView, base: dict[str, Any]) -> RedirectView:
    target = link_to(scope.card, site)
    return RedirectView(
        **base,
        title=target.text,
        description=site.words(scope.card.summary),
        breadcrumb=(),
        target=target,
        target_url=urls.absolute(site.base_url, urls.local(scope.card.id)),
    )
