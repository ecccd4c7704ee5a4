"""Pages to print: a sheet of warning signs, a diary to fill in, questions to take along. Their words are the site's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from healthsite import pages
from healthsite.parts import FlagCard, flag_cards
from healthsite.sheets import SheetPart
from healthsite.siteview import Link, SiteView, View, home_link, link_to

WIDE = 6
"""A table with more columns than this is printed across the paper."""


class PartView(NamedTuple):
    """A part of a sheet: empty where it has none of that. ``cards`` are the warning signs by urgency."""

    title: str
    text_html: str
    cards: tuple[FlagCard, ...]
    ticks: tuple[str, ...]
    questions: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView(View):
    """A page to print; ``is_wide`` where it is printed across the paper. ``article`` holds its sources."""

    is_wide: bool
    parts: tuple[PartView, ...]
    article: Link | None


def sheet_view(scope: pages.SheetScope, site: SiteView, base: dict[str, Any]) -> SheetView:
    sheet = site.config.sheets[scope.name]
    cards = flag_cards([(card, None) for card in scope.flags], site)
    return SheetView(
        **base,
        title=site.words(sheet.title),
        description=site.words(sheet.summary),
        breadcrumb=(home_link(site),),
        is_wide=any(len(part.columns) > WIDE for part in sheet.parts),
        parts=tuple(_part(part, cards, site) for part in sheet.parts),
        article=link_to(scope.article, site) if scope.article else None,
    )


def _part(part: SheetPart, cards: tuple[FlagCard, ...], site: SiteView) -> PartView:
    return PartView(
        title=site.words(part.title),
        text_html=site.words_html(part.text),
        cards=cards if part.signs else (),
        ticks=tuple(site.words(item) for item in part.ticks),
        questions=tuple(site.words(item) for item in part.questions),
        columns=tuple(site.words(item) for item in part.columns),
        rows=part.rows if part.columns else 0,
    )
