"""An article's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from healthsite import kinds, pages, slots, urls
from healthsite.config import Config
from healthsite.model import Body, Card, Change, Question, Steps, Word
from healthsite.parts import (
    Flag,
    FlagCard,
    Group,
    SourceView,
    StepView,
    flag_cards,
    flag_of,
    item_of,
    phrase_of,
    source_view,
    step_view,
    word_ids,
)
from healthsite.siteview import Link, SiteView, View, home_link, link_to

SUMMARISED = 6
"""Where more articles are linked than this, their names and findings are quicker to choose from without summaries."""


class Reviewer(NamedTuple):
    """Who checked an article, as its page names them. Empty text where nothing is said."""

    name: str
    role: str
    link: str
    is_clinician: bool


class Text(NamedTuple):
    """An article's body, and the first use of each glossary term in it: what its page shows besides its scope."""

    body: Body
    places: tuple[slots.Place, ...]


class StepsView(NamedTuple):
    """How to do something with the body, with drawings."""

    position: StepView
    actions: tuple[StepView, ...]
    hold: str
    repeats: str
    mistakes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(View):
    """An article's page."""

    kind: kinds.Kind
    status: str
    body_html: str
    contents: tuple[Link, ...]
    flag_cards: tuple[FlagCard, ...]
    cause_emergencies: tuple[Flag, ...]
    cause_flags: tuple[FlagCard, ...]
    urgency: str
    urgency_label: str
    urgency_action_html: str
    upgrades: tuple[tuple[str, str, str], ...]
    possible_condition: str
    phrase: str
    certainty: str
    certainty_label: str
    steps: StepsView | None
    questions: tuple[Question, ...]
    related: tuple[Group, ...]
    sources: tuple[SourceView, ...]
    reviewed_on: str
    reviewers: tuple[Reviewer, ...]
    is_overdue: bool
    also_called: tuple[str, ...]
    changes: tuple[Change, ...]
    changed_on: str
    previous: Link | None
    next: Link | None
    codes: tuple[tuple[str, str], ...]
    cards: Mapping[str, tuple[Card, ...]]

    @property
    def is_reviewed_by_clinician(self) -> bool:
        """Whether a clinician was among those who checked it."""
        return any(reviewer.is_clinician for reviewer in self.reviewers)


def article_view(scope: pages.ArticleScope, site: SiteView, text: Text, base: dict[str, Any]) -> ArticleView:
    card, body = scope.card, text.body
    config, kind = site.config, kinds.KINDS[card.kind]
    index = Link(site.to(f"/{kind.folder}/"), config.kinds[kind.name].many)
    urgency = config.urgency.get(card.facets.get("urgency", ""))
    certainty = card.facets.get("certainty", "")
    words = {word.term.name: word for word in scope.words}
    ids = word_ids(place.name for place in text.places)
    questions = tuple(
        Question(id, site.words(question), _fill(number, answer, text, site, words, ids))
        for number, (id, question, answer) in enumerate(body.questions, 1)
    )
    # Its warning signs stand at the top of the page already, as cards.
    related = tuple(_related(name, cards, kind, site) for name, cards in scope.relations if name != "red_flags")
    return ArticleView(
        **base,
        title=site.words(card.title),
        description=site.words(card.summary),
        breadcrumb=(home_link(site), index),
        kind=kind,
        status=scope.status,
        body_html=_fill(0, body.html, text, site, words, ids),
        contents=_contents(body, site),
        flag_cards=flag_cards([(card, None) for card in scope.flags], site),
        cause_emergencies=_flags_of_causes(scope, site),
        cause_flags=_other_flags_of_causes(scope, site),
        urgency=card.facets.get("urgency", ""),
        urgency_label=site.words(urgency.label) if urgency else "",
        urgency_action_html=site.words_html(urgency.action) if urgency else "",
        upgrades=_upgrade_lines(card, site),
        possible_condition=site.words(card.possible_condition),
        phrase=phrase_of(card.facets, config),
        certainty=certainty,
        certainty_label=config.certainty.get(certainty, ""),
        steps=_steps(body.steps, site),
        questions=questions,
        related=related,
        sources=tuple(source_view(source, number, site) for number, source in enumerate(scope.sources, 1)),
        reviewed_on=body.reviewed_on,
        reviewers=_reviewers(body, scope, config),
        is_overdue=scope.overdue,
        also_called=tuple(site.words(name) for name in card.also_called),
        changes=tuple(change._replace(note=site.words(change.note)) for change in body.changes),
        changed_on=body.changed_on,
        previous=link_to(scope.previous, site) if scope.previous else None,
        next=link_to(scope.next, site) if scope.next else None,
        codes=body.codes,
        cards=dict(scope.relations),
    )


