"""No page without a source."""

import pytest

from healthsite import kinds
from healthsite.checks.sources import check
from tests.linked import Linked, article


def found(kind, text, **fields):
    return Linked({f"{kinds.KINDS[kind].folder}/a": article(kind, text, **fields)}).found(check)


@pytest.mark.parametrize("kind, text, fields", [
    ("cause", "So. [@who]\n", {}),
    ("guide", "- one [@who]\n", {}),
    ("guide", "So.\n", {"questions": [{"question": "Q?", "answer": "A. [@who]"}]}),
])  # fmt: skip
def test_silent(kind, text, fields):
    assert found(kind, text, **fields) == []


@pytest.mark.parametrize("kind", kinds.KINDS)
@pytest.mark.parametrize("text", ["So.\n", "", "`[@who]`\n", "```\n[@who]\n```\n"])
def test_fires(kind, text):
    path = f"content/{kinds.KINDS[kind].folder}/a.md"
    assert found(kind, text) == [
        f"{path}:1:1: error: this article cites no source (cite one with [@id] after the sentence it supports)"
    ]
