"""A remedy is not offered where it can do harm."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Finding

CONTRADICTION = Rule(
    "contradiction",
    "error",
    "a caution never becomes “helps with” (docs/writing.md, For whom)",
    is_safety=True,
)
RULES = (CONTRADICTION,)


def check(subject: Subject) -> Iterator[Finding]:
    """A cause that names a relief whose cautions name that cause."""
    site = subject.site
    for article_id, edges in site.edges.items():
        both = set(edges.get("relief", ())) & set(edges.get("take_care_with", ()))
        if not both:
            continue
        article = subject.read(site.outlines[article_id].key)
        for relation in article.relations:
            if relation.name == "relief" and relation.target in both:
                message = f"“relief” names {relation.target}, whose cautions name this article"
                hint = f"take one of the two back: see content/{relation.target}.md"
                yield CONTRADICTION.at(article.path, (relation.line, relation.column), message, hint)
