"""Emergency cards stand alone."""

import pytest

from healthsite.checks.card_rows import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('!!! emergency "One"\n\n    Now.\n\n', {}),
    ('!!! emergency "One"\n\n    Now.\n\n!!! same-day "Three"\n\n    - Soon.\n\n!!! emergency "Two"\n\n    Also.\n', {}),
    ('!!! emergency "One"\n\n    Now.\n\nText.\n\n!!! emergency "Two"\n\n    Also.\n', {}),
    ('!!! emergency "One"\n\n    Now.\n\n## Head\n\n!!! emergency "Two"\n\n    Also.\n', {}),
    ('!!! same-day "Three"\n\n    - Soon.\n\n!!! same-day "Three"\n\n    - Soon.\n\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('!!! emergency "One"\n\n    Now.\n\n!!! emergency "Two"\n\n    Also.\n', {}, ['5:16 error: this emergency card follows another one directly']),
    ('!!! same-day "Three"\n\n    - Soon.\n\n!!! emergency "One"\n\n    Now.\n\n!!! emergency "Two"\n\n    Also.\n', {}, ['9:16 error: this emergency card follows another one directly']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
