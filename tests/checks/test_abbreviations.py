"""An abbreviation is told in full where it is first used."""

import pytest

from healthsite.checks.abbreviations import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(abbreviations=("NHS",))


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('The NHS says so.\n', {}),
    ('Deep vein thrombosis (DVT). A DVT here, two DVTs there.\n', {}),
    ('DVT (deep vein thrombosis)\n', {}),
    ('A CKD here.\n', {"abbreviations": ("CKD",)}),
    ('Vitamin B12, A and I, COVID-19\n', {}),
    ('Title (long words, and then: DVT)\n', {}),
    ('So.\n', {"title": "DVT"}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. A DVT here. A DVT there.\n', {}, ['1:7 warning: “DVT” is not told in full: “A DVT here.”']),
    ('Ask at A&E.\n', {}, ['1:8 warning: “A&E” is not told in full: “Ask at A&E.”']),
    ('See (this) DVTs.\n', {}, ['1:12 warning: “DVTs” is not told in full: “See (this) DVTs.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
