"""One remedy, one rating."""

import pytest

from healthsite.checks.ratings import check
from tests.linked import Linked, article, lines


def found(articles):
    return lines(list(check(Linked(articles).subject())))


ONE = {"relief/a": article("relief", title="Salt", effect="helps", certainty="weak")}


@pytest.mark.parametrize("articles", [
    ONE,
    ONE | {"relief/b": article("relief", title="Sugar", effect="harms", certainty="weak")},
    ONE | {"relief/b": article("relief", title="salt", effect="helps", certainty="weak")},
    ONE | {"causes/b": article("cause", title="Salt", certainty="strong")},
])  # fmt: skip
def test_silent(articles):
    assert found(articles) == []


@pytest.mark.parametrize("fields, place", [
    ({"title": "Table salt", "also_called": ["salt"]}, "3:14"),
    ({"title": "SALT", "also_called": ["sea salt"]}, "2:8"),
])  # fmt: skip
def test_fires(fields, place):
    other = {"relief/b": article("relief", **fields, effect="no-difference", certainty="strong")}
    message = "“salt” is rated no-difference, strong here, but helps, weak in content/relief/a.md"
    hint = "rate it once, and give it one article"
    assert found(ONE | other) == [f"content/relief/b.md:{place}: error: {message} ({hint})"]
