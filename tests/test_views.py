"""Views: what each page says, in the site's words."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from healthsite import kinds
from healthsite.indexview import SURENESS
from healthsite.model import CERTAINTIES
from tests.linked import Linked, article, config, site_view

NUMBERS = {"emergency-number": "12 34", "advice-line": "<5>"}


def flags_of(cards) -> list[tuple[str, list[str]]]:
    return [(card.urgency, [flag.link.text for flag in card.flags]) for card in cards]


def titles(links) -> list[str]:
    return [link.text for link in links]


# --- warning signs -----------------------------------------------------------------------------------------------------

FLAGS = {
    f"red-flags/{name}": article("red-flag", title=name.upper(), urgency=urgency, general=general)
    for name, urgency, general in (
        ("a", "routine", False),
        ("b", "emergency", False),
        ("c", "same-day", True),
        ("d", "emergency", True),
        ("e", "same-day", False),
        ("f", "routine", False),
    )
}


@pytest.mark.parametrize("kind, folder", [("cause", "causes"), ("symptom", "symptoms"), ("relief", "relief")])
def test_warning_signs_come_most_urgent_first_its_own_before_those_for_everybody(kind, folder):
    view = Linked({f"{folder}/x": article(kind, red_flags=["a", "b", "e"]), **FLAGS}).view(f"/{folder}/x/")
    assert flags_of(view.flag_cards) == [("emergency", ["B", "D"]), ("same-day", ["E", "C"]), ("routine", ["A"])]


def test_a_sign_for_everybody_that_is_its_own_too_stands_once():
    view = Linked({"causes/x": article("cause", red_flags=["d", "b"]), **FLAGS}).view("/causes/x/")
    assert flags_of(view.flag_cards) == [("emergency", ["D", "B"]), ("same-day", ["C"])]


def test_a_guide_shows_the_signs_that_it_is_about():
    view = Linked(
        {"guides/x": article("guide", about=["red-flags/a", "causes/c"]), "causes/c": article("cause"), **FLAGS}
    )
    assert flags_of(view.view("/guides/x/").flag_cards) == [
        ("emergency", ["D"]),
        ("same-day", ["C"]),
        ("routine", ["A"]),
    ]


def test_a_warning_sign_itself_shows_its_urgency_and_no_other_sign():
    upgrade = [{"urgency": "same-day", "signs": "less"}, {"urgency": "emergency", "signs": "more"}]
    linked = Linked({"red-flags/x": article("red-flag", urgency="routine", upgrade=upgrade), **FLAGS})
    view = linked.view("/red-flags/x/", numbers=NUMBERS)
    assert view.flag_cards == ()
    assert (view.urgency, view.urgency_label) == ("routine", config().urgency["routine"].label)
    assert [(urgency, signs) for urgency, _, signs in view.upgrades] == [("emergency", "more"), ("same-day", "less")]
    assert 'href="tel:1234"' in view.upgrades[0][1]


def test_a_card_says_what_to_do_with_the_number_as_a_link_and_what_makes_it_more_urgent():
    upgrade = [{"urgency": "emergency", "signs": "collapse, ring {advice-line}"}]
    linked = Linked(
        {"causes/x": article("cause", red_flags=["s"]), "red-flags/s": article("red-flag", upgrade=upgrade)}
    )
    (card,) = linked.view("/causes/x/", numbers=NUMBERS).flag_cards
    assert (card.urgency, card.label) == ("same-day", config().urgency["same-day"].label)
    assert '<a class="phone" href="tel:&lt;5&gt;">&lt;5&gt;</a>' in card.action_html
    assert "{" not in card.action_html
    assert card.flags[0].upgrades == ((config().urgency["emergency"].label, "collapse, ring <5>"),)


CAUSES = {
    "symptoms/s": article("symptom", title="S", red_flags=["e"]),
    "causes/x": article("cause", title="X", symptoms=["s"], red_flags=["a", "b", "e"]),
    "causes/y": article("cause", title="Y", symptoms=["s"], red_flags=["b", "f", "a"]),
    "causes/z": article("cause", title="Z", red_flags=["f"]),
}


def test_a_symptom_names_every_emergency_of_its_possible_causes_once_with_the_causes():
    view = Linked(CAUSES | FLAGS).view("/symptoms/s/")
    assert [(flag.link.text, flag.cause) for flag in view.cause_emergencies] == [("B", "X; Y")]
    assert flags_of(view.flag_cards) == [("emergency", ["D"]), ("same-day", ["E", "C"])]


def test_the_less_urgent_signs_of_its_causes_stand_once_and_not_if_the_page_shows_them_already():
    view = Linked(CAUSES | FLAGS).view("/symptoms/s/")
    assert flags_of(view.cause_flags) == [("routine", ["A", "F"])]
    assert [(flag.link.text, flag.cause) for flag in view.cause_flags[0].flags] == [("A", "X"), ("F", "Y")]


def test_only_a_symptom_shows_the_signs_of_others():
    view = Linked(CAUSES | FLAGS).view("/causes/x/")
    assert (view.cause_emergencies, view.cause_flags) == ((), ())


# --- phrases -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("certainty", CERTAINTIES)
@pytest.mark.parametrize("effect", kinds.EFFECTS)
def test_how_well_something_works_is_said_by_effect_and_certainty(effect, certainty):
    effects = {name: {level: f"{name} {level}" for level in CERTAINTIES} for name in kinds.EFFECTS}
    linked = Linked({"relief/x": article("relief", effect=effect, certainty=certainty)})
    view = linked.view("/relief/x/", effects=effects, certainty={name: f"words for {name}" for name in CERTAINTIES})
    assert (view.phrase, view.certainty, view.certainty_label) == (
        f"{effect} {certainty}",
        certainty,
        f"words for {certainty}",
    )


@pytest.mark.parametrize("certainty", CERTAINTIES)
@pytest.mark.parametrize("link", kinds.LINKS)
def test_how_a_cause_is_linked_is_said_by_link_and_certainty(link, certainty):
    links = {name: {level: f"{name} {level}" for level in CERTAINTIES} for name in kinds.LINKS}
    linked = Linked(
        {"causes/x": article("cause", link=link, certainty=certainty), "guides/g": article("guide", about=["causes/x"])}
    )
    assert linked.view("/causes/x/", links=links).phrase == f"{link} {certainty}"
    ((item,),) = (group.items for group in linked.view("/guides/g/", links=links).related)
    assert item.phrase == f"{link} {certainty}"


def test_a_warning_sign_is_listed_with_its_urgency_in_words():
    linked = Linked(
        {"guides/g": article("guide", about=["red-flags/f"]), "red-flags/f": article("red-flag", urgency="routine")}
    )
    view = linked.view("/red-flags/", numbers=NUMBERS)
    assert [(item.phrase, item.urgency) for group in view.groups for item in group.items] == [
        (config().urgency["routine"].label, "routine")
    ]
    ((item,),) = (group.items for group in linked.view("/guides/g/").related)
    assert item.phrase == config().urgency["routine"].label


def test_the_index_shows_at_a_glance_what_helps_and_how_sure_that_is():
    """By effect, those that help first; within an effect the surest first; the same of both in one row."""
    given = {
        "a": ("unclear", "weak"),
        "b": ("helps", "weak"),
        "c": ("harms", "strong"),
        "d": ("helps", "strong"),
        "e": ("helps", "weak"),
    }
    linked = Linked(
        {
            f"relief/{name}": article("relief", title=name.upper(), effect=effect, certainty=certainty)
            for name, (effect, certainty) in given.items()
        }
    )
    words = config().effects
    chart = linked.view("/relief/").chart
    assert [(row.effect, row.sureness, titles(row.links)) for row in chart] == [
        ("helps", 4, ["D"]),
        ("helps", 2, ["B", "E"]),
        ("unclear", 2, ["A"]),
        ("harms", 4, ["C"]),
    ]
    assert chart[0].phrase == words["helps"]["strong"]
    assert chart[0].certainty == config().certainty["strong"]


def test_every_certainty_has_its_dots():
    assert set(SURENESS) == set(CERTAINTIES)
    assert {*SURENESS.values()} <= {*range(5)}


def test_an_index_of_articles_without_an_effect_has_no_such_chart():
    assert Linked({"causes/a": article("cause")}).view("/causes/").chart == ()


def test_a_drawing_has_its_address_its_size_and_its_text():
    steps = {
        "position": {"text": "Sit.", "picture": "calf-stretch-knee", "alt": 'A "leg" & {advice-line}'},
        "actions": ["Pull."],
    }
    linked = Linked({"relief/a": article("relief", steps=steps)})
    view = linked.view("/relief/a/", base_url="https://example.org/health/", numbers=NUMBERS)
    html = view.steps.position.picture_html
    assert html.startswith('<img class="picture" src="/health/assets/pictures/calf-stretch-knee.')
    assert ' alt="A &quot;leg&quot; &amp; &lt;5&gt;" ' in html
    assert html.endswith(' width="180" height="154" loading="lazy">')
    assert view.steps.actions[0].picture_html == ""


def test_a_drawing_in_a_text_is_shown_as_one_of_a_step_is():
    text = "Something. [@who]\n\n![A leg](../../static/pictures/leg-muscles.svg)\n"
    view = Linked({"causes/a": article("cause", text)}).view("/causes/a/")
    assert re.search(r'<img class="picture" src="[^"]+" alt="A leg" ', view.body_html)
    assert "x-picture" not in view.body_html


def test_strong_evidence_of_no_difference_is_does_not_help():
    assert config().effects["no-difference"]["strong"] == "Does not help"


@pytest.mark.parametrize("kind, folder", [("symptom", "symptoms"), ("red-flag", "red-flags"), ("guide", "guides")])
def test_other_kinds_have_no_such_phrase(kind, folder):
    view = Linked({f"{folder}/x": article(kind)}).view(f"/{folder}/x/")
    assert (view.phrase, view.certainty, view.certainty_label) == ("", "", "")


# --- words from the configuration --------------------------------------------------------------------------------------

CALL = "Call {emergency-number} or {advice-line}"
FILLED = "Call 12 34 or <5>"


def test_the_configured_words_are_filled_in_wherever_an_article_may_write_them():
    questions = [{"question": f"{CALL}?", "answer": f"{CALL}. [@who]"}]
    common = {"title": CALL, "summary": CALL, "also_called": [CALL], "changes": [{"on": "2026-11-01", "note": CALL}]}
    steps = {"position": CALL, "actions": [CALL], "hold": CALL, "repeats": CALL, "mistakes": [CALL]}
    linked = Linked({
        "guides/g": article("guide", f"## {CALL}\n\n{CALL}. [@who]\n", questions=questions, **common),
        "relief/r": article("relief", steps=steps, related=["s"]),
        "relief/s": article("relief", title=CALL),
        "red-flags/f": article("red-flag", possible_condition=CALL, urgency="routine", upgrade=[{"urgency": "same-day", "signs": CALL}]),
    })  # fmt: skip
    guide, relief, flag = (
        linked.view(f"/{name}/", numbers=NUMBERS) for name in ("guides/g", "relief/r", "red-flags/f")
    )
    assert (guide.title, guide.description, guide.also_called) == (FILLED, FILLED, (FILLED,))
    assert [change.note for change in guide.changes] == [FILLED]
    assert titles(guide.contents) == [FILLED, f"{FILLED}?"]
    assert [question.question for question in guide.questions] == [f"{FILLED}?"]
    assert relief.steps == ((FILLED, ""), ((FILLED, ""),), FILLED, FILLED, (FILLED,))
    assert relief.related[0].items[0].link.text == FILLED
    assert (flag.possible_condition, flag.upgrades[0][2]) == (FILLED, FILLED)
    phone = '<a class="phone" href="tel:1234">12 34</a>'
    assert guide.body_html.count(phone) == guide.questions[0].answer.count(phone) + guide.body_html.count("<h2") == 2


@pytest.mark.parametrize(
    "address", ["/", "/feed.xml", "/a-z/", "/guides/", "/sources/", "/causes/", "/old/g/", "/red-flags/"]
)
def test_no_page_shows_a_word_that_is_not_filled_in(address):
    linked = Linked({
        "guides/g": article("guide", title=CALL, summary=CALL, also_called=[CALL], aliases=["old/g"], changes=[{"on": "2026-11-01", "note": CALL}]),
        "red-flags/f": article("red-flag", title=CALL, urgency="emergency", upgrade=[]),
        "causes/c": article("cause", title=CALL, symptoms=["s"]),
        "symptoms/s": article("symptom", title=CALL),
        "relief/calf-stretch": article("relief", title=CALL),
    })  # fmt: skip
    view = linked.view(address)
    shown = repr([getattr(view, name) for name in type(view).__dataclass_fields__ if name not in ("site", "kind")])
    assert "Call" in shown
    assert "{emergency-number}" not in shown
    assert "{advice-line}" not in shown


def test_a_number_in_a_link_is_plain_text_and_elsewhere_a_telephone_link():
    linked = Linked({"guides/g": article("guide", "[{advice-line}](../guides/g.md) [@who]\n\nCall {advice-line}.\n")})
    html = linked.view("/guides/g/", numbers={**NUMBERS, "advice-line": "1 & 2"}).body_html
    assert '<a href="/guides/g/">1 &amp; 2</a>' in html
    assert '<a class="phone" href="tel:1&amp;2">1 &amp; 2</a>' in html


# --- links and pictures ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("base_url, base", [("https://e.org", "/"), ("https://e.org/a/health", "/a/health/")])
def test_every_address_holds_the_base_path(base_url, base):
    text = "[r](../relief/r.md#part) [w](/glossary/) [out](https://x.org/) ![i](../../static/icons/icon.svg) [@who]\n"
    linked = Linked(
        {"causes/c": article("cause", text, relief=["r"], aliases=["causes/old"]), "relief/r": article("relief")}
    )
    view = linked.view("/causes/c/", base_url=base_url)
    assert f'href="{base}relief/r/#part"' in view.body_html
    assert f'href="{base}glossary/"' in view.body_html
    assert 'href="https://x.org/"' in view.body_html
    assert re.search(rf'src="{base}assets/icons/icon\.[0-9a-f]{{10}}\.svg"', view.body_html)
    assert view.address == f"{base}causes/c/"
    assert view.canonical == f"https://e.org{base}causes/c/"
    assert [link.address for link in view.breadcrumb] == [base, f"{base}causes/"]
    assert view.related[0].items[0].link.address == f"{base}relief/r/"
    redirect = linked.view("/causes/old/", base_url=base_url)
    assert (redirect.target.address, redirect.target_url) == (f"{base}causes/c/", f"https://e.org{base}causes/c/")


def test_an_asset_that_is_not_there_is_told_by_its_name():
    with pytest.raises(KeyError, match=r"static/ holds no “css/gone\.css”"):
        site_view().asset("css/gone.css")


# --- the glossary ------------------------------------------------------------------------------------------------------

GLOSSARY = """\
calf: {forms: [calves], definition: The <back> of the leg.}
vein: {definition: A tube.}
deep vein thrombosis: {forms: [DVT], definition: A clot.}
"""


def explained(text: str, **fields) -> tuple[str, list[str]]:
    """The article's text and answers as one, and the words that are explained in it, as they are written."""
    view = Linked({"guides/g": article("guide", f"{text}\n\n[@who]\n", **fields)}, glossary=GLOSSARY).view("/guides/g/")
    html = view.body_html + "".join(question.answer for question in view.questions)
    return html, re.findall(r'class="term"[^>]*>([^<]*)<', html)


