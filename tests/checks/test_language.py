"""A screen reader knows the language."""

import pytest

from healthsite.checks.language import check
from tests.linked import Linked, article, lines


def found(language):
    return lines(list(check(Linked({"causes/c": article("cause")}).subject(language=language))))


@pytest.mark.parametrize("language", ["en", "en-GB", "pt-BR", "zh-Hant-TW", "es-419", "ca-valencia"])
def test_silent(language):
    assert found(language) == []


@pytest.mark.parametrize("language", ["English", "en_GB", "EN", "en-gb", "e"])
def test_fires(language):
    message = f"“{language}” is not a language as browsers know it (write it like en, en-GB or pt-BR)"
    assert found(language) == [f"config.yaml:1:1: error: {message}"]
