"""What one article says of another is what that says of itself."""

import pytest

from healthsite.checks.elsewhere import check
from healthsite.prose import Prose
from healthsite.sayings import Saying, sayings
from healthsite.source import parse
from healthsite.wording import Wording
from tests.linked import Linked, article, lines

WORDING = Wording(claims=("helps",), causes=("causes",), complaint=("cramps",), denials=("not",))


def said(text):
    file = article("guide", text)
    parsed = parse("content/guides/g.md", file.encode(), "key")
    assert parsed.article, parsed.findings
    return tuple(sayings(Prose(parsed.article, parsed.body, file), WORDING))


def found(text, relief=None, cause=None):
    articles = {
        "guides/g": article("guide", text),
        "relief/r": article("relief", **(relief or {"effect": "no-difference"})),
        "relief/s": article("relief", effect="harms"),
        "causes/c": article("cause", **(cause or {"link": "look-alike"})),
    }
    return lines(list(check(Linked(articles).subject(said=said(text)))))


def test_what_is_said_of_which_article():
    text = "So. [It](../relief/r.md#how) helps with cramps. [@who]\n"
    assert said(text) == (Saying("content/guides/g.md", 8, 6, "relief/r", "works", "It helps with cramps."),)


@pytest.mark.parametrize("text", [
    "[It](../relief/r.md) does not helps with cramps. [@who]\n",
    "[It](../relief/r.md) and [that](../relief/s.md): one helps with cramps. [@who]\n",
    "[Here](g.md) one reads that [it](../relief/r.md) helps with cramps. [@who]\n",
    "[It](../relief/r.md) helps with sleep. [@who]\n",
    "[It](../relief/r.md) is told of there. Sleep helps cramps. [@who]\n",
    "[It](https://example.org/r.md) helps with cramps. [@who]\n",
    "[It](../relief/gone.md) helps with cramps. [@who]\n",
    "[It](../causes/c.md) feels like cramps. [@who]\n",
])  # fmt: skip
def test_silent(text):
    assert found(text) == []


@pytest.mark.parametrize("text, relief, cause", [
    ("[It](../relief/r.md) helps with cramps. [@who]\n", {"effect": "helps"}, None),
    ("[It](../relief/r.md) helps with cramps. [@who]\n", {"effect": "unclear"}, None),
    ("[It](../causes/c.md) causes cramps. [@who]\n", None, {"link": "associated"}),
])  # fmt: skip
def test_silent_where_the_article_says_the_same(text, relief, cause):
    assert found(text, relief, cause) == []


@pytest.mark.parametrize("text, line, message, target", [
    ("[It](../relief/r.md) helps with cramps. [@who]\n", 8, "relief/r is rated no-difference, but here it works", "relief/r"),
    ("See [here](g.md). [It](../relief/r.md) helps with cramps. [@who]\n", 8, "relief/r is rated no-difference, but here it works", "relief/r"),
    ("So.\n\n- [It](../relief/s.md) helps with cramps. [@who]\n", 10, "relief/s is rated harms, but here it works", "relief/s"),
    ("[It](../causes/c.md) causes cramps. [@who]\n", 8, "causes/c is a look-alike, but a cause here", "causes/c"),
])  # fmt: skip
def test_fires(text, line, message, target):
    sentence = said(text)[0].sentence
    column = 3 if line == 10 else text.index("[It]") + 2
    hint = f"say what content/{target}.md says"
    assert found(text) == [f"content/guides/g.md:{line}:{column}: warning: {message}: “{sentence}” ({hint})"]
