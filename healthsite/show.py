"""An article's relations in words: declared and derived, each with the line that it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.graph import Site


def relations(site: Site, article_id: str) -> Iterator[str]:
    """Lines for people: the article, then each relation with its other ends."""
    article = site.articles[article_id]
    yield f"{article_id}: {article.title} ({article.kind})"
    for name, edges in site.edges[article_id].items():
        yield f"\n{name}"
        for edge in edges:
            side = "declared" if edge.path == article.path else "derived"
            yield f"  {edge.to:<40} {side} in {edge.path}:{edge.line}:{edge.column}"
    if not site.edges[article_id]:
        yield "\nno relations"
