"""A dose has its source."""

import pytest

from healthsite.checks.doses import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(doses=("mg", "tablets"))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('It holds 83 mg. [@who]\n', {}),
    ('It lasts 5 minutes.\n', {}),
    ('B12 mg, a 3 mgx\n', {}),
    ('Doses: [@who]\n\n- 5 mg\n- 10 mg\n', {}),
    ('| A | B |\n|---|---|\n| 5 mg | 6 mg |\n\nAll of it. [@who]\n', {}),
    ('So.\n', {"questions": [{"question": "How much?", "answer": "5 mg [@who]"}]}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('Take 1,000 mg of it.\n', {}, ['1:6 error: the dose “1,000 mg” has no source: “Take 1,000 mg of it.”']),
    ('Other. [@who]\n\n## How\n\n- take 300mg\n- or 2 tablets [@who]\n', {}, ['5:8 error: the dose “300mg” has no source: “take 300mg”']),
    ('| A |\n|---|\n| 5 mg |\n\nNo source.\n', {}, ['3:3 error: the dose “5 mg” has no source: “5 mg |”']),
    ('So.\n', {"questions": [{"question": "How much?", "answer": "It is 5 mg."}]}, ['^1:56 error: the dose “5 mg” has no source: “It is 5 mg.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected


def test_without_units_nothing_is_looked_for():
    assert proofread(check, "Take 5 mg.\n") == []
