"""Which pages there are, and under which keys; and a way to get some of them.

Where all that scopes are made of is as it was when the output was made, the pages are the same and so is what they show
of others: only the articles' own texts can have changed. Then no scope need be made to know the keys, and the pages of
the changed texts are made from their kept plans: the site need not even be linked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from healthsite import plans, urls, wholesite
from healthsite.graph import Site
from healthsite.outputs import Record
from healthsite.pages import Page, others
from healthsite.plans import ArticlePlan, Named
from healthsite.reading import Content
from healthsite.run import Run
from healthsite.store import LostError

SHELF = "plans"


class Routes(NamedTuple):
    """Every page's two keys by its output path; which of these paths are articles'; the addresses of the pages that a
    reader's device keeps. ``pages`` makes the pages at some paths.
    """

    keys: Mapping[str, tuple[str, str]]
    articles: Collection[str]
    kept: Sequence[str]
    pages: Callable[[Collection[str]], list[Page]]


def routes(run: Run, content: Content, site: Callable[[], Site], record: Record) -> Routes:
    """The site's pages; the site itself is asked for where it must be."""
    known = record.pages_under(content.scopes)
    return _linked(run, content, site()) if known is None else _remembered(run, content, site, record, known)


def _linked(run: Run, content: Content, site: Site) -> Routes:
    """The pages of a linked site. Their plans are kept."""
    planned = {_output(card.id): (plan, card) for card, plan in plans.planned(site, content.config, today=run.today)}
    shown = plans.named(site)
    digests = shown.digests()
    keys = {path: (plan.key, plans.name_of(plan, *digests)) for path, (plan, _) in planned.items()}
    if run.options.writes:
        _keep(run, {seen: planned[path][0] for path, (_, seen) in keys.items()})
    besides = {urls.output_path(page.address): page for page in others(site, content.config)}
    keys |= {path: (page.own, page.seen) for path, page in besides.items()}

    def pages(paths: Collection[str]) -> list[Page]:
        articles = [plans.article_page(*planned[path], shown) for path in planned if path in paths]
        return [*articles, *(page for path, page in besides.items() if path in paths)]

    return Routes(keys, planned, wholesite.kept(site), pages)


def _output(name: str) -> str:
    return urls.output_path(urls.local(name))


def _keep(run: Run, named: Mapping[str, ArticlePlan]) -> None:
    there = run.store.all(SHELF)
    run.store.put(SHELF, [(seen, plan.dump()) for seen, plan in named.items() if seen not in there])
    run.store.collect(SHELF, named)


def _remembered(
    run: Run, content: Content, site: Callable[[], Site], record: Record, known: Mapping[str, tuple[str, str]]
) -> Routes:
    """The pages of the last build, some with another text."""
    names = {_output(name): name for name in content.ids}
    keys = {path: (content.key(names[path]) if path in names else own, seen) for path, (own, seen) in known.items()}

    def pages(paths: Collection[str]) -> list[Page]:
        found = None
        if all(path in names for path in paths):
            found = _from_plans(run, content, {names[path]: keys[path] for path in sorted(paths)})
        return _linked(run, content, site()).pages(paths) if found is None else found

    return Routes(keys, {path for path in keys if path in names}, record.kept, pages)


def _from_plans(run: Run, content: Content, named: Mapping[str, tuple[str, str]]) -> list[Page] | None:
    """The pages of articles, each given by its id with its two keys; ``None`` where a plan was not kept."""
    planned: dict[str, ArticlePlan] = {}
    for name, (own, seen) in named.items():
        data = run.store.get(SHELF, seen)
        if data is None:
            return None
        planned[name] = plans.load_plan(own, data)
    ids = {*planned}.union(*[plan.cards for plan in planned.values()])
    shown = Named(
        {outline.card.id: outline.card for outline in content.outlines(ids)},
        {source.reference.id: source for source in content.sources},
        {word.term.name: word for word in content.words},
        {person.id: person for person in content.people},
    )
    digests = shown.digests()
    if any(plans.name_of(plan, *digests) != named[name][1] for name, plan in planned.items()):
        raise LostError  # the store is not what it should be
    return [plans.article_page(plan, shown.cards[name], shown) for name, plan in planned.items()]
