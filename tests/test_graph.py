"""Linking: who is published, and how articles are linked in both directions."""

import pytest

from healthsite import graph, kinds
from tests.linked import TEXT, Linked, article, lines

OTHERS = {
    "cause": "causes/other",
    "symptom": "symptoms/other",
    "relief": "relief/other",
    "red-flag": "red-flags/other",
    "guide": "guides/other",
}
RELATIONS = [
    (kind.name, spec.field, target, spec.inverse)
    for kind in kinds.KINDS.values()
    for spec in (*kind.relations, kinds.RelationSpec("related", (kind.name,), "related"))
    for target in spec.targets
]


def named(field: str, target: str) -> list[str]:
    """A relation's value: folder/slug where the field can name several kinds."""
    several = field in ("about", "cautions")
    return [OTHERS[target] if several else "other"]


def ends(linked: Linked, article_id: str) -> dict[str, list[str]]:
    return {name: [edge.to for edge in edges] for name, edges in linked.site.edges[article_id].items()}


@pytest.mark.parametrize("kind, field, target, inverse", RELATIONS)
def test_a_relation_declared_on_one_side_is_there_on_both(kind, field, target, inverse):
    own, other = f"{kinds.KINDS[kind].folder}/own", OTHERS[target]
    linked = Linked({own: article(kind, **{field: named(field, target)}), other: article(target)})
    assert linked.findings == ()
    assert ends(linked, own) == {field: [other]}
    assert ends(linked, other) == {inverse: [own]}


@pytest.mark.parametrize("kind, field, target, inverse", RELATIONS)
def test_both_sides_know_the_place_where_a_relation_is_declared(kind, field, target, inverse):
    own, other = f"{kinds.KINDS[kind].folder}/own", OTHERS[target]
    linked = Linked({own: article(kind, title="T", **{field: named(field, target)}), other: article(target)})
    (declared,) = linked.site.edges[own][field]
    (derived,) = linked.site.edges[other][inverse]
    assert declared[1:] == derived[1:] == (f"content/{own}.md", 3, len(field) + 4)


def test_related_written_on_both_sides_counts_once_at_its_first_place():
    linked = Linked({
        "causes/b": article("cause", title="B", related=["a"]),
        "causes/a": article("cause", title="A", related=["b"]),
    })  # fmt: skip
    assert ends(linked, "causes/a") == {"related": ["causes/b"]}
    assert ends(linked, "causes/b") == {"related": ["causes/a"]}
    assert {edge.path for edges in linked.site.edges.values() for edge in edges["related"]} == {"content/causes/a.md"}


def test_a_chain_of_related_articles_links_neighbours_only():
    linked = Linked({
        "causes/a": article("cause", title="A", related=["b"]),
        "causes/b": article("cause", title="B", related=["c"]),
        "causes/c": article("cause", title="C"),
    })  # fmt: skip
    assert [ends(linked, f"causes/{name}")["related"] for name in "abc"] == [
        ["causes/b"],
        ["causes/a", "causes/c"],
        ["causes/b"],
    ]


def test_a_caution_never_becomes_helps_with():
    linked = Linked({"relief/r": article("relief", cautions=["causes/c"]), "causes/c": article("cause")})
    assert ends(linked, "causes/c") == {"take_care_with": ["relief/r"]}
    assert linked.site.related("relief/r", "helps_with") == ()


# --- what is not published ---------------------------------------------------------------------------------------------

LEFT_OUT = [
    ({"draft": True}, "draft"),
    ({"publish_on": "2026-11-23"}, "scheduled"),
    ({"draft": True, "publish_on": "2026-11-01"}, "draft"),
]


@pytest.mark.parametrize("fields, status", LEFT_OUT)
def test_a_relation_to_what_is_not_published_is_left_out_with_a_notice(fields, status):
    linked = Linked({"causes/own": article("cause", relief=["r"]), "relief/r": article("relief", **fields)})
    assert lines(linked.findings) == [
        f"content/causes/own.md:2:10: notice: “relief/r” is not published yet ({status}), so “relief” leaves it out"
    ]
    assert ends(linked, "causes/own") == {}
    assert list(linked.site.articles) == list(linked.site.cards) == ["causes/own"]
    assert linked.site.unpublished == {"relief/r": status}


def test_a_relation_from_what_is_not_published_is_left_out_in_silence():
    linked = Linked({"causes/own": article("cause", relief=["r"], draft=True), "relief/r": article("relief")})
    assert linked.findings == ()
    assert ends(linked, "relief/r") == {}


@pytest.mark.parametrize("fields, status", LEFT_OUT)
def test_with_drafts_everything_is_published_and_linked(fields, status):
    articles = {"causes/own": article("cause", relief=["r"]), "relief/r": article("relief", **fields)}
    linked = Linked(articles, drafts=True)
    assert linked.findings == ()
    assert ends(linked, "relief/r") == {"helps_with": ["causes/own"]}
    assert linked.site.unpublished == {}


@pytest.mark.parametrize("today, status", [
    ("2026-11-30", "scheduled"),
    ("2026-12-01", "published"),
    ("2026-12-02", "published"),
    ("2027-01-01", "published"),
])  # fmt: skip
def test_an_article_is_published_from_its_day_on(today, status):
    linked = Linked({"causes/own": article("cause", publish_on="2026-12-01")}, today=today)
    assert linked.site.unpublished.get("causes/own", "published") == status
    assert ("causes/own" in linked.site.articles) == (status == "published")


# --- relations that lead nowhere ---------------------------------------------------------------------------------------

