"""An emergency is called one."""

import pytest

from healthsite.checks.flattened import check
from tests.linked import Linked, article

FLAG = {"red-flags/f": article("red-flag", urgency="emergency")}
LINK = "[it](../red-flags/f.md) [@who]"


def found(text, flag=FLAG):
    return Linked({"causes/c": article("cause", text)} | flag).found(check)


def card(name, text):
    return f'Text. [@who]\n\n!!! {name} "If"\n\n    - {text}\n'


@pytest.mark.parametrize("text, flag", [
    (f"Plain {LINK}\n", FLAG),
    (card("same-day", LINK), {"red-flags/f": article("red-flag", urgency="same-day")}),
    (card("same-day", LINK), {"red-flags/f": article("red-flag", urgency="routine")}),
    (card("same-day", "[it](../relief/f.md) [@who]"), {"relief/f": article("relief")}),
])  # fmt: skip
def test_silent(text, flag):
    assert found(text, flag) == []


@pytest.mark.parametrize("name", ["same-day", "routine", "self-care"])
def test_fires(name):
    message = f"red-flags/f is emergency, but stands in a card that says {name}"
    hint = "put it into a card emergency, or link it outside the card"
    assert found(card(name, LINK)) == [f"content/causes/c.md:14:12: error: {message} ({hint})"]
