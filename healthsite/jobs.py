"""What the build and its workers say to each other: the build need not import what the workers do."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from io import BytesIO
from typing import Any, NamedTuple

from healthsite.checks.subject import Style
from healthsite.model import Card, Finding, Source, Word
from healthsite.pages import Page
from healthsite.sayings import Saying
from healthsite.siteview import SiteView

PARSE = "healthsite.work:parse"
FIND_TERMS = "healthsite.work:find_terms"
RENDER = "healthsite.typesetting:render_page"
CHECK = "healthsite.work:check_text"

Forms = tuple[tuple[str, str], ...]
"""Each form of each glossary term, with the term's name."""


class File(NamedTuple):
    """A file to parse: its path, where the project's root is, the digest of its bytes, and its content key."""

    path: str
    root: str
    digest: str
    key: str


class Reading(NamedTuple):
    """What the reading of all files shares: the glossary's forms, and the house style that the words are checked by;
    ``None`` where there is no configuration, and so no style.
    """

    forms: Forms
    style: Style | None


class Terms(NamedTuple):
    """The terms that an article's texts use, in order of first use, and where each is first used, as JSON."""

    names: tuple[str, ...]
    places: bytes


class Proof(NamedTuple):
    """What was found in a text, and what it says of other articles."""

    findings: tuple[Finding, ...]
    said: tuple[Saying, ...]


class ParsedFile(NamedTuple):
    """A parsed file as the store keeps it: its outline with its findings, the article, its body; the terms it uses;
    and what the checks of words find in it, where they were made.
    """

    outline: bytes
    article: bytes
    body: bytes
    terms: Terms
    proof: Proof | None


class Checking(NamedTuple):
    """What all checks of texts share: where the project's root and the store are, and the house style."""

    root: str
    store: str
    style: Style


class Written(NamedTuple):
    """A text to check: its path, the digest of its bytes, and its article's key."""

    path: str
    digest: str
    key: str


class Lost(NamedTuple):
    """Stands in the place of a result: the store does not hold what the work needs."""


class Texts(NamedTuple):
    """Where to find a parsed body: the store's path and the body's key."""

    store: str
    key: str


Shown = Card | Source | Word
"""What many pages show: it travels to a worker once, not with each page."""


class Rendering(NamedTuple):
    """What all pages of one build share. ``templates`` gives each template's text by its name; ``words`` names the
    glossary's forms; ``staging`` is empty to write nothing.
    """

    site: SiteView
    templates: tuple[tuple[str, str], ...]
    words: str
    store: str
    staging: str
    shown: tuple[Shown, ...]


class Job(NamedTuple):
    """A page to render, packed, and the name of the file to stage it in."""

    page: bytes
    staged: str


class Rendered(NamedTuple):
    """A rendered page: its output path, the digest of its bytes, and the staged file's name."""

    output: str
    digest: str
    staged: str


def terms_key(words: str, key: str) -> str:
    """The store's key of the places of terms in a text."""
    return f"{words}:{key}"


class Packer:
    """Packs pages with a number for each card, source and word; ``shown`` gives what the numbers stand for."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.shown: list[Shown] = []

    def pack(self, page: Page) -> bytes:
        """The page as bytes for :func:`unpack`."""
        buffer = BytesIO()
        pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = dict.fromkeys((Card, Source, Word), self._by_number)
        pickler.dump(page)
        return buffer.getvalue()

    def _by_number(self, shown: Shown) -> tuple[Callable[[int], Shown], tuple[int]]:
        return _shown_by_number, (self._number(shown),)

    def _number(self, shown: Shown) -> int:
        number = self._numbers.setdefault(id(shown), len(self.shown))
        if number == len(self.shown):
            self.shown.append(shown)  # which also keeps its id from being given to another
        return number


class _Unpickler(pickle.Unpickler):
    """Reads a packed page; what stands in it as :class:`_shown_by_number` is taken from ``shown``."""

    shown: tuple[Shown, ...]

    def find_class(self, module: str, name: str) -> Any:
        return self.shown.__getitem__ if name == "_shown_by_number" else super().find_class(module, name)


def _shown_by_number(number: int) -> Shown:
    raise NotImplementedError("a packed page is read by unpack")


def unpack(page: bytes, shown: tuple[Shown, ...]) -> Page:
    """A page that :class:`Packer` packed, in a process of this same build."""
    unpickler = _Unpickler(BytesIO(page))
    unpickler.shown = shown
    found: Page = unpickler.load()
    return found
