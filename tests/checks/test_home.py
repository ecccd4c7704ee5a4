"""The article that the home page's first steps come from is published, and the drawings of the steps are there."""

from dataclasses import replace

import pytest

from healthsite.checks.home import check
from healthsite.model import Mention
from tests.linked import ROOT, Linked, article, config, lines

NAME = "relief/calf-stretch"


def found(articles, pictures=(), **options):
    linked = Linked(articles, **options)
    return lines(
        [
            *check(
                linked.subject(
                    home=replace(config().home, now_article=NAME, place=(25, 16), pictures=pictures),
                    pictures=("pictures/pull.svg",),
                )
            )
        ]
    )


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


def test_a_drawing_that_is_there_is_silent():
    assert found({NAME: article("relief")}, pictures=(Mention("pictures/pull.svg", 24, 14),)) == []


def test_a_drawing_that_is_not_there_fires():
    assert found({NAME: article("relief")}, pictures=(Mention("pictures/pul.svg", 24, 14),)) == [
        "config.yaml:24:14: error: there is no static/pictures/pul.svg (did you mean “pictures/pull.svg”?)"
    ]


@pytest.mark.parametrize("name, expected", [
    ("", []),
    ("guides/doubts", []),
    ("guides/doubt", ["config.yaml:9:17: error: what is in doubt stands in “guides/doubt”, which is not there (did you mean “guides/doubts”?)"]),
    ("guides/later", ["config.yaml:9:17: error: what is in doubt stands in “guides/later”, which is not published (draft) (publish that article first, or name another)"]),
])  # fmt: skip
def test_the_article_on_what_is_in_doubt_is_published(name, expected):
    linked = Linked(
        {NAME: article("relief"), "guides/doubts": article("guide"), "guides/later": article("guide", draft=True)}
    )
    home = replace(config().home, now_article=NAME, pictures=())
    found = lines(list(check(linked.subject(home=home, doubts_article=(name, 9, 17)))))
    assert found == expected
