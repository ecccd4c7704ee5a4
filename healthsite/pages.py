"""Routes: every page of the site, and for each exactly what its view may see (its *scope*).

A scope holds cards, sources and words that are digested once, so that naming all the scopes of a large site costs
little; a view is made only for a page whose scope has changed. A view gets its scope and nothing else: that is what
makes a page's key cover all that the page can show.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from healthsite.digest import of_bytes
from healthsite.model import Card, Person, Source, Word


class Pair(NamedTuple):
    """A warning sign of a possible cause, and that cause."""

    cause: Card
    flag: Card

    def __repr__(self) -> str:
        return tuple.__repr__(self)  # quicker than the one with the fields' names, of which a large site needs many


class ArticleScope(NamedTuple):
    """What an article's page sees. ``key`` names the article itself, whose text is read when it is needed."""

    key: str
    card: Card
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
    """An entry of an index: a name, what it leads to, and what it is linked with. An article's own title is no name
    here: it stands in its card.
    """

    name: str = ""
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
    """What a page of an index sees: all sections, the entries of those that it shows, and which one it is; of a section
    that goes on over several pages also which of these it is, and of how many.
    """

    name: str
    kind: str
    current: str
    sections: tuple[Section, ...]
    part: int = 1
    parts: int = 1


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

    def __repr__(self) -> str:
        return tuple.__repr__(self)  # quicker than the one with the fields' names, of which a large site needs many


class MapScope(NamedTuple):
    """What a page of the map sees, its warning signs by urgency. ``as_table`` says whether it is small enough for a
    table of cells; ``part`` which page of its group it is, of how many.
    """

    current: str
    groups: tuple[str, ...]
    causes: tuple[Card, ...]
    rows: tuple[MapRow, ...]
    flags: tuple[MapFlag, ...]
    as_table: bool
    part: int = 1
    parts: int = 1


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
        """What names the page and all that it shows: a card, a source and a word stand in the ``repr`` by their
        digest.
        """
        shown = f"{self.address} {self.template} {type(self.scope).__name__}{tuple.__repr__(self.scope)}"
        return of_bytes(shown.encode("utf-8", "surrogatepass"))


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