FIRST = "content/causes/own.md:2:"
NOWHERE = [
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


@pytest.mark.parametrize("fields, expected", [row[1:] for row in NOWHERE], ids=[row[0] for row in NOWHERE])
@pytest.mark.parametrize("own", [{}, {"draft": True}], ids=["published", "draft"])
def test_a_relation_that_leads_nowhere_is_an_error(fields, expected, own):
    linked = Linked({
        "causes/own": article("cause", **fields, **own),
        "relief/calf-stretch": article("relief"),
        "relief/heat": article("relief", draft=True),
        "symptoms/night-waking": article("symptom"),
        "red-flags/cold-leg": article("red-flag"),
    })  # fmt: skip
    assert lines(linked.findings) == [expected]


def test_every_relation_that_leads_nowhere_is_reported():
    linked = Linked({
        "causes/a": article("cause", relief=["x", "y"], symptoms=["z"]),
        "symptoms/b": article("symptom", relief=["x"]),
    })  # fmt: skip
    assert [(found.path, found.line) for found in linked.findings] == [
        ("content/causes/a.md", 3),
        ("content/causes/a.md", 2),
        ("content/causes/a.md", 2),
        ("content/symptoms/b.md", 2),
    ]


# --- order and cards ---------------------------------------------------------------------------------------------------


def test_articles_stand_by_kind_then_by_title_in_any_case():
    linked = Linked({
        "guides/z": article("guide", title="A"),
        "causes/1": article("cause", title="beta"),
        "causes/2": article("cause", title="Alpha"),
        "causes/4": article("cause", title="Gamma"),
        "causes/3": article("cause", title="Gamma"),
        "relief/x": article("relief", title="A"),
    })  # fmt: skip
    order = ["causes/2", "causes/1", "causes/3", "causes/4", "relief/x", "guides/z"]
    assert list(linked.site.articles) == list(linked.site.cards) == order
    assert [card.id for card in linked.site.of_kind("cause")] == order[:4]


def test_the_order_in_which_files_are_read_changes_nothing():
    articles = {
        "causes/a": article("cause", title="A", symptoms=["s"], related=["b"]),
        "causes/b": article("cause", title="B", symptoms=["s"], related=["a"]),
        "symptoms/s": article("symptom", title="S"),
    }
    there, back = Linked(articles), Linked(dict(reversed(articles.items())))
    assert there.site == back.site
    assert list(there.site.articles) == list(back.site.articles)


SHOWN = {
    "title": "Another",
    "summary": "Another.",
    "also_called": ["another"],
    "urgency": "routine",
    "general": True,
    "upgrade": [{"urgency": "emergency", "signs": "another"}],
    "possible_condition": "Another",
}


@pytest.mark.parametrize("field", SHOWN)
def test_what_other_pages_show_of_an_article_changes_its_cards_digest(field):
    plain = Linked({"red-flags/f": article("red-flag")}).site.cards["red-flags/f"]
    changed = Linked({"red-flags/f": article("red-flag", **{field: SHOWN[field]})}).site.cards["red-flags/f"]
    assert changed.digest != plain.digest


def test_every_field_of_a_card_is_in_its_digest():
    """A card stands in a page's key by its digest alone."""
    tried = {"id", "kind", *SHOWN, "facets", "upgrades"} - {"urgency", "general", "upgrade"}
    assert tried == set(graph.Card._fields) - {"digest"}
    cards = Linked({
        "causes/f": article("cause"),
        "causes/g": article("cause"),
        "symptoms/f": article("symptom"),
    }).site.cards.values()  # fmt: skip
    assert len({card.digest for card in cards}) == 3


def test_what_only_an_articles_own_page_shows_leaves_its_card_alone():
    plain = Linked({"causes/c": article("cause")}).site.cards["causes/c"]
    for fields in ({"text": f"More.\n\n{TEXT}"}, {"aliases": ["causes/old"]}, {"publish_on": "2026-01-01"}):
        assert Linked({"causes/c": article("cause", **fields)}).site.cards["causes/c"] == plain


FIELDS = {"type": "rct", "authors": "[A B]", "title": "Other", "container": "J", "year": "2020", "volume": "1"}
FIELDS |= {"issue": "2", "pages": "3", "doi": "10.1234/x", "pmid": "77", "url": "https://example.org/other"}


def test_every_field_of_a_source_is_in_its_digest_and_its_place_is_not():
    plain = {"type": "review", "title": "T", "url": "https://example.org/"}

    def digest(before="", name="who", **fields):
        entry = "".join(f"\n  {key}: {value}" for key, value in (plain | fields).items())
        return Linked({}, references=f"{before}{name}:{entry}\n").site.sources[name].digest

    digests = [digest(), digest(name="whom"), *(digest(**{key: value}) for key, value in FIELDS.items())]
    assert len(set(digests)) == len(digests)
    assert set(FIELDS) | {"id", "line", "column"} == set(graph.Reference._fields)
    assert digest(before="# a line more\n\n") == digest()


def test_every_field_of_a_word_is_in_its_digest_and_its_place_is_not():
    glossaries = [
        "calf: {definition: A muscle.}",
        "calf: {definition: Another muscle.}",
        "calf: {definition: A muscle., forms: [calves]}",
        "calves: {definition: A muscle.}",
    ]
    digests = {next(iter(Linked({}, glossary=text).site.words.values())).digest for text in glossaries}
    assert len(digests) == 4
    assert Linked({}, glossary=f"\n{glossaries[0]}").site.words["calf"].digest in digests
