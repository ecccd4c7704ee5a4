"""Each citation has its source."""

import pytest

from healthsite.checks.citations import check
from tests.linked import Linked, article

TWO = """\
who: {type: review, title: What, url: 'https://example.org/'}

hawke-2021: {type: cohort, title: Legs, doi: 10.1186/s13047}
"""

SILENT = [
    {"causes/a": article("cause", "One. [@who]\n\nTwo. [@hawke-2021]\n")},
    {"causes/a": article("cause", "One. [@who; @hawke-2021]\n")},
    {"causes/a": article("cause"), "symptoms/b": article("symptom", "Two. [@hawke-2021]\n")},
    {
        "guides/a": article("guide", questions=[{"question": "Why?", "answer": "So. [@hawke-2021]"}]),
    },
    {"causes/a": article("cause", "One. [@who; @hawke-2021]\n")},
]

FIRES = [
    (
        {"causes/a": article("cause", "One. [@who]\n\nTwo [@hawk-2021; @hawke-2021], and [@nothing-like-it].\n")},
        [
            "content/causes/a.md:12:6: error: no source is called “hawk-2021” in content/references.yaml (did you mean “hawke-2021”?)",
            "content/causes/a.md:12:37: error: no source is called “nothing-like-it” in content/references.yaml (it can be: hawke-2021, who)",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize("articles", SILENT)
def test_silent(articles):
    assert Linked(articles, references=TWO).found(check) == []


@pytest.mark.parametrize("articles, expected", FIRES)
def test_fires(articles, expected):
    assert Linked(articles, references=TWO).found(check) == expected


def test_fires_in_the_line_of_an_answer():
    articles = {"guides/a": article("guide", title="T", questions=[{"question": "Why?", "answer": "So. [@whom]"}])}
    (line,) = Linked(articles, references=TWO).found(check)
    assert line.startswith("content/guides/a.md:3:")
    assert line.endswith("error: no source is called “whom” in content/references.yaml (did you mean “who”?)")
