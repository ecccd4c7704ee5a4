"""Some words need a warning with them."""

import pytest

from healthsite.checks.warned import check
from healthsite.wording import Warned, Wording
from tests.linked import proofread

WORDING = Wording(warnings=(Warned(("powder", "magic powder"), ("bleeding",), ("relief/powder",), "it can harm"),))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('Nothing.\n', {}),
    ('The powder can cause bleeding.\n', {}),
    ('[Powder](../relief/powder.md) is told of there.\n', {}),
    ('Powder.\n', {"about": ["relief/powder"]}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. Magic powder, and powder.\n', {}, ['1:5 error: “Magic powder” needs its warning here: it can harm']),
    ('[Powder](../relief/other.md)\n', {}, ['1:2 error: “Powder” needs its warning here: it can harm']),
    ('So.\n', {"summary": "A powder."}, ['^1:13 error: “powder” needs its warning here: it can harm']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
