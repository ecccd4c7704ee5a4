"""The data that travels through a build, and nothing else.

Everything here is immutable. What a large site holds by the ten thousand is a ``NamedTuple``, which loads from the
store's JSON several times faster than a frozen dataclass; the rest are frozen dataclasses.

An article's *id* is ``folder/slug`` (``causes/dehydration``). Lines and columns count from 1. Dates are ISO 8601 text.
Paths are relative to the project's root, with forward slashes on every system.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "notice", "silenced"]
"""``silenced``: the article says why it stands; it is listed, and keeps nothing from being published."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
Status = Literal["published", "scheduled", "draft", "broken"]
"""``broken``: its file can't be used; what is wrong with it is told there, and nowhere else."""

URGENCIES = ("emergency", "same-day", "routine")
CARE_CARDS = (*URGENCIES, "self-care")
CERTAINTIES = ("strong", "moderate", "weak", "contested", "expert-opinion", "unknown")

REFERENCE_TYPES = ("systematic-review", "review", "guideline", "regulator", "rct", "cohort", "patient-information")
EDITORS = "editors"
"""The reviewer that is built in: those who edit the site, without a name."""

NUMBERS = ("emergency-number", "advice-line")
"""The words that a text takes from the configuration, written ``{emergency-number}``."""


class Finding(NamedTuple):
    """One thing that is wrong, where it is, and what was probably meant. Sorts by place."""

    path: str
    line: int
    column: int
    severity: Severity
    check: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.severity}: {self.message}{hint}"


class Relation(NamedTuple):
    """A relation that an article declares: its field's name, the other article's id, and where it stands."""

    name: str
    target: str
    line: int
    column: int


class Link(NamedTuple):
    """A link in a text. ``target`` is an article's id, or the address of a page (``/glossary/``); ``card`` the urgency
    of the care card that it stands in, empty outside any.
    """

    target: str
    fragment: str
    line: int
    column: int
    card: str = ""


class Mention(NamedTuple):
    """A name that a text uses and something else defines: a reference's id, a configured word, a picture."""

    name: str
    line: int
    column: int


class Silenced(NamedTuple):
    """A check that an article silences for itself, and why."""

    check: str
    reason: str
    line: int
    column: int


class Upgrade(NamedTuple):
    """Signs that make a red flag more urgent than it is by itself."""

    urgency: str
    signs: str


class Change(NamedTuple):
    """An entry of an article's history, as readers see it. ``minor``: the meaning stayed, and nobody signed it off."""

    on: str
    note: str
    minor: bool = False


class Heading(NamedTuple):
    """A heading of a text: its level (2 to 6), its fragment id and its plain text."""

    level: int
    id: str
    text: str


def latest(changes: Iterable[Change], reviewed_on: str) -> Change:
    """The latest change that readers are told of; of an article without any, the review."""
    return max(changes, key=lambda change: change.on, default=Change(reviewed_on, ""))


class Article(NamedTuple):
    """What an article says of itself, each thing with its place: for the checks. Its body is kept apart.

    ``facets`` are the short values that sort an article (group, certainty, urgency, …; a flag is ``"true"`` or ``""``).
    ``places`` gives the line and column of each field of the front matter; ``seal`` names all that the article says
    now, ``sealed`` what it said when it was last reviewed (empty: it never was). ``outside`` are the links to other
    sites.
    """

    path: str
    kind: str
    id: str
    key: str
    title: str
    summary: str
    also_called: tuple[str, ...]
    aliases: tuple[Mention, ...]
    facets: Mapping[str, str]
    possible_condition: str
    upgrades: tuple[Upgrade, ...]
    relations: tuple[Relation, ...]
    links: tuple[Link, ...]
    citations: tuple[Mention, ...]
    words: tuple[Mention, ...]
    pictures: tuple[Mention, ...]
    anchors: tuple[str, ...]
    reviewed_on: str
    reviewed_by: tuple[str, ...]
    changes: tuple[Change, ...]
    draft: bool
    publish_on: str
    places: Mapping[str, tuple[int, int]]
    seal: str
    sealed: str
    outside: tuple[Mention, ...]
    silenced: tuple[Silenced, ...]

    def place(self, field: str) -> tuple[int, int]:
        """Line and column of a field of the front matter, or the top of the file."""
        line, column = self.places.get(field, (1, 1))
        return line, column

    @property
    def changed_on(self) -> str:
        """The day of the latest change that readers are told of."""
        return latest(self.changes, self.reviewed_on).on


