"""What only looks like the complaint is not given as its cause."""

import pytest

from healthsite.checks.look_alikes import check
from tests.linked import Linked, article

BOTH = {"everyday": "Everyday", "look-alike": "Not one"}


def found(link, group, groups=BOTH):
    sections = {"group": groups, "topic": {"basics": "Basics"}}
    return Linked({"causes/c": article("cause", link=link, group=group)}).found(check, sections=sections)


@pytest.mark.parametrize("link, group, groups", [
    ("look-alike", "look-alike", BOTH),
    ("associated", "everyday", BOTH),
    ("look-alike", "everyday", {"everyday": "Everyday"}),
])  # fmt: skip
def test_silent(link, group, groups):
    assert found(link, group, groups) == []


def test_other_kinds_have_neither():
    assert Linked({"guides/g": article("guide")}).found(check) == []


@pytest.mark.parametrize("link, group", [("look-alike", "everyday"), ("cause", "look-alike")])
def test_fires(link, group):
    message = f"link: {link} does not go with group: {group}"
    hint = "a look-alike has both: link: look-alike and group: look-alike"
    assert found(link, group) == [f"content/causes/c.md:2:7: error: {message} ({hint})"]
