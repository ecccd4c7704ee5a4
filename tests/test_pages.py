"""Routes: every page there is, what each may see, and that a page's key names all of it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from healthsite import kinds, others, pages
from healthsite.config import Features
from healthsite.model import Card, Reference, Source, Term, Word
from tests.linked import Linked, article, config

FIXED = {
    "/": "home.html",
    "/causes/": "index.html",
    "/symptoms/": "index.html",
    "/relief/": "index.html",
    "/red-flags/": "index.html",
    "/guides/": "index.html",
    "/a-z/": "a-z.html",
    "/glossary/": "glossary.html",
    "/sources/": "sources.html",
    "/map/": "map.html",
    "/search/": "search.html",
    "/offline.html": "offline.html",
    "/about/": "about.html",
    "/privacy/": "privacy.html",
    "/404.html": "404.html",
    "/robots.txt": "robots.txt",
    "/site.webmanifest": "site.webmanifest",
    "/sheets/warning-signs/": "sheet.html",
    "/sheets/cramp-diary/": "sheet.html",
    "/sheets/questions-for-the-doctor/": "sheet.html",
    "/feed.xml": "feed.xml",
    "/sitemap.xml": "sitemap.xml",
}
CHANGED = [{"on": "2026-11-01", "note": "First published."}]


def templates(routes: dict[str, pages.Page]) -> dict[str, str]:
    return {address: page.template for address, page in routes.items()}


def seen(routes: dict[str, pages.Page], address: str) -> Any:
    """What a page sees."""
    return routes[address].scope


def ids(cards) -> list[str]:
    return [card.id for card in cards]


# --- which pages there are ---------------------------------------------------------------------------------------------


def test_an_empty_site_has_every_page_that_no_article_stands_behind():
    assert templates(Linked({}).pages()) == FIXED


def test_each_article_has_its_page_and_each_old_address_leads_on():
    linked = Linked({
        "causes/c": article("cause", aliases=["causes/old", "guides/older"]),
        "symptoms/s": article("symptom"),
        "relief/r": article("relief"),
        "red-flags/f": article("red-flag"),
        "guides/g": article("guide"),
        "guides/draft": article("guide", draft=True, aliases=["guides/gone"]),
    })  # fmt: skip
    assert templates(linked.pages()) == FIXED | {
        "/causes/c/": "cause.html",
        "/symptoms/s/": "symptom.html",
        "/relief/r/": "relief.html",
        "/red-flags/f/": "red-flag.html",
        "/guides/g/": "guide.html",
        "/causes/old/": "redirect.html",
        "/guides/older/": "redirect.html",
    }
    assert linked.pages()["/guides/older/"].scope == pages.RedirectScope(linked.site.cards["causes/c"])


# --- indexes -----------------------------------------------------------------------------------------------------------

CAUSES = {
    "causes/a": article("cause", title="A", group="medicine", symptoms=["s"]),
    "causes/b": article("cause", title="B", group="everyday"),
    "causes/c": article("cause", title="C", group="everyday", symptoms=["s", "t"]),
    "causes/d": article("cause", title="D", group="look-alike"),
    "symptoms/s": article("symptom", title="S"),
    "symptoms/t": article("symptom", title="T", ordinary=False),
}


def shape(page: pages.Page) -> list[tuple[str, int, list[str]]]:
    assert isinstance(page.scope, pages.IndexScope)
    return [(section.key, section.size, names(section)) for section in page.scope.sections]


def names(section: pages.Section) -> list[str]:
    """What a section lists."""
    return [entry.name or (entry.card.title if entry.card else "") for entry in section.entries]


def test_an_index_within_the_limit_is_one_page_with_its_sections_in_the_configurations_order():
    routes = Linked(CAUSES).pages(index_entries=4)
    assert shape(routes["/causes/"]) == [("everyday", 2, ["B", "C"]), ("medicine", 1, ["A"]), ("look-alike", 1, ["D"])]
    assert shape(routes["/symptoms/"]) == [("true", 1, ["S"]), ("", 1, ["T"])]
    assert not [address for address in routes if address.startswith(("/causes/by/", "/symptoms/by/"))]


def test_above_the_limit_it_is_a_page_of_contents_and_a_page_a_section():
    routes = Linked(CAUSES).pages(index_entries=3)
    assert [address for address in routes if address.startswith("/causes/by/")] == [
        "/causes/by/everyday/",
        "/causes/by/medicine/",
        "/causes/by/look-alike/",
    ]
    bare: list[tuple[str, int, list[str]]] = [("everyday", 2, []), ("medicine", 1, []), ("look-alike", 1, [])]
    assert shape(routes["/causes/"]) == bare
    assert shape(routes["/causes/by/everyday/"]) == [("everyday", 2, ["B", "C"]), *bare[1:]]
    assert shape(routes["/causes/by/look-alike/"]) == [*bare[:2], ("look-alike", 1, ["D"])]
    assert [seen(routes, f"/causes/by/{key}/").current for key in ("everyday", "medicine")] == ["everyday", "medicine"]
    assert [address for address in routes if address.startswith("/symptoms/by/")] == []


@pytest.mark.parametrize("folder, expected", [("causes", "ABCD"), ("symptoms", "ST"), ("a-z", "ABCDST")])
def test_every_entry_of_a_divided_index_is_shown_once(folder, expected):
    routes = Linked(CAUSES).pages(index_entries=1)
    parts = [
        page for address, page in routes.items() if address.startswith((f"/{folder}/by/",)) or address == f"/{folder}/"
    ]
    assert len(parts) > 2
    assert sorted(name for page in parts for _, _, names in shape(page) for name in names) == list(expected)


LINES = [
    (1, [["B"], ["C"]]),  # C has three lines with its two symptoms: it stands alone
    (3, [["B"], ["C"]]),
    (4, [["B", "C"]]),
]


@pytest.mark.parametrize("lines, parts", LINES)
def test_a_long_section_goes_on_over_several_pages(lines, parts):
    routes = Linked(CAUSES).pages(index_entries=1, index_lines=lines)
    addresses = ["/causes/by/everyday/", "/causes/by/everyday/2/"][: len(parts)]
    assert [address for address in routes if address.startswith("/causes/by/everyday/")] == addresses
    shown = [seen(routes, address) for address in addresses]
    assert [names(scope.sections[0]) for scope in shown] == parts
    assert {scope.sections[0].size for scope in shown} == {2}
    assert [(scope.part, scope.parts) for scope in shown] == [
        (number, len(parts)) for number in range(1, len(parts) + 1)
    ]


def test_so_does_a_letter_and_an_index_of_one_page_does_not():
    articles = {f"causes/{name}": article("cause", title=f"T{name}") for name in "abcde"}
    articles["causes/x"] = article("cause", title="X")
    routes = Linked(articles).pages(index_entries=5, index_lines=2)
    assert [address for address in routes if address.startswith("/a-z/by/")] == [
        "/a-z/by/t/",
        "/a-z/by/t/2/",
        "/a-z/by/t/3/",
        "/a-z/by/x/",
    ]
    assert [shape(routes[f"/a-z/by/t/{part}"])[0] for part in ("", "2/", "3/")] == [
        ("t", 5, ["Ta", "Tb"]),
        ("t", 5, ["Tc", "Td"]),
        ("t", 5, ["Te"]),
    ]
    whole = Linked(articles).pages(index_entries=6, index_lines=2)
    assert not [address for address in whole if address.startswith("/a-z/by/")]


def test_a_section_without_a_key_has_an_address_of_its_own():
    routes = Linked(CAUSES).pages(index_entries=1)
    assert shape(routes["/symptoms/by/other/"]) == [("true", 1, []), ("", 1, ["T"])]


def test_one_section_is_not_divided():
    articles = {f"causes/{name}": article("cause", title=name) for name in "abc"}
    routes = Linked(articles).pages(index_entries=1)
    assert shape(routes["/causes/"]) == [("everyday", 3, ["a", "b", "c"])]
    assert "/causes/by/everyday/" not in routes


def test_indexes_show_what_their_articles_are_linked_with():
    routes = Linked(CAUSES).pages()
    links = {
        entry.card.title: ids(entry.links) for section in seen(routes, "/causes/").sections for entry in section.entries
    }
    assert links == {"A": ["symptoms/s"], "B": [], "C": ["symptoms/s", "symptoms/t"], "D": []}
    links = {
        entry.card.title: ids(entry.links)
        for section in seen(routes, "/symptoms/").sections
        for entry in section.entries
    }
    assert links == {"S": ["causes/a", "causes/c"], "T": ["causes/c"]}


def test_red_flags_stand_by_urgency_the_most_urgent_first():
    flags = {
        f"red-flags/{name}": article("red-flag", title=name, urgency=name)
        for name in ("routine", "same-day", "emergency")
    }
    assert [key for key, _, _ in shape(Linked(flags).pages()["/red-flags/"])] == ["emergency", "same-day", "routine"]


def test_a_to_z_holds_other_names_too_each_under_its_letter():
    linked = Linked({
        "causes/a": article("cause", title="Thirst", also_called=["dehydration", "Thirst", "Àrbol", "“Dry” legs", "5 drops"]),
        "causes/b": article("cause", title="dehydration"),
        "guides/c": article("guide", title="Łydka"),
    })  # fmt: skip
    assert shape(linked.pages()["/a-z/"]) == [
        ("0", 2, ["5 drops", "Łydka"]),
        ("a", 1, ["Àrbol"]),
        ("d", 3, ["dehydration", "dehydration", "“Dry” legs"]),
        ("t", 1, ["Thirst"]),
    ]


def test_the_glossary_and_the_sources_stand_by_letter():
    references = """\
