"""Each citation has its source, each source is cited."""

import pytest

from healthsite.checks.citations import check
from tests.linked import Linked, article, lines

TWO = """\
who: {type: review, title: What, url: 'https://example.org/'}

hawke-2021: {type: cohort, title: Legs, doi: 10.1186/s13047}
"""
UNCITED = "content/references.yaml:3:1: warning: no published article cites “hawke-2021”"

SILENT = [
    {"causes/a": article("cause", "One. [@who]\n\nTwo. [@hawke-2021]\n")},
    {"causes/a": article("cause", "One. [@who; @hawke-2021]\n")},
    {"causes/a": article("cause"), "symptoms/b": article("symptom", "Two. [@hawke-2021]\n")},
    {
        "guides/a": article("guide", questions=[{"question": "Why?", "answer": "So. [@hawke-2021]"}]),
    },
    {"causes/a": article("cause", "One. [@who; @hawke-2021]\n"), "causes/b": article("cause", "[@no]\n", draft=True)},
]

FIRES = [
    ({"causes/a": article("cause")}, [UNCITED]),
    ({"causes/a": article("cause"), "causes/b": article("cause", "Two. [@hawke-2021]\n", draft=True)}, [UNCITED]),
    (
        {"causes/a": article("cause", "One. [@who]\n\nTwo [@hawk-2021; @hawke-2021], and [@nothing-like-it].\n")},
        [
            "content/causes/a.md:12:5: error: no source is called “hawk-2021” in content/references.yaml (did you mean “hawke-2021”?)",
            "content/causes/a.md:12:35: error: no source is called “nothing-like-it” in content/references.yaml (it can be: hawke-2021, who)",
        ],
    ),
    (
        {"guides/a": article("guide", "[@who; @hawke-2021]\n", questions=[{"question": "Why?", "answer": "So. [@whom]"}])},
        ["content/guides/a.md:2:47: error: no source is called “whom” in content/references.yaml (did you mean “who”?)"],
    ),
]  # fmt: skip


@pytest.mark.parametrize("articles", SILENT)
def test_silent(articles):
    assert lines([*check(Linked(articles, references=TWO).subject())]) == []


@pytest.mark.parametrize("articles, expected", FIRES)
def test_fires(articles, expected):
    assert lines([*check(Linked(articles, references=TWO).subject())]) == expected
