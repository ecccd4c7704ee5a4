"""What worker processes do with pages: render one.

Apart from the work with texts, so that a worker can begin with that before it has imported Jinja2 and the views.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator

from healthsite import indexes, kinds, records, render, urls, views
from healthsite.articleview import Text
from healthsite.digest import of_bytes
from healthsite.jobs import Lost, Rendered, Rendering, terms_key, unpack
from healthsite.model import Finding
from healthsite.pages import ArticleScope
from healthsite.plans import ArticlePlan, article_page, dump
from healthsite.slots import Place
from healthsite.store import opened


def compile_templates(templates: tuple[tuple[str, str], ...]) -> None:
    """Compile what articles' pages are made with, before there is one to make."""
    render.compile_for(render.environment(templates), [kind.template for kind in kinds.KINDS.values()])


def compile_all(templates: tuple[tuple[str, str], ...]) -> None:
    """Compile what articles' pages and indexes are made with."""
    compile_templates(templates)
    render.compile_for(render.environment(templates), indexes.TEMPLATES)


def render_page(context: Rendering, packed: bytes) -> Generator[None, None, Rendered | Finding | Lost]:
    """Render a page, which is packed, or its plan; and stage its bytes."""
    planned = page = unpack(packed, context.shown.named)
    if isinstance(page, ArticlePlan):
        page = article_page(page, context.shown.named)
    text = None
    if isinstance(page.scope, ArticleScope):
        text = _text(context, page.body)
        if text is None:
            return Lost()
    yield
    view = views.view(page, context.site, text)
    yield
    env = render.environment(context.templates)
    data = render.render(env, page.template, view)
    yield
    if isinstance(data, Finding):
        return data
    output = urls.output_path(page.address)
    if not context.staging:
        return Rendered(output, "")
    _stage(f"{context.staging}/{output}", data)
    return Rendered(output, of_bytes(data), *dump(planned))


def _stage(file: str, data: bytes) -> None:
    """Write a new file, as the first of its folder, as a rule. (A Path costs more than the writing.)"""
    folder = file.rpartition("/")[0]
    try:
        os.mkdir(folder)  # noqa: PTH102
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    with open(file, "wb") as handle:  # noqa: PTH123
        handle.write(data)


def _text(context: Rendering, key: str) -> Text | None:
    """An article's body, and the first use of each term in it, if the store holds them."""
    store = opened(context.store)
    body, places = store.get("bodies", key), store.get("terms", terms_key(context.words, key))
    if body is None or places is None:
        return None
    found = tuple(Place._make(place) for place in json.loads(places))
    return Text(records.load_body(body), found)
