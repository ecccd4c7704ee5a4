"""A link says where it leads."""

import pytest

from healthsite.checks.link_texts import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(empty_links=("here", "read more"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('[what helps](../relief/a.md) and [what helps](../relief/a.md)\n', {}),
    ('![here](../../static/a.svg) `[here](x.md)`\n', {}),
    ('[@who]\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('Look [here](a.md).\n', {}, ['1:6 warning: “here” does not say where it leads']),
    ('[**Read\nmore**](a.md)\n', {}, ['1:1 warning: “**Read more**” does not say where it leads']),
    ('[https://example.org](https://example.org)\n', {}, ['1:1 warning: “https://example.org” is an address, not a text']),
    ('[stretch](a.md) and\n[stretch](b.md)\n', {}, ['2:1 warning: “stretch” leads to b.md here, but to a.md above']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
