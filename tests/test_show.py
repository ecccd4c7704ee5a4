"""An article's relations in words, each with the line that it comes from."""

import pytest

from healthsite.show import relations
from tests.linked import Linked, article

SITE = {
    "causes/c": article("cause", title="C", symptoms=["s"], related=["d"]),
    "causes/d": article("cause", related=["c"], title="D", symptoms=["t", "s"]),
    "symptoms/s": article("symptom", title="S"),
    "symptoms/t": article("symptom", title="T"),
    "relief/r": article("relief", title="R", cautions=["causes/c", "guides/g"]),
    "guides/g": article("guide", title="G", about=["guides/h", "causes/c"]),
    "guides/h": article("guide", about=["guides/g"], title="H"),
    "symptoms/alone": article("symptom", title="Alone"),
}


def told(name: str, site=SITE) -> list[str]:
    linked = Linked(site)
    by_key = {item.key: item for item in linked.articles.values()}
    return [
        " ".join(line.split()) for text in relations(linked.site, name, by_key.__getitem__) for line in text.split("\n")
    ]


@pytest.mark.parametrize("name, expected", [
    ("symptoms/alone", ["symptoms/alone: Alone (symptom)", "", "no relations"]),
    (
        "symptoms/s",
        [
            "symptoms/s: S (symptom)",
            "",
            "possible_causes",
            "causes/c derived from content/causes/c.md:3:12",
            "causes/d derived from content/causes/d.md:4:17",
        ],
    ),
    (
        "relief/r",
        [
            "relief/r: R (relief)",
            "",
            "cautions",
            "causes/c declared in content/relief/r.md:3:12",
            "guides/g declared in content/relief/r.md:3:24",
        ],
    ),
    (
        "guides/g",
        [
            "guides/g: G (guide)",
            "",
            "take_care_with",
            "relief/r derived from content/relief/r.md:3:24",
            "",
            "about",
            "guides/h declared in content/guides/g.md:3:9",
            "causes/c declared in content/guides/g.md:3:21",
            "",
            "read_more",
            "guides/h derived from content/guides/h.md:2:9",
        ],
    ),
])  # fmt: skip
def test_each_relation_is_told_on_both_its_sides_with_its_place(name, expected):
    assert told(name) == expected


def test_related_that_both_sides_declare_is_told_at_its_own_place():
    assert "causes/d declared in content/causes/c.md:4:11" in told("causes/c")
    assert "causes/c declared in content/causes/d.md:2:11" in told("causes/d")


def test_related_that_the_other_side_declares_is_told_at_the_others_place():
    site = {"causes/a": article("cause"), "causes/b": article("cause", related=["a"])}
    assert told("causes/a", site)[2:] == ["related", "causes/b derived from content/causes/b.md:2:11"]


def test_several_relations_between_two_articles_are_told_each_at_its_own_place():
    site = {
        "guides/a": article("guide", about=["guides/b"], related=["b"]),
        "guides/b": article("guide", about=["guides/a"]),
    }
    assert told("guides/a", site)[1:] == [
        "",
        "about",
        "guides/b declared in content/guides/a.md:2:9",
        "",
        "related",
        "guides/b declared in content/guides/a.md:3:11",
        "",
        "read_more",
        "guides/b derived from content/guides/b.md:2:9",
    ]