@pytest.mark.parametrize("text, words", [
    ("Nothing.", []),
    ("The calf. The calf. The calves.", ["calf"]),
    ("The calves, then the calf.", ["calves"]),
    ("CALVES hurt.", ["CALVES"]),
    ("A deep vein thrombosis is in a vein.", ["deep vein thrombosis", "vein"]),
    ("A deep vein thrombosis.", ["deep vein thrombosis"]),
    ("A DVT, or deep vein thrombosis.", ["DVT"]),
    ("A dvt.", []),
    ("Half-calf, calfskin, recalf.", []),
    ("Veins.", []),
    ("*calf* and **vein**", ["calf", "vein"]),
    ("- one calf\n- one calf", ["calf"]),
    ("## The calf\n\nHere.", []),
    ("## The calf\n\nThe calf.", ["calf"]),
    ("[the calf](https://example.org/)", []),
    ("`calf`", []),
    ("```\ncalf\n```", []),
    ("| calf |\n|---|\n| vein |", ["vein"]),
])  # fmt: skip
def test_a_term_is_explained_at_its_first_use_and_never_in_a_heading_a_link_or_code(text, words):
    assert explained(text)[1] == words


def test_a_term_is_explained_once_over_the_text_and_all_answers():
    answers = [
        {"question": "The calf?", "answer": "The calf has a vein."},
        {"question": "Vein?", "answer": "A vein. A calf."},
    ]
    assert explained("The calf.", questions=answers)[1] == ["calf", "vein"]
    assert explained("Nothing.", questions=answers)[1] == ["calf", "vein"]


