"""Suggestions: the likeliest name, the few there are, or nothing."""

import pytest

from healthsite.suggest import closest, nearest

FEW = ("strong", "moderate", "weak")
MANY = tuple(f"article-{number}" for number in range(9))


@pytest.mark.parametrize("name, names, hint", [
    ("weka", FEW, "did you mean “weak”?"),
    ("WEAK", FEW, "did you mean “weak”?"),
    ("modrate", FEW, "did you mean “moderate”?"),
    ("dvt", ("DVT", "clot"), "did you mean “DVT”?"),  # told in the name's own capitals
    ("zzz", FEW, "it can be: moderate, strong, weak"),
    ("", FEW, "it can be: moderate, strong, weak"),
    ("zzz", MANY, ""),
    ("zzz", MANY[:8], "it can be: " + ", ".join(MANY[:8])),
    ("artcle-3", MANY, "did you mean “article-3”?"),
    ("x", (), ""),
])  # fmt: skip
def test_a_hint_names_the_likeliest_or_the_few_there_are(name, names, hint):
    assert nearest(name, names) == hint


def test_the_closest_alone_lists_nothing():
    assert closest("weka", FEW) == "did you mean “weak”?"
    assert closest("zzz", FEW) == ""


def test_the_hint_does_not_hang_on_the_order_of_the_names():
    assert {nearest("ab", order) for order in (["ac", "ad"], ["ad", "ac"])} == {nearest("ab", {"ad", "ac"})}
