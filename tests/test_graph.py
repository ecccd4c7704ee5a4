"""Linking: who is published, and how articles are linked in both directions."""

import pytest

from healthsite import kinds
from healthsite.model import Card, Reference
from tests.linked import TEXT, Linked, article

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
    return {name: list(others) for name, others in linked.site.edges[article_id].items()}


@pytest.mark.parametrize("kind, field, target, inverse", RELATIONS)
def test_a_relation_declared_on_one_side_is_there_on_both(kind, field, target, inverse):
    own, other = f"{kinds.KINDS[kind].folder}/own", OTHERS[target]
    linked = Linked({own: article(kind, **{field: named(field, target)}), other: article(target)})
    assert ends(linked, own) == {field: [other]}
    assert ends(linked, other) == {inverse: [own]}


def test_related_written_on_both_sides_counts_once():
    linked = Linked({
        "causes/b": article("cause", title="B", related=["a"]),
        "causes/a": article("cause", title="A", related=["b"]),
    })  # fmt: skip
    assert ends(linked, "causes/a") == {"related": ["causes/b"]}
    assert ends(linked, "causes/b") == {"related": ["causes/a"]}


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
def test_a_relation_to_what_is_not_published_is_left_out(fields, status):
    linked = Linked({"causes/own": article("cause", relief=["r"]), "relief/r": article("relief", **fields)})
    assert ends(linked, "causes/own") == {}
    assert list(linked.site.outlines) == list(linked.site.cards) == ["causes/own"]
    assert linked.site.unpublished == {"relief/r": status}


def test_a_relation_from_what_is_not_published_is_left_out():
    linked = Linked({"causes/own": article("cause", relief=["r"], draft=True), "relief/r": article("relief")})
    assert ends(linked, "relief/r") == {}


@pytest.mark.parametrize("fields, status", LEFT_OUT)
def test_with_drafts_everything_is_published_and_linked(fields, status):
    articles = {"causes/own": article("cause", relief=["r"]), "relief/r": article("relief", **fields)}
    linked = Linked(articles, drafts=True)
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
    assert ("causes/own" in linked.site.outlines) == (status == "published")


def test_a_relation_to_a_file_that_can_not_be_used_is_left_out():
    linked = Linked({"causes/own": article("cause", relief=["r"])}, broken=("relief/r",))
    assert ends(linked, "causes/own") == {}
    assert linked.site.unpublished == {"relief/r": "broken"}


@pytest.mark.parametrize("fields", [{"relief": ["gone"]}, {"related": ["own"]}, {"relief": ["own"]}])
def test_a_relation_that_leads_nowhere_is_left_out(fields):
    assert ends(Linked({"causes/own": article("cause", **fields)}), "causes/own") == {}


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
    assert list(linked.site.outlines) == list(linked.site.cards) == order
    assert [card.id for card in linked.site.of_kind("cause")] == order[:4]


def test_the_order_in_which_files_are_read_changes_nothing():
    articles = {
        "causes/a": article("cause", title="A", symptoms=["s"], related=["b"]),
        "causes/b": article("cause", title="B", symptoms=["s"], related=["a"]),
        "symptoms/s": article("symptom", title="S"),
    }
    there, back = Linked(articles), Linked(dict(reversed(articles.items())))
    assert there.site == back.site
    assert list(there.site.outlines) == list(back.site.outlines)


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
    assert tried == set(Card._fields) - {"digest"}
    cards = Linked({
        "causes/f": article("cause"),
        "causes/g": article("cause"),
        "symptoms/f": article("symptom"),
    }).site.cards.values()  # fmt: skip
    assert len({card.digest for card in cards}) == 3


def test_what_only_an_articles_own_page_shows_leaves_its_card_alone():
    plain = Linked({"causes/c": article("cause")}).site.cards["causes/c"]
    for text in (
        article("cause", f"More.\n\n{TEXT}"),
        article("cause", aliases=["causes/old"]),
        article("cause", publish_on="2026-01-01"),
    ):
        assert Linked({"causes/c": text}).site.cards["causes/c"] == plain


FIELDS = {"type": "rct", "authors": "[A B]", "title": "Other", "container": "J", "year": "2020", "volume": "1"}
FIELDS |= {"issue": "2", "pages": "3", "doi": "10.1234/x", "pmid": "77", "url": "https://example.org/other"}


def test_every_field_of_a_source_is_in_its_digest_and_its_place_is_not():
    plain = {"type": "review", "title": "T", "url": "https://example.org/"}

    def digest(before="", name="who", **fields):
        entry = "".join(f"\n  {key}: {value}" for key, value in (plain | fields).items())
        return Linked({}, references=f"{before}{name}:{entry}\n").site.sources[name].digest

    digests = [digest(), digest(name="whom"), *(digest(**{key: value}) for key, value in FIELDS.items())]
    assert len(set(digests)) == len(digests)
    assert set(FIELDS) | {"id", "line", "column"} == set(Reference._fields)
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