def test_an_explanation_is_text_and_stands_once_under_its_own_id():
    html, _ = explained("The calf. The vein.")
    assert html.count("The &lt;back&gt; of the leg.") == 1
    ids = re.findall(r' id="(word-[^"]*)"', html)
    assert len(ids) == len(set(ids)) == 2
    assert {f'#{name}"' in html for name in ids} == {True}


def test_no_link_but_the_telephone_stands_in_an_emergency_card():
    html, words = explained(
        '!!! emergency "Get help now if"\n\n    - the calf is cold.\n\n    Call {emergency-number}.'
    )
    card = html[html.index("care-emergency") : html.index("</section>")]
    assert "calf" in card
    assert re.findall(r"<a [^>]*>", card) == [f'<a class="phone" href="tel:{config().numbers["emergency-number"]}">']
    assert words == []


def test_terms_that_make_the_same_id_are_kept_apart():
    glossary = "vitamin B: {definition: One.}\nvitamin-b: {definition: Two.}\nπ: {definition: Three.}\n"
    linked = Linked({"guides/g": article("guide", "A vitamin B, a vitamin-b, a π. [@who]\n")}, glossary=glossary)
    ids = re.findall(r' id="(word-[^"]*)"', linked.view("/guides/g/").body_html)
    assert len(ids) == len(set(ids)) == 3


