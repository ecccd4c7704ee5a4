"""A page's scope → what its template shows. Views do the thinking: templates only write down what stands in them.

A view is made of plain values: text, HTML that is safe to write (``Markup`` in the template's sense is decided there,
by field names that end in ``html``), addresses that hold the base path, and tuples of smaller views.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from healthsite import kinds, pages, slots, urls
from healthsite.config import Config
from healthsite.model import NUMBERS, URGENCIES, Article, Body, Card, Change, Question, Reference, Source, Steps, Word

_WORD_SLOTS = tuple((f"{{{name}}}", name) for name in NUMBERS)


class Link(NamedTuple):
    """An address and the words that lead there."""

    address: str
    text: str


class Flag(NamedTuple):
    """A warning sign: its page, its words, what makes it more urgent (label and signs), and the cause it comes from."""

    link: Link
    upgrades: tuple[tuple[str, str], ...]
    cause: str = ""


class FlagCard(NamedTuple):
    """The warning signs of one urgency."""

    urgency: str
    label: str
    action_html: str
    flags: tuple[Flag, ...]


class Item(NamedTuple):
    """An article as other pages show it, with a phrase (its effect, its link, its urgency) and what it is
    linked with.
    """

    link: Link
    summary: str
    phrase: str
    urgency: str
    links: tuple[Link, ...] = ()


class Group(NamedTuple):
    """A heading with items under it. ``link`` leads to the rest where this page does not show them all."""

    key: str
    title: str
    items: tuple[Item, ...]
    size: int
    link: Link | None = None


class SourceView(NamedTuple):
    """A source as a reader finds it."""

    number: int
    authors: str
    title: str
    detail: str
    kind: str
    links: tuple[Link, ...]
    cited_by: tuple[Link, ...] = ()


class TermView(NamedTuple):
    """An entry of the glossary."""

    id: str
    name: str
    definition: str


class Letter(NamedTuple):
    """A section of an alphabetical index; ``link`` leads to it where this page does not show it."""

    key: str
    title: str
    size: int
    link: Link
    is_shown: bool
    names: tuple[tuple[str, Link, str], ...] = ()
    sources: tuple[SourceView, ...] = ()
    terms: tuple[TermView, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page may show of the site: the configuration, the addresses of its assets, and where it stands."""

    config: Config
    base_url: str
    base: str
    assets: Mapping[str, str]
    digest: str

    def to(self, local: str) -> str:
        """The address of a local address."""
        return urls.address(self.base, local)

    def asset(self, name: str) -> str:
        """The address of an asset. Raises ``KeyError`` with a plain word for a name that ``static/`` does not hold."""
        if name not in self.assets:
            raise KeyError(f"static/ holds no “{name}”")
        return self.assets[name]

    def words(self, text: str) -> str:
        """A plain text with the configured words filled in."""
        if "{" in text:
            for slot, name in _WORD_SLOTS:
                text = text.replace(slot, self.config.numbers[name])
        return text

    def words_html(self, text: str) -> str:
        """A plain text as HTML, with the configured numbers as telephone links."""
        html = escape(text)
        for slot, name in _WORD_SLOTS:
            html = html.replace(slot, self.phone_html(name))
        return html

    def phone_html(self, name: str) -> str:
        """A configured number as a telephone link."""
        number = self.config.numbers[name]
        return f'<a class="phone" href="tel:{escape("".join(number.split()))}">{escape(number)}</a>'

    def day(self, iso: str) -> str:
        """A day (``YYYY-MM-DD``) as readers write it: ``22 November 2026``."""
        year, month, day = iso.split("-")
        return f"{int(day)} {self.config.months[int(month) - 1]} {year}"

    def feed_id(self, url: str) -> str:
        """A lasting identifier for the feed (RFC 4151): it holds the day the site began, whoever owns the name
        later.
        """
        parts = urlsplit(url)
        return f"tag:{parts.hostname},{self.config.started}:{parts.path}"

    @property
    def nav(self) -> tuple[Link, ...]:
        """The indexes of the kinds."""
        words = self.config.kinds
        return tuple(Link(self.to(f"/{kind.folder}/"), words[kind.name].many) for kind in kinds.KINDS.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every page shows."""

    site: SiteView
    address: str
    canonical: str
    title: str
    description: str
    breadcrumb: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(View):
    """An article's page."""

    article: Article
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
    steps: Steps | None
    questions: tuple[Question, ...]
    related: tuple[Group, ...]
    sources: tuple[SourceView, ...]
    reviewed_on: str
    reviewers: str
    is_overdue: bool
    also_called: tuple[str, ...]
    changes: tuple[Change, ...]
    changed_on: str
    previous: Link | None
    next: Link | None
    report: str
    codes: tuple[tuple[str, str], ...]
    cards: Mapping[str, tuple[Card, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView(View):
    """The index of a kind, or one section of it."""

    kind: kinds.Kind
    intro: str
    section: str
    groups: tuple[Group, ...]
    linked_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView(View):
    """An alphabetical index (A to Z, glossary, sources), or one letter of it."""

    letters: tuple[Letter, ...]
    is_divided: bool


class MapRowView(NamedTuple):
    """A symptom with its possible causes; ``cells`` says of each cause of the page whether it is one of them."""

    symptom: Link
    causes: tuple[Link, ...]
    cells: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView(View):
    """The map of causes and symptoms."""

    section: str
    groups: tuple[Link, ...]
    causes: tuple[Link, ...]
    rows: tuple[MapRowView, ...]
    emergencies: tuple[Flag, ...]
    as_table: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """The home page."""

    now: Link | None
    steps: tuple[str, ...]
    emergencies: tuple[Flag, ...]
    emergency: tuple[str, str]
    ways: tuple[tuple[Link, str, int], ...]
    symptoms: tuple[Link, ...]
    guides: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView(View):
    """The site map or the feed: addresses with dates."""

    entries: tuple[tuple[str, str, str, str], ...]
    updated: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(View):
    """A page that leads to where an article is now."""

    target: Link
    target_url: str


class Text(NamedTuple):
    """An article, its body, and the first use of each glossary term in it: what an article's page shows
    besides its scope.
    """

    article: Article
    body: Body
    places: tuple[slots.Place, ...]


def view(page: pages.Page, site: SiteView, text: Text | None) -> View:
    """The view of a page. ``text`` is the one that the page's scope names by key, for an article's page."""
    scope = page.scope
    base: dict[str, Any] = {
        "site": site,
        "address": site.to(page.address),
        "canonical": urls.absolute(site.base_url, page.address),
    }
    if isinstance(scope, pages.ArticleScope):
        if text is None:
            raise ValueError(f"{page.address} needs its article")
        return _article(scope, site, text, base)
    if isinstance(scope, pages.IndexScope):
        return _index(scope, site, base) if scope.name == "kind" else _letters(scope, site, base)
    if isinstance(scope, pages.MapScope):
        return _map(scope, site, base)
    if isinstance(scope, pages.HomeScope):
        return _home(scope, site, base)
    if isinstance(scope, pages.ListScope):
        return _list(scope, site, base)
    if isinstance(scope, pages.RedirectScope):
        return _redirect(scope, site, base)
    return View(**base, title="", description=site.config.description, breadcrumb=(_home_link(site),))


def _home_link(site: SiteView) -> Link:
    return Link(site.to("/"), site.config.title)


def _link(card: Card, site: SiteView) -> Link:
    return Link(site.to(urls.local(card.id)), site.words(card.title))


# An article's page


def _article(scope: pages.ArticleScope, site: SiteView, text: Text, base: dict[str, Any]) -> ArticleView:
    article, body, _ = text
    config, kind = site.config, kinds.KINDS[article.kind]
    index = Link(site.to(f"/{kind.folder}/"), config.kinds[kind.name].many)
    urgency = config.urgency.get(article.facets.get("urgency", ""))
    words = {word.term.name: word for word in scope.words}
    ids = _word_ids(place.name for place in text.places)
    questions = tuple(
        Question(id, site.words(question), _fill(number, answer, text, site, words, ids))
        for number, (id, question, answer) in enumerate(body.questions, 1)
    )
    # Its warning signs stand at the top of the page already, as cards.
    related = tuple(_related(name, cards, kind, site) for name, cards in scope.relations if name != "red_flags")
    return ArticleView(
        **base,
        title=site.words(article.title),
        description=site.words(article.summary),
        breadcrumb=(_home_link(site), index),
        article=article,
        kind=kind,
        status=scope.status,
        body_html=_fill(0, body.html, text, site, words, ids),
        contents=_contents(body, site),
        flag_cards=_flag_cards([(card, None) for card in scope.flags], site),
        cause_emergencies=_flags_of_causes(scope, site),
        cause_flags=_other_flags_of_causes(scope, site),
        urgency=article.facets.get("urgency", ""),
        urgency_label=site.words(urgency.label) if urgency else "",
        urgency_action_html=site.words_html(urgency.action) if urgency else "",
        upgrades=_upgrade_lines(article, site),
        possible_condition=site.words(article.possible_condition),
        phrase=_phrase(article.facets, config),
        certainty=article.facets.get("certainty", ""),
        certainty_label=config.certainty.get(article.facets.get("certainty", ""), ""),
        steps=_steps(body.steps, site),
        questions=questions,
        related=related,
        sources=tuple(_source(source, number, site) for number, source in enumerate(scope.sources, 1)),
        reviewed_on=article.reviewed_on,
        reviewers=_reviewers(article, config),
        is_overdue=scope.overdue,
        also_called=tuple(site.words(name) for name in article.also_called),
        changes=tuple(Change(change.on, site.words(change.note)) for change in article.changes),
        changed_on=article.changed_on,
        previous=_link(scope.previous, site) if scope.previous else None,
        next=_link(scope.next, site) if scope.next else None,
        report=_report_address(site, article),
        codes=body.codes,
        cards=dict(scope.relations),
    )


def _word_ids(names: Iterable[str]) -> Mapping[str, str]:
    """A fragment id for each term, no two the same."""
    ids: dict[str, str] = {}
    for term in names:
        name = f"word-{urls.slugify(term)}"
        ids[term] = name if name != "word-" and name not in ids.values() else f"{name}_{len(ids)}"
    return ids


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
    if slot == "urgency":
        return f'<span class="care-label">{escape(site.words(site.config.urgency[name].label))}</span> '
    return escape(site.config.numbers[name]) if slot == "plain-word" else site.phone_html(name)


def _contents(body: Body, site: SiteView) -> tuple[Link, ...]:
    headings = [Link(f"#{item.id}", site.words(item.text)) for item in body.headings if item.level == 2]
    return (*headings, *(Link(f"#{question.id}", site.words(question.question)) for question in body.questions))


def _phrase(facets: Mapping[str, str], config: Config) -> str:
    """How sure the evidence is of what, in words: “probably helps”, “does not help”."""
    certainty = facets.get("certainty", "")
    if "effect" in facets:
        return config.effects[facets["effect"]][certainty]
    return config.links[facets["link"]][certainty] if "link" in facets else ""


def _flag_cards(flags: Iterable[tuple[Card, Card | None]], site: SiteView) -> tuple[FlagCard, ...]:
    """Cards of warning signs by urgency, the most urgent first. A sign may come with the cause it belongs to."""
    grouped: dict[str, list[Flag]] = {urgency: [] for urgency in URGENCIES}
    for card, cause in flags:
        grouped[card.facets["urgency"]].append(_flag(card, cause, site))
    words = site.config.urgency
    return tuple(
        FlagCard(urgency, site.words(words[urgency].label), site.words_html(words[urgency].action), tuple(found))
        for urgency, found in grouped.items()
        if found
    )


def _flag(card: Card, cause: Card | None, site: SiteView) -> Flag:
    labels = site.config.urgency
    upgrades = tuple((site.words(labels[urgency].label), site.words(signs)) for urgency, signs in card.upgrades)
    return Flag(_link(card, site), upgrades, site.words(cause.title) if cause else "")


def _flags_of_causes(scope: pages.ArticleScope, site: SiteView) -> tuple[Flag, ...]:
    """Every emergency of a symptom's possible causes, a line each, naming the causes."""
    causes: dict[str, list[str]] = {}
    flags: dict[str, Card] = {}
    for cause, flag in scope.flags_of_causes:
        if flag.facets["urgency"] == "emergency":
            flags[flag.id] = flag
            causes.setdefault(flag.id, []).append(site.words(cause.title))
    return tuple(_flag(flag, None, site)._replace(cause="; ".join(causes[name])) for name, flag in flags.items())


def _other_flags_of_causes(scope: pages.ArticleScope, site: SiteView) -> tuple[FlagCard, ...]:
    """The less urgent warning signs of the possible causes, without those that the page shows already."""
    shown = {card.id for card in scope.flags}
    found: dict[str, tuple[Card, Card | None]] = {}
    for pair in scope.flags_of_causes:
        if pair.flag.id not in shown and pair.flag.facets["urgency"] != "emergency":
            found.setdefault(pair.flag.id, (pair.flag, pair.cause))
    return _flag_cards(found.values(), site)


def _upgrade_lines(article: Article, site: SiteView) -> tuple[tuple[str, str, str], ...]:
    """Urgency, its action as HTML and the signs, for each upgrade of a warning sign."""
    words = site.config.urgency
    return tuple(
        (item.urgency, site.words_html(words[item.urgency].action), site.words(item.signs)) for item in article.upgrades
    )


def _steps(steps: Steps | None, site: SiteView) -> Steps | None:
    if steps is None:
        return None
    actions = tuple(site.words(action) for action in steps.actions)
    mistakes = tuple(site.words(mistake) for mistake in steps.mistakes)
    return Steps(site.words(steps.position), actions, site.words(steps.hold), site.words(steps.repeats), mistakes)


def _related(name: str, cards: tuple[Card, ...], kind: kinds.Kind, site: SiteView) -> Group:
    title = site.words(site.config.relations[f"{kind.name}.{name}"])
    return Group(name, title, tuple(_item(card, site) for card in cards), len(cards))


def _item(card: Card, site: SiteView, links: tuple[Card, ...] = ()) -> Item:
    urgency = card.facets.get("urgency", "")
    phrase = _phrase(card.facets, site.config)
    if urgency:
        phrase = site.words(site.config.urgency[urgency].label)
    return Item(
        _link(card, site), site.words(card.summary), phrase, urgency, tuple(_link(other, site) for other in links)
    )


def _reviewers(article: Article, config: Config) -> str:
    return ", ".join(config.reviewers.get(name, name) for name in article.reviewed_by)


def _report_address(site: SiteView, article: Article) -> str:
    """Where a mistake on this page is reported: a letter or an issue that already names the page."""
    subject = quote(f"{site.words(article.title)} ({urls.absolute(site.base_url, urls.local(article.id))})", safe="")
    key = "subject" if urlsplit(site.config.report).scheme == "mailto" else "title"
    mark = "&" if "?" in site.config.report else "?"
    return f"{site.config.report}{mark}{key}={subject}"


def _source(source: Source, number: int, site: SiteView, cited_by: tuple[Card, ...] = ()) -> SourceView:
    reference = source.reference
    links = []
    if reference.doi:
        links.append(Link(f"https://doi.org/{quote(reference.doi, safe='/:;()._-')}", f"doi:{reference.doi}"))
    if reference.pmid:
        links.append(Link(f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/", f"PMID {reference.pmid}"))
    if reference.url and not reference.doi:
        links.append(Link(reference.url, urlsplit(reference.url).netloc.removeprefix("www.")))
    return SourceView(
        number=number,
        authors=_authors(reference),
        title=reference.title,
        detail=_detail(reference),
        kind=site.config.source_types[reference.type],
        links=tuple(links),
        cited_by=tuple(_link(card, site) for card in cited_by),
    )


def _authors(reference: Reference) -> str:
    shown = ", ".join(reference.authors[:6])
    return f"{shown}, et al" if len(reference.authors) > 6 else shown


def _detail(reference: Reference) -> str:
    """Journal, year and place in it, as bibliographies write them: ``Journal. 2012;58(1):17-22``."""
    place = reference.volume + (f"({reference.issue})" if reference.issue else "")
    if reference.pages:
        place += f":{reference.pages}" if place else reference.pages
    dated = ";".join(part for part in (reference.year, place) if part)
    return ". ".join(part for part in (reference.container, dated) if part)


# Indexes


def _index(scope: pages.IndexScope, site: SiteView, base: dict[str, Any]) -> IndexView:
    kind = kinds.KINDS[scope.kind]
    words = site.config.kinds[kind.name]
    home = f"/{kind.folder}/"
    groups = tuple(_section(section, kind, home, site) for section in scope.sections if _is_shown(scope, section))
    section = groups[0].title if scope.current else ""
    crumbs = (_home_link(site), Link(site.to(home), words.many)) if scope.current else (_home_link(site),)
    return IndexView(
        **base,
        title=f"{words.index_title}: {section}" if section else words.index_title,
        description=site.words(words.index_summary),
        breadcrumb=crumbs,
        kind=kind,
        intro=site.words(words.index_summary),
        section=section,
        groups=groups,
        linked_title=site.words(site.config.relations[f"{kind.name}.{kind.listed_with}"]) if kind.listed_with else "",
    )


def _is_shown(scope: pages.IndexScope, section: pages.Section) -> bool:
    """A section's page shows that section; the index itself shows all, some of them as links only."""
    return not scope.current or bool(section.entries)


def _section(section: pages.Section, kind: kinds.Kind, home: str, site: SiteView) -> Group:
    title = _section_title(section.key, kind, site)
    items = tuple(_item(entry.card, site, entry.links) for entry in section.entries if entry.card)
    link = None if items else Link(site.to(pages.section_address(home, section.key)), title)
    return Group(section.key or "other", title, items, section.size, link)


def _section_title(key: str, kind: kinds.Kind, site: SiteView) -> str:
    if kind.sections == "urgency":
        return site.words(site.config.urgency[key].action)
    if kind.sections == "ordinary":
        return site.config.sections["ordinary"]["ordinary" if key else "sign"]
    return site.config.sections[kind.sections][key]


def _letters(scope: pages.IndexScope, site: SiteView, base: dict[str, Any]) -> LetterView:
    home = f"/{scope.name}/"
    letters = tuple(_letter(section, home, site) for section in scope.sections)
    is_divided = any(not letter.is_shown for letter in letters)
    return LetterView(
        **base,
        title=scope.current.upper() if scope.current not in ("", "0") else "",
        description=site.config.description,
        breadcrumb=(_home_link(site),),
        letters=letters,
        is_divided=is_divided,
    )


def _letter(section: pages.Section, home: str, site: SiteView) -> Letter:
    title = "0–9" if section.key == "0" else section.key.upper()
    is_shown = bool(section.entries)
    address = f"#letter-{section.key}" if is_shown else site.to(pages.section_address(home, section.key))
    return Letter(
        key=section.key,
        title=title,
        size=section.size,
        link=Link(address, title),
        is_shown=is_shown,
        names=tuple(
            (site.words(entry.name), _link(entry.card, site), site.config.kinds[entry.card.kind].one)
            for entry in section.entries
            if entry.card
        ),
        sources=tuple(_source(entry.source, 0, site, entry.links) for entry in section.entries if entry.source),
        terms=_terms(tuple(entry.word for entry in section.entries if entry.word)),
    )


def _terms(words: tuple[Word, ...]) -> tuple[TermView, ...]:
    ids = _word_ids(word.term.name for word in words)
    return tuple(TermView(ids[word.term.name], word.term.name, word.term.definition) for word in words)


def _map(scope: pages.MapScope, site: SiteView, base: dict[str, Any]) -> MapView:
    names = site.config.sections["group"]
    rows = tuple(
        MapRowView(
            _link(row.symptom, site),
            tuple(_link(cause, site) for cause in row.causes),
            tuple(cause.id in {own.id for own in row.causes} for cause in scope.causes) if scope.as_table else (),
        )
        for row in scope.rows
    )
    return MapView(
        **base,
        title=names.get(scope.current, ""),
        description=site.config.description,
        breadcrumb=(_home_link(site),),
        section=names.get(scope.current, ""),
        groups=tuple(Link(site.to(pages.section_address("/map/", group)), names[group]) for group in scope.groups),
        causes=tuple(_link(cause, site) for cause in scope.causes),
        rows=rows,
        emergencies=tuple(_flag(pair.flag, pair.cause, site) for pair in scope.flags),
        as_table=scope.as_table,
    )


def _home(scope: pages.HomeScope, site: SiteView, base: dict[str, Any]) -> HomeView:
    config = site.config
    emergency = config.urgency["emergency"]
    folders = {kind.name: kind.folder for kind in kinds.KINDS.values()}
    return HomeView(
        **base,
        title="",
        description=config.description,
        breadcrumb=(),
        now=_link(scope.now, site) if scope.now else None,
        steps=tuple(site.words(step) for step in config.home.now_steps),
        emergencies=tuple(_flag(card, None, site) for card in scope.emergencies),
        emergency=(site.words(emergency.label), site.words_html(emergency.action)),
        ways=tuple(
            (
                Link(site.to(f"/{folders[name]}/"), config.kinds[name].many),
                site.words(config.kinds[name].index_summary),
                count,
            )
            for name, count in scope.counts
        ),
        symptoms=tuple(_link(card, site) for card in scope.symptoms),
        guides=tuple(_link(card, site) for card in scope.guides),
    )


def _list(scope: pages.ListScope, site: SiteView, base: dict[str, Any]) -> ListView:
    entries = tuple(
        (
            urls.absolute(site.base_url, dated.address),
            dated.on,
            site.words(dated.card.title) if dated.card else "",
            " ".join(site.words(part) for part in (dated.note, dated.card.summary if dated.card else "") if part),
        )
        for dated in scope.pages
    )
    updated = max((on for _, on, _, _ in entries if on), default=site.config.started)
    return ListView(
        **base, title="", description=site.config.description, breadcrumb=(), entries=entries, updated=updated
    )


def _redirect(scope: pages.RedirectScope, site: SiteView, base: dict[str, Any]) -> RedirectView:
    target = _link(scope.card, site)
    return RedirectView(
        **base,
        title=target.text,
        description=site.words(scope.card.summary),
        breadcrumb=(),
        target=target,
        target_url=urls.absolute(site.base_url, urls.local(scope.card.id)),
    )
