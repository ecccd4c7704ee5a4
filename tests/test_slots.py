"""Slots: what is filled, what is not, and where a glossary term is explained."""

import pytest

from healthsite.model import Term
from healthsite.slots import TermFinder, explain_terms, fill, forms_of, open_texts


def shown(kind: str, name: str) -> str:
    return f"[{kind}|{name}]"


@pytest.mark.parametrize("html, filled", [
    ('<a href="article:causes/x#top">a</a>', '<a href="[article|causes/x#top]">a</a>'),
    ('<a class="b" href="page:/glossary/" title="t">a</a>', '<a class="b" href="[page|/glossary/]" title="t">a</a>'),
    ('<img alt="a" loading="lazy" src="static:b/c.svg">', '<img alt="a" loading="lazy" src="[static|b/c.svg]">'),
    ('<x-word name="emergency-number"></x-word>', "[word|emergency-number]"),
    ('<x-word name="a"></x-word> on', "[word|a] on"),
    ('<x-word name="a"></x-word>). On', '<span class="held">[word|a]).</span> On'),
    ('<x-plain-word name="advice-line"></x-plain-word>', "[plain-word|advice-line]"),
    ('<x-plain-word name="a"></x-plain-word>.', "[plain-word|a]."),
    ('<x-urgency name="emergency"></x-urgency>', "[urgency|emergency]"),
    ('<x-picture alt="A leg &amp; #1" name="leg"></x-picture>', "[picture|leg#A leg & #1]"),
    ('<a href="article:a">1</a><a href="article:b">2</a>', '<a href="[article|a]">1</a><a href="[article|b]">2</a>'),
])  # fmt: skip
def test_a_slot_is_filled(html, filled):
    assert fill(html, shown) == filled


@pytest.mark.parametrize("html", [
    '<p>href="article:causes/x"</p>',  # text, in which quotes are not escaped
    '<pre><code>a href="page:/x/" src="static:y"</code></pre>',
    '<p>a < b href="article:x"</p>'.replace(" < ", " &lt; "),
    '<a href="https://example.org/article:x">a</a>',
    '<div title="href=&quot;article:x&quot;">a</div>',
    '<a data-href="article:x">a</a>',
    "&lt;x-word name=\"emergency-number\"&gt;&lt;/x-word&gt;",
    '<b>a</b> href="article:x"',
])  # fmt: skip
def test_what_only_looks_like_a_slot_stays_as_it_is(html):
    assert fill(html, shown) == html


def test_an_address_is_escaped_and_a_word_is_html():
    assert fill('<a href="page:/x/">a</a>', lambda kind, name: '/?a&b"<') == '<a href="/?a&amp;b&quot;&lt;">a</a>'
    assert fill('<x-word name="a"></x-word>', lambda kind, name: "<b>9</b>") == "<b>9</b>"


TERMS = (
    Term("clot", ("clots",), "…", 1, 1),
    Term("blood clot", (), "…", 1, 1),
    Term("AIDS", (), "…", 1, 1),
    Term("deep vein thrombosis", ("DVT",), "…", 1, 1),
    Term("deep vein", (), "…", 1, 1),
    Term("R&D", (), "…", 1, 1),
    Term("Raynaud's", (), "…", 1, 1),
    Term("C++", (), "…", 1, 1),
)
FINDER = TermFinder(forms_of(TERMS))


def names(htmls: list[str]) -> list[str]:
    return [place.name for place in FINDER.first_uses(htmls)]


@pytest.mark.parametrize("text, names", [
    ("A clot, two clots, a Clot.", ["clot", "clot", "clot"]),
    ("A blood clot is a clot.", ["blood clot", "clot"]),
    ("clotting, anticlot, clot-like, post-clot, clot_", []),
    ("AIDS aids Aids", ["AIDS"]),
    ("DVT, dvt, Deep vein thrombosis", ["deep vein thrombosis", "deep vein thrombosis"]),
    ("deep vein\nthrombosis and deep  vein thrombosis", ["deep vein thrombosis", "deep vein thrombosis"]),  # as a text is wrapped
    ("a deep vein thrombosis in a deep vein", ["deep vein thrombosis", "deep vein"]),
    ("our R&amp;D", ["R&D"]),  # a text between tags is escaped
    ("Raynaud's", ["Raynaud's"]),
    ("a C++ b", ["C++"]),
    ("", []),
])  # fmt: skip
def test_terms_are_found_as_whole_words_the_longest_first(text, names):
    assert [name for _, _, name in FINDER.in_text(text)] == names


def test_where_a_term_stands():
    text = "A blood clot."
    ((start, end, _),) = FINDER.in_text(text)
    assert text[start:end] == "blood clot"


def test_without_terms_nothing_is_found():
    assert list(TermFinder({}).in_text("a clot")) == []


@pytest.mark.parametrize("element", ["a", "code", "dfn", "h1", "h2", "h6", "kbd", "pre", "samp", "summary", "th"])
def test_no_term_is_explained_in_headings_links_and_code(element):
    html = f'<{element} class="x">a <b>clot</b> &amp; a clot</{element}><p>a <b>CLOT</b></p>'
    assert [text for _, text in open_texts(html) if "clot" in text.lower()] == ["CLOT"]
    assert names([html]) == ["clot"]
    assert names([f"<{element}>clot</{element}>"]) == []


def test_no_term_is_explained_in_a_tag():
    assert names(['<p title="a clot > a clot"><img alt="clot">text</p>']) == []


def test_only_the_first_use_is_explained_over_all_texts_of_an_article():
    texts = ["<h2>A clot</h2><p>A Clot, a clot, a blood clot.</p>", "<p>clots, DVT</p>"]
    places = FINDER.first_uses(texts)
    explained = [
        explain_terms(
            text, [place for place in places if place.text == number], lambda name, written: f"<{name}:{written}>"
        )
        for number, text in enumerate(texts)
    ]
    assert explained == [
        "<h2>A clot</h2><p>A <clot:Clot>, a clot, a <blood clot:blood clot>.</p>",
        "<p>clots, <deep vein thrombosis:DVT></p>",
    ]


def test_names_come_in_order_of_first_use_over_all_texts():
    assert names(["<p>DVT, clot</p>", "<p>AIDS, clots</p>"]) == ["deep vein thrombosis", "clot", "AIDS"]
