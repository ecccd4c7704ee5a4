"""A heading says what stands below it."""

import pytest

from healthsite.checks.question_headings import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('## What helps\n\nDoes it?\n', {}),
    ('So.\n', {"title": "Is it so?", "questions": [{"question": "Is it?", "answer": "So."}]}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('## What helps?\n', {}, ['1:4 notice: the heading “What helps?” asks']),
    ('Text.\n\n### **Why?**\n', {}, ['3:7 notice: the heading “Why?” asks']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
