"""What needs help now stands first."""

import pytest

from healthsite.checks.late_cards import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('Text.\n\n## A\n\n!!! emergency "One"\n\n    Now.\n\n## B\n\nText.\n', {}),
    ('Text.\n\n## A\n\nText.\n\n## B\n\n!!! same-day "Three"\n\n    - Soon.\n\n', {}),
    ('## A\n\n## B\n\n!!! emergency "One"\n\n    Now.\n\n', {"kind": "cause", "red_flags": ["f"]}),
    ('## A\n\n## B\n\n!!! emergency "One"\n\n    Now.\n\n', {"kind": "red-flag"}),
    ('!!! emergency "One"\n\n    Now.\n\n## A\n\n## B\n\n!!! emergency "One"\n\n    Now.\n\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('## A\n\nText.\n\n## B\n\n!!! emergency "One"\n\n    Now.\n\n', {}, ['7:16 error: the first emergency stands below the first section']),
    ('## A\n\n## B\n\n!!! emergency "One"\n\n    Now.\n\n', {"kind": "symptom"}, ['5:16 error: the first emergency stands below the first section']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
