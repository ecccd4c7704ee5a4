"""Some words need a warning with them."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Article, Finding
from healthsite.prose import Prose

WARNING = Rule(
    "mandatory-warning",
    "error",
    "who names what can harm says so (wording: warnings in config.yaml, each with its reason)",
    is_safety=True,
)
RULES = (WARNING,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """An article that uses the word says its warning, or leads to an article that does."""
    for warned in style.wording.warnings:
        uses = list(prose.find(warned.terms))
        if not uses or prose.uses(warned.says) or not _ends(prose.article).isdisjoint(warned.leads_to):
            continue
        offset, word = uses[0]
        hint = f"say one of: {', '.join(warned.says)}"
        if warned.leads_to:
            hint += f"; or link to {', '.join(warned.leads_to)}"
        yield WARNING.at(prose.path, prose.place(offset), f"“{word}” needs its warning here: {warned.because}", hint)


def _ends(article: Article) -> set[str]:
    """All articles that an article leads to."""
    return {link.target.strip("/") for link in article.links} | {relation.target for relation in article.relations}
