"""No promises."""

import pytest

from healthsite.checks.promises import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(promises=("cure", "cures", "wonder drug"), denials=("no", "not"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('It may help. [@who]\n', {}),
    ('There is no cure. [@who]\n', {}),
    ('It does not cure anybody.\n', {}),
    ('A secure cured ham.\n', {}),
    ('`cure` is code.\n', {}),
    ('[text](cure.md) here\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('It is so. This cures it. [@who]\n', {}, ['1:16 error: “cures” promises too much: “This cures it.”']),
    ('No. A **wonder\ndrug** for all.\n', {}, ['1:9 error: “wonder drug” promises too much: “A wonder drug for all.”']),
    ('So.\n', {"summary": "It is a Cure."}, ['^1:19 error: “Cure” promises too much: “It is a Cure.”']),
    ('So.\n', {"kind": "relief", "steps": {"position": "Sit.", "actions": ["Up: it cures."]}}, ['^1:49 error: “cures” promises too much: “Up: it cures.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