def _fill(number: int, html: str, text: Text, site: SiteView, words: Mapping[str, Word], ids: Mapping[str, str]) -> str:
    """One of an article's texts with its slots filled, and each term's meaning at its first use."""
    places = [place for place in text.places if place.text == number and place.name in words]

    def explain(name: str, written: str) -> str:
        # The meaning shows in its place when it is the address's target: without hover or script, within the line.
        return (
            f'<a class="term" href="#{ids[name]}">{written}</a>'
            f'<span class="definition" id="{ids[name]}"> ({escape(words[name].term.definition)}) </span>'
        )

    return slots.fill(slots.explain_terms(html, places, explain), lambda slot, name: _resolve(slot, name, site))


def _resolve(slot: str, name: str, site: SiteView) -> str:
    """What stands in a slot."""
    if slot == "article":
        target, mark, fragment = name.partition("#")
        return site.to(urls.local(target)) + mark + fragment
    if slot == "page":
        return site.to(name)
    if slot == "static":
        return site.asset(name)
    if slot == "picture":
        drawing, _, alt = name.partition("#")
        return site.picture_html(drawing, alt)
    if slot == "urgency":
        return f'<span class="care-label">{escape(site.words(site.config.urgency[name].label))}</span> '
    return escape(site.config.numbers[name]) if slot == "plain-word" else site.phone_html(name)


def _contents(body: Body, site: SiteView) -> tuple[Link, ...]:
    headings = [Link(f"#{item.id}", site.words(item.text)) for item in body.headings if item.level == 2]
    return (*headings, *(Link(f"#{question.id}", site.words(question.question)) for question in body.questions))


def _flags_of_causes(scope: pages.ArticleScope, site: SiteView) -> tuple[Flag, ...]:
    """Every emergency of a symptom's possible causes, a line each, naming the causes."""
    causes: dict[str, list[str]] = {}
    flags: dict[str, Card] = {}
    for cause, flag in scope.flags_of_causes:
        if flag.facets["urgency"] == "emergency":
            flags[flag.id] = flag
            causes.setdefault(flag.id, []).append(site.words(cause.title))
    return tuple(flag_of(flag, None, site)._replace(cause="; ".join(causes[name])) for name, flag in flags.items())


def _other_flags_of_causes(scope: pages.ArticleScope, site: SiteView) -> tuple[FlagCard, ...]:
    """The less urgent warning signs of the possible causes, without those that the page shows already."""
    shown = {card.id for card in scope.flags}
    found: dict[str, tuple[Card, Card | None]] = {}
    for pair in scope.flags_of_causes:
        if pair.flag.id not in shown and pair.flag.facets["urgency"] != "emergency":
            found.setdefault(pair.flag.id, (pair.flag, pair.cause))
    return flag_cards(found.values(), site)


def _upgrade_lines(card: Card, site: SiteView) -> tuple[tuple[str, str, str], ...]:
    """Urgency, its action as HTML and the signs, for each upgrade of a warning sign."""
    words = site.config.urgency
    return tuple(
        (urgency, site.words_html(words[urgency].action), site.words(signs)) for urgency, signs in card.upgrades
    )


def _steps(steps: Steps | None, site: SiteView) -> StepsView | None:
    if steps is None:
        return None
    return StepsView(
        step_view(steps.position, site),
        tuple(step_view(action, site) for action in steps.actions),
        site.words(steps.hold),
        site.words(steps.repeats),
        tuple(site.words(mistake) for mistake in steps.mistakes),
    )


def _related(name: str, cards: tuple[Card, ...], kind: kinds.Kind, site: SiteView) -> Group:
    title = site.words(site.config.relations[f"{kind.name}.{name}"])
    items = tuple(item_of(card, site) for card in cards)
    if len(items) > SUMMARISED:
        items = tuple(item._replace(summary="") for item in items)
    return Group(name, title, items, len(cards))


def _reviewers(body: Body, scope: pages.ArticleScope, config: Config) -> tuple[Reviewer, ...]:
    """Who checked, in the order of the front matter. (A draft may name somebody whom nobody knows.)"""
    known = {person.id: Reviewer(*person[1:]) for person in scope.people}
    named = {name: Reviewer(words, "", "", False) for name, words in config.reviewers.items()}
    return tuple((known | named).get(name) or Reviewer(name, "", "", False) for name in body.reviewed_by)
