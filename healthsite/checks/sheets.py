"""A page to print names what is published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, not_published
from healthsite.model import Finding

RULES = (Rule("sheet", "error", "a page to print names its sources (config.yaml: sheets)", is_fixed=True),)


def check(subject: Subject) -> Iterator[Finding]:
    """The article that holds a sheet's sources must be there."""
    for name, sheet in subject.config.sheets.items():
        article, line, column = sheet.article
        wrong = not_published(article, subject) if article else None
        if wrong:
            message = f"the sources of the sheet “{name}” stand in “{article}”, which is {wrong[0]}"
            yield Finding(subject.config_path, line, column, "error", "sheet", message, wrong[1])
