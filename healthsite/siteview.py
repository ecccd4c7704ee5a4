"""What every page may show of the site, and of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from healthsite import drawings, kinds, urls
from healthsite.config import Config
from healthsite.drawings import Size
from healthsite.model import NUMBERS, Card

_LATER = ' loading="lazy"'
_WORD_SLOTS = tuple((f"{{{name}}}", name) for name in NUMBERS)


class Link(NamedTuple):
    """An address and the words that lead there."""

    address: str
    text: str


MOST = 20_000
"""How many things that pages show are remembered: more than a large site has articles, and most stand on several."""


@dataclass(frozen=True, eq=False)
class SiteView:
    """What every page may show of the site: the configuration, the addresses of its assets, and where it stands.

    ``sizes`` gives the size of each drawing by its name below ``static/``. A build has one, which is like no other.
    """

    config: Config
    base_url: str
    base: str
    assets: Mapping[str, str]
    digest: str
    sizes: Mapping[str, Size]

    def to(self, local: str) -> str:
        """The address of a local address."""
        return urls.address(self.base, local)

    def asset(self, name: str) -> str:
        """The address of an asset. Raises ``KeyError`` with a plain word for a name that ``static/`` does not hold."""
        if name not in self.assets:
            raise KeyError(f"static/ holds no “{name}”")
        return self.assets[name]

    def picture_html(self, name: str, alt: str, *, at_once: bool = False) -> str:
        """A drawing of ``static/pictures/``, by its name. ``alt`` says what it shows. It is loaded ``at_once``, or when
        the reader comes near it.
        """
        file = drawings.file_of(name)
        address, (width, height) = self.asset(file), self.sizes[file]
        return (
            f'<img class="picture" src="{escape(address)}" alt="{escape(self.words(alt))}" '
            f'width="{width}" height="{height}"{"" if at_once else _LATER}>'
        )

    def words(self, text: str) -> str:
        """A plain text with the configured words filled in."""
        if "{" in text:
            for slot, name in _WORD_SLOTS:
                text = text.replace(slot, self.config.numbers[name])
        return text

    def words_html(self, text: str) -> str:
        """A plain text as HTML, with the configured numbers as telephone links."""
        html = escape(text)
        for slot, name in _WORD_SLOTS:
            html = html.replace(slot, self.phone_html(name))
        return html

    def phone_html(self, name: str) -> str:
        """A configured number as a telephone link."""
        number = self.config.numbers[name]
        return f'<a class="phone" href="tel:{escape("".join(number.split()))}">{escape(number)}</a>'

    def day(self, iso: str) -> str:
        """A day (``YYYY-MM-DD``) as readers write it: ``22 November 2026``."""
        year, month, day = iso.split("-")
        return f"{int(day)} {self.config.months[int(month) - 1]} {year}"

    def feed_id(self, url: str) -> str:
        """A lasting identifier for the feed (RFC 4151): it holds the day the site began, whoever owns the name
        later.
        """
        parts = urlsplit(url)
        return f"tag:{parts.hostname},{self.config.started}:{parts.path}"

    def whole(self, address: str) -> str:
        """An address with the host in front, for those who read it elsewhere."""
        return self.base_url.removesuffix(self.base) + address

    def once(self, macro: Callable[[SiteView], str]) -> str:
        """What a template's macro makes of the site alone. It is the same on every page, so it is made but once."""
        return _once(macro, self)

    @cached_property
    def sheets(self) -> tuple[tuple[Link, str], ...]:
        """The pages to print, each with what it is for."""
        return tuple(
            (Link(self.to(urls.sheet(name)), self.words(sheet.title)), self.words(sheet.summary))
            for name, sheet in self.config.sheets.items()
        )

    @cached_property
    def nav(self) -> tuple[Link, ...]:
        """The indexes of the kinds."""
        words = self.config.kinds
        return tuple(Link(self.to(f"/{kind.folder}/"), words[kind.name].many) for kind in kinds.KINDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page shows."""

    site: SiteView
    address: str
    canonical: str
    title: str
    description: str
    breadcrumb: tuple[Link, ...]

    @property
    def report(self) -> str:
        """Where a mistake on this page is reported: a letter or an issue that already names the page."""
        subject = quote(f"{self.title or self.site.config.title} ({self.canonical})", safe="")
        address = self.site.config.report
        key = "subject" if urlsplit(address).scheme == "mailto" else "title"
        return f"{address}{'&' if '?' in address else '?'}{key}={subject}"


def home_link(site: SiteView) -> Link:
    return Link(site.to("/"), site.config.title)


@lru_cache(maxsize=64)
def _once(macro: Callable[[SiteView], str], site: SiteView) -> str:
    return macro(site)


@lru_cache(maxsize=MOST)
def link_to(card: Card, site: SiteView) -> Link:
    return Link(site.to(urls.local(card.id)), site.words(card.title))
