"""Names: the letter that each stands under, and the order of all."""

import ast
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthsite import checks, source
from healthsite.digest import of_bytes
from healthsite.naming import letter_of, order_of
from healthsite.records import Gist, dump_outline, gist_of
from tests.linked import Linked, article

LETTERS = [
    ("Thirst", "t"),
    ("dehydration", "d"),
    ("Àrbol", "a"),
    ("“Dry” legs", "d"),
    ("'tis", "t"),
    ("5 drops", "0"),
    ("Łydka", "0"),
    ("", "0"),
]


@pytest.mark.parametrize("name, letter", LETTERS)
def test_a_name_stands_under_a_letter(name, letter):
    assert letter_of(name) == letter


NAMES = {"causes/a": ["Ache", "Pain"], "causes/b": ["Burn"], "guides/c": ["Cramp"]}

THE_SAME = [
    {"causes/a": ["Aches", "Pain"]},
    {"causes/b": ["Bruise"]},
    {"causes/b": ["BURN"]},
    {"guides/c": ["Cramps and more"]},
]
OTHERS = [
    {"causes/b": ["Zone"]},
    {"causes/b": ["Ache"]},
    {"causes/b": ["About"]},
    {"causes/b": ["“Burn”"]},
    {"causes/b": ["Çool"]},
    {"causes/a": ["Pain", "Ache"]},
    {"causes/a": ["Pain", "Pain"]},
    {"causes/a": ["Ache"]},
    {"guides/d": ["Cramp"], "guides/c": ["Dye"]},
    {"guides/d": ["More"]},
    {"guides/c": ["Dye"]},  # it stands where it stood, but under another letter
]


@pytest.mark.parametrize("change", THE_SAME)
def test_another_name_in_the_same_place_leaves_the_order_as_it_is(change):
    assert order_of(NAMES | change) == order_of(NAMES)


@pytest.mark.parametrize("change", OTHERS)
def test_whatever_moves_a_name_is_another_order(change):
    assert order_of(NAMES | change) != order_of(NAMES)


def test_the_order_does_not_hang_on_that_of_the_articles():
    assert order_of(dict(reversed(NAMES.items()))) == order_of(NAMES)


def test_names_that_are_alike_are_told_from_those_that_are_not():
    assert order_of({"causes/a": ["Ache"], "causes/b": ["ache"]}) != order_of(
        {"causes/a": ["Ache"], "causes/b": ["Aches"]}
    )


def test_names_go_before_the_articles_that_have_them():
    """“a” of causes/z stands before “aa” of causes/a."""
    assert order_of({"causes/z": ["a"], "causes/a": ["aa"]}) != order_of({"causes/z": ["ab"], "causes/a": ["aa"]})


WRITTEN = st.text(st.sampled_from("aAbß sS“É-1"), min_size=1, max_size=4)
ALL_NAMES = st.dictionaries(
    st.sampled_from(["causes/a", "causes/b", "guides/a-b"]), st.lists(WRITTEN, min_size=1, max_size=2)
)


def sorted_plainly(names: Mapping[str, Sequence[str]]) -> list[tuple[str, str, int]]:
    """As every list of the site sorts: by the name in whatever case, then by the article."""
    return sorted(
        (name.casefold(), key, at) for key, own in names.items() for at, name in enumerate(dict.fromkeys(own))
    )


@given(ALL_NAMES, ALL_NAMES)
def test_the_order_is_that_of_names_in_whatever_case_then_of_articles(one, other):
    if order_of(one) == order_of(other):
        assert [row[1:] for row in sorted_plainly(one)] == [row[1:] for row in sorted_plainly(other)]


def test_the_pages_sort_by_it():
    """Else a title could move on a page while the order stays, and the page would be stale."""
    titles = {"b": "Straße", "a": "STRASSE", "c": "strasse 2", "d": "Strap", "e": "“Strap”", "f": "strap-on", "g": "S"}
    linked = Linked({f"causes/{name}": article("cause", title=title) for name, title in titles.items()})
    expected = [key for _, key, _ in sorted_plainly({f"causes/{name}": [title] for name, title in titles.items()})]
    assert [*linked.site.cards] == expected
    letters = linked.pages()["/a-z/"].scope.sections  # type: ignore[union-attr]
    assert len(letters) == 1
    assert [entry.card.id for entry in letters[0].entries if entry.card] == expected


# --- what is known of an article without its title and summary ---------------------------------------------------------

FREE = {"ratings"}
"""It compares names, and tells of those that are alike: these the order tells, too."""


def test_no_check_of_other_articles_looks_at_titles_and_summaries():
    """Where nothing else was changed, what these checks found is not looked for again."""
    for module in (*checks._OF_ARTICLES, *checks._OF_SITES):
        name = module.__name__.rpartition(".")[2]
        read = {node.attr for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Attribute)}
        assert bool(read & {"title", "summary"}) == (name in FREE), name


def test_another_title_or_summary_is_another_thing_shown_and_no_other_meaning():
    before = gist(title="Thirst", summary="Nobody knows.")
    for fields in ({"title": "Thirsty", "summary": "Nobody knows."}, {"title": "Thirst", "summary": "We know."}):
        after = gist(**fields)
        assert (after.meaning, after.names == before.names) == (before.meaning, fields["title"] == "Thirst")
        assert after.shown != before.shown
    other = gist(title="Thirst", summary="Nobody knows.", also_called=["dry"])
    assert (other.meaning != before.meaning, other.shown) == (True, before.shown)


def gist(**fields: Any) -> Gist:
    data = article("cause", **fields).encode()
    return gist_of(dump_outline(source.parse("content/causes/a.md", data, of_bytes(data))))
