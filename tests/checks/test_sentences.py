"""Short sentences."""

import pytest

from healthsite.checks.sentences import check
from tests.linked import proofread

POLICY = {"sentence_words": 5, "sentence_most": 8}


def found(text, **options):
    return proofread(check, text, policy=POLICY, **options)


@pytest.mark.parametrize("text, options", [
    ('One two three four five. One two three four.\n', {}),
    ('So it is, e.g. this. And Dr. May.\n', {}),
    ('One two three. [@who] Four five six [link](x.md).\n', {}),
    ('## One two three four five six seven eight nine\n', {}),
    ('| One two three four | five six seven eight |\n|---|---|\n| One two three four | five six seven eight |\n', {}),
    ('- One two three four\n- five six seven eight\n', {}),
    ('So.\n', {"title": "One two three four five six seven eight nine"}),
    ('```\nOne two three four five six seven eight nine\n```\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. One two **three** four five\nsix. [@who]\n', {}, ['1:5 notice: a sentence of 6 words: “One two three four five six.”']),
    ('- One two three four five six seven eight [nine](x.md).\n', {}, ['1:3 warning: a sentence of 9 words: “One two three four five six seven eight nine.”']),
    ('So.\n', {"summary": "One two three four five six."}, ['^1:11 notice: a sentence of 6 words: “One two three four five six.”']),
    ('So.\n', {"questions": [{"question": "Why?", "answer": "One two three four five six."}]}, ['^1:45 notice: a sentence of 6 words: “One two three four five six.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
