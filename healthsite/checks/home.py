"""The pages that no article stands behind show what is published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, not_published
from healthsite.model import Finding
from healthsite.suggest import nearest

RULES = (Rule("home", "error", "the pages without an article show what is published (docs/architecture.md)"),)


def check(subject: Subject) -> Iterator[Finding]:
    """The article that the home page's first steps come from must be there: it holds their sources. So must the
    drawings of the steps, and the article that says what is in doubt.
    """
    home = subject.config.home
    for name, line, column in home.pictures:
        if name not in subject.pictures:
            hint = nearest(name, subject.pictures)
            yield Finding(subject.config_path, line, column, "error", "picture", f"there is no static/{name}", hint)
    wrong = not_published(home.now_article, subject)
    if wrong:
        message = f"the home page's steps come from “{home.now_article}”, which is {wrong[0]}"
        yield Finding(subject.config_path, *home.place, "error", "home", message, wrong[1])
    doubts, *place = subject.config.doubts_article
    unknown = not_published(doubts, subject) if doubts else None
    if unknown:
        message = f"what is in doubt stands in “{doubts}”, which is {unknown[0]}"
        yield Finding(subject.config_path, place[0], place[1], "error", "home", message, unknown[1])
