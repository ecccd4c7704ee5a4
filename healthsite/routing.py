"""Which pages there are, under which keys; and a way to get some of them.

A site's *frame* names which pages there are, and what stands where in them. Where it is as it was when the output was
made, the pages are those that were made then: the articles' own texts can be others, and what articles are called. The
site need not even be linked: the pages of changed texts, and those that show what is called otherwise, are made from
their kept plans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from healthsite import plans, urls, wholesite
from healthsite.graph import NOTHING, Named, Site, named
from healthsite.jobs import Shown
from healthsite.model import Card
from healthsite.others import others
from healthsite.outputs import Record
from healthsite.pages import Page
from healthsite.plans import ArticlePlan, PagePlan, load_page, load_plan
from healthsite.reading import Content
from healthsite.records import load_cards
from healthsite.run import SHOW, Run
from healthsite.store import LostError, Store

FEW = 30
"""Articles with another text or title; where there are more, the site is linked."""

MANY = 200
"""Pages to be made; where there are more, to link the site is quicker than to load what each shows."""

BEFORE = 2_000
"""Articles' pages that are made before the largest. These come early, so that no worker ends with them alone; but to
pack them takes a while.
"""

Keys = Mapping[str, tuple[str, str]]
"""Every page's two keys by its output path: what names its own text, and what names all that it shows besides."""


class Wanted(NamedTuple):
    """Pages, or the plans of articles' pages, and what they show by name. ``new`` gives, by output path, the key that a
    page's plan is to be kept under, where that is not done yet.
    """

    pages: Sequence[Page | ArticlePlan]
    shown: Shown = Shown(NOTHING)
    new: Mapping[str, str] = MappingProxyType({})


class Routes(NamedTuple):
    """Every page's keys; which of these paths are articles'; the addresses of the pages that a reader's device keeps.
    ``pages`` gives those at some paths.
    """

    keys: Keys
    articles: Collection[str]
    kept: Sequence[str]
    pages: Callable[[Collection[str]], Wanted]


def routes(run: Run, content: Content, site: Callable[[], Site], record: Record) -> Routes:
    """The site's pages; the site itself is asked for where it must be."""
    known = record.pages_of(content.frame)
    if known is None:
        return _linked(run, content, site(), is_new=record.is_new)
    texts = {urls.article_output(name): key for name, key in content.own.items()}
    articles = {path for path, (own, _) in known.items() if path in texts and not own.startswith("/")}
    keys = {path: (texts[path] if path in articles else own, seen) for path, (own, seen) in known.items()}
    renamed = _Pages({}, NOTHING)
    if record.scopes != content.scopes:
        shown_in = run.store.all("shown")
        if any(seen not in shown_in for _, seen in keys.values()):
            return _kept_anew(run, _linked(run, content, site()))
        changed = {urls.article_at(path): known[path][0] for path in articles if known[path][0] != keys[path][0]}
        old = _old_cards(run, content, changed)
        marks = [plans.mark_of(name) for name in old or ()]
        showing = {path: both for path, both in keys.items() if any(mark in shown_in[both[1]] for mark in marks)}
        if old is None or len(showing) > MANY:
            return _linked(run, content, site())
        found = _renamed(run, content, showing, articles, old)
        if found is None:
            return _kept_anew(run, _linked(run, content, site()))
        renamed = found
        keys |= {path: (keys[path][0], name) for path, name in renamed.names().items()}
        _forget(run, keys)

    def pages(paths: Collection[str]) -> Wanted:
        mine = {path: page for path, page in renamed.pages.items() if path in paths}
        rest = {path: keys[path] for path in sorted(paths) if path not in mine}
        others = _load(run, content, rest, articles) if len(paths) <= MANY else None
        if others is not None:
            return _wanted(run, renamed._replace(pages=mine), _made(*others), keys)
        linked = _linked(run, content, site())
        return (_kept_anew(run, linked) if len(paths) <= MANY else linked).pages(paths)

    return Routes(keys, articles, record.kept, pages)


def _linked(run: Run, content: Content, site: Site, *, is_new: bool = False) -> Routes:
    """The pages of a linked site; of a new one all are to be made."""
    shown = Shown(named(site))
    if is_new:
        run.workers.prepare(SHOW, shown.packed)  # they have nothing to do until all pages are named
    planned = {urls.article_output(plan.id): plan for plan in plans.planned(site, content.config, today=run.today)}
    digests = shown.named.digests()
    keys = {path: (plan.key, plans.name_of(plan, *digests)) for path, plan in planned.items()}
    besides = {urls.output_path(page.address): page for page in others(site, content.config)}
    keys |= {path: (page.own, page.seen) for path, page in besides.items()}
    _forget(run, keys)

    def pages(paths: Collection[str]) -> Wanted:
        largest = [page for path, page in besides.items() if path in paths]
        articles = [plan for path, plan in planned.items() if path in paths]
        new = {path: keys[path][1] for path in paths} if run.options.writes else {}
        return Wanted([*articles[:BEFORE], *largest, *articles[BEFORE:]], shown, new)

    return Routes(keys, planned, wholesite.kept(site), pages)


