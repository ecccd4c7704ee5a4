"""Titles and summaries that fit."""

import pytest

from healthsite.checks.lengths import check
from tests.linked import proofread

POLICY = {"title_letters": 10, "sign_letters": 12, "summary_letters": 15}


def found(text, **options):
    return proofread(check, text, policy=POLICY, **options)


@pytest.mark.parametrize("text, options", [
    ('So.\n', {"title": "Ten letter", "summary": "Fifteen letters"}),
    ('So.\n', {"kind": "red-flag", "title": "Twelve lette", "summary": "So."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So.\n', {"title": "Eleven lett", "summary": "So."}, ['^1:8 warning: this title has 11 letters: “Eleven lett”']),
    ('So.\n', {"title": "T", "summary": "Sixteen letters!"}, ['^2:10 warning: this summary has 16 letters: “Sixteen letters!”']),
    ('So.\n', {"kind": "red-flag", "title": "Thirteen lett", "summary": "So."}, ['^1:8 warning: this title has 13 letters: “Thirteen lett”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
