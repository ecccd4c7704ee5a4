"""Markdown to safe HTML: what a reader gets, what an author is told, and where."""

import re

import pytest

from healthsite.fields import Reporter
from healthsite.markup import Markup, Text
from healthsite.model import Heading
from healthsite.slots import fill

MARKUP = Markup()


def convert(text: str, path: str = "content/causes/x.md") -> tuple[Text, list[str]]:
    """What a text gives, and its findings as ``line:column message``."""
    report = Reporter(path)
    MARKUP.begin(path, report)
    html = MARKUP.convert(text, 1)
    found = sorted(report.findings)
    return MARKUP.finish((html,)), [f"{item.line}:{item.column} {item.message}" for item in found]


def html(text: str) -> str:
    """The HTML of a text in which nothing is wrong."""
    given, found = convert(text)
    assert found == []
    return given.html


def findings(text: str) -> list[str]:
    return convert(text)[1]


def hints(text: str) -> set[str]:
    report = Reporter("content/causes/x.md")
    MARKUP.begin(report.path, report)
    MARKUP.convert(text, 1)
    return {item.hint for item in report.findings}


# --- care cards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["emergency", "same-day", "routine", "self-care"])
def test_a_care_card_is_a_region_labelled_by_its_title_with_its_urgency_in_words(name):
    assert html(f'!!! {name} "Get help if"\n\n    - a\n    - b\n\n    Then *c*.\n\nAfter.\n') == (
        f'<section aria-labelledby="{name}-get-help-if" class="care care-{name}">\n'
        f'<p class="care-title" id="{name}-get-help-if"><x-urgency name="{name}"></x-urgency>Get help if</p>\n'
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Then <em>c</em>.</p>\n</section>\n<p>After.</p>"
    )


CARDS_FINE = [
    '!!! emergency "T"\n    x\n',
    '!!! EMERGENCY "T"\n\n    x\n',
    'Para\n!!! emergency "T"\n\n    x\n',
    '- a\n\n    !!! emergency "T"\n\n        x\n',
    '> !!! emergency "T"\n>\n>     x\n',
    '!!! emergency "Call {emergency-number} [@a]"\n\n    x\n',
    '!!! emergency "T"\n\n    Call {emergency-number} or [the line](tel:111). [@a]\n',
    '!!! same-day "T"\n\n    [a](b.md)\n',
    '!!! emergency "T"\n\n    x\n\n[a](b.md)\n',
]  # fmt: skip


@pytest.mark.parametrize("text", CARDS_FINE)
def test_a_care_card_in_which_nothing_is_wrong(text):
    assert html(text).count('<section aria-labelledby="') == 1


