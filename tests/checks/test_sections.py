"""The words that sort an article are words of the configuration."""

import pytest

from healthsite.checks.sections import check
from tests.linked import Linked, article

SECTIONS = {"group": {"everyday": "Daily", "medicine": "Drugs"}, "topic": {"basics": "Basics"}}


def found(kind, folder, **fields):
    return Linked({f"{folder}/a": article(kind, **fields)}).found(check, sections=SECTIONS)


@pytest.mark.parametrize("kind, folder, fields", [
    ("cause", "causes", {"group": "everyday"}),
    ("cause", "causes", {"group": "medicine"}),
    ("guide", "guides", {"topic": "basics"}),
    ("symptom", "symptoms", {}),
    ("relief", "relief", {}),
    ("red-flag", "red-flags", {}),
])  # fmt: skip
def test_silent(kind, folder, fields):
    assert found(kind, folder, **fields) == []


@pytest.mark.parametrize("kind, folder, fields, expected", [
    (
        "cause",
        "causes",
        {"title": "T", "group": "medicin"},
        "content/causes/a.md:3:8: error: config.yaml has no words for the group “medicin” (did you mean “medicine”?)",
    ),
    (
        "guide",
        "guides",
        {"topic": "everyday"},
        "content/guides/a.md:2:8: error: config.yaml has no words for the topic “everyday” (it can be: basics)",
    ),
])  # fmt: skip
def test_fires(kind, folder, fields, expected):
    assert found(kind, folder, **fields) == [expected]
