"""Every page that no single article stands behind, and exactly what it may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from healthsite import kinds, urls
from healthsite.config import Config
from healthsite.graph import Site
from healthsite.indexes import indexes, maps
from healthsite.pages import (
    AboutScope,
    Dated,
    HomeScope,
    ListScope,
    Page,
    PlainScope,
    RedirectScope,
    SearchScope,
    SheetScope,
)

FEED_ENTRIES = 30


def others(site: Site, config: Config) -> list[Page]:
    """Every page that no single article stands behind."""
    pages = [
        Page("/", "home.html", _home(site, config)),
        *indexes(site, config),
        *maps(site, config),
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
