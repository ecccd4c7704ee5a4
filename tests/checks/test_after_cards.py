"""A warning has an end that everybody sees."""

import pytest

from healthsite.checks.after_cards import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('Text.\n\n!!! emergency "One"\n\n    Now.\n\n', {}),
    ('!!! emergency "One"\n\n    Now.\n\n!!! same-day "Three"\n\n    - Soon.\n\n## Next\n\nText.\n', {}),
    ('!!! self-care "At home"\n\n    Rest.\n\nText.\n', {}),
    ('## A\n\n### B\n\n!!! same-day "Three"\n\n    - Soon.\n\n## C\n', {}),
    ('## A\n\n### B\n\n!!! same-day "Three"\n\n    - Soon.\n\n### C\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('!!! emergency "One"\n\n    Now.\n\nText.\n', {}, ['5:1 warning: text goes on right after the emergency card']),
    ('!!! same-day "Three"\n\n    - Soon.\n\n- a list\n', {}, ['5:3 warning: text goes on right after the same-day card']),
    ('## A\n\n!!! same-day "Three"\n\n    - Soon.\n\n### B\n', {}, ["7:5 warning: the heading after the same-day card is a part of the card's own section"]),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
