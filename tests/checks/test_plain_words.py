"""The plain word first, the medical term in brackets."""

import pytest

from healthsite.checks.plain_words import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(plain_words={"thrombosis": "clot|clots", "deep vein thrombosis": "clot"})


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('A clot (thrombosis).\n', {}),
    ('Clots here. A thrombosis there.\n', {}),
    ('A thrombosis.\n', {"title": "A clot"}),
    ('## Thrombotic\n', {}),
    ('So.\n', {"summary": "Thrombosis."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. A Thrombosis (clot).\n', {}, ['1:7 warning: “thrombosis” stands before its plain word: “A Thrombosis (clot).”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
