"""Plans: what pages show, by name. As plain data a page that no article stands behind comes back as it was."""

from typing import get_args

import pytest

from healthsite import pages, plans
from healthsite.graph import named
from healthsite.store import LostError
from tests.linked import Linked, article

CHANGED = [{"on": "2026-11-01", "note": "First published."}]
LINKED = Linked(
    {
        "causes/c": article(
            "cause", title="Cold feet, unnamed", summary="What nobody knows.", symptoms=["s"], changes=CHANGED
        ),
        "causes/d": article(
            "cause", title="Dry, unnamed", also_called=["thirst"], symptoms=["s", "t"], red_flags=["f"]
        ),
        "symptoms/s": article("symptom", title="Sharp, unnamed", aliases=["symptoms/old"]),
        "symptoms/t": article("symptom", title="Tight, unnamed", ordinary=False),
        "relief/r": article("relief", title="Rest, unnamed", approach="now"),
        "red-flags/f": article("red-flag", title="Fever, unnamed", urgency="emergency", general=True),
        "guides/g": article("guide", "A calf. [@who]\n", title="Guide, unnamed", about=["causes/c"]),
    },
    glossary="calf: {definition: A muscle.}\n",
)
SMALL = {"index_entries": 1, "index_lines": 1, "map_cells": 0}
PAGES = {**LINKED.pages(**SMALL), **{f"whole {address}": page for address, page in LINKED.pages().items()}}
PLANNED = [*plans.planned(LINKED.site, LINKED.subject().config, today=LINKED.today)]
BESIDES = {address: page for address, page in PAGES.items() if not isinstance(page.scope, pages.ArticleScope)}


@pytest.mark.parametrize("address", BESIDES)
def test_a_page_comes_back_as_it_was(address):
    page = BESIDES[address]
    plan = plans.load_page(plans.dump(page)[0])
    again = plan.page(named(LINKED.site))
    assert again == page
    assert again.seen == page.seen
    assert type(again.scope) is type(page.scope)


def test_each_kind_of_scope_is_among_them():
    made_of_others = {pages.ArticleScope, pages.OfflineScope}
    assert {type(page.scope) for page in BESIDES.values()} == set(get_args(pages.Scope)) - made_of_others


@pytest.mark.parametrize("address", BESIDES)
def test_a_plan_holds_no_title_and_no_summary(address):
    """What it held, it would go on showing after the title was changed."""
    text = plans.dump(BESIDES[address])[0].decode()
    assert "unnamed" not in text
    assert "nobody knows" not in text


@pytest.mark.parametrize("address", BESIDES)
def test_a_page_is_found_by_each_article_that_it_shows(address):
    data, shown = plans.dump(BESIDES[address])
    for name in LINKED.site.cards:
        assert (plans.mark_of(name) in shown) == (f'"{name}"'.encode() in data), name


def test_so_is_an_articles_page_and_by_its_own():
    for plan in PLANNED:
        data, shown = plans.dump(plan)
        for name in LINKED.site.cards:
            assert (plans.mark_of(name) in shown) == (f'"{name}"'.encode() in data or name == plan.id), (plan.id, name)


def test_a_plan_of_another_kind_of_page_is_none():
    with pytest.raises(LostError):
        plans.load_page(plans.dump(PLANNED[0])[0])
    with pytest.raises(LostError):
        plans.load_plan("causes/c", "key", plans.dump(BESIDES["/"])[0])