# --- sources -----------------------------------------------------------------------------------------------------------


def source_view(**fields):
    fields = {"type": "review", "title": "A title", "doi": "10.1000/x"} | fields
    text = "who:" + "".join(f"\n  {name}: {value}" for name, value in fields.items() if value) + "\n"
    (found,) = Linked({"causes/c": article("cause")}, references=text).view("/causes/c/").sources
    return found


@pytest.mark.parametrize("fields, detail", [
    ({}, ""),
    ({"container": "J"}, "J."),
    ({"year": 2012}, "2012."),
    ({"container": "J", "year": 2012}, "J. 2012."),
    ({"container": "J", "year": 2012, "volume": '"58"', "issue": '"1"', "pages": '"17-22"'}, "J. 2012;58(1):17-22."),
    ({"container": "J", "year": 2012, "volume": '"58"', "pages": '"17-22"'}, "J. 2012;58:17-22."),
    ({"container": "J", "year": 2012, "pages": '"17-22"'}, "J. 2012;17-22."),
    ({"container": "J", "volume": '"58"', "issue": '"1"'}, "J. 58(1)."),
    ({"container": "Ask me?"}, "Ask me?"),
])  # fmt: skip
def test_where_a_source_was_published_is_said_as_bibliographies_do(fields, detail):
    assert source_view(**fields).detail == detail