class Card(NamedTuple):
    """What other pages may show of an article. ``digest`` names all the rest of it.

    A card's ``repr`` is its digest, so that the ``repr`` of what a page sees names everything that it shows.
    """

    id: str
    kind: str
    title: str
    summary: str
    also_called: Sequence[str]
    facets: Mapping[str, str]
    possible_condition: str
    upgrades: Sequence[Sequence[str]]
    digest: str

    def __repr__(self) -> str:
        return self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Outline(NamedTuple):
    """What the rest of the site must know of an article to link it, and its checks to find whether it is sound, without
    the places where things stand in its file.

    A large site holds all its outlines in memory, so they are lean, and load from JSON as they are.
    ``relations`` gives the ids that each declared relation names; ``links`` the target, the fragment and the care card
    of each link, what is the same once; ``outside`` the addresses of other sites; ``anchors`` the fragment ids that it
    has, between spaces.
    """

    card: Card
    path: str
    key: str
    relations: Mapping[str, Sequence[str]]
    citations: Sequence[str]
    aliases: Sequence[str]
    links: Sequence[Sequence[str]]
    pictures: Sequence[str]
    outside: Sequence[str]
    anchors: str
    reviewed_on: str
    reviewed_by: Sequence[str]
    is_sealed: bool
    changed_on: str
    change_note: str
    draft: bool
    publish_on: str
    silenced: Sequence[Silenced]


class Step(NamedTuple):
    """One thing to do, and the drawing of it with the text that says what it shows; both empty where there is none."""

    text: str
    picture: str = ""
    alt: str = ""


class Steps(NamedTuple):
    """How to do something with the body: a position, what to do in it, how long, how often, and what goes wrong."""

    position: Step
    actions: tuple[Step, ...]
    hold: str
    repeats: str
    mistakes: tuple[str, ...]


class Question(NamedTuple):
    """A question with its fragment id and its answer as HTML with slots."""

    id: str
    question: str
    answer: str


class Body(NamedTuple):
    """What an article's own page shows besides its card. ``html`` has slots (see :mod:`healthsite.slots`)."""

    html: str
    headings: tuple[Heading, ...]
    steps: Steps | None
    questions: tuple[Question, ...]
    codes: tuple[tuple[str, str], ...]
    reviewed_on: str
    reviewed_by: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def changed_on(self) -> str:
        """The day of the latest change that readers are told of."""
        return latest(self.changes, self.reviewed_on).on


class Parsed(NamedTuple):
    """What one file gives: the article and its body (``None`` where the file can't be used), and the findings."""

    article: Article | None
    body: Body | None
    findings: tuple[Finding, ...]


class Reference(NamedTuple):
    """An entry of the bibliography. Empty text where a field is not given."""

    id: str
    type: str
    authors: Sequence[str]
    title: str
    container: str
    year: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmid: str
    url: str
    line: int
    column: int


class Retraction(NamedTuple):
    """A source that its journal has taken back: its doi or PMID, and the reason."""

    doi: str
    pmid: str
    reason: str
    line: int
    column: int


class Term(NamedTuple):
    """An entry of the glossary: the term, its other forms, and one plain sentence."""

    name: str
    forms: Sequence[str]
    definition: str
    line: int
    column: int


class Person(NamedTuple):
    """Somebody who checks articles: empty text where a field is not given."""

    id: str
    name: str
    role: str
    link: str
    is_clinician: bool


class Source(NamedTuple):
    """A reference as pages show it. ``digest`` names it, its place in the file left out; so does its ``repr``."""

    reference: Reference
    digest: str

    def __repr__(self) -> str:
        return self.digest

    def __hash__(self) -> int:
        return hash(self.digest)


class Word(NamedTuple):
    """A glossary term as pages show it. ``digest`` names it, its place in the file left out; so does its ``repr``."""

    term: Term
    digest: str

    def __repr__(self) -> str:
        return self.digest
