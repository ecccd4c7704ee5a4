"""The article that holds the sources of a page to print is published."""

import pytest

from healthsite.checks.sheets import check
from healthsite.config import Sheet
from tests.linked import ROOT, Linked, article, config, lines

NAME = "guides/what-to-ask"


def found(articles, name=NAME, **options):
    sheets = {"questions": Sheet("Questions", "What to ask.", (name, 30, 14), ())}
    return lines([*check(Linked(articles, **options).subject(sheets=sheets))])


@pytest.mark.parametrize("articles, name, options", [
    ({NAME: article("guide")}, NAME, {}),
    ({}, "", {}),
    ({}, NAME, {"broken": (NAME,)}),
])  # fmt: skip
def test_silent(articles, name, options):
    assert found(articles, name, **options) == []


@pytest.mark.parametrize("articles, state, hint", [
    ({}, "not there", ""),
    ({"guides/what-to-asks": article("guide")}, "not there", " (did you mean “guides/what-to-asks”?)"),
    ({NAME: article("guide", draft=True)}, "not published (draft)", " (publish that article first, or name another)"),
])  # fmt: skip
def test_fires(articles, state, hint):
    message = f"the sources of the sheet “questions” stand in “{NAME}”, which is {state}{hint}"
    assert found(articles) == [f"config.yaml:30:14: error: {message}"]


def test_the_place_is_that_of_the_name_in_the_configuration():
    text = (ROOT / "config.yaml").read_text("utf-8").splitlines()
    placed = [sheet.article for sheet in config().sheets.values() if sheet.article[0]]
    assert placed
    assert [text[line - 1][column - 1 :] for _, line, column in placed] == [name for name, _, _ in placed]
