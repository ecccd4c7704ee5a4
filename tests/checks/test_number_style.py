"""Numbers as figures, and written one way."""

import pytest

from healthsite.checks.number_style import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(number_words=("two", "ten"), counted=("weeks", "people"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('2 weeks, 10,000 people, 27.1%, 5 to 10.\n', {}),
    ('One leg, two legs.\n', {}),
    ('In 2026 and 1999.\n', {}),
    ('A 10-minute walk, ISO-8601-1, B12-13.\n', {}),
    ('[@who-2020-21] 1/2-3\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. After two weeks.\n', {}, ['1:11 warning: “two weeks” in “After two weeks.”']),
    ('It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.\n', {}, ['1:7 warning: “5-10” in “It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.”', '1:21 warning: “5–10” in “It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.”', '1:29 warning: “12000” in “It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.”', '1:36 warning: “30 per cent” in “It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.”', '1:49 warning: “7 percent” in “It is 5-10 minutes, 5–10 of 12000, 30 per cent, 7 percent.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected


def test_without_words_of_a_language_nothing_is_looked_for():
    assert proofread(check, "It is 5-10 minutes.\n") == []
