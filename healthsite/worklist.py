"""What is due: the articles that somebody should look at again, by date; or those that rest on one source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from healthsite.config import Config
from healthsite.graph import Site
from healthsite.model import Finding, Outline
from healthsite.pages import noticed_on, overdue_on


class Work(NamedTuple):
    """An article in the list. ``due`` and ``reviewed_on`` are days (``YYYY-MM-DD``); ``why`` says what it waits for,
    empty where it waits for nothing yet.
    """

    due: str
    article: str
    why: str
    reviewed_on: str
    reviewed_by: tuple[str, ...]
    title: str


def due(site: Site, config: Config, findings: Iterable[Finding], today: str) -> tuple[Work, ...]:
    """Published articles that wait for a review, or soon will, by date. What was changed after its review, or never
    had one, is due today.
    """
    rows = [row for row in _works(site, config, findings, today) if row.why and not site.outlines[row.article].draft]
    return tuple(sorted(rows))


def resting_on(source: str, site: Site, config: Config, findings: Iterable[Finding], today: str) -> tuple[Work, ...]:
    """The articles that cite a source, drafts too, by the date that they are due."""
    rows = _works(site, config, findings, today)
    return tuple(sorted(row for row in rows if source in site.outlines[row.article].citations))


def _works(site: Site, config: Config, findings: Iterable[Finding], today: str) -> Iterator[Work]:
    changed = {finding.path for finding in findings if finding.check == "seal"}
    for name, outline in site.outlines.items():
        day, why = _state(outline, config, today, is_changed=outline.path in changed)
        yield Work(day, name, why, outline.reviewed_on, tuple(outline.reviewed_by), outline.card.title)


def _state(outline: Outline, config: Config, today: str, *, is_changed: bool) -> tuple[str, str]:
    day = overdue_on(outline.reviewed_on, config.policy.review_years)
    if is_changed:
        return min(day, today), "changed after its review"
    if config.policy.seals and not outline.is_sealed:
        return min(day, today), "never signed off"
    if today >= day:
        return day, "review overdue"
    return day, "review due soon" if today >= noticed_on(day, config.policy.review_notice_days) else ""


def table(rows: Sequence[Work]) -> Iterator[str]:
    """The list for people, a line an article."""
    cells = [("DUE", "ARTICLE", "WHY", "LAST REVIEW"), *map(_cells, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(3)]
    for *first, last in cells:
        yield "  ".join([f"{cell:<{width}}" for cell, width in zip(first, widths, strict=True)] + [last])


def _cells(row: Work) -> tuple[str, str, str, str]:
    return row.due, row.article, row.why or "–", f"{row.reviewed_on} by {', '.join(row.reviewed_by)}"
