"""``config.yaml`` → :class:`Config`. An unknown key is a finding with a suggestion; a missing word of the site
is one too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
    made,
    number,
    placed,
    read_record,
    read_yaml,
    record,
    step,
    table,
    text,
)
from healthsite.model import (
    CARE_CARDS,
    CERTAINTIES,
    EDITORS,
    NUMBERS,
    REFERENCE_TYPES,
    SEVERITIES,
    Finding,
    Mention,
    Step,
)
from healthsite.plainyaml import Node
from healthsite.sheets import Sheet, sheets
from healthsite.suggest import closest
from healthsite.wording import Wording, wording


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
    index_lines: int
    map_cells: int
    parse_seconds: int
    reading_grade: int
    sentence_words: int
    sentence_most: int
    paragraph_words: int
    title_letters: int
    sign_letters: int
    summary_letters: int
    picture_letters: int
    source_years: int


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
    doubts_article: tuple[str, int, int]
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
    checks: Mapping[str, tuple[str, int, int]]
    wording: Wording
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


def _severities(node: Node, report: Reporter) -> dict[str, tuple[str, int, int]]:
    """By check: its severity or ``off``, with the place of its name."""
    found = {}
    for entry in entries(node) or ():
        if entry.node.text not in (*SEVERITIES, "off"):
            hint = closest(entry.node.text, (*SEVERITIES, "off"))
            report.node(entry.node, f"“{entry.node.text}” is not one of: {', '.join(SEVERITIES)}, off", hint)
        found[entry.key] = (entry.node.text, entry.key_line, entry.key_column)
    if entries(node) is None:
        report.node(node, "a mapping (check: severity) is needed here")
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
_POLICY = {
    "review_years": Field(number, "a review older than this is overdue", default=3),
    "review_notice_days": Field(number, "so many days before it is overdue, a notice says so", default=60),
    "seals": Field(flag, "true: a published article needs the seal of a review", default=False),
    "index_entries": Field(number, "an index with more entries is divided into pages", default=400),
    "index_lines": Field(number, "a page of a divided index or map has at most so many, links included", default=200),
    "map_cells": Field(number, "a map with more cells is divided by group", default=5000),
    "parse_seconds": Field(number, "a file that takes longer to read is an error", default=10),
    "reading_grade": Field(number, "the highest estimated US school grade of a text", default=10),
    "sentence_words": Field(number, "a sentence has so many words as a rule", default=20),
    "sentence_most": Field(number, "a sentence has at most so many words", default=30),
    "paragraph_words": Field(number, "a paragraph has at most so many words", default=120),
    "title_letters": Field(number, "a title has at most so many letters", default=65),
    "sign_letters": Field(number, "the title of a red flag has at most so many", default=160),
    "summary_letters": Field(number, "a summary has at most so many letters", default=160),
    "picture_letters": Field(number, "the text of a picture has at most so many letters", default=200),
    "source_years": Field(number, "an older source is told of", default=30),
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
    "doubts_article": Field(
        placed(text), "folder/slug of the article that says what is still in doubt", default=("", 1, 1)
    ),
    "report": _needed("where a mistake is reported: mailto: or https:", _report_address),
    "started": _needed("the day the site began; the feed's identifier holds it", date),
    "months": Field(_months, "the names of the twelve months", required=True, default=()),
    "numbers": _words(*NUMBERS),
    "home": Field(_home, "the home page", required=True),
    "kinds": Field(table(made(KindWords, _KIND_WORDS), keys=kinds.KINDS), "kinds in words", required=True, default={}),
    "relations": _words(*kinds.relation_words()),
    "urgency": Field(
        table(made(UrgencyWords, _URGENCY), keys=CARE_CARDS), "urgencies in words", required=True, default={}
    ),
    "certainty": _words(*CERTAINTIES),
    "effects": _phrases(*kinds.EFFECTS),
    "links": _phrases(*kinds.LINKS),
    "sections": Field(record(_SECTIONS), "the sections of the indexes", required=True, default={}),
    "source_types": _words(*REFERENCE_TYPES),
    "sheets": Field(sheets, "pages to print", default={}),
    "features": Field(made(Features, _FEATURES), "what the site has", default=Features(search=False, offline=False)),
    "reviewers": _words(EDITORS),
    "review_note": Field(text, "what the history says of a new review without a note of its own", default=""),
    "policy": Field(
        made(Policy, _POLICY), "limits", default=Policy(**{name: at.default for name, at in _POLICY.items()})
    ),
    "checks": Field(_severities, "severities of checks, by name", default={}),
    "wording": Field(wording, "words that checks look for", default=Wording()),
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
