"""What the build and its workers say to each other. Types only: the build need not import what the workers do."""

from __future__ import annotations

from typing import NamedTuple

from healthsite.pages import Page
from healthsite.views import SiteView

PARSE = "healthsite.work:parse"
FIND_TERMS = "healthsite.work:find_terms"
RENDER = "healthsite.work:render_page"

Forms = tuple[tuple[str, str], ...]
"""Each form of each glossary term, with the term's name."""


class File(NamedTuple):
    """A file to parse: its path, where the project's root is, the digest of its bytes, and its content key."""

    path: str
    root: str
    digest: str
    key: str


class Terms(NamedTuple):
    """The terms that an article's texts use, in order of first use, and where each is first used, as JSON."""

    names: tuple[str, ...]
    places: bytes


class ParsedFile(NamedTuple):
    """A parsed file as the store keeps it: its outline with its findings, the article, its body; and the terms
    it uses.
    """

    outline: bytes
    article: bytes
    body: bytes
    terms: Terms


class Texts(NamedTuple):
    """Where to find a parsed body: the store's path and the body's key."""

    store: str
    key: str


class Rendering(NamedTuple):
    """What all pages of one build share. ``words`` names the glossary's forms; ``staging`` is empty to write
    nothing.
    """

    site: SiteView
    templates: str
    templates_digest: str
    words: str
    store: str
    staging: str


class Job(NamedTuple):
    """A page to render, and the name of the file to stage it in."""

    page: Page
    staged: str


class Rendered(NamedTuple):
    """A rendered page: its output path, the digest of its bytes, and the staged file's name."""

    output: str
    digest: str
    staged: str


def terms_key(words: str, key: str) -> str:
    """The store's key of the places of terms in a text."""
    return f"{words}:{key}"
