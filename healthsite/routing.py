"""Which pages there are, and under which keys; and a way to get some of them.

Where all that scopes are made of is as it was when the output was made, the pages are the same and so is what they show
of others: only the articles' own texts can have changed. Then no scope need be made to know the keys, and the pages of
the changed texts are made from their kept plans: the site need not even be linked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from healthsite import plans, urls, wholesite
from healthsite.graph import NOTHING, Named, Site, named
from healthsite.outputs import Record
from healthsite.pages import Page, others
from healthsite.plans import ArticlePlan
from healthsite.reading import Content
from healthsite.run import Run
from healthsite.store import LostError

SHELF = "plans"


class Wanted(NamedTuple):
    """Pages, or the plans of articles' pages, and what they show by name. ``new`` gives, by article, the key that its
    plan is to be kept under, where that is not done yet.
    """

    pages: Sequence[Page | ArticlePlan]
    shown: Named = NOTHING
    new: Mapping[str, str] = MappingProxyType({})


class Routes(NamedTuple):
    """Every page's two keys by its output path; which of these paths are articles'; the addresses of the pages that a
    reader's device keeps. ``pages`` gives those at some paths.
    """

    keys: Mapping[str, tuple[str, str]]
    articles: Collection[str]
    kept: Sequence[str]
    pages: Callable[[Collection[str]], Wanted]


def routes(run: Run, content: Content, site: Callable[[], Site], record: Record) -> Routes:
    """The site's pages; the site itself is asked for where it must be."""
    known = record.pages_under(content.scopes)
    return _linked(run, content, site()) if known is None else _remembered(run, content, site, record, known)


def _linked(run: Run, content: Content, site: Site) -> Routes:
    """The pages of a linked site."""
    planned = {urls.article_output(plan.id): plan for plan in plans.planned(site, content.config, today=run.today)}
    shown = named(site)
    digests = shown.digests()
    keys = {path: (plan.key, plans.name_of(plan, *digests)) for path, plan in planned.items()}
    if run.options.writes:
        run.store.collect(SHELF, [seen for _, seen in keys.values()])
    besides = {urls.output_path(page.address): page for page in others(site, content.config)}
    keys |= {path: (page.own, page.seen) for path, page in besides.items()}

    def pages(paths: Collection[str]) -> Wanted:
        articles = {path: plan for path, plan in planned.items() if path in paths}
        new = {plan.id: keys[path][1] for path, plan in articles.items()} if run.options.writes else {}
        largest = [page for path, page in besides.items() if path in paths]  # first: so no worker ends with them alone
        return Wanted([*largest, *articles.values()], shown, new)

    return Routes(keys, planned, wholesite.kept(site), pages)


def _remembered(
    run: Run, content: Content, site: Callable[[], Site], record: Record, known: Mapping[str, tuple[str, str]]
) -> Routes:
    """The pages of the last build, some with another text."""
    texts = {urls.article_output(name): key for name, key in content.own.items()}
    keys = {path: (texts.get(path, own), seen) for path, (own, seen) in known.items()}

    def pages(paths: Collection[str]) -> Wanted:
        are_articles = all(path in texts for path in paths)
        wanted = {urls.article_at(path): keys[path] for path in sorted(paths)} if are_articles else {}
        found = _from_plans(run, content, wanted) if are_articles else None
        if found is not None:
            return found
        linked = _linked(run, content, site())
        if are_articles:  # some plan was not kept
            keep(run, linked.pages(linked.articles))
        return linked.pages(paths)

    return Routes(keys, keys.keys() & texts.keys(), record.kept, pages)


def _from_plans(run: Run, content: Content, wanted: Mapping[str, tuple[str, str]]) -> Wanted | None:
    """The plans of articles, each given by its id with its two keys; ``None`` where one was not kept."""
    planned: dict[str, ArticlePlan] = {}
    for name, (own, seen) in wanted.items():
        data = run.store.get(SHELF, seen)
        if data is None:
            return None
        planned[name] = plans.load_plan(name, own, data)
    ids: set[str] = set().union(*[plan.cards for plan in planned.values()])
    cited = {name for plan in planned.values() for name in plan.sources}
    shown = Named(
        {outline.card.id: outline.card for outline in content.outlines(run.store, ids)},
        {source.reference.id: source for source in content.sources if source.reference.id in cited},
        {word.term.name: word for word in content.words},
        {person.id: person for person in content.people},
    )
    digests = shown.digests()
    if any(plans.name_of(plan, *digests) != wanted[name][1] for name, plan in planned.items()):
        raise LostError  # the store is not what it should be
    return Wanted([*planned.values()], shown)


def keep(run: Run, wanted: Wanted) -> None:
    """Keep the plans that are not kept yet. (Not while workers read the store: where it is damaged, it begins anew.)"""
    new = [plan for plan in wanted.pages if isinstance(plan, ArticlePlan) and plan.id in wanted.new]
    run.store.put(SHELF, [(wanted.new[plan.id], plan.dump()) for plan in new])
    run.store.commit()