@pytest.mark.parametrize("count, expected", [
    (0, ""),
    (1, "A0."),
    (6, "A0, A1, A2, A3, A4, A5."),
    (7, "A0, A1, A2, A3, A4, A5, et al."),
])  # fmt: skip
def test_at_most_six_authors_are_named(count, expected):
    authors = f"[{', '.join(f'A{number}' for number in range(count))}]"
    assert source_view(authors=authors).authors == expected


@pytest.mark.parametrize("fields, links", [
    ({}, [("https://doi.org/10.1000/x", "doi:10.1000/x")]),
    ({"doi": "10.1002/(SICI)1<2::AID>3"}, [("https://doi.org/10.1002/(SICI)1%3C2::AID%3E3", "doi:10.1002/(SICI)1<2::AID>3")]),
    ({"doi": None, "pmid": '"77"'}, [("https://pubmed.ncbi.nlm.nih.gov/77/", "PMID 77")]),
    ({"pmid": '"77"', "url": "https://a.org/"}, [
        ("https://doi.org/10.1000/x", "doi:10.1000/x"),
        ("https://pubmed.ncbi.nlm.nih.gov/77/", "PMID 77"),
    ]),
    ({"doi": None, "url": "https://www.a.org/b?c=d"}, [("https://www.a.org/b?c=d", "a.org")]),
    ({"doi": None, "container": "J", "year": 2000, "pages": '"1"'}, []),
])  # fmt: skip
def test_a_reader_gets_the_links_at_which_a_source_is_found(fields, links):
    assert [tuple(link) for link in source_view(**fields).links] == links


