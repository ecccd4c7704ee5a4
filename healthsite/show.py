"""An article's relations in words: declared and derived, each with the line that it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from healthsite import kinds
from healthsite.graph import Site
from healthsite.model import Article


def relations(site: Site, article_id: str, read: Callable[[str], Article]) -> Iterator[str]:
    """Lines for people: the article, then each relation with its other ends. ``read`` gives an article by its key."""
    outlines = site.outlines
    article = read(outlines[article_id].key)
    yield f"{article_id}: {article.title} ({article.kind})"
    for name, ends in site.edges[article_id].items():
        yield f"\n{name}"
        for other in ends:
            place = _declared(article, name, other)
            if place:
                yield f"  {other:<40} declared in {article.path}:{place}"
            else:
                declaring = read(outlines[other].key)
                yield f"  {other:<40} derived from {declaring.path}:{_derived(declaring, name, article_id)}"
    if not site.edges[article_id]:
        yield "\nno relations"


def _declared(article: Article, name: str, target: str) -> str:
    """Line and column where an article declares a relation; empty where it does not."""
    places = [f"{item.line}:{item.column}" for item in article.relations if (item.name, item.target) == (name, target)]
    return places[0] if places else ""


def _derived(declaring: Article, name: str, target: str) -> str:
    """Line and column where an article declares what has this name on the other side."""
    inverse = {spec.inverse: spec.field for spec in kinds.KINDS[declaring.kind].relations}
    return _declared(declaring, inverse.get(name, name), target)
