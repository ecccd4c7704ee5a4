"""An author's HTML: what stays, what goes, and what is said of it."""

import pytest

from healthsite import rawhtml
from healthsite.rawhtml import clean, clean_tag


def flaws(html: str) -> list[str]:
    return [f"{flaw.line}:{flaw.column} {flaw.message}" for flaw in clean(html)[1]]


KEPT = [
    "<div>a</div>", '<p class="a" id="b" lang="de" title="c" dir="rtl">a</p>', "<ul><li>a</li></ul>", '<ol start="3"><li>a</li></ol>', "<details><summary>a</summary>b</details>",
    "<table><thead><tr><th scope=\"col\">a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>", '<a href="https://example.org/?a=1&amp;b=2">a</a>', '<a href="mailto:a@example.org">a</a>',
    '<a href="tel:999">a</a>', "<pre><code>a &lt;b&gt; c</code></pre>", "a<br>b", "H<sub>2</sub>O", '<time datetime="2026-11-22">a</time>', '<abbr title="a &gt; b">c</abbr>',
]  # fmt: skip


@pytest.mark.parametrize("html", KEPT)
def test_plain_text_markup_stays_as_it_is(html):
    assert clean(html) == (html, ())


def test_a_tbody_that_is_added_is_no_loss():
    assert clean("<table><tr><td>a</td></tr></table>") == ("<table><tbody><tr><td>a</td></tr></tbody></table>", ())


def test_a_comment_goes_without_a_word():
    assert clean("a<!-- <script> -->b") == ("ab", ())


DROPPED = [
    ("<p>a<script>alert(1)</script></p>", "<p>a</p>", ["1:5 <script> is not allowed here"]),
    ("<style>p { color: red }</style>a", "a", ["1:1 <style> is not allowed here"]),
    ("<template><b>a</b></template>", "", ["1:1 <template> is not allowed here", "1:11 <b> is not allowed here"]),
    ('<p\n onclick="x()">a</p>', "<p>a</p>", ["1:1 onclick of <p> is not allowed here"]),
    ('<p style="color: red">a</p>', "<p>a</p>", ["1:1 style of <p> is not allowed here"]),
    ('<div\n>\n<iframe src="https://example.org"></iframe></div>', "<div>\n</div>", ["3:1 <iframe> is not allowed here", '3:1 src="https://example.org" of <iframe> is not allowed here']),
    ('<a href="javascript:x">a</a>', "<a>a</a>", ['1:1 href="javascript:x" of <a> is not allowed here']),
    ('<a href=" JaVa&#115;cript:x">a</a>', "<a>a</a>", ['1:1 href=" JaVascript:x" of <a> is not allowed here']),
    ('<a href="data:text/html,x">a</a>', "<a>a</a>", ['1:1 href="data:text/html,x" of <a> is not allowed here']),
    ('<a href="//example.org">a</a>', "<a>a</a>", ['1:1 href="//example.org" of <a> is not allowed here']),
    ('<a href="b.md">a</a>', "<a>a</a>", ['1:1 href="b.md" of <a> is not allowed here']),
    ('<img src="static:x">', "", ["1:1 <img> is not allowed here", '1:1 src="static:x" of <img> is not allowed here']),
    ('<x-word name="a"></x-word>', "", ["1:1 <x-word> is not allowed here", "1:1 name of <x-word> is not allowed here"]),
    ('<a href="article:causes/x">a</a>', "<a>a</a>", ['1:1 href="article:causes/x" of <a> is not allowed here']),
    ('<b>a</b><i onclick="x">b</i><i onclick="y">c</i>', "<b>a</b><i>b</i><i>c</i>", ["1:9 onclick of <i> is not allowed here", "1:29 onclick of <i> is not allowed here"]),
    ("<h2>a</h2>", "a", ["1:1 <h2> is not allowed here"]),
    ("<?php x ?>", "", ["1:1 <php x ?> is not allowed here"]),
]  # fmt: skip


