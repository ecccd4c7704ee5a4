"""Links in a text lead to what is published, and to a heading that is there."""

import pytest

from healthsite import pages
from healthsite.checks.links import FIXED, check
from tests.linked import Linked, article

OTHERS = {
    "relief/calf-stretch": article("relief", "Do it. [@who]\n\n## How to do it\n\nSo.\n", aliases=["relief/stretch"]),
    "relief/lunge": article("relief", steps={"position": "Stand.", "actions": ["Bend the knee."]}),
    "causes/draft": article("cause", draft=True),
    "causes/later": article("cause", publish_on="2027-01-01"),
}
QUESTION = [{"question": "How long?", "answer": "Not long. [@who]"}]


def found(text, **fields):
    own = {"guides/own": article("guide", text, title="T", **fields)}
    return Linked(own | OTHERS, broken=("causes/broken",)).found(check)


@pytest.mark.parametrize("text", [
    "No link.\n",
    "[stretch](../relief/calf-stretch.md)\n",
    "[stretch](../relief/calf-stretch.md#how-to-do-it)\n",
    "[its sources](../relief/calf-stretch.md#sources)\n",
    "[its steps](../relief/lunge.md#steps)\n",
    "[broken](../causes/broken.md) [broken](/causes/broken/#x)\n",
    "[stretch](/relief/calf-stretch/)\n",
    "[stretch](/relief/calf-stretch/#how-to-do-it)\n",
    "[here](#a-heading)\n\n## A heading\n\nText.\n",
    "[here](own.md#a-heading)\n\n## A heading\n\nText.\n",
    "[the answer](#how-long)\n",
    "[words](/glossary/) [words](/glossary/#word-calf) [home](/) [causes](/causes/)\n",
    "[out](https://example.org/nowhere#at-all) [mail](mailto:a@example.org) [ring](tel:999)\n",
    "`[code](../relief/nowhere.md)`\n",
])  # fmt: skip
def test_silent(text):
    assert found(text, questions=QUESTION) == []


PLACE = "content/guides/own.md:8:"
FIRES = [
    (
        "See [it](../relief/calf-strech.md).\n",
        f"{PLACE}10: error: there is no content/relief/calf-strech.md (did you mean “relief/calf-stretch”?)",
    ),
    (
        "See [it](../relief/stretch.md).\n",
        f"{PLACE}10: error: there is no content/relief/stretch.md any more (it is content/relief/calf-stretch.md now)",
    ),
    (
        "See [it](../causes/draft.md).\n",
        f"{PLACE}10: error: this links to content/causes/draft.md, which is not published (draft)"
        " (publish that article first, or leave the link out)",
    ),
    (
        "See [it](../causes/later.md#sources).\n",
        f"{PLACE}10: error: this links to content/causes/later.md, which is not published (scheduled)"
        " (publish that article first, or leave the link out)",
    ),
    (
        "See [it](../relief/calf-stretch.md#how-to-do).\n",
        f"{PLACE}10: error: content/relief/calf-stretch.md has no heading #how-to-do (did you mean “how-to-do-it”?)",
    ),
    (
        "See [it](#how).\n\n## How it is\n\nSo.\n",
        f"{PLACE}10: error: content/guides/own.md has no heading #how (it can be: how-it-is, sources)",
    ),
    (
        "See [it](../relief/calf-stretch.md#steps).\n",
        f"{PLACE}10: error: content/relief/calf-stretch.md has no heading #steps (it can be: how-to-do-it, sources)",
    ),
    ("See [it](/glosary/).\n", f"{PLACE}10: error: the site has no page /glosary/ (did you mean “/glossary/”?)"),
    ("See [it](/glossary).\n", f"{PLACE}10: error: the site has no page /glossary (did you mean “/glossary/”?)"),
    (
        "See [it](/relief/calf-strech/).\n",
        f"{PLACE}10: error: the site has no page /relief/calf-strech/ (did you mean “/relief/calf-stretch/”?)",
    ),
    (
        "See [it](/relief/calf-stretch).\n",
        f"{PLACE}10: error: the site has no page /relief/calf-stretch (did you mean “/relief/calf-stretch/”?)",
    ),
    (
        "See [it](/relief/calf-stretch/#how-to-do).\n",
        f"{PLACE}10: error: content/relief/calf-stretch.md has no heading #how-to-do (did you mean “how-to-do-it”?)",
    ),
    ("See [it](/relief/stretch/).\n", f"{PLACE}10: error: there is no /relief/stretch/ any more (it is content/relief/calf-stretch.md now)"),
    (
        "See [it](/causes/draft/).\n",
        f"{PLACE}10: error: this links to /causes/draft/, which is not published (draft)"
        " (publish that article first, or leave the link out)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", FIRES)
def test_fires(text, expected):
    assert found(text) == [expected]


def test_each_broken_link_is_reported_at_its_own_place():
    assert [line.split(" error")[0] for line in found("[a](x.md) [b](y.md)\n\n[a](x.md)\n")] == [
        "content/guides/own.md:8:5:",
        "content/guides/own.md:8:15:",
        "content/guides/own.md:10:5:",
    ]


def test_a_link_in_an_answer_is_looked_at_too():
    assert len(found("Text.\n", questions=[{"question": "Q?", "answer": "[x](x.md)"}])) == 1


@pytest.mark.parametrize("fields", [{"draft": True}, {"publish_on": "2027-01-01"}])
def test_what_is_not_published_itself_may_link_to_what_comes_out_with_it(fields):
    assert found("[a](../causes/draft.md) [b](../causes/later.md)\n", **fields) == [
        "content/guides/own.md:9:5: notice: this links to content/causes/draft.md, which is not published (draft)"
        " (publish that article first, or leave the link out)",
        "content/guides/own.md:9:29: notice: this links to content/causes/later.md, which is not published (scheduled)"
        " (publish that article first, or leave the link out)",
    ]
    assert "error: there is no content/guides/x.md" in found("[x](x.md)\n", **fields)[0]
    assert "error: content/guides/own.md has no heading #x" in found("[x](#x)\n", **fields)[0]
    assert found("[x](#x) [x](own.md#x) [x](own.md)\n\n## X\n", **fields) == []


def test_the_fixed_addresses_are_pages_of_every_site():
    assert set(FIXED) <= set(Linked(OTHERS).pages())
    assert isinstance(Linked({}).pages()["/"].scope, pages.HomeScope)
