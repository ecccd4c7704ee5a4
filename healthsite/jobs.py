"""What the build and its workers say to each other: the build need not import what the workers do."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any, NamedTuple

from healthsite.checks.subject import Style
from healthsite.graph import Named
from healthsite.model import Card, Finding, Source, Word
from healthsite.sayings import Saying
from healthsite.siteview import SiteView

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


class Shown:
    """What pages show, by name, which is packed but once, however often it travels."""

    def __init__(self, named: Named) -> None:
        self.named = named

    @cached_property
    def packed(self) -> bytes:
        """The same for :func:`unpacked`."""
        return pickle.dumps(self.named, pickle.HIGHEST_PROTOCOL)

    def __reduce__(self) -> tuple[Callable[[bytes], Shown], tuple[bytes]]:
        return unpacked, (self.packed,)


@lru_cache(maxsize=1)
def unpacked(packed: bytes) -> Shown:
    """What a :class:`Shown` packed. That of a large site takes a while: a worker can begin before it gets its work."""
    return Shown(pickle.loads(packed))


class Rendering(NamedTuple):
    """What all pages of one build share. ``templates`` gives each template's text by its name; ``words`` names the
    glossary's forms; ``staging`` is empty to write nothing. ``shown`` is what pages show, by name: it travels to a
    worker once, not with each page, and earlier than these orders where all pages are to be made (:func:`unpacked`).
    """

    site: SiteView
    templates: tuple[tuple[str, str], ...]
    words: str
    store: str
    staging: str
    shown: Shown


class Rendered(NamedTuple):
    """A rendered page: its output path, which it is staged under, too; the digest of its bytes; and for the store the
    page's plan, and which articles it shows.
    """

    output: str
    digest: str
    plan: bytes = b""
    shown: bytes = b""


def terms_key(words: str, key: str) -> str:
    """The store's key of the places of terms in a text."""
    return f"{words}:{key}"


def pack(page: object) -> bytes:
    """A page or a plan as bytes for :func:`unpack`; in the place of cards, sources and words stand their names."""
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _BY_NAME
    pickler.dump(page)
    return buffer.getvalue()


def unpack(page: bytes, shown: Named) -> Any:
    """What :func:`pack` packed, in a process of this same build."""
    unpickler = _Unpickler(BytesIO(page))
    unpickler.named = {_card: shown.cards, _source: shown.sources, _word: shown.words}
    return unpickler.load()


class _Unpickler(pickle.Unpickler):
    """Takes from ``named`` what stands in a packed page by its name."""

    named: Mapping[Callable[[str], object], Mapping[str, object]]

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name)
        return self.named[found].__getitem__ if found in self.named else found


def _card(name: str) -> Card:
    raise NotImplementedError(_MEANT)


def _source(name: str) -> Source:
    raise NotImplementedError(_MEANT)


def _word(name: str) -> Word:
    raise NotImplementedError(_MEANT)


_MEANT = "a packed page is read by unpack"
_BY_NAME: dict[type, Callable[[Any], tuple[Callable[[str], object], tuple[str]]]] = {
    Card: lambda card: (_card, (card.id,)),
    Source: lambda source: (_source, (source.reference.id,)),
    Word: lambda word: (_word, (word.term.name,)),
}
