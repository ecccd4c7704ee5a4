"""Every column has its header."""

import pytest

from healthsite.checks.table_heads import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('| A | B |\n|---|---|\n| | b |\n', {}),
    ('A | B\n---|---\n1 | 2\n', {}),
    ('<table><tr><th>A</th></tr></table>\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So.\n\n| | B |\n|---|---|\n| a | b |\n', {}, ['3:1 warning: column 1 of this table has no header']),
    ('| A | B | |\n|---|---|---|\n| a | b | c |\n', {}, ['1:1 warning: column 3 of this table has no header']),
    ('So.\n\n<table>\n<tr><td>A</td></tr>\n</table>\n', {}, ['3:1 warning: this table has no header cell']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
