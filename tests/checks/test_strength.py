"""Words are no stronger than the evidence."""

import pytest

from healthsite.checks.strength import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(
    claims=("helps", "prevents"),
    causes=("causes",),
    complaint=("cramps",),
    denials=("not",),
    hedges={
        "strong": ("does",),
        "moderate": ("probably",),
        "weak": ("may",),
        "contested": ("disagree",),
        "expert-opinion": ("advise",),
        "unknown": ("nobody",),
    },
)


def found(text, **options):
    return proofread(check, text, wording=WORDING, **{"kind": "relief", **options})


@pytest.mark.parametrize("text, options", [
    ('It helps. [@who]\n', {"summary": "It may help.", "certainty": "weak"}),
    ('So.\n', {"summary": "It helps.", "certainty": "strong"}),
    ('So.\n', {"summary": "It probably helps.", "certainty": "moderate"}),
    ('So.\n', {"summary": "It may, doctors say: it helps.", "certainty": "moderate"}),
    ('So.\n', {"summary": "It does not prevents it.", "effect": "no-difference"}),
    ('Salt causes thirst.\n', {"kind": "cause", "title": "Salt"}),
    ('So.\n', {"kind": "guide", "summary": "It helps."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So.\n', {"summary": "It helps.", "certainty": "weak"}, ['^1:14 error: this is surer than its evidence: “helps” in “It helps.”']),
    ('So.\n', {"summary": "It probably helps.", "certainty": "unknown"}, ['^1:23 error: this is surer than its evidence: “helps” in “It probably helps.”']),
    ('So. Salt helps a lot. [@who]\n', {"title": "Salt"}, ['1:10 error: this is surer than its evidence: “helps” in “Salt helps a lot.”']),
    ('So.\n', {"summary": "It helps.", "effect": "no-difference", "certainty": "strong"}, ['^1:14 error: this says that it works: “helps” in “It helps.”']),
    ('Salt causes cramps.\n', {"kind": "cause", "title": "Salt"}, ['1:6 error: this is surer than its evidence: “causes” in “Salt causes cramps.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
