"""A remedy is not offered where it can do harm."""

import pytest

from healthsite.checks.contradictions import check
from tests.linked import Linked, article, lines


def found(articles):
    return lines(list(check(Linked(articles).subject())))


CAUSE = {"causes/c": article("cause", relief=["a", "b"])}
OTHER = {"relief/a": article("relief")}


@pytest.mark.parametrize("articles", [
    CAUSE | OTHER | {"relief/b": article("relief")},
    CAUSE | OTHER | {"relief/b": article("relief", cautions=["causes/d"]), "causes/d": article("cause")},
    CAUSE | OTHER | {"relief/b": article("relief", cautions=["causes/c"], draft=True)},
])  # fmt: skip
def test_silent(articles):
    assert found(articles) == []


def test_fires():
    articles = CAUSE | OTHER | {"relief/b": article("relief", cautions=["causes/c"])}
    message = "“relief” names relief/b, whose cautions name this article"
    hint = "take one of the two back: see content/relief/b.md"
    assert found(articles) == [f"content/causes/c.md:2:15: error: {message} ({hint})"]
