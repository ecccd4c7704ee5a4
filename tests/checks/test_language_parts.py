"""Words in another script say their language."""

import pytest

from healthsite.checks.language_parts import check
from tests.linked import proofread


def found(text, **options):
    return proofread(check, text, **options)


@pytest.mark.parametrize("text, options", [
    ('Crème fraîche, 5 µg and β.\n', {}),
    ('The word <span lang="el">κράμπα</span> is Greek.\n', {}),
    ('Это русский текст. Он длинный.\n', {"title": "Заголовок", "summary": "Это так."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('The word κράμπα is Greek.\n', {}, ['1:10 warning: “κράμπα” does not say its language']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
