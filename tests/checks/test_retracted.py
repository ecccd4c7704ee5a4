"""Nothing rests on a retracted source."""

import pytest

from healthsite.checks.retracted import check
from healthsite.library import read_retracted
from tests.linked import Linked, article, lines

REFERENCES = "a: {type: review, title: A, doi: 10.1000/A}\nb: {type: review, title: B, pmid: '12'}\n"


def found(retracted, text="So. [@a]\n"):
    items, findings = read_retracted("content/retracted.yaml", retracted)
    assert findings == ()
    linked = Linked({"causes/c": article("cause", text)}, references=REFERENCES)
    return lines(list(check(linked.subject(retracted=items))))


@pytest.mark.parametrize(
    "retracted", ["", "# nothing\n", "x: {doi: 10.1000/x, reason: R}\n", "x: {pmid: '10', reason: R}\n"]
)
def test_silent(retracted):
    assert found(retracted) == []


@pytest.mark.parametrize("retracted, line, name, hint", [
    ("x: {doi: 10.1000/a, reason: why it was}\n", 1, "a", "cited in content/causes/c.md"),
    ("x: {pmid: '12', reason: why it was}\n", 2, "b", "delete the entry"),
])  # fmt: skip
def test_fires(retracted, line, name, hint):
    message = f"the source “{name}” was retracted: why it was ({hint})"
    assert found(retracted) == [f"content/references.yaml:{line}:1: error: {message}"]


def test_an_entry_that_names_no_source_is_told():
    _, findings = read_retracted("content/retracted.yaml", "x: {reason: R}\n")
    assert lines(findings) == [
        "content/retracted.yaml:1:1: error: “x” has neither doi nor PMID (give one, or it is never found)"
    ]