def test_sources_are_numbered_by_first_use_and_their_kind_is_said_in_words():
    references = "".join(
        f"{name}: {{type: {kind}, title: {name}, doi: 10.1000/{name}}}\n"
        for name, kind in (("a", "rct"), ("b", "review"))
    )
    view = Linked({"causes/c": article("cause", "x [@b] y [@a; @b]\n")}, references=references).view("/causes/c/")
    assert [(source.number, source.title, source.kind) for source in view.sources] == [
        (1, "b", config().source_types["review"]),
        (2, "a", config().source_types["rct"]),
    ]
    assert re.findall(r'href="#source-(\d)"', view.body_html) == ["1", "2", "1"]


def test_the_list_of_sources_says_where_each_is_used():
    linked = Linked({"causes/c": article("cause", title="C"), "guides/g": article("guide", title="G")})
    (letter,) = linked.view("/sources/").letters
    assert titles(letter.sources[0].cited_by) == ["C", "G"]


# --- the article's foot ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report, start, field", [
    ("mailto:a@example.org", "mailto:a@example.org?subject=", "subject"),
    ("mailto:a@example.org?cc=b@example.org", "mailto:a@example.org?cc=b@example.org&subject=", "subject"),
    ("https://code.example/issues/new", "https://code.example/issues/new?title=", "title"),
    ("https://code.example/issues/new?labels=x", "https://code.example/issues/new?labels=x&title=", "title"),
])  # fmt: skip
def test_a_mistake_is_reported_with_the_page_already_named(report, start, field):
    title = "Cramps & “pain”? 100% {advice-line} #1"
    linked = Linked({"causes/c": article("cause", title=title)})
    address = linked.view("/causes/c/", base_url="https://e.org/health", report=report, numbers=NUMBERS).report
    assert address.startswith(start)
    parts = urlsplit(address)
    assert parts.fragment == ""
    expected = "Cramps & “pain”? 100% <5> #1 (https://e.org/health/causes/c/)"
    assert parse_qs(parts.query)[field] == [expected]


PEOPLE = (
    "dr-may: {name: Dr May, role: general practitioner, link: 'https://example.org/may', clinician: true}\n"
    "zoe: {name: Zoë <Z>}\n"
)


@pytest.mark.parametrize("by, expected, is_clinical", [
    (["editors"], [("our editors", "", "", False)], False),
    (["zoe", "editors"], [("Zoë <Z>", "", "", False), ("our editors", "", "", False)], False),
    (["editors", "dr-may"], [("our editors", "", "", False), ("Dr May", "general practitioner", "https://example.org/may", True)], True),
    (["nobody"], [("nobody", "", "", False)], False),
])  # fmt: skip
def test_reviewers_are_named_as_the_people_and_the_configuration_say(by, expected, is_clinical):
    linked = Linked({"causes/c": article("cause", reviewed={"on": "2026-11-01", "by": by})}, people=PEOPLE)
    view = linked.view("/causes/c/", reviewers={"editors": "our editors"})
    assert [tuple(reviewer) for reviewer in view.reviewers] == expected
    assert view.is_reviewed_by_clinician == is_clinical


def test_contents_hold_the_second_level_and_the_questions():
    text = "## One\n\n### Deeper\n\n## Two [@who]\n"
    linked = Linked({"guides/g": article("guide", text, questions=[{"question": "Three?", "answer": "Yes."}])})
    assert [tuple(link) for link in linked.view("/guides/g/").contents] == [
        ("#one", "One"),
        ("#two", "Two"),
        ("#three", "Three?"),
    ]


def test_relations_stand_under_their_words_both_ways_warning_signs_apart():
    linked = Linked({
        "causes/c": article("cause", title="C", symptoms=["s"], red_flags=["f"]),
        "symptoms/s": article("symptom", title="S"),
        "red-flags/f": article("red-flag", title="F"),
    })  # fmt: skip
    found = {name: linked.view(f"/{name}/").related for name in ("causes/c", "symptoms/s", "red-flags/f")}
    assert {
        name: [(group.title, titles(item.link for item in group.items)) for group in groups]
        for name, groups in found.items()
    } == {
        "causes/c": [(config().relations["cause.symptoms"], ["S"])],
        "symptoms/s": [(config().relations["symptom.possible_causes"], ["C"])],
        "red-flags/f": [(config().relations["red-flag.can_go_with"], ["C"])],
    }


