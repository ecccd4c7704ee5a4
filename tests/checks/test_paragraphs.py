"""Short paragraphs."""

import pytest

from healthsite.checks.paragraphs import check
from tests.linked import proofread

POLICY = {"paragraph_words": 6}


def found(text, **options):
    return proofread(check, text, policy=POLICY, **options)


@pytest.mark.parametrize("text, options", [
    ('One two. Three four.\n\nFive six. Seven.\n', {}),
    ('- One two three four\n- five six seven\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So.\n\nOne two three. Four five six seven.\n', {}, ['3:1 warning: a paragraph of 7 words, which begins “One two three.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
