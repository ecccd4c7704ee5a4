"""A fact has its source."""

import pytest

from healthsite.checks.claims import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(facts=("trial", "study", "studies"), denials=("no", "nobody"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('A trial found it. [@who]\n', {}),
    ('Stand up slowly.\n', {}),
    ('We found no study.\n', {}),
    ('Is there a trial?\n', {}),
    ('Two studies say so:\n\n- one [@who]\n- another [@who]\n', {}),
    ('Studies: [@who]\n\n- 1 trial in all\n', {}),
    ('## A trial\n\n| A trial |\n|---|\n| 5% [@who] |\n', {}),
    ('So.\n', {"summary": "A trial found it."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. In a trial it was so.\n', {}, ['1:5 warning: this states a fact without a source: “In a trial it was so.”']),
    ('About 5% of all. It is 4 out of 5.\n', {}, ['1:1 warning: this states a fact without a source: “About 5% of all.”']),
    ('- 1 in 10 has it\n- so [@who]\n', {}, ['1:3 warning: this states a fact without a source: “1 in 10 has it”']),
    ('No trial, but 3 in 4 people.\n', {}, ['1:1 warning: this states a fact without a source: “No trial, but 3 in 4 people.”']),
    ('So.\n', {"questions": [{"question": "Why?", "answer": "A study says so."}]}, ['^1:45 warning: this states a fact without a source: “A study says so.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