def test_neighbours_are_links():
    linked = Linked({f"causes/{name}": article("cause", title=name) for name in "abc"})
    view = linked.view("/causes/b/")
    assert (view.previous.address, view.next.address) == ("/causes/a/", "/causes/c/")
    assert (linked.view("/causes/a/").previous, linked.view("/causes/c/").next) == (None, None)


# --- indexes -----------------------------------------------------------------------------------------------------------

SORTED = {
    "causes/a": article("cause", title="A", group="medicine", symptoms=["s"]),
    "causes/b": article("cause", title="B", group="everyday"),
    "symptoms/s": article("symptom", title="S"),
    "symptoms/t": article("symptom", title="T", ordinary=False),
    "red-flags/f": article("red-flag", title="F", urgency="emergency"),
}


@pytest.mark.parametrize("address, groups", [
    ("/causes/", ["Everyday life", "Medicines"]),
    ("/symptoms/", ["Part of a plain cramp", "Can be a sign of something else"]),
    ("/red-flags/", ["Call 12 34 or go to an emergency department now"]),
])  # fmt: skip
def test_the_sections_of_an_index_have_the_configurations_words(address, groups):
    sections = {"everyday": "Everyday life", "medicine": "Medicines"}
    words = {
        **config().sections,
        "group": sections,
        "ordinary": {"ordinary": "Part of a plain cramp", "sign": "Can be a sign of something else"},
    }
    urgency = {
        **config().urgency,
        "emergency": replace(
            config().urgency["emergency"], action="Call {emergency-number} or go to an emergency department now"
        ),
    }
    view = Linked(SORTED).view(address, numbers=NUMBERS, sections=words, urgency=urgency)
    assert [group.title for group in view.groups] == groups


def test_an_index_shows_each_article_with_what_it_is_linked_with():
    view = Linked(SORTED).view("/causes/")
    assert [(item.link.text, titles(item.links)) for group in view.groups for item in group.items] == [
        ("B", []),
        ("A", ["S"]),
    ]
    assert view.linked_title == config().relations["cause.symptoms"]


def test_a_divided_index_leads_to_its_sections_and_a_section_back_to_it():
    linked, policy = Linked(SORTED), {"index_entries": 1}
    whole = linked.view("/causes/", policy=policy)
    assert [(group.link.address, group.size, group.items) for group in whole.groups] == [
        ("/causes/by/everyday/", 1, ()),
        ("/causes/by/medicine/", 1, ()),
    ]
    part = linked.view("/causes/by/medicine/", policy=policy)
    assert [(group.title, titles(item.link for item in group.items)) for group in part.groups] == [
        (part.section, ["A"])
    ]
    assert part.title.endswith(f": {part.section}")
    assert [link.address for link in part.breadcrumb] == ["/", "/causes/"]
    other = linked.view("/symptoms/by/other/", policy=policy)
    assert other.groups[0].title == config().sections["ordinary"]["sign"]


LONG = {
    **SORTED,
    "causes/c": article("cause", title="C", group="everyday", symptoms=["s"]),
    "causes/aa": article("cause", title="Aa", group="everyday"),
}


@pytest.mark.parametrize(
    "home, section, parts, title",
    [("/causes/", "everyday", 3, " (2/3)"), ("/a-z/", "a", 2, "A (2/2)"), ("/map/", "everyday", 1, "Everyday life")],
)
def test_a_section_that_goes_on_over_several_pages_names_them(home, section, parts, title):
    policy = {"index_entries": 1, "index_lines": 1, "map_cells": 0}
    first = f"{home}by/{section}/"
    addresses = [first, f"{first}2/", f"{first}3/"][:parts] if parts > 1 else []
    for address in addresses or [first]:
        view = Linked(LONG).view(address, base_url="https://example.org/x/", policy=policy)
        assert [(link.address, link.text) for link in view.pages] == [
            (f"/x{page}", str(number)) for number, page in enumerate(addresses, 1)
        ]
    assert Linked(LONG).view(addresses[1] if addresses else first, policy=policy).title.endswith(title)