one: {type: review, authors: [Zoe A], title: A title, doi: 10.1000/1}
two: {type: review, title: About two, doi: 10.1000/2}
three: {type: review, title: Nobody cites it, doi: 10.1000/3}
"""
    glossary = "calf: {definition: A muscle.}\nartery: {definition: A tube.}\nCramp: {definition: It hurts.}\n"
    articles = {
        "causes/a": article("cause", "So. [@one]\n"),
        "causes/b": article("cause", "So. [@one; @two] So. [@one]\n"),
        "causes/c": article("cause", "So. [@three]\n", draft=True),
    }
    routes = Linked(articles, references=references, glossary=glossary).pages()
    assert shape(routes["/sources/"]) == [("a", 1, ["About two"]), ("z", 1, ["Zoe A"])]
    assert ids(seen(routes, "/sources/").sections[1].entries[0].links) == ["causes/a", "causes/b"]
    assert shape(routes["/glossary/"]) == [("a", 1, ["artery"]), ("c", 2, ["calf", "Cramp"])]


# --- the map -----------------------------------------------------------------------------------------------------------

MAPPED = {
    "causes/a": article("cause", title="A", group="medicine", symptoms=["s"], red_flags=["f", "g"]),
    "causes/b": article("cause", title="B", group="everyday", symptoms=["t", "s"], red_flags=["f"]),
    "causes/c": article("cause", title="C", group="everyday", symptoms=["t"]),
    "causes/unlinked": article("cause", title="U", group="look-alike"),
    "symptoms/s": article("symptom", title="S"),
    "symptoms/t": article("symptom", title="T"),
    "symptoms/unlinked": article("symptom", title="U"),
    "red-flags/f": article("red-flag", title="F", urgency="emergency"),
    "red-flags/g": article("red-flag", title="G", urgency="routine"),
}


def rows(page: pages.Page) -> dict[str, list[str]]:
    assert isinstance(page.scope, pages.MapScope)
    return {row.symptom.id: ids(row.causes) for row in page.scope.rows}


def test_the_map_is_one_table_of_what_is_linked():
    routes = Linked(MAPPED).pages(map_cells=6)
    scope = seen(routes, "/map/")
    assert ids(scope.causes) == ["causes/a", "causes/b", "causes/c"]
    assert rows(routes["/map/"]) == {"symptoms/s": ["causes/a", "causes/b"], "symptoms/t": ["causes/b", "causes/c"]}
    assert scope.as_table
    assert scope.groups == ("everyday", "medicine")
    assert [(item.flag.id, ids(item.owners)) for item in scope.flags] == [
        ("red-flags/f", ["causes/a", "causes/b"]),
        ("red-flags/g", ["causes/a"]),
    ]
    assert not [address for address in routes if address.startswith("/map/by/")]


def test_the_maps_warning_signs_are_also_the_symptoms_own_and_those_for_everybody():
    articles = MAPPED | {
        "symptoms/t": article("symptom", title="T", red_flags=["own", "f"]),
        "red-flags/own": article("red-flag", title="O", urgency="same-day"),
        "red-flags/all": article("red-flag", title="E", urgency="emergency", general=True),
        "red-flags/nobodys": article("red-flag", title="N", urgency="emergency"),
    }
    scope = seen(Linked(articles).pages(), "/map/")
    assert [(item.flag.id, ids(item.owners)) for item in scope.flags] == [
        ("red-flags/all", []),
        ("red-flags/f", ["causes/a", "causes/b", "symptoms/t"]),
        ("red-flags/own", ["symptoms/t"]),
        ("red-flags/g", ["causes/a"]),
    ]


def test_the_search_knows_what_is_an_emergency_or_can_become_one():
    upgrade = [{"urgency": "emergency", "signs": "worse"}]
    articles = {
        "red-flags/a": article("red-flag", urgency="routine", upgrade=[{"urgency": "same-day", "signs": "more"}]),
        "red-flags/b": article("red-flag", urgency="same-day", upgrade=upgrade),
        "red-flags/c": article("red-flag", urgency="emergency"),
        "causes/d": article("cause"),
    }
    assert ids(seen(Linked(articles).pages(), "/search/").emergencies) == ["red-flags/b", "red-flags/c"]


def test_a_site_without_search_and_offline_has_no_pages_for_them():
    site = Linked({}).site
    plain = replace(config(), features=Features(search=False, offline=False))
    assert not {"/search/", "/offline.html"} & {page.address for page in others.others(site, plain)}


def test_above_the_limit_of_cells_the_map_is_a_page_a_group():
    routes = Linked(MAPPED).pages(map_cells=5)
    assert [address for address in routes if address.startswith("/map/")] == [
        "/map/",
        "/map/by/everyday/",
        "/map/by/medicine/",
    ]
    assert seen(routes, "/map/") == pages.MapScope("", ("everyday", "medicine"), (), (), (), False)
    assert rows(routes["/map/by/everyday/"]) == {"symptoms/s": ["causes/b"], "symptoms/t": ["causes/b", "causes/c"]}
    assert rows(routes["/map/by/medicine/"]) == {"symptoms/s": ["causes/a"]}
    assert [seen(routes, f"/map/by/{group}/").as_table for group in ("everyday", "medicine")] == [True, True]


def test_a_group_above_the_limit_is_a_list():
    routes = Linked(MAPPED).pages(map_cells=3)
    assert [seen(routes, f"/map/by/{group}/").as_table for group in ("everyday", "medicine")] == [False, True]
    assert rows(routes["/map/by/everyday/"]) == {"symptoms/s": ["causes/b"], "symptoms/t": ["causes/b", "causes/c"]}


def test_a_long_group_goes_on_over_several_pages():
    routes = Linked(MAPPED).pages(map_cells=0, index_lines=3)
    assert [address for address in routes if address.startswith("/map/by/")] == [
        "/map/by/everyday/",
        "/map/by/everyday/2/",
        "/map/by/medicine/",
    ]
    assert rows(routes["/map/by/everyday/"]) == {"symptoms/s": ["causes/b"], "symptoms/t": ["causes/b"]}
    assert rows(routes["/map/by/everyday/2/"]) == {"symptoms/t": ["causes/c"]}
    assert [(seen(routes, f"/map/by/{at}/").part, seen(routes, f"/map/by/{at}/").parts) for at in ("everyday/2", "medicine")] == [
        (2, 2),
        (1, 1),
    ]  # fmt: skip
    assert len(rows(Linked(MAPPED).pages(map_cells=0, index_lines=5)["/map/by/everyday/"])) == 2


# --- home, feed, site map ----------------------------------------------------------------------------------------------


def test_the_home_page_shows_emergencies_those_for_everybody_first():
    linked = Linked({
        "red-flags/a": article("red-flag", title="A", urgency="emergency"),
        "red-flags/b": article("red-flag", title="B", urgency="emergency", general=True),
        "red-flags/c": article("red-flag", title="C", urgency="same-day", general=True),
        "symptoms/s": article("symptom", title="S"),
        "symptoms/t": article("symptom", title="T", ordinary=False),
        "guides/g": article("guide", topic="basics"),
        "guides/h": article("guide", topic="compare"),
        "relief/calf-stretch": article("relief"),
    })  # fmt: skip
    scope = linked.pages()["/"].scope
    assert isinstance(scope, pages.HomeScope)
    assert ids(scope.emergencies) == ["red-flags/b", "red-flags/a"]
    assert scope.now == linked.site.cards["relief/calf-stretch"]
    assert dict(scope.counts) == {"cause": 0, "symptom": 2, "relief": 1, "red-flag": 3, "guide": 2}
    assert (ids(scope.symptoms), ids(scope.guides)) == (["symptoms/s"], ["guides/g"])


def test_the_feed_tells_the_latest_changes_first():
    linked = Linked({
        "causes/old": article("cause", changes=[{"on": "2026-01-01", "note": "Old."}]),
        "guides/b": article("guide", changes=[{"on": "2026-03-01", "note": "B."}]),
        "causes/a": article("cause", changes=[{"on": "2026-02-01", "note": "Not this."}, {"on": "2026-03-01", "note": "A."}]),
        "causes/draft": article("cause", draft=True, changes=[{"on": "2026-09-01", "note": "Not yet."}]),
    })  # fmt: skip
    scope = linked.pages()["/feed.xml"].scope
    assert isinstance(scope, pages.ListScope)
    assert [(entry.address, entry.on, entry.note) for entry in scope.pages] == [
        ("/causes/a/", "2026-03-01", "A."),
        ("/guides/b/", "2026-03-01", "B."),
        ("/causes/old/", "2026-01-01", "Old."),
    ]


def test_the_feed_has_an_end():
    articles = {f"causes/c{number}": article("cause", title=f"{number}") for number in range(others.FEED_ENTRIES + 3)}
    scope = Linked(articles).pages()["/feed.xml"].scope
    assert isinstance(scope, pages.ListScope)
    assert len(scope.pages) == others.FEED_ENTRIES


def test_the_site_map_names_every_page_for_readers_with_the_day_of_its_change():
    articles = CAUSES | {
        "causes/a": article("cause", title="A", group="medicine", aliases=["causes/old"], changes=CHANGED)
    }
    routes = Linked(articles).pages(index_entries=3)
    scope = seen(routes, "/sitemap.xml")
    assert isinstance(scope, pages.ListScope)
    listed = {entry.address: entry.on for entry in scope.pages}
    left_out = {
        "/404.html",
        "/offline.html",
        "/robots.txt",
        "/site.webmanifest",
        "/feed.xml",
        "/sitemap.xml",
        "/causes/old/",
    }
    assert set(listed) == set(routes) - left_out
    assert "/causes/by/everyday/" in listed
    assert (listed["/causes/a/"], listed["/"]) == ("2026-11-01", "")


# --- an article's page -------------------------------------------------------------------------------------------------


def scope_of(articles: dict[str, str], name: str, **options: Any) -> pages.ArticleScope:
    scope = Linked(articles, **options).pages()[f"/{name}/"].scope
    assert isinstance(scope, pages.ArticleScope)
    return scope


def test_its_neighbours_are_of_its_own_kind_and_part():
    articles = {f"causes/{name}": article("cause", title=name) for name in "cab"} | {
        "symptoms/s": article("symptom"),
        "causes/a-medicine": article("cause", title="aa", group="medicine"),
    }
    found = [scope_of(articles, f"causes/{name}") for name in "abc"]
    assert [scope.previous and scope.previous.id for scope in found] == [None, "causes/a", "causes/b"]
    assert [scope.next and scope.next.id for scope in found] == ["causes/b", "causes/c", None]
    for name in ("symptoms/s", "causes/a-medicine"):
        alone = scope_of(articles, name)
        assert (alone.previous, alone.next) == (None, None)


@pytest.mark.parametrize("fields, options, status", [
    ({}, {}, "published"),
    ({"draft": True}, {"drafts": True}, "draft"),
    ({"publish_on": "2026-11-23"}, {"drafts": True}, "scheduled"),
    ({"publish_on": "2026-11-22"}, {"drafts": True}, "published"),
])  # fmt: skip
def test_it_knows_whether_it_is_published(fields, options, status):
    assert scope_of({"causes/a": article("cause", **fields)}, "causes/a", **options).status == status


def test_it_sees_its_sources_in_order_of_first_use_and_only_those():
    references = "".join(f"{name}: {{type: review, title: T, doi: 10.1000/{name}}}\n" for name in "abcd")
    scope = scope_of({"causes/a": article("cause", "x [@c; @a] y [@c] z [@d]\n")}, "causes/a", references=references)
    assert [source.reference.id for source in scope.sources] == ["c", "a", "d"]


def test_it_sees_the_words_that_its_text_uses_and_only_those():
    glossary = "calf: {definition: A., forms: [calves]}\nartery: {definition: B.}\nvein: {definition: C.}\n"
    text = "Veins. `artery` [@who]\n\n## The vein\n\nThe calves.\n"
    assert [
        word.term.name for word in scope_of({"causes/a": article("cause", text)}, "causes/a", glossary=glossary).words
    ] == ["calf"]


# --- overdue -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reviewed, years, expected", [
    ("2023-11-22", 3, "2026-11-22"),
    ("2023-12-31", 1, "2024-12-31"),
    ("2024-02-28", 1, "2025-02-28"),
    ("2024-02-29", 1, "2025-03-01"),
    ("2024-02-29", 3, "2027-03-01"),
    ("2024-02-29", 4, "2028-02-29"),
    ("2024-03-01", 3, "2027-03-01"),
    ("2026-01-01", 0, "2026-01-01"),
    ("", 3, "9999-12-31"),
])  # fmt: skip
def test_the_first_day_on_which_a_review_is_overdue(reviewed, years, expected):
    assert pages.overdue_on(reviewed, years) == expected


@pytest.mark.parametrize("years", [1, 2, 3])
def test_it_is_a_day_of_the_calendar_so_many_years_later(years):
    day = date(2023, 12, 30)
    while day < date(2025, 1, 3):
        overdue = date.fromisoformat(pages.overdue_on(day.isoformat(), years))
        before = overdue - timedelta(days=1)
        assert (overdue.year - years, overdue.month, overdue.day) >= (day.year, day.month, day.day)
        assert (before.year - years, before.month, before.day) < (day.year, day.month, day.day)
        day += timedelta(days=1)


@pytest.mark.parametrize("today, overdue", [("2029-10-31", False), ("2029-11-01", True), ("2040-01-01", True)])
def test_a_page_says_itself_that_its_review_is_overdue(today, overdue):
    articles = {"causes/a": article("cause", reviewed={"on": "2026-11-01", "by": ["editors"]})}
    assert scope_of(articles, "causes/a", today=today).overdue is overdue


# --- a page's key covers all that it sees ------------------------------------------------------------------------------


def card(digest: str) -> Card:
    return Card("causes/a", "cause", "T", "S", (), {}, "", (), digest)


def source(digest: str) -> Source:
    return Source(Reference("a", "review", (), "T", "", "", "", "", "", "", "", "", 1, 1), digest)


def word(digest: str) -> Word:
    return Word(Term("a", (), "D", 1, 1), digest)


DIGESTED: dict[Any, Any] = {Card: card, Source: source, Word: word}


def variants(kind: Any) -> Iterator[Any]:
    """Values of a type: one, and then others that differ from it in just one thing each, however deep it is."""
    if get_origin(kind) is UnionType or (get_origin(kind) is not tuple and NoneType in get_args(kind)):
        for choice in get_args(kind):
            yield from [None] if choice is NoneType else variants(choice)
    elif get_origin(kind) is tuple and get_args(kind)[1:] == (...,):
        inner = list(variants(get_args(kind)[0]))
        yield from ((item,) for item in inner)
        yield ()
        yield (inner[0], inner[0])
        yield (inner[0], inner[1])
        yield (inner[1], inner[0])
    elif get_origin(kind) is tuple:
        yield from one_changed([list(variants(part)) for part in get_args(kind)], lambda *values: tuple(values))
    elif kind in DIGESTED:
        yield from (DIGESTED[kind](digest * 32) for digest in "ab")
    elif hasattr(kind, "_fields"):
        yield from one_changed([list(variants(part)) for part in get_type_hints(kind).values()], kind)
    else:
        yield from {str: ("x", "y", "", "x', 'y", "x\u2028\ud800"), bool: (False, True), int: (1, 2, 11)}[kind]


def one_changed(columns: list[list[Any]], make: Any) -> Iterator[Any]:
    first = [column[0] for column in columns]
    yield make(*first)
    for position, column in enumerate(columns):
        for value in column[1:]:
            yield make(*first[:position], value, *first[position + 1 :])


@pytest.mark.parametrize("scope", get_args(pages.Scope))
def test_changing_any_value_that_a_page_sees_changes_its_key(scope):
    values = list(variants(scope))
    assert len(values) > len(scope._fields)
    keys = {pages.Page("/", "t", value).seen: value for value in values}
    assert len(keys) == len(values)


def test_each_kind_of_scope_is_among_them():
    """A new scope class must be named in the union, or the test above would not know of it."""
    assert {found for name, found in vars(pages).items() if re.fullmatch(r"\w+Scope", name)} == set(
        get_args(pages.Scope)
    )


def test_pages_of_another_kind_never_have_the_same_key():
    seen = [pages.Page("/", "t", value).seen for scope in get_args(pages.Scope) for value in variants(scope)]
    assert len(set(seen)) == len(seen)


def test_a_pages_key_names_its_text_too():
    before, after = (
        Linked({"causes/a": article("cause", text)}).pages()["/causes/a/"] for text in ("A [@who]\n", "B [@who]\n")
    )
    assert before.own != after.own


TWO_SYMPTOMS = {
    "causes/c": article("cause", title="C", symptoms=["s"], red_flags=["f"]),
    "symptoms/s": article("symptom", title="S"),
    "symptoms/t": article("symptom", title="T"),
    "relief/r": article("relief", title="R"),
    "red-flags/f": article("red-flag", title="F", urgency="emergency"),
}
EDITS = [
    ("another text changes its own page only", {"relief/r": article("relief", "Better. [@who]\n", title="R")}, {"/relief/r/"}),
    (
        "another title of a relief that nothing is linked with",
        {"relief/r": article("relief", title="Rest")},
        {"/relief/r/", "/relief/", "/a-z/", "/feed.xml", "/sources/"},
    ),
    (
        "another title of a cause reaches its symptoms, its flags and the map",
        {"causes/c": article("cause", title="Cold", symptoms=["s"], red_flags=["f"])},
        {"/causes/c/", "/symptoms/s/", "/red-flags/f/", "/causes/", "/symptoms/", "/map/", "/a-z/", "/feed.xml", "/sources/"},
    ),
    (
        "another urgency of a flag reaches the symptoms of its causes",
        {"red-flags/f": article("red-flag", title="F", urgency="routine")},
        {"/red-flags/f/", "/causes/c/", "/symptoms/s/", "/red-flags/", "/map/", "/", "/search/", "/a-z/", "/feed.xml", "/sources/", "/sheets/warning-signs/"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("change, expected", [row[1:] for row in EDITS], ids=[row[0] for row in EDITS])
def test_an_edit_changes_the_keys_of_just_the_pages_that_show_it(change, expected):
    before, after = Linked(TWO_SYMPTOMS).pages(), Linked(TWO_SYMPTOMS | change).pages()
    stale = {
        address
        for address, page in after.items()
        if (page.own, page.seen) != (before[address].own, before[address].seen)
    }
    assert stale == expected


def test_moving_an_entry_of_the_bibliography_changes_no_key():
    before = Linked(TWO_SYMPTOMS).pages()
    moved = "# a line more\nwho: {type: review, title: What is so, url: 'https://example.org/so'}\n"
    assert {page.seen for page in before.values()} == {
        page.seen for page in Linked(TWO_SYMPTOMS, references=moved).pages().values()
    }


def test_every_page_of_a_kind_uses_the_kinds_template():
    assert {kind.template for kind in kinds.KINDS.values()} == {
        "cause.html",
        "symptom.html",
        "relief.html",
        "red-flag.html",
        "guide.html",
    }
