"""Words for everybody."""

import pytest

from healthsite.checks.clicks import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(clicks=("click here",))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('The knee clicks here and there.\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. [Click here](x.md) for more.\n', {}, ['1:6 warning: “Click here” in “Click here for more.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
