"""The article that the home page's first steps come from is published."""

from dataclasses import replace

import pytest

from healthsite.checks.home import check
from tests.linked import ROOT, Linked, article, config, lines

NAME = "relief/calf-stretch"


def found(articles, **options):
    linked = Linked(articles, **options)
    return lines([*check(linked.subject(home=replace(config().home, now_article=NAME, place=(25, 16))))])


@pytest.mark.parametrize("articles, options", [
    ({NAME: article("relief")}, {}),
    ({NAME: article("relief", publish_on="2026-11-22")}, {"today": "2026-11-22"}),
    ({NAME: article("relief", draft=True)}, {"drafts": True}),
    ({}, {"broken": (NAME,)}),
])  # fmt: skip
def test_silent(articles, options):
    assert found(articles, **options) == []


@pytest.mark.parametrize("articles, state, hint", [
    ({}, "not there", ""),
    ({"relief/calf-stretches": article("relief")}, "not there", " (did you mean “relief/calf-stretches”?)"),
    ({NAME: article("relief", draft=True)}, "not published (draft)", " (publish that article first, or name another)"),
    (
        {NAME: article("relief", publish_on="2026-11-23")},
        "not published (scheduled)",
        " (publish that article first, or name another)",
    ),
])  # fmt: skip
def test_fires(articles, state, hint):
    expected = f"config.yaml:25:16: error: the home page's steps come from “{NAME}”, which is {state}{hint}"
    assert found(articles) == [expected]


def test_the_place_is_that_of_the_name_in_the_configuration():
    line, column = config().home.place
    assert (ROOT / "config.yaml").read_text("utf-8").splitlines()[line - 1][column - 1 :] == config().home.now_article