NO_CARD = "is not understood as a care card"
NO_LINK = "an emergency card holds no link but the telephone"
CARDS_WRONG = [
    ('!!! emergncy "T"\n\n    x\n', ["1:1 “emergncy” is not a care card"]),
    ('Para.\n\n!!! Warning "T"\n\n    x\n', ["3:1 “warning” is not a care card"]),
    ("!!! note\n\n    x\n", ["1:1 “note” is not a care card"]),
    ('!!! emergency "A"\n\n    x\n\n!!! emergency same-day "A"\n\n    x\n', ["5:1 “emergency same-day” is not a care card"]),
    ("!!! emergency\n\n    x\n", ["1:1 this care card has no title"]),
    ('!!! emergency ""\n\n    x\n', ["1:1 this care card has no title"]),
    ('!!! emergency " "\n\n    x\n', ["1:1 this care card has no title"]),
    ('!!! emergency "[@a]"\n\n    x\n', ["1:1 this care card has no title"]),
    ('!!! emergency "T"\n\nx\n', ["1:1 this care card is empty"]),
    ('!!! emergency "T"\n\n  x\n', ["1:1 this care card is empty"]),
    ('!!! emergency "T"\n\n    x\n\n!!! emergency "T"\n\nx\n', ["5:1 this care card is empty"]),
    ("!!! routine\n\nx\n", ["1:1 this care card has no title", "1:1 this care card is empty"]),
    ("!!! emergency 'T'\nx\n", [f"1:1 “!!! emergency 'T'” {NO_CARD}"]),
    ('!!! emergency "A"\n\n    x\n\n!!! emergency “T”\nx\n', [f"5:1 “!!! emergency “T”” {NO_CARD}"]),
    ('  !!! emergency "T"\n', [f"1:3 “!!! emergency \"T\"” {NO_CARD}"]),
    ('!!! emergency "T" now\n', [f"1:1 “!!! emergency \"T\" now” {NO_CARD}"]),
    ("!!! emergency 'T'\n\n    x\n", [f"1:1 “!!! emergency 'T'” {NO_CARD}"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", CARDS_WRONG)
def test_a_care_card_that_a_reader_would_not_get_whole_is_an_error(text, found):
    assert findings(text) == found


LINKS_IN_CARDS = [
    ("[a](b.md)", 5),
    ("[a](tel:999) [b](c.md)", 18),
    ("[a](/glossary/)", 5),
    ("[a](#b)", 5),
    ("[a](#source-1)", 5),
    ("<https://example.org>", 2),
    ('<a href="https://example.org">a</a>', 10),
    ("*a [b](c.md)*", 8),
]  # fmt: skip


@pytest.mark.parametrize("link, column", LINKS_IN_CARDS)
def test_no_link_but_the_telephone_stands_in_an_emergency_card(link, column):
    before, card = "[b](c.md) [a](b.md) <https://example.org>\n\n", '!!! emergency "T"\n\n    '
    assert findings(f"{before}{card}- {link}\n") == [f"5:{column + 6} {NO_LINK}"]


def test_a_link_in_a_card_within_an_emergency_card_counts_too():
    assert findings('!!! emergency "T"\n\n    !!! routine "U"\n\n        [a](b.md)\n') == [f"5:13 {NO_LINK}"]


def test_what_to_do_about_a_card_is_said():
    assert hints('!!! emergncy "T"\n\n    x\n') == {"did you mean “emergency”?"}
    assert hints('!!! xyz "T"\n\n    x\n') == {"it can be: emergency, routine, same-day, self-care"}
    assert hints("!!! emergency\n\n    x\n") == {'write !!! emergency "What to do"'}
    assert hints('!!! emergency "T"\n\nx\n') == {"indent its text by four spaces, after a blank line"}


def test_swallowed_lists_in_cards_are_told():
    assert findings('!!! emergency "T"\n\n    Get help if\n    - a\n') == [
        "4:5 Markdown would swallow this list into the paragraph before it"
    ]


# --- citations ------------------------------------------------------------------------------------------------------


def cited(text: str) -> list[str]:
    """The citations of a text as ``line:column id``."""
    return [f"{item.line}:{item.column} {item.name}" for item in convert(text)[0].citations]


def test_a_citation_is_the_number_of_its_source():
    assert html("a [@x]") == (
        '<p>a\xa0<sup class="cite"><a href="#source-1" id="cite-1" role="doc-noteref">1</a></sup></p>'
    )


@pytest.mark.parametrize("text, expected", [
    ("A word. [@x] On.", "A word.\xa0<sup> On."),
    ("a *b* [@x] c", "a <em>b</em>\xa0<sup> c"),
    ("a\n[@x]", "a\xa0<sup>"),
    ("a[@x]", "a<sup>"),
    ("[@x] a", "<sup> a"),
    ("a [@x] [@x]", "a\xa0<sup>\xa0<sup>"),
    ("**a [@x]** b", "<strong>a\xa0<sup></strong> b"),
])  # fmt: skip
def test_a_citation_stays_on_the_line_of_its_word(text, expected):
    assert re.sub("<sup.*?</sup>", "<sup>", html(text)) == f"<p>{expected}</p>"


def test_several_at_once_stand_in_one_group_and_only_the_first_use_has_an_id():
    assert html("[@x; @y] [@y;@x;\n@x]").count("id=") == 2
    assert re.findall(r">(\d)</a>( ?)", html("[@x; @y] [@y;@x;\n@x]")) == [
        ("1", " "),
        ("2", ""),
        ("2", " "),
        ("1", " "),
        ("1", ""),
    ]


EVERYWHERE = """\
- a [@list-1]

    b [@list-2]

para [@para] *em [@em]* <b>x [@raw]</b>

| h [@head] |
|---|
| c [@cell-1; @cell-2] |

> q [@quote]

!!! emergency "T [@title]"

    text [@card]

## H [@heading]

Term
: Def [@definition]

end [@para] [@end]
"""


def test_sources_are_numbered_in_the_order_in_which_a_reader_meets_them():
    given, found = convert(EVERYWHERE)
    assert found == []
    names = re.findall(r"@([\w-]+)", EVERYWHERE)
    assert [item.name for item in given.citations] == names
    assert re.findall(r'href="#source-(\d+)"', given.html) == [
        str(list(dict.fromkeys(names)).index(name) + 1) for name in names
    ]
    assert re.findall(r'id="cite-(\d+)"', given.html) == [str(number + 1) for number in range(len(set(names)))]


def test_each_citation_has_its_place():
    lines = EVERYWHERE.split("\n")
    given, _ = convert(EVERYWHERE)
    assert len(given.citations) == 15
    assert [lines[item.line - 1][item.column - 1 :].startswith(f"@{item.name}") for item in given.citations] == [
        True
    ] * 15


def test_the_second_use_of_a_source_has_the_second_place():
    assert cited("a [@x]\nb [@x]\n\n- c [@x]\n\nd [@x]\n") == ["1:4 x", "2:4 x", "4:6 x", "6:4 x"]
    assert cited("[@ab-c; @ab] [@ab]") == ["1:2 ab-c", "1:9 ab", "1:15 ab"]


def test_numbers_go_on_over_all_texts_of_an_article():
    report = Reporter("content/guides/x.md")
    MARKUP.begin(report.path, report)
    first, second = MARKUP.convert("a [@x] [@y]", 5), MARKUP.convert("b [@y] [@z]", 2)
    given = MARKUP.finish((first, second))
    assert given.html == first
    assert re.findall(r"source-(\d)", first + second) == ["1", "2", "2", "3"]
    assert [(item.name, item.line) for item in given.citations] == [("x", 5), ("y", 5), ("y", 2), ("z", 2)]
    assert (first + second).count('id="cite-2"') == 1


CITATIONS_WRONG = [
    ("a [@]", ["1:3 “[@]” is not a citation"]),
    ("a [@x;]", ["1:3 “[@x;]” is not a citation"]),
    ("a [@x y]", ["1:3 “[@x y]” is not a citation"]),
    ("a [@x, @y]", ["1:3 “[@x, @y]” is not a citation"]),
    ("a [@x; y]", ["1:3 “[@x; y]” is not a citation"]),
    ("a [@x, p. 3]", ["1:3 “[@x, p. 3]” is not a citation"]),
    ("a [@ä]", ["1:3 “[@ä]” is not a citation"]),
    ("a [@x\ny]", ["1:3 “[@x y]” is not a citation"]),  # a message is one line
    ("[@] a [@]", ["1:1 “[@]” is not a citation", "1:7 “[@]” is not a citation"]),
    ("a [see @x]", ["1:3 “[see @x]” is not understood as a citation"]),
    ("a [-@x]", ["1:3 “[-@x]” is not understood as a citation"]),
    ("a [@x", ["1:3 “[@x” is not understood as a citation"]),
    ("a [@x](b.md)", ["1:3 “[@x](” is not a link"]),
    ("[a [@x]](b.md)", ["1:10 a source can't be cited inside a link"]),
    ("<div>a [@x]</div>", ["1:8 “[@x]” is not understood as a citation"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", CITATIONS_WRONG)
def test_a_citation_in_another_form_is_an_error(text, found):
    assert findings(text) == found


@pytest.mark.parametrize("text", ["me@example.org", "a [me@example.org] b", "a @x b", r"a \[@x] b", "`[@x]`", "[a; b]"])
def test_what_is_no_citation_stays_silent(text):
    given, found = convert(text)
    assert (given.citations, found) == ((), [])


# --- words of the configuration -------------------------------------------------------------------------------------


def test_a_word_of_the_configuration_is_a_slot_with_its_place():
    given, found = convert("Call {emergency-number}.\n\n- {advice-line}\n- **{emergency-number}**\n")
    assert found == []
    assert given.html.count('<x-word name="emergency-number"></x-word>') == 2
    assert sorted((item.line, item.column, item.name) for item in given.words) == [
        (1, 6, "emergency-number"),
        (3, 3, "advice-line"),
        (4, 5, "emergency-number"),
    ]


def test_in_a_link_the_number_is_not_a_link_of_its_own():
    assert (
        html("[call {emergency-number}](tel:999)")
        == '<p><a href="tel:999">call <x-plain-word name="emergency-number"></x-plain-word></a></p>'
    )


WORDS_WRONG = [
    ("a {emergency-nummer}", ["1:3 “{emergency-nummer}” is not a word of the configuration"]),
    ("a {Emergency-number}", ["1:3 “{Emergency-number}” is not a word of the configuration"]),
    ("a { emergency-number }", ["1:3 “{ emergency-number }” is not a word of the configuration"]),
    ("a {emergency_number}", ["1:3 “{emergency_number}” is not a word of the configuration"]),
    ("{x} {x}", ["1:1 “{x}” is not a word of the configuration", "1:5 “{x}” is not a word of the configuration"]),
    ("[call](tel:{emergency-number})", ["1:8 “tel:{emergency-number}” is not a link"]),
    ("![call {emergency-number}](../../static/a.svg)", ["1:28 the text of a picture can't hold a word of the configuration"]),
    ("<div>{emergency-number}</div>", ["1:6 “{emergency-number}” is not filled in here"]),
    ('<b title="{advice-line}">a</b>', ["1:1 “<b title=\"{advice-line}\">” holds Markdown", "1:27 “</b>” closes nothing"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", WORDS_WRONG)
def test_a_word_that_would_not_become_a_number_is_an_error(text, found):
    assert findings(text) == found


def test_the_word_that_was_meant_is_proposed():
    assert hints("{emergency-nummer}") == {"did you mean “emergency-number”?"}
    assert hints("{ advice-line }") == {"did you mean “{advice-line}”?"}


@pytest.mark.parametrize("text", ["`{emergency-number}`", "```\n{x}\n```", "{} {1} {a, b} {", r"\{emergency-number}"])
def test_braces_that_are_no_word_stay_silent(text):
    given, found = convert(text)
    assert (given.words, found) == ((), [])


# --- links ----------------------------------------------------------------------------------------------------------

LINKS = [
    ("[a](b.md)", 'href="article:causes/b"', ("causes/b", "")),
    ("[a](./b.md)", 'href="article:causes/b"', ("causes/b", "")),
    ("[a](../relief/b.md)", 'href="article:relief/b"', ("relief/b", "")),
    ("[a](../relief/b.md#how-to)", 'href="article:relief/b#how-to"', ("relief/b", "how-to")),
    ('[a](b.md "t")', 'href="article:causes/b" title="t"', ("causes/b", "")),
    ("[a][r]\n\n[r]: b.md", 'href="article:causes/b"', ("causes/b", "")),
    ("[a](b.md#%C3%A9)", 'href="article:causes/b#é"', ("causes/b", "é")),
    ("[a](#b)", 'href="#b"', ("", "b")),
    ("[a](/glossary/)", 'href="page:/glossary/"', ("/glossary/", "")),
    ("[a](/glossary/#b)", 'href="page:/glossary/#b"', ("/glossary/", "b")),
    ("[a](/)", 'href="page:/"', ("/", "")),
]  # fmt: skip


@pytest.mark.parametrize("text, attributes, target", LINKS)
def test_a_link_within_the_site_is_a_slot_and_is_noted(text, attributes, target):
    given, found = convert(text)
    assert (given.html, found) == (f"<p><a {attributes}>a</a></p>", [])
    assert [(link.target, link.fragment) for link in given.links] == [target]


def test_each_link_has_the_place_of_its_address():
    text = "[a](b.md#c) [d](b.md)\n\n- [e](b.md)\n\n[f](b.md) and b.md and `(b.md)` [g](b.md)\n"
    assert [(link.line, link.column) for link in convert(text)[0].links] == [(1, 5), (1, 17), (3, 7), (5, 5), (5, 37)]


@pytest.mark.parametrize("address", [
    "https://example.org/", "http://example.org", "HTTPS://example.org", "mailto:a@example.org", "tel:999", "https://example.org/?a=1&b=2#c",
])  # fmt: skip
def test_a_link_to_elsewhere_stays(address):
    given, found = convert(f"[a]({address})")
    assert (given.html, given.links, found) == (f'<p><a href="{address.replace("&", "&amp;")}">a</a></p>', (), [])
    assert convert("<https://example.org>")[0].html == '<p><a href="https://example.org">https://example.org</a></p>'


NOWHERE = [
    "javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "ftp://example.org", "file:///etc/passwd", "//example.org", "http:example.org", "https://", "tel:", "mailto:",
    "article:causes/x", "page:/x/", "static:x", "b", "b.html", "b.MD", "?a", "#", "../relief/b", "java&#115;cript:x", "&#106;avascript:x",
]  # fmt: skip


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_can_not_be_followed_is_an_error(address):
    given, found = convert(f"x [a]({address})")
    assert found == [f"1:7 “{address}” is not a link that can be followed"]
    assert given.links == ()
    assert not re.search(r'href="(?:[a-z]+:|//|article|page)', given.html)


LINKS_WRONG = [
    ("[a]()", ["1:5 “” is not a link that can be followed"]),
    ("[a](http://[)", ["1:5 “http://[” is not an address"]),
    ("[a](../../README.md)", ["1:5 “../../README.md” leads out of content/"]),
    ("[a](../../../content/causes/b.md)", ["1:5 “../../../content/causes/b.md” leads out of content/"]),
    ("[a][r]\n\n[r]: javascript:x", ["3:6 “javascript:x” is not a link that can be followed"]),
    ("[a](java\nscript:x)", ["1:5 “java script:x” is not a link that can be followed"]),
    ("[a <b>b</b>](x)", ["1:14 “x” is not a link that can be followed"]),
    ("[a <a href=\"https://e.org\">b</a>](c.md)", ["1:35 a link can't hold another link"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", LINKS_WRONG)
def test_a_broken_link_is_an_error(text, found):
    assert findings(text) == found


# --- pictures -------------------------------------------------------------------------------------------------------


def test_a_picture_of_the_site_is_a_slot_and_is_noted():
    given, found = convert("![a](../../static/i/x.svg)\n\n![b](../../static/i/x.svg)")
    assert found == []
    assert given.html.startswith('<p><img alt="a" loading="lazy" src="static:i/x.svg"></p>')
    assert [tuple(item) for item in given.pictures] == [("i/x.svg", 1, 6), ("i/x.svg", 3, 6)]


def test_a_drawing_is_a_slot_with_its_text():
    given, found = convert('![a & "b"](../../static/pictures/two-legs.svg)\n\n![c](../../static/pictures/Legs.svg)')
    assert found == []
    assert given.html == (
        '<p><x-picture alt="a &amp; &quot;b&quot;" name="two-legs"></x-picture></p>\n'
        '<p><img alt="c" loading="lazy" src="static:pictures/Legs.svg"></p>'
    )
    assert [tuple(item) for item in given.pictures] == [("pictures/two-legs.svg", 1, 12), ("pictures/Legs.svg", 3, 6)]


PICTURES_WRONG = [
    ("![](../../static/x.svg)", ["1:5 this picture has no text that says what it shows"]),
    ("![ ](../../static/x.svg)", ["1:6 this picture has no text that says what it shows"]),
    ("![a](x.svg)", ["1:6 “x.svg” is not a picture of the site"]),
    ("![a](/static/x.svg)", ["1:6 “/static/x.svg” is not a picture of the site"]),
    ("![a](https://example.org/x.svg)", ["1:6 “https://example.org/x.svg” is not a picture of the site"]),
    ("![a](data:image/svg+xml,x)", ["1:6 “data:image/svg+xml,x” is not a picture of the site"]),
    ("![a](static:x.svg)", ["1:6 “static:x.svg” is not a picture of the site"]),
    ("![a](../../static/../config.yaml)", ["1:6 “../../static/../config.yaml” is not a picture of the site"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", PICTURES_WRONG)
def test_a_picture_from_elsewhere_or_without_a_text_is_an_error(text, found):
    assert findings(text) == found


def test_a_pictures_text_can_not_break_out_of_it():
    assert '<img alt="a&quot; onerror=&quot;x" ' in html('![a" onerror="x](../../static/x.svg)')


# --- headings -------------------------------------------------------------------------------------------------------


def heading_ids(text: str) -> list[str]:
    return [heading.id for heading in convert(text)[0].headings]


def test_headings_have_a_level_an_id_and_a_plain_text():
    text = "## What *it* is & `a<b` [l](b.md) <b>c</b> [@x]\n\n### Call {emergency-number}\n\nUnder\n---\n"
    given, found = convert(text)
    assert found == []
    assert given.headings == (
        Heading(2, "what-it-is-a-b-l-c", "What it is & a<b l c"),
        Heading(3, "call-emergency-number", "Call {emergency-number}"),
        Heading(2, "under", "Under"),
    )
    assert all(f' id="{heading.id}">' in given.html for heading in given.headings)


@pytest.mark.parametrize("text, html", [
    ("## A *b*\n", '<h2 id="a-b"><a class="anchor" href="#a-b">A <em>b</em></a></h2>'),
    ("### A [l](../causes/b.md)\n", None),
    ("### A [@x]\n", None),
    ("### Call {emergency-number}\n", None),
    ("### A <b>c</b>\n", '<h3 id="a-c"><a class="anchor" href="#a-c">A <b>c</b></a></h3>'),
    ('### A <a href="https://e.org">c</a>\n', None),
    ('!!! same-day "T"\n\n    ### A\n', None),
])  # fmt: skip
def test_a_heading_is_a_link_to_itself_unless_it_holds_or_may_become_another_link(text, html):
    given = convert("## First\n\n" + text)[0].html
    assert given.count('class="anchor"') == (2 if html else 1)
    assert html is None or html in given


def test_the_same_text_twice_gives_two_ids():
    assert heading_ids("## A\n\n## A\n\n### a!\n\n## A 2\n") == ["a", "a-2", "a-3", "a-2-2"]


def test_ids_for_texts_that_ascii_can_not_show():
    assert heading_ids("## Ärger\n\n## 日本 語\n\n## —\n\n## …\n") == [
        "arger",
        "日本-語",
        "section",
        "section-2",
    ]


def test_no_heading_takes_an_id_that_every_article_page_has():
    given, found = convert("## Sources\n\n## Main\n\n## Steps\n")
    assert found == []
    assert given.anchors == ("sources-2", "main-2", "steps-2")


def test_a_heading_that_the_page_gives_takes_no_id_of_the_text():
    convert('## A\n\n<div id="b">x</div>\n')
    assert [MARKUP.heading_id(text) for text in ("A", "B", "B", "…")] == ["a-2", "b-2", "b-3", "section"]


HEADINGS_WRONG = [
    ("# A\n", ["1:1 a text's headings start at ##"]),
    ("A\n===\n", ["1:1 a text's headings start at ##"]),
    ("## A\n\n#### B\n", ["3:1 “B” skips a level"]),
    ("### A\n", ["1:1 “A” skips a level"]),
    ("## A\n\n### B\n\n## C\n\n#### The *B* and `B`\n", ["7:1 “The B and B” skips a level"]),
    ("## A\n\n### B\n\n#### B\n\n## C\n\n#### B\n", ["9:1 “B” skips a level"]),
    ("para\n\n##\n\npara\n", ["3:1 this heading is empty"]),
    ("## [@x]\n", ["1:1 this heading is empty"]),
    ('!!! routine "T"\n\n    #### B\n', ["3:5 “B” skips a level"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", HEADINGS_WRONG)
def test_a_heading_out_of_order_is_an_error(text, found):
    assert findings(text) == found


def test_the_right_heading_is_proposed():
    assert hints("## A\n\n#### B\n") == {"write ###"}
    assert hints("#### A\n") == {"write ##"}


def test_what_only_looks_like_an_id_is_text():
    text, found = convert('say id="x" and id="y" <b id="z">q</b> id="x", and `<i id="w">`')
    assert (text.anchors, found) == (("z",), [])


def test_anchors_are_all_the_ids_of_the_text_and_each_stands_once():
    given, found = convert('## A\n\n<div id="b">x</div>\n\nc <b id="d">y</b> [@z]\n\n!!! routine "T"\n\n    x\n')
    assert found == []
    assert given.anchors == ("a", "b", "d", "cite-1", "routine-t")


IDS_TWICE = [
    ('<div id="a">x</div>\n\n<div id="a">y</div>\n', "1:9 the id “a” is used twice in this article"),
    ("## A\n\nx <b id='a'>y</b>\n", "3:9 the id “a” is used twice in this article"),
    ('x <b id="cite-1">y</b> [@z]', "1:9 the id “cite-1” is used twice in this article"),
    ('<div id="sources">y</div>', "1:9 the id “sources” is used twice in this article"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text, found",
    [
        ('<div id="a b">x</div>', "1:9 the id “a b” is empty, or holds a space"),
        ("x <b id='a\xa0b'>y</b>", "1:9 the id “a\xa0b” is empty, or holds a space"),
        ('x <b id="">y</b>', "1:9 the id “” is empty, or holds a space"),
    ],
)
def test_an_id_that_no_link_can_lead_to_is_an_error_and_no_anchor(text, found):
    given, told = convert(text)
    assert findings(text) == [found]
    assert told
    assert given.anchors == ()


@pytest.mark.parametrize("text, found", IDS_TWICE)
def test_an_id_used_twice_is_an_error(text, found):
    assert findings(text) == [found]


# --- tables ---------------------------------------------------------------------------------------------------------


def test_a_table_is_aligned_by_classes_has_heads_of_columns_and_scrolls_by_keyboard():
    given = html("## What *helps*\n\n| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | *2* | [l](b.md) | {advice-line} |\n")
    assert given == (
        '<h2 id="what-helps"><a class="anchor" href="#what-helps">What <em>helps</em></a></h2>\n'
        '<div aria-labelledby="what-helps" class="table" role="group" tabindex="0"><table class="wide">\n<thead>\n<tr>\n'
        '<th scope="col">a</th>\n<th class="align-left" scope="col">b</th>\n<th class="align-center" scope="col">c</th>\n<th class="align-right" scope="col">d</th>\n'
        "</tr>\n</thead>\n<tbody>\n<tr>\n"
        '<td>1</td>\n<td class="align-left" data-label="b:"><em>2</em></td>\n<td class="align-center" data-label="c:"><a href="article:causes/b">l</a></td>\n'
        '<td class="align-right" data-label="d:"><x-word name="advice-line"></x-word></td>\n</tr>\n</tbody>\n</table></div>'
    )


def test_a_cell_of_a_wide_table_says_what_column_it_is_of():
    three, four = ("".join(f"|{mark * columns}\n" for mark in ("A *b* [@x]|", "---|", "c|")) for columns in (3, 4))
    assert "data-label" not in html(three)
    assert "wide" not in html(three)
    shown = html(four)
    assert '<table class="wide">' in shown
    assert 'data-label="A b?"' in html(four.replace(" [@x]", "?"))
    assert re.findall("<td.*?>", shown) == ["<td>", *['<td data-label="A b:">'] * 3]


def test_an_empty_corner_of_a_table_heads_nothing():
    given, found = convert("| | a |\n|---|---|\n| b | c |\n")
    assert found == []
    assert '<tr>\n<td></td>\n<th scope="col">a</th>\n</tr>' in given.html


def test_a_table_without_a_heading_before_it_has_no_label_that_leads_nowhere():
    given = html("| a |\n|---|\n| 1 |\n\nAfter.\n")
    assert given.startswith('<div class="table"><table>')
    assert given.endswith("</table></div>\n<p>After.</p>")


def test_no_style_attribute_is_written_anywhere():
    assert "style=" not in html("| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n- x\n\n    | a |\n    |:--|\n    | 1 |\n")


# --- what Markdown leaves over --------------------------------------------------------------------------------------

LEFTOVERS = [
    ("a [b][c]", ["1:3 “[b][c]” is not understood as a link"]),
    ("a [**b**][c]", ["1:10 “[b][c]” is not understood as a link"]),
    ("## [b][c]", ["1:4 “[b][c]” is not understood as a link"]),
    ("| a |\n|---|\n| [b][c] |\n", ["3:3 “[b][c]” is not understood as a link"]),
    ("a [b](c d.md", ["1:3 “[b](c” is not understood as a link"]),
    ("a [b] (c.md)", ["1:3 “[b] (c.md)” is not understood as a link"]),
    ("a [b] (https://e.org)", ["1:3 “[b] (https://e.org)” is not understood as a link"]),
    ("<div>[b](c.md)</div>", ["1:6 “[b](c.md)” is not understood as a link"]),
    ("a[^1]\n\n[^1]: See there.\n", ["1:2 “[^1]” is not a footnote here", "3:1 “[^1]” is not a footnote here"]),
    ("```\ncode\n\npara\n", ["1:1 “```” begins code that never ends"]),
    ("~~~\ncode\n\n````\nx\n", ["1:1 “~~~” begins code that never ends", "4:1 “````” begins code that never ends"]),
    ("a\n\n<!-- b\n\nc\n", ["3:1 “<!--” begins a comment that never ends"]),
    ("- a\n    ## B\n", ["2:5 “## B” is not understood as a heading"]),
    ("## A\n\n- b\n    ## C *d* [@e]\n    ## *F*\n", ["4:5 “## C d\xa01” is not understood as a heading", "5:5 “## F” is not understood as a heading"]),
    ("## A\n\n- b\n    ## A\n- c\n    ## A\n", ["4:5 “## A” is not understood as a heading", "6:5 “## A” is not understood as a heading"]),
    ('!!! routine "A"\n\n    ## B\n\n- c\n    ## D\n', ["6:5 “## D” is not understood as a heading"]),
    ("a\n\n ## B &amp; c\n", ["3:2 “## B & c” is not understood as a heading"]),
    ("a\n\n<p>## B</p>\n", ["3:4 “## B” is not understood as a heading"]),
    ("- a\n    ## <b>B</b>\n", ["2:5 “## B” is not understood as a heading"]),
    ("- a\n    ## B\n    - c\n\n1. d\n    ### E *f*\n", ["2:5 “## B” is not understood as a heading", "6:5 “### E f” is not understood as a heading"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", LEFTOVERS)
def test_what_markdown_does_not_understand_is_an_error_and_not_text_for_readers(text, found):
    assert findings(text) == found


@pytest.mark.parametrize("text", [
    "a [b] c", "a [b] (c)", "- [ ] d", "a [b]: c", "[a] and/or (b)", "`[b][c]` `[^1]` `!!! x` `<!--`", "```\n[b][c] [^1]\n!!! x\n<!--\n~~~\n```", r"\[b][c]", "Stop!!!", "a ~ b ~~ c",
    "a # b #c\nd #1", "- a\n    \\## b", "- a\n\n    ## B", "- a `b\n    # c`", "```\na\n## b\n```",
    "a\n\\# *one* b", "a\n\\## b [@c]", "a\n`b` # c", '<span title="a\n # b">c</span>', "a\n #b",
    "| # of people | b |\n|---|---|\n| 1 | # two |\n", '!!! emergency "# a"\n\n    b\n',
])  # fmt: skip
def test_brackets_and_marks_that_are_only_text_stay_silent(text):
    assert findings(text) == []


# --- raw HTML -------------------------------------------------------------------------------------------------------

RAW_FINE = [
    ("H<sub>2</sub>O", "<p>H<sub>2</sub>O</p>"),
    ("a <b>b <i>c <sup>d</sup> *e*</i> [l](b.md)</b>", '<p>a <b>b <i>c <sup>d</sup> <em>e</em></i> <a href="article:causes/b">l</a></b></p>'),
    ('<abbr title="a > b">c</abbr>', '<p><abbr title="a &gt; b">c</abbr></p>'),
    ("a <BR> b<br/>c", "<p>a <br>\n b<br>\nc</p>"),
    ("a <!-- hidden [@x] --> b", "<p>a  b</p>"),
    ("a <!-- hidden\nhidden --> b", "<p>a  b</p>"),
    ("<div>\na\n</div>", "<div>\na\n</div>"),
    ("<details><summary>a</summary>\n\nb\n\n</details>", "<details><summary>a</summary>\n\nb\n\n</details>"),
    ("a < b, c > d, e <3", "<p>a &lt; b, c &gt; d, e &lt;3</p>"),
    ("&lt;b&gt; &amp; AT&T &copy; &#60;", "<p>&lt;b&gt; &amp; AT&amp;T &copy; &#60;</p>"),
    ("`<script>` `<b onclick=x>` `&lt;`", "<p><code>&lt;script&gt;</code> <code>&lt;b onclick=x&gt;</code> <code>&amp;lt;</code></p>"),
    ("```html\n<script>a</script>\n[@x] {y} [a](b)\n- c\n# d\n```", '<pre><code class="language-html">&lt;script&gt;a&lt;/script&gt;\n[@x] {y} [a](b)\n- c\n# d\n</code></pre>'),
    ("<pre><code>[@x] {emergency-number} [a][b] *c* &lt;d&gt;\n\n- e\n</code></pre>", "<pre><code>[@x] {emergency-number} [a][b] *c* &lt;d&gt;\n\n- e\n</code></pre>"),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", RAW_FINE)
def test_plain_html_and_code_come_through_as_they_are_meant(text, expected):
    given, found = convert(text)
    assert (given.html.rstrip(), found) == (expected, [])
    assert given.citations == given.words == ()


RAW_WRONG = [
    ("x <script>alert(1)</script> y", "<p>x  y</p>", ["1:3 <script> is not allowed here"]),
    ("x\n\n<script>\nalert(1)\n</script>\n\ny", "<p>x</p>\n<p></p>\n<p>y</p>", ["3:1 <script> is not allowed here"]),
    ("<style>p {}</style>\n\nx", "<p></p>\n<p>x</p>", ["1:1 <style> is not allowed here"]),
    ('x <b onclick="y">z</b>', "<p>x <b>z</b></p>", ["1:3 onclick of <b> is not allowed here"]),
    ('<div>\n<b onclick="y">z</b>\n</div>', "<div>\n<b>z</b>\n</div>", ["2:1 onclick of <b> is not allowed here"]),
    ('<p style="x">a</p>', "<p>a</p>", ["1:1 style of <p> is not allowed here"]),
    ("x <iframe src=https://e.org></iframe>", "<p>x <span></span></p>", ["1:3 <iframe> is not allowed here"]),
    ("x <u>y <script>a</script> <b>z</b></u>", "<p>x <span>y  <b>z</b></span></p>", ["1:3 <u> is not allowed here", "1:8 <script> is not allowed here"]),
    ("x <img src=a onerror=b> y", "<p>x  y</p>", ["1:3 <img> is not allowed here"]),
    ("x <x-word name=a></x-word> y", "<p>x <span></span> y</p>", ["1:3 <x-word> is not allowed here"]),
    ("<div><x-urgency name=\"emergency\"></x-urgency></div>", "<div></div>", ["1:6 <x-urgency> is not allowed here", "1:6 name of <x-urgency> is not allowed here"]),
    ('x <a href="article:causes/y">z</a>', "<p>x <a>z</a></p>", ['1:3 href="article:causes/y" of <a> is not allowed here']),
    ('<div><a href="page:/y/">z</a></div>', "<div><a>z</a></div>", ['1:6 href="page:/y/" of <a> is not allowed here']),
    ('x <a href="y.md">z</a>', "<p>x <a>z</a></p>", ['1:3 href="y.md" of <a> is not allowed here']),
    ('x <a href="java&#115;cript:y">z</a>', "<p>x <a>z</a></p>", ['1:3 href="javascript:y" of <a> is not allowed here']),
    ("x <h2>y</h2>", "<p>x <span>y</span></p>", ["1:3 <h2> is not allowed here"]),
]  # fmt: skip


@pytest.mark.parametrize("text, expected, found", RAW_WRONG)
def test_what_is_not_allowed_is_left_out_and_told_as_a_warning(text, expected, found):
    given, told = convert(text)
    assert (re.sub(r"<p>\n", "<p>", given.html), told) == (expected, found)
    report = Reporter("")
    MARKUP.begin("", report)
    MARKUP.convert(text, 1)
    assert {(item.severity, item.hint) for item in report.findings} == {("warning", "it was left out of the page")}


RAW_BROKEN = [
    ("x <b>y", ["1:3 “<b>” is never closed"]),
    ("x <b>y\n\nz</b>", ["1:3 “<b>” is never closed", "3:2 “</b>” closes nothing"]),
    ("x <b>y <i>z</b></i>", ["1:16 “</i>” closes nothing", "1:8 “<i>” is never closed"]),
    ("x </b>", ["1:3 “</b>” closes nothing"]),
    ("x <b/> y", ["1:3 “<b/>” is never closed"]),
    ("a\n\n<div>b\n\nc **d**\n", ["3:1 “<div>” is never closed"]),  # it would swallow the rest of the article as it stands
    ("<b><i><s><q><u>x</u></q></s></i></b>", ["1:13 “<u>” is nested too deep", "1:17 “</u>” is nested too deep"]),
    ('<b title="[@x]">y</b>', ["1:1 “<b title=\"\">” holds Markdown", "1:18 “</b>” closes nothing"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", RAW_BROKEN)
def test_html_that_is_not_closed_is_an_error(text, found):
    assert sorted(findings(text)) == sorted(found)


FORGED = [
    'href="article:causes/y"', '`href="article:causes/y"`', "<div title='href=\"article:y\"'>a</div>", "&lt;x-word name=\"emergency-number\"&gt;&lt;/x-word&gt;", "`<x-word name=\"a\"></x-word>`",
    "<b title='<x-word name=\"a\"></x-word>'>a</b>", "\u0002wzxhzdk:0\u0003 <div>a</div>", "\u0002klzzwxh:0000\u0003 `a`", "<pre><x-word name=\"a\"></x-word></pre>", "![a](static:x)", "[a](page:/x/)", "[a](article:causes/y)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORGED)
def test_no_author_can_forge_a_slot(text):
    given = convert(text)[0].html
    assert fill(given, lambda kind, name: "FORGED") == given


# --- limits ---------------------------------------------------------------------------------------------------------


def test_a_text_nested_too_deep_is_an_error_and_the_next_text_is_read_as_ever():
    report = Reporter("content/causes/x.md")
    MARKUP.begin(report.path, report)
    deep = "".join("    " * depth + "- a\n" for depth in range(300))
    assert MARKUP.convert(deep, 8) == ""
    assert [(item.line, item.column, item.message) for item in report.findings] == [(33, 1, "this is nested too deep")]
    assert html("a [@x] `b`").startswith("<p>a\xa0<sup")


def test_a_text_gives_the_same_whatever_was_read_before():
    first = convert(EVERYWHERE)
    convert("# x\n\n```\n\n<div>\n\n!!! y\n\n[@z] [q]: r")
    assert convert(EVERYWHERE) == first


def test_lines_count_from_the_texts_place_in_its_file():
    report = Reporter("content/causes/x.md")
    MARKUP.begin(report.path, report)
    MARKUP.convert("[@a]\n\n[@]\n\nx\n- y\n\n<div>\n<u>z</u></div>", 10, 5)
    assert [(item.line, item.column) for item in sorted(report.findings)] == [(12, 1), (15, 1), (18, 1)]
    assert [tuple(item) for item in MARKUP.finish(("",)).citations] == [("a", 10, 6)]
