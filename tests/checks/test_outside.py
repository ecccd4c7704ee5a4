"""What a text leads to outside is one of its sources."""

import pytest

from healthsite.checks.outside import check
from tests.linked import Linked, article

REFERENCES = (
    "who: {type: review, title: T, url: 'https://example.org/so/'}\ndoi: {type: review, title: T, doi: 10.1000/So.1}\n"
)


def found(text):
    return Linked({"causes/c": article("cause", text)}, references=REFERENCES).found(check)


@pytest.mark.parametrize("text", [
    "[so](https://example.org/so#part) [@who]\n",
    "[so](https://doi.org/10.1000/so.1) [@who]\n",
    "[so](tel:123) [so](mailto:a@example.org) [so](/glossary/) [so](#so) [@who]\n",
])  # fmt: skip
def test_silent(text):
    assert found(text) == []


@pytest.mark.parametrize("text, column, address", [
    ("See [so](https://example.org/other) [@who]\n", 10, "https://example.org/other"),
    ("See <http://example.net> [@who]\n", 6, "http://example.net"),
])  # fmt: skip
def test_fires(text, column, address):
    message = f"“{address}” has no entry in content/references.yaml (add one, and cite it with [@id])"
    assert found(text) == [f"content/causes/c.md:10:{column}: warning: {message}"]
