"""Emergency numbers come from the configuration."""

import pytest

from healthsite.checks.telephone import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(calling=("call", "ring"), emergency_numbers=("112",))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('Call {emergency-number} now.\n', {}),
    ('A trial had 999 people.\n', {}),
    ('Call them. There were 999 people.\n', {}),
    ('Call 0999 or 1,999 or 999.5 of them.\n', {}),
    ('[us](tel:0123)\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. Call 999 now.\n', {}, ['1:10 error: “999” is written by hand: “Call 999 now.”']),
    ('Ring\n112.\n', {}, ['2:1 error: “112” is written by hand: “Ring 112.”']),
    ('Now [us](tel:999).\n', {}, ['1:9 error: the telephone link to “999” is written by hand']),
    ('So.\n', {"summary": "Call 111."}, ['^1:16 error: “111” is written by hand: “Call 111.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
