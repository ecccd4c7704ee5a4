"""No words that frighten."""

import pytest

from healthsite.checks.fears import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(fears=("deadly", "time bomb"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('It can be serious.\n', {}),
    ('The deadlyness.\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('- a\n- a Deadly thing\n', {}, ['2:5 error: “Deadly” frightens: “a Deadly thing”']),
    ('It is not deadly, it is no time\nbomb.\n', {}, ['1:11 error: “deadly” frightens: “It is not deadly, it is no time bomb.”', '1:28 error: “time bomb” frightens: “It is not deadly, it is no time bomb.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