@pytest.mark.parametrize("html, cleaned, found", DROPPED)
def test_anything_else_goes_and_each_loss_is_told_with_its_place(html, cleaned, found):
    assert (clean(html)[0], flaws(html)) == (cleaned, found)
    assert all(flaw.is_dropped for flaw in clean(html)[1])


MARKED = [
    ("a<![CDATA[x]]>b", "ab", ["1:2 <![ is not allowed here"]),
    ("<p>a\n<![if gt]>b<![endif]></p>", "<p>a\nb</p>", ["2:1 <![ is not allowed here", "2:12 <![ is not allowed here"]),
    ("a<![b,", "a", ["1:2 <![ is not allowed here"]),
    ("a<![", "a", ["1:2 <![ is not allowed here"]),
]


@pytest.mark.parametrize("html, cleaned, found", MARKED)
def test_a_marked_section_goes_whatever_its_word(html, cleaned, found):
    assert (clean(html)[0], flaws(html)) == (cleaned, found)


BROKEN = [
    ("<div>a", ["1:1 “<div>” is never closed"]),
    ("<div>\n<b>a</div>", ["2:1 “<b>” is never closed"]),
    ("<div/>a", ["1:1 “<div>” is never closed"]),
    ("a</div>", ["1:2 “</div>” closes nothing"]),
    ("<b>a <i>b</b></i>", []),
]  # fmt: skip


@pytest.mark.parametrize("html, found", BROKEN)
def test_what_is_not_closed_is_an_error(html, found):
    assert flaws(html) == found
    assert not any(flaw.is_dropped for flaw in clean(html)[1])


TRICKS = [
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', "<svg><script>alert(1)</script></svg>", '<math><mi xlink:href="javascript:x">a</mi></math>', "<svg onload=x>",
    '<a href="java\nscript:x">a</a>', '<a href="\x01javascript:x">a</a>', "<b <script>alert(1)</script>", '<div title="a" onmouseover="b">c</div>', "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<form action="javascript:x"><input type=submit></form>', "<base href=//e.org>", "<meta http-equiv=refresh content='0;url=x'>", "<!--><img src=x onerror=y>-->", "<![CDATA[<script>x</script>]]>",
    "<object data=x></object><embed src=x>", '<p id="a"onclick=x>b</p>', "<textarea></textarea><img src=x onerror=y>", "<b><x-urgency name=emergency></x-urgency></b>",
]  # fmt: skip


@pytest.mark.parametrize("html", TRICKS)
def test_no_script_style_address_or_slot_gets_through(html):
    cleaned = clean(html)[0].lower()
    for forbidden in (
        "<script",
        "<style",
        "<svg",
        "<img",
        "<iframe",
        "<object",
        "<embed",
        "<form",
        "<base",
        "<meta",
        "<x-",
    ):
        assert forbidden not in cleaned
    seen = rawhtml._Inventory(cleaned).seen  # the attributes as a browser reads them
    assert [what for what in seen if what.startswith(("on", "style", "src", "xlink"))] == []
    assert [what for what in seen if what.startswith("href") and "script:" in what] == []


@pytest.mark.parametrize("name, attributes, kept, messages", [
    ("b", "", {}, []),
    ("b", ' class="x" onclick=y', {"class": "x"}, ["onclick of <b> is not allowed here"]),
    ("a", ' href="https://e.org"', {"href": "https://e.org"}, []),
    ("a", ' href="page:/x/"', {}, ['href="page:/x/" of <a> is not allowed here']),
    ("br", "", {}, []),
    ("abbr", ' title="a > b"', {"title": "a > b"}, []),
    ("div", "", None, ["<div> is not allowed here"]),  # a block can't stand within a line
    ("script", "", None, ["<script> is not allowed here"]),
    ("x-word", ' name="a"', None, ["<x-word> is not allowed here"]),
])  # fmt: skip
def test_a_single_tag_keeps_what_is_allowed(name, attributes, kept, messages):
    found, flaws = clean_tag(name, attributes)
    assert (found, [flaw.message for flaw in flaws]) == (kept, messages)
