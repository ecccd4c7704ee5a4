"""Pictures in a text are in ``static/``."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding
from healthsite.suggest import nearest

RULES = (Rule("picture", "error", "a picture is in static/, and has a text that says what it shows (WCAG 1.1.1)"),)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A picture that is not there is an error, with the nearest that is."""
    for name, line, column in article.pictures:
        if name not in subject.pictures:
            hint = nearest(name, subject.pictures)
            yield finding(article, (line, column), "picture", f"there is no static/{name}", hint)
