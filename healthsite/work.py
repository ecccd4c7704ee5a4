"""What worker processes do: parse a file, find the terms in a text, render a page.

Each is a function of a context, the same for a whole map, and one item. The heavy libraries (Python-Markdown,
Jinja2, nh3)
are imported in the workers only, so that a build with little to do starts quickly.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from healthsite import render, source, urls, views
from healthsite.digest import of_bytes
from healthsite.model import Body, Finding
from healthsite.pages import ArticleScope, Page
from healthsite.slots import TermFinder
from healthsite.store import ReadOnly


class File(NamedTuple):
    """A file to parse: its path, where the project's root is, the digest of its bytes, and its content key."""

    path: str
    root: str
    digest: str
    key: str


class ParsedFile(NamedTuple):
    """A parsed file as the store keeps it: the article with its findings, its body, and the terms that its
    texts use.
    """

    outline: bytes
    article: bytes
    body: bytes
    terms: bytes


Forms = tuple[tuple[str, str], ...]
"""Each form of each glossary term, with the term's name."""


def parse(forms: Forms, file: File) -> ParsedFile | Finding:
    """Parse a file, if it is still what it was when the build began; a finding if it is not, or is gone."""
    try:
        data = Path(file.root, file.path).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Finding(file.path, 1, 1, "error", "file", f"this file can't be read ({reason})")
    if of_bytes(data) != file.digest:
        message = "this file was changed while the site was built"
        return Finding(file.path, 1, 1, "error", "file", message, "build again")
    parsed = source.parse(file.path, data, file.key)
    article = source.dump_article(parsed.article) if parsed.article else b""
    body = source.dump_body(parsed.body) if parsed.body else b""
    return ParsedFile(source.dump_outline(parsed), article, body, _terms(forms, parsed.body))


class Texts(NamedTuple):
    """Where to find a parsed body: the store's path and the body's key."""

    store: str
    key: str


def find_terms(forms: Forms, texts: Texts) -> bytes:
    """The terms that a body in the store uses, as JSON."""
    data = _store(texts.store).get("bodies", texts.key)
    return _terms(forms, source.load_body(data) if data else None)


def _terms(forms: Forms, body: Body | None) -> bytes:
    if body is None or not forms:
        return b"[]"
    names = _finder(forms).names((body.html, *(question.answer for question in body.questions)))
    return json.dumps(names, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache(maxsize=2)
def _finder(forms: Forms) -> TermFinder:
    return TermFinder(dict(forms))


class Rendering(NamedTuple):
    """What all pages of one build share. ``staging`` is empty where nothing is to be written."""

    site: views.SiteView
    templates: str
    templates_digest: str
    store: str
    staging: str


class Rendered(NamedTuple):
    """A rendered page: its output path, the digest of its bytes, and the staged file's name."""

    output: str
    digest: str
    staged: str


class Job(NamedTuple):
    """A page to render, and the name of the file to stage it in."""

    page: Page
    staged: str


def render_page(context: Rendering, job: Job) -> Rendered | Finding:
    """Render a page and stage its bytes."""
    page = job.page
    article = body = None
    if isinstance(page.scope, ArticleScope):
        store = _store(context.store)
        row, text = store.get("articles", page.body), store.get("bodies", page.body)
        if row is None or text is None:
            raise LookupError(f"the store has lost {page.address}")
        article, body = source.load_article(row), source.load_body(text)
    view = views.view(page, context.site, article, body)
    env = render.environment(context.templates, context.templates_digest)
    data = render.render(env, page.template, view)
    if isinstance(data, Finding):
        return data
    if context.staging:
        Path(context.staging, job.staged).write_bytes(data)
    return Rendered(urls.output_path(page.address), of_bytes(data), job.staged)


@lru_cache(maxsize=1)
def _store(path: str) -> ReadOnly:
    return ReadOnly(Path(path))