@pytest.mark.parametrize("lines, title", [(1, "0–9 (1/2)"), (2, "")])
def test_what_begins_with_no_letter_is_named_where_it_goes_on(lines, title):
    linked = Linked({"causes/drops": article("cause", title="5 drops", also_called=["7 drops"]), **SORTED})
    assert linked.view("/a-z/by/0/", policy={"index_entries": 1, "index_lines": lines}).title == title


def test_letters_lead_to_their_section_or_to_their_page():
    linked = Linked(SORTED)
    view = linked.view("/a-z/")
    assert not view.is_divided
    assert [letter.link.address for letter in view.letters] == [f"#letter-{key}" for key in "abfst"]
    part = linked.view("/a-z/by/s/", policy={"index_entries": 2})
    assert part.is_divided
    assert part.title == "S"
    assert [letter.link.address for letter in part.letters] == [
        "/a-z/by/a/",
        "/a-z/by/b/",
        "/a-z/by/f/",
        "#letter-s",
        "/a-z/by/t/",
    ]
    assert [name for letter in part.letters for name, _, _ in letter.names] == ["S"]


def shown(rows) -> list[tuple[str, list[str], str, tuple[bool, ...]]]:
    return [(row.symptom.link.text, [link.text for link in row.causes], row.ids, row.cells) for row in rows]


def test_the_map_says_of_each_cause_whether_it_is_one_of_a_symptoms():
    linked = Linked(
        SORTED | {"causes/b": article("cause", title="B", group="everyday", symptoms=["t", "s"], red_flags=["f"])}
    )
    view = linked.view("/map/")
    assert [cause.link.text for cause in view.causes] == ["A", "B"]
    assert shown(view.rows) == [
        ("S", ["A", "B"], "causes/a causes/b", (True, True)),
        ("T", ["B"], "causes/b", (False, True)),
    ]
    assert [(card.urgency, [(flag.link.text, owners) for flag, owners in card.flags]) for card in view.cards] == [
        ("emergency", [("F", "causes/b")])
    ]
    listed = linked.view("/map/by/everyday/", policy={"map_cells": 1})
    assert shown(listed.rows) == [("S", ["B"], "causes/b", ()), ("T", ["B"], "causes/b", ())]
    assert [link.address for link in linked.view("/map/", policy={"map_cells": 1}).groups] == [
        "/map/by/everyday/",
        "/map/by/medicine/",
    ]


def test_an_emergency_is_searched_by_its_names_and_what_can_become_one_by_the_signs_that_make_it_one():
    articles = {
        "red-flags/a": article(
            "red-flag", title="A", also_called=["Aa"], urgency="emergency", possible_condition="Clot"
        ),
        "red-flags/b": article("red-flag", title="B", upgrade=[{"urgency": "emergency", "signs": "collapse"}]),
    }
    view = Linked(articles).view("/search/")
    assert [(flag.link.text, flag.signs, flag.words) for flag in view.emergencies] == [
        ("A", "", "A Aa Clot"),
        ("B", "collapse", "collapse"),
    ]


def test_the_feed_and_the_site_map_hold_whole_addresses_and_days():
    linked = Linked(SORTED)
    feed = linked.view("/feed.xml", base_url="https://e.org/health")
    assert feed.entries[0] == ("https://e.org/health/causes/a/", "2026-11-01", "A", "First published. It is so.")
    assert feed.updated == "2026-11-01"
    assert Linked({}).view("/feed.xml").updated == config().started
    sitemap = linked.view("/sitemap.xml", base_url="https://e.org/health")
    assert ("https://e.org/health/", "", "", "") in sitemap.entries
    assert ("https://e.org/health/causes/a/", "2026-11-01", "", "") in sitemap.entries


def test_a_feeds_identifier_holds_the_day_the_site_began():
    assert site_view(started="2020-02-02").feed_id("https://e.org/health/x/") == "tag:e.org,2020-02-02:/health/x/"


def test_an_articles_page_needs_its_article():
    linked = Linked(SORTED)
    linked.texts.clear()
    with pytest.raises(ValueError, match="/causes/a/ needs its article"):
        linked.view("/causes/a/")
