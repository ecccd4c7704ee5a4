"""``config.yaml`` → :class:`Config`. An unknown key is a finding with a suggestion; a missing word of the site
is one too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from healthsite import drawings, kinds, urls
from healthsite.digest import of_bytes
from healthsite.fields import (
    Field,
    Reader,
    Reporter,
    date,
    entries,
    flag,
    listing,
    number,
    placed,
    read_record,
    read_yaml,
    record,
    step,
    table,
    text,
)
from healthsite.model import CARE_CARDS, CERTAINTIES, EDITORS, NUMBERS, REFERENCE_TYPES, Finding, Mention, Step
from healthsite.plainyaml import Node


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind in words: one article of it, many, and its index page."""

    one: str
    many: str
    index_title: str
    index_summary: str


@dataclass(frozen=True, slots=True)
class UrgencyWords:
    """An urgency in words: its short label, and what to do."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class Home:
    """What the home page says first: a heading, the steps, and the article that they come from, with the place of
    its name. ``pictures`` are the drawings of the steps, with their places.
    """

    now_title: str
    now_steps: tuple[Step, ...]
    now_article: str
    emergencies_title: str
    place: tuple[int, int]
    pictures: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a sheet, some of: a heading, a text, all warning signs, things to tick, questions with room for the
    answer, a table to fill in.
    """

    title: str
    text: str
    signs: bool
    ticks: tuple[str, ...]
    questions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to print, as config.yaml words it, and the article that holds its sources, with the place of its name;
    no name where the warning signs hold them.
    """

    title: str
    summary: str
    article: tuple[str, int, int]
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What a site may have or leave: a search in the browser, and pages that are there without a network."""

    search: bool
    offline: bool


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the checks are, and where long pages are divided."""

    review_years: int
    review_notice_days: int
    seals: bool
    index_entries: int
    map_cells: int
    parse_seconds: int


@dataclass(frozen=True, slots=True)
class Config:
    """The site. ``digest`` names everything in it, so that a page's key covers the words it shows."""

    title: str
    tagline: str
    description: str
    language: str
    url: str
    time_zone: str
    publisher: str
    report: str
    started: str
    months: tuple[str, ...]
    numbers: Mapping[str, str]
    home: Home
    kinds: Mapping[str, KindWords]
    relations: Mapping[str, str]
    urgency: Mapping[str, UrgencyWords]
    certainty: Mapping[str, str]
    effects: Mapping[str, Mapping[str, str]]
    links: Mapping[str, Mapping[str, str]]
    sections: Mapping[str, Mapping[str, str]]
    source_types: Mapping[str, str]
    reviewers: Mapping[str, str]
    sheets: Mapping[str, Sheet]
    features: Features
    review_note: str
    policy: Policy
    digest: str

    def base_url(self, override: str) -> str:
        """The site's address, with a slash at its end: as configured, or as the command line says."""
        return (override or self.url).rstrip("/") + "/"


def _address(node: Node, report: Reporter) -> str:
    value = text(node, report)
    if value and urls.scheme(value) not in ("http", "https"):
        report.node(node, f"“{value}” is not an address", "write it whole, like https://example.org/")
    return value


def _report_address(node: Node, report: Reporter) -> str:
    value = text(node, report)
    if value and urls.scheme(value) not in ("https", "mailto"):
        report.node(node, f"“{value}” is neither a mailto: nor an https: address")
    return value


def _time_zone(node: Node, report: Reporter) -> str:
    value = text(node, report)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, LookupError):
        report.node(node, f"there is no time zone “{value}”", "write it like Europe/London")
        return "UTC"
    return value


def _months(node: Node, report: Reporter) -> tuple[str, ...]:
    names: tuple[str, ...] = listing(text)(node, report)
    if len(names) != 12:
        report.node(node, f"these are {len(names)} months, not 12")
    return names


def _as(make: Any, fields: Mapping[str, Field]) -> Reader:
    """A reader of a mapping that makes a frozen object of it."""

    def read(node: Node, report: Reporter) -> Any:
        return make(**read_record(node, fields, report))

    return read


def _words(*names: str) -> Field:
    """A required mapping with just these names, each given a text."""
    return Field(table(text, keys=names), "words for: " + ", ".join(names), required=True, default={})


def _phrases(*names: str) -> Field:
    """A required phrase for each name and each certainty of it."""
    by_certainty = table(text, keys=CERTAINTIES)
    return Field(table(by_certainty, keys=names), "phrases, by certainty", required=True, default={})


def _needed(help_text: str, read: Reader = text) -> Field:
    return Field(read, help_text, required=True, default="")


def _home(node: Node, report: Reporter) -> Home:
    values = read_record(node, _HOME, report)
    now_article, line, column = values["now_article"]
    placed_steps = values["now_steps"]
    steps = tuple(first for first, *_ in placed_steps)
    return Home(
        **values | {"now_article": now_article, "now_steps": steps},
        place=(line, column),
        pictures=drawings.named(placed_steps),
    )


