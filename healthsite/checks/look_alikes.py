"""What only looks like the complaint is not given as its cause."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Article, Finding

LOOK_ALIKE = Rule(
    "look-alike", "error", "who takes one for the other is treated wrongly (docs/writing.md, cause)", is_safety=True
)
RULES = (LOOK_ALIKE,)
_NAME = "look-alike"


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """``link`` and ``group`` both say look-alike, or neither does, where the site has such a group."""
    if article.kind != "cause" or _NAME not in subject.config.sections["group"]:
        return
    link, group = article.facets["link"], article.facets["group"]
    if (link == _NAME) != (group == _NAME):
        message = f"link: {link} does not go with group: {group}"
        hint = f"a look-alike has both: link: {_NAME} and group: {_NAME}"
        yield LOOK_ALIKE.at(article.path, article.place("link"), message, hint)
