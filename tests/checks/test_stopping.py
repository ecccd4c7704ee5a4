"""Nobody is told to stop a medicine."""

import pytest

from healthsite.checks.stopping import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(stopping=("stop taking", "stop the statin"), denials=("not", "never"), asking=("ask", "before"))
FLAG = {"kind": "cause", "red_flags": ["f"]}


def found(text, **options):
    return proofread(check, text, wording=WORDING, **options)


@pytest.mark.parametrize("text, options", [
    ('Do not stop taking it.\n', {}),
    ('Ask before you stop taking it.\n', {}),
    ('Stop the statin now. [@who]\n', FLAG),
    ('Stop taking it. [@who]\n', {"kind": "red-flag"}),
    ('With [this sign](../red-flags/f.md) stop taking it. [@who]\n', {}),
    ('It will stop.\n', {}),
    ('So.\n', {"kind": "red-flag", "summary": "Stop taking it."}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So. Stop taking it. [@who]\n', {}, ['1:5 error: “Stop taking” without a cited warning sign: “Stop taking it.”']),
    ('Stop the statin now.\n', FLAG, ['1:1 error: “Stop the statin” without a cited warning sign: “Stop the statin now.”']),
    ('With [this sign](../red-flags/f.md) stop taking it.\n', {}, ['1:37 error: “stop taking” without a cited warning sign: “With this sign stop taking it.”']),
    ('So.\n', {"kind": "cause", "summary": "Stop taking it."}, ['^1:11 error: “Stop taking” without a cited warning sign: “Stop taking it.”']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