def _sheets(node: Node, report: Reporter) -> dict[str, Sheet]:
    """Sheets by their names, which become addresses."""
    for entry in entries(node) or ():
        if not urls.is_slug(entry.key):
            place = (entry.key_line, entry.key_column)
            report(place, "front-matter", f"“{entry.key}” is no name for an address", "write it like questions-to-ask")
    found: dict[str, Sheet] = table(_as(Sheet, _SHEET))(node, report)
    return found


_KIND_WORDS = {name: _needed(name) for name in ("one", "many", "index_title", "index_summary")}
_URGENCY = {"label": _needed("its short label"), "action": _needed("what to do")}
_HOME = {
    "now_title": _needed("the heading of the first steps"),
    "now_steps": Field(listing(step), "the first steps, in order", required=True, default=()),
    "now_article": Field(
        placed(text), "folder/slug of the article that they come from", required=True, default=("", 1, 1)
    ),
    "emergencies_title": _needed("the heading of the emergencies"),
}
_SHEET_PART = {
    "title": Field(text, "its heading", default=""),
    "text": Field(text, "a sentence or two", default=""),
    "signs": Field(flag, "whether all warning signs stand here", default=False),
    "ticks": Field(listing(text), "things to tick", default=()),
    "questions": Field(listing(text), "questions, each with room for the answer", default=()),
    "columns": Field(listing(text), "the columns of a table to fill in", default=()),
    "rows": Field(number, "how many empty lines the table has", default=10),
}
_SHEET = {
    "title": _needed("the name of the sheet"),
    "summary": _needed("what it is for, in one sentence"),
    "article": Field(placed(text), "folder/slug of the article that holds its sources", default=("", 1, 1)),
    "parts": Field(listing(_as(SheetPart, _SHEET_PART)), "what stands on it, in order", required=True, default=()),
}
_POLICY = {
    "review_years": Field(number, "a review older than this is overdue", default=3),
    "review_notice_days": Field(number, "so many days before it is overdue, a notice says so", default=60),
    "seals": Field(flag, "true: a published article needs the seal of a review", default=False),
    "index_entries": Field(number, "an index with more entries is divided into pages", default=400),
    "map_cells": Field(number, "a map with more cells is divided by group", default=5000),
    "parse_seconds": Field(number, "a file that takes longer to read is an error", default=10),
}
_FEATURES = {
    "search": Field(flag, "whether readers can search in their browser", default=False),
    "offline": Field(flag, "whether pages are kept for times without a network", default=False),
}
_SECTIONS = {
    "group": Field(table(text), "groups of causes, in order", required=True, default={}),
    "topic": Field(table(text), "topics of guides, in order", required=True, default={}),
    "approach": _words(*kinds.APPROACHES),
    "ordinary": _words("ordinary", "sign"),
}
_FIELDS: Mapping[str, Field] = {
    "title": _needed("the site's name"),
    "tagline": _needed("a few words under it"),
    "description": _needed("one sentence for search engines"),
    "language": _needed("the language, like en-GB"),
    "url": _needed("the site's address", _address),
    "time_zone": _needed("the time zone in which a day begins", _time_zone),
    "publisher": _needed("who publishes the site"),
    "report": _needed("where a mistake is reported: mailto: or https:", _report_address),
    "started": _needed("the day the site began; the feed's identifier holds it", date),
    "months": Field(_months, "the names of the twelve months", required=True, default=()),
    "numbers": _words(*NUMBERS),
    "home": Field(_home, "the home page", required=True),
    "kinds": Field(table(_as(KindWords, _KIND_WORDS), keys=kinds.KINDS), "kinds in words", required=True, default={}),
    "relations": _words(*kinds.relation_words()),
    "urgency": Field(
        table(_as(UrgencyWords, _URGENCY), keys=CARE_CARDS), "urgencies in words", required=True, default={}
    ),
    "certainty": _words(*CERTAINTIES),
    "effects": _phrases(*kinds.EFFECTS),
    "links": _phrases(*kinds.LINKS),
    "sections": Field(record(_SECTIONS), "the sections of the indexes", required=True, default={}),
    "source_types": _words(*REFERENCE_TYPES),
    "sheets": Field(_sheets, "pages to print", default={}),
    "features": Field(_as(Features, _FEATURES), "what the site has", default=Features(search=False, offline=False)),
    "reviewers": _words(EDITORS),
    "review_note": Field(text, "what the history says of a new review without a note of its own", default=""),
    "policy": Field(_as(Policy, _POLICY), "limits", default=Policy(3, 60, False, 400, 5000, 10)),
}


def read_config(path: str, source: str) -> tuple[Config | None, tuple[Finding, ...]]:
    """Read the configuration from its text. ``None`` where it has an error: nothing can be built without it."""
    report = Reporter(path)
    node = read_yaml(source, report)
    if node is None:
        if not report.findings:
            report((1, 1), "front-matter", "the configuration is empty")
        return None, tuple(report.findings)
    values = read_record(node, _FIELDS, report)
    if report.findings:
        return None, tuple(report.findings)
    return Config(**values, digest=of_bytes(source.encode())), ()
