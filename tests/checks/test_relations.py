"""Relations lead to articles, of the right kind and published."""

import pytest

from healthsite.checks.relations import check
from tests.linked import Linked, article

OTHERS = {
    "relief/calf-stretch": article("relief"),
    "relief/heat": article("relief", draft=True),
    "symptoms/night-waking": article("symptom"),
    "red-flags/cold-leg": article("red-flag"),
}


def found(fields, **options):
    return Linked({"causes/own": article("cause", **fields), **OTHERS}, **options).found(check)


@pytest.mark.parametrize("fields, options", [
    ({}, {}),
    ({"relief": ["calf-stretch"], "symptoms": ["night-waking"], "red_flags": ["cold-leg"]}, {}),
    ({"relief": ["heat"]}, {"drafts": True}),
    ({"relief": ["broken"]}, {"broken": ("relief/broken",)}),
])  # fmt: skip
def test_silent(fields, options):
    assert found(fields, **options) == []


def test_silent_on_folder_and_slug_of_several_kinds():
    own = {"guides/own": article("guide", about=["causes/c", "symptoms/night-waking"]), "causes/c": article("cause")}
    assert Linked(own | OTHERS).found(check) == []


FIRST = "content/causes/own.md:2:"
FIRES = [
    (
        "an unknown target, with the nearest of its kind",
        {"relief": ["calf-strech"]},
        f'{FIRST}10: error: “relief” names “calf-strech”, but there is no content/relief/calf-strech.md (did you mean “calf-stretch”?)',
    ),
    (
        "the second of several, at its own column",
        {"relief": ["calf-stretch", "heet"]},
        f"{FIRST}26: error: “relief” names “heet”, but there is no content/relief/heet.md (did you mean “heat”?)",
    ),
    (
        "a target of another kind, saying which",
        {"relief": ["cold-leg"]},
        f"{FIRST}10: error: there is no relief/cold-leg, and “relief” names articles in relief/ (red-flags/cold-leg is a red-flag)",
    ),
    (
        "an article that names itself",
        {"related": ["own"]},
        f"{FIRST}11: error: “related” names the article itself",
    ),
    (
        "nothing like it anywhere: the few that there are",
        {"symptoms": ["xylophone"]},
        f"{FIRST}12: error: “symptoms” names “xylophone”, but there is no content/symptoms/xylophone.md (it can be: night-waking)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("fields, expected", [row[1:] for row in FIRES], ids=[row[0] for row in FIRES])
@pytest.mark.parametrize("own", [{}, {"draft": True}], ids=["published", "draft"])
def test_fires(fields, expected, own):
    assert found(fields | own) == [expected]


@pytest.mark.parametrize("fields, status", [
    ({"draft": True}, "draft"),
    ({"publish_on": "2026-11-23"}, "scheduled"),
    ({"draft": True, "publish_on": "2026-11-01"}, "draft"),
])  # fmt: skip
def test_what_is_not_published_yet_is_left_out_with_a_notice(fields, status):
    linked = Linked({"causes/own": article("cause", relief=["r"]), "relief/r": article("relief", **fields)})
    assert linked.found(check) == [
        f"content/causes/own.md:2:10: notice: “relief/r” is not published yet ({status}), so “relief” leaves it out"
    ]
    assert linked.site.related("causes/own", "relief") == ()


def test_every_relation_that_leads_nowhere_is_reported_at_its_own_place():
    linked = Linked({
        "causes/a": article("cause", relief=["x", "y"], symptoms=["z"]),
        "symptoms/b": article("symptom", relief=["x"]),
    })  # fmt: skip
    assert [line.split(": error")[0] for line in linked.found(check)] == [
        "content/causes/a.md:2:10",
        "content/causes/a.md:2:15",
        "content/causes/a.md:3:12",
        "content/symptoms/b.md:2:10",
    ]
