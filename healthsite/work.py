"""What worker processes do with texts: parse a file and check its words, check those of a parsed one, find terms.

Each is a function of a context, the same for a whole map, and one item (see :mod:`healthsite.jobs`). The heavy
libraries (Python-Markdown, nh3) are imported in the workers only, so that a build with little to do starts quickly.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from functools import lru_cache
from pathlib import Path

from healthsite import checks, records, source
from healthsite.checks.subject import Style
from healthsite.digest import of_bytes
from healthsite.jobs import (
    Checking,
    File,
    Forms,
    Lost,
    ParsedFile,
    Proof,
    Reading,
    Terms,
    Texts,
    Written,
)
from healthsite.model import Article, Body, Finding
from healthsite.prose import Prose
from healthsite.sayings import sayings
from healthsite.slots import TermFinder
from healthsite.store import opened

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def parse(context: Reading, file: File) -> Generator[None, None, ParsedFile | Finding]:
    """Parse a file, and then check its words, if it is still what it was when the build began; a finding if it is not,
    or is gone.
    """
    try:
        with open(f"{file.root}/{file.path}", "rb", buffering=0) as handle:  # noqa: PTH123 (a Path costs more than the read)
            data = handle.read()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Finding(file.path, 1, 1, "error", "file", f"this file can't be read ({reason})")
    if of_bytes(data) != file.digest:
        message = "this file was changed while the site was built"
        return Finding(file.path, 1, 1, "error", "file", message, "build again")
    parsed = source.parse(file.path, data, file.key)
    yield
    outline = records.dump_outline(parsed)
    article = records.dump_article(parsed.article) if parsed.article else b""
    body = records.dump_body(parsed.body) if parsed.body else b""
    yield
    terms = _terms(context.forms, parsed.body)
    yield
    proof = _proof(parsed.article, parsed.body, data, context.style) if context.style and parsed.article else None
    return ParsedFile(outline, article, body, terms, proof)


def find_terms(forms: Forms, texts: Texts) -> Terms | Lost:
    """The terms that a body in the store uses."""
    data = opened(texts.store).get("bodies", texts.key)
    return Lost() if data is None else _terms(forms, records.load_body(data) if data else None)


def _terms(forms: Forms, body: Body | None) -> Terms:
    if body is None or not forms:
        return Terms((), b"[]")
    places = _finder(forms).first_uses((body.html, *(question.answer for question in body.questions)))
    names = tuple(place.name for place in places)
    return Terms(names, _json(places).encode())


@lru_cache(maxsize=2)
def _finder(forms: Forms) -> TermFinder:
    return TermFinder(dict(forms))


def check_text(context: Checking, text: Written) -> Proof | Lost:
    """What the checks of words find in an article that is parsed already, and what it says of others."""
    store = opened(context.store)
    data, body = store.get("articles", text.key), store.get("bodies", text.key)
    try:
        source = Path(context.root, text.path).read_bytes()
    except OSError:
        source = b""
    if data is None or body is None or of_bytes(source) != text.digest:
        return Lost()
    return _proof(records.load_article(data), records.load_body(body), source, context.style)


def _proof(article: Article, body: Body | None, source: bytes, style: Style) -> Proof:
    prose = Prose(article, body, source.decode("utf-8-sig"))
    return Proof(checks.check_text(prose, style), tuple(sayings(prose, style.wording)))
