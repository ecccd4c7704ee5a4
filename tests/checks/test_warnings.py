"""No page about a complaint without its warning signs."""

import pytest

from healthsite.checks.warnings import check
from tests.linked import Linked, article

CAUSE, SYMPTOM = {"causes/c": article("cause")}, {"symptoms/s": article("symptom")}
OWN = {
    "causes/c": article("cause", red_flags=["f"]),
    "symptoms/s": article("symptom", red_flags=["f"]),
}


def flag(**fields):
    return {"red-flags/f": article("red-flag", **fields)}


def found(articles):
    return Linked(articles).found(check)


@pytest.mark.parametrize("articles", [
    {},
    OWN | flag(),
    CAUSE | SYMPTOM | flag(general=True),
    {"relief/r": article("relief"), "guides/g": article("guide")} | flag(),
])  # fmt: skip
def test_silent(articles):
    assert found(articles) == []


def line(path):
    hint = "name its red_flags, or mark one that concerns everybody with general: true"
    return f"content/{path}.md:1:1: error: this page would show no warning sign ({hint})"


@pytest.mark.parametrize("articles, expected", [
    (CAUSE, ["causes/c"]),
    (SYMPTOM | flag(), ["symptoms/s"]),
    (CAUSE | SYMPTOM | flag(general=True, draft=True), ["causes/c", "symptoms/s"]),
    (OWN | flag(publish_on="2027-01-01"), ["causes/c", "symptoms/s"]),
    (OWN | SYMPTOM | flag(), ["symptoms/s"]),
])  # fmt: skip
def test_fires(articles, expected):
    assert found(articles) == [line(path) for path in expected]


@pytest.mark.parametrize("articles", [OWN | flag(), CAUSE | SYMPTOM | flag(general=True)])
def test_where_it_is_silent_the_page_does_show_a_warning_sign(articles):
    linked = Linked(articles)
    for address in ("/causes/c/", "/symptoms/s/"):
        assert [flag.link.text for card in linked.view(address).flag_cards for flag in card.flags] == ["A title"]
