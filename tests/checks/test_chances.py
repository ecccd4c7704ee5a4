"""Chances in figures."""

import pytest

from healthsite.checks.chances import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(vague=("good chance", "high risk"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('It is 4 out of 5.\n', {}),
    ('A good chance: 4 out of 5.\n', {}),
    ('A chance.\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('There is a good chance. It is 4 out of 5.\n', {}, ['1:12 warning: “good chance” gives no figure: “There is a good chance.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
