"""Each source is cited."""

import pytest

from healthsite.checks.uncited import check
from tests.linked import Linked, article, lines

TWO = """\
who: {type: review, title: What, url: 'https://example.org/'}

hawke-2021: {type: cohort, title: Legs, doi: 10.1186/s13047}
"""
UNCITED = "content/references.yaml:3:1: warning: no published article cites “hawke-2021”"
BOTH = "One. [@who]\n\nTwo. [@hawke-2021]\n"


@pytest.mark.parametrize("articles, options", [
    ({"causes/a": article("cause", BOTH)}, {}),
    ({"causes/a": article("cause"), "symptoms/b": article("symptom", "Two. [@hawke-2021]\n")}, {}),
    ({"guides/a": article("guide", questions=[{"question": "Why?", "answer": "So. [@hawke-2021]"}])}, {}),
    ({"causes/a": article("cause", BOTH, draft=True)}, {"drafts": True}),
])  # fmt: skip
def test_silent(articles, options):
    assert lines([*check(Linked(articles, references=TWO, **options).subject())]) == []


@pytest.mark.parametrize("articles", [
    {"causes/a": article("cause")},
    {"causes/a": article("cause"), "causes/b": article("cause", BOTH, draft=True)},
    {"causes/a": article("cause"), "causes/b": article("cause", BOTH, publish_on="2027-01-01")},
    {"causes/a": article("cause", "One. [@who] `[@hawke-2021]`\n")},
])  # fmt: skip
def test_fires(articles):
    assert lines([*check(Linked(articles, references=TWO).subject())]) == [UNCITED]