_Plans = Mapping[str, ArticlePlan | PagePlan]


class _Pages(NamedTuple):
    """Pages of the last build by path, an article's as its plan; and what they show."""

    pages: Mapping[str, ArticlePlan | Page]
    shown: Named

    def names(self) -> dict[str, str]:
        """What names all that each shows besides its own text."""
        digests = self.shown.digests()
        return {
            path: plans.name_of(page, *digests) if isinstance(page, ArticlePlan) else page.seen
            for path, page in self.pages.items()
        }


def _made(planned: _Plans, shown: Named) -> _Pages:
    """Pages, made from their plans."""
    pages = {path: plan if isinstance(plan, ArticlePlan) else plan.page(shown) for path, plan in planned.items()}
    return _Pages(pages, shown)


def _load(run: Run, content: Content, wanted: Keys, articles: Collection[str]) -> tuple[_Plans, Named] | None:
    """The plans of some pages, given by path with their keys, and what these show; ``None`` where one was not kept."""
    rows = run.store.some("plans", [seen for _, seen in wanted.values()])
    if any(seen not in rows for _, seen in wanted.values()):
        return None
    planned: dict[str, ArticlePlan | PagePlan] = {}
    for path, (own, seen) in wanted.items():
        is_article = path in articles
        planned[path] = load_plan(urls.article_at(path), own, rows[seen]) if is_article else load_page(rows[seen])
    ids: set[str] = set().union(*[plan.cards for plan in planned.values()])
    cited = {name for plan in planned.values() for name in plan.sources}
    shown = Named(
        content.cards(run.store, ids),
        {source.reference.id: source for source in content.sources if source.reference.id in cited},
        {word.term.name: word for word in content.words},
        {person.id: person for person in content.people},
    )
    return planned, shown


def _old_cards(run: Run, content: Content, changed: Mapping[str, str]) -> dict[str, Card] | None:
    """The cards that are not as the last build knew them, as it knew them, of articles with another text, each given by
    its id with the key of its old text; ``None`` where there are too many, or the store does not tell.
    """
    rows = run.store.some("outlines", [*changed.values()]) if len(changed) <= FEW else {}
    if len(rows) < len(changed):
        return None
    now = content.cards(run.store, changed)
    return {card.id: card for card in load_cards(rows.values()) if card != now[card.id]}


def _renamed(
    run: Run, content: Content, showing: Keys, articles: Collection[str], old: Mapping[str, Card]
) -> _Pages | None:
    """The pages that show an article under another title, or with another summary, than the last build knew; ``None``
    where their plans are not those that were kept.

    That a plan and the cards of the last build give a page's old key shows that nothing else in it is new.
    """
    found = _load(run, content, showing, articles)
    if found is None:
        return None
    planned, shown = found
    before = _made(planned, shown._replace(cards={**shown.cards, **old})).names()
    return _made(planned, shown) if before == {path: seen for path, (_, seen) in showing.items()} else None


def _wanted(run: Run, renamed: _Pages, others: _Pages, keys: Keys) -> Wanted:
    """Pages to be made: those that show what has another title, whose plans are to be kept under new keys, and
    others.
    """
    if any(keys[path][1] != name for path, name in others.names().items()):
        raise LostError  # the store is not what it should be
    mine, more = renamed.shown, others.shown
    shown = more._replace(cards={**mine.cards, **more.cards}, sources={**mine.sources, **more.sources})
    new = {path: keys[path][1] for path in renamed.pages} if run.options.writes else {}
    return Wanted([*renamed.pages.values(), *others.pages.values()], Shown(shown), new)


def _forget(run: Run, keys: Keys) -> None:
    """Forget the plans of pages that are no more, once they are most of what there is."""
    if run.options.writes:
        for shelf in ("plans", "shown"):
            run.store.collect(shelf, [seen for _, seen in keys.values()])


def _kept_anew(run: Run, linked: Routes) -> Routes:
    """The same, once the plans of all pages are kept: some were not."""
    if run.options.writes:
        wanted = linked.pages(linked.keys)
        keep(run.store, [(wanted.new[urls.output_path(page.address)], *plans.dump(page)) for page in wanted.pages])
        run.store.commit()
    return linked


def keep(store: Store, planned: Sequence[tuple[str, bytes, bytes]]) -> None:
    """Keep the plans of pages, each under the key that names what the page shows, and the marks of the articles
    there.
    """
    store.put("plans", [(key, plan) for key, plan, _ in planned])
    store.put("shown", [(key, shown) for key, _, shown in planned])
