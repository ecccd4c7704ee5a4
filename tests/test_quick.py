"""The quick steps give what the library's own give."""

from pathlib import Path
from random import Random

import pytest
from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor

from healthsite import quick, quickinline
from healthsite.fields import Reporter
from healthsite.markup import Markup, Text
from healthsite.model import Finding
from tests.helpers import ROOT

TEXTS = [
    'One line.\nAnother, with [a link](https://example.org/?a=1&b=2 "it\'s") and *stress* and __more__.',
    "Title\n=====\n\nOther\n-----\n\n# Third #\n\nWords\n# Fourth\nmore words",
    "- one\n- two\n\n    in two\n\n        code < & >\n- three\n\n1. first\n2. second\n",
    "> quoted\n> more\n\nWord\n: what it means\n\n    and more of it\n",
    "a | b\n--|--\nc | d `|` e\n\n| x |\n|---|\n| & |\n",
    "Word | word\n--- | ---\nWord | word\n",
    'Escaped \\* and \\[x\\] and `a \\* b` and [x\\]y](https://example.org/\\*) &amp; &nbsp; & &lt; AT&T <b title="a > b">c</b>',
    "![alt *x*](../../static/x.svg \"title\") [ref][one] [one] <https://example.org/a_b_c>\n\n[one]: https://example.org/one 'One'\n",
    "Two spaces  \nbreak, *a **b** c* _d_ 2*3*4 snake_case_word ***all***",
    "```\nfenced\n\n    more\n```\n\nWords after\n\n***\n\n---\n",
    '!!! emergency "Get help now if"\n\n    - one\n    - two\n\n    Words.\n\nWords after it.\n',
    "   indented three\n\n    indented four\n\n\ttab\n",
    "Ünïcode begins\nétat\n\n“Quoted” begins\n\n(brackets)\n\n1 number\n",
    "Words  \n   \n \n\n\tcode\n\n- a\tb\n   ",
    "Words\x02 and\x03 words\n \nwords\r\n  \r\nmore",
    "~~~\nfenced & <b>\n~~~\n\nWords & words\n\n<hr>\n\n&copy; words\n\nWords <!-- not shown --> words",
    "<details open><summary>More</summary>\n\nWords\n\n</details>\n\nWords <br> <span>in</span> <kbd>K</kbd>\n",
]
ARTICLES = sorted(path for path in (ROOT / "content").glob("*/*.md") if path.stem[0] in "cpm")


def _by_library(text: str) -> list[tuple[Text, list[Finding]]]:
    """A text converted by our own Markdown, once with the quick steps and once with the library's."""
    return [_told(markup, text) for markup in (Markup(), _slow())]


def _slow() -> Markup:
    markup = Markup()
    markdown: Markdown = markup._markdown
    markdown.treeprocessors.register(InlineProcessor(markdown), "inline", 20)
    markdown.treeprocessors.register(PrettifyTreeprocessor(markdown), "prettify", 10)
    markdown.treeprocessors.register(UnescapeTreeprocessor(markdown), "unescape", 0)
    markdown.preprocessors.register(NormalizeWhitespace(markdown), "normalize_whitespace", 30)
    markdown.preprocessors.register(FencedBlockPreprocessor(markdown, {}), "fenced_code_block", 25)
    markdown.preprocessors.register(HtmlBlockPreprocessor(markdown), "html_block", 20)
    assert isinstance(vars(markdown.inlinePatterns["em_strong"]).pop("handleMatch"), quickinline.QuickStress)
    assert isinstance(vars(markdown.inlinePatterns["link"]).pop("handleMatch"), quickinline.QuickLink)
    markdown.serializer = to_html_string
    assert isinstance(vars(markdown.parser).pop("parseBlocks"), quick.QuickBlocks)
    return markup


def _told(markup: Markup, text: str) -> tuple[Text, list[Finding]]:
    """A text converted, what it says of itself, and what is found in it, by its places."""
    reporter = Reporter("content/causes/a.md")
    markup.begin("content/causes/a.md", reporter)
    return markup.finish((markup.convert(text, 1),)), sorted(reporter.findings)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_out_as_by_the_library(text):
    ours, theirs = _by_library(text)
    assert ours[0].html
    assert ours == theirs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Words\n\nmore",
        "Words  ",
        "Words\n   ",
        "Words\n  \n \nmore",
        "\tWords",
        "Words\r\nmore\rmore",
        "Words\x02",
        "Words\x03",
        "```\nfenced\n```",
        "~~~\nfenced\n~~~",
        "Words\n\n<p>more</p>",
        "Words &#169 more &copy; & more",
    ],
)
def test_each_preprocessor_gives_what_the_library_s_gives(text):
    markups = [Markup()._markdown.preprocessors, _slow()._markdown.preprocessors]
    assert len(markups[0]) == len(markups[1])
    for ours, theirs in zip(*markups, strict=True):
        assert ours.run(text.split("\n")) == theirs.run(text.split("\n"))


STRESSED = [
    "*a* **b** ***c*** *a **b** c* **a *b* c** *a*b* **a**b**",
    "* a* *a * ** a** **a ** *a\n* *a\nb* a*b*c a**b**c **",
    '(**a**) **"a".** *a,*b **a.**b ***a** **a*** *a** **a*',
    "*a_b* _a*b*_ **a_ b** __*a*__ **[a](/b/)** **`a`** *&amp;* **a [@b]**",
    "**a** **b *c* **d** e *f** **g*",
]


LINKED = [
    "[a](/b/) [a *b*](/c/d.md#e) [](/a/) [a]() [a] (/b/) [a](/b/)(c)",
    "[a [b] c](/d/) [a](/b(c)d/) [a](</b c/>) [a](/b/ \"c\") [a](/b'c'/) [a](/b/ 'c)",
    "[a](/b\"c\") [a](</b/>) [a](/b'c') [a](/b/>) [a](<b)",
    "![a](/b/) [![a](/b/)](/c/) [a](/b\\)c/) [a\\]b](/c/) [a](/b\nc/) [a](/`b`/) [`a`](/b/) [a](b",
]


MIXED = [
    "[@c](/d/) **[@c]** [**a** [@c]](/b/) {emergency-number}[a](/b/)*c*[@d] a ![@c] ![a](/b.png)",
    "*a* [@b] [c](/d/) {emergency-number}  \n**e** {no-number} [@] *f* and **g *h* [@i]**",
    "- [@a; @b]\n- *c*\n- {emergency-number}.\n\n[a](/b/)\n[@c]\n\n{unknown} *a* {emergency-number}",
    "[@a][b](/c/)[@d](e)[f](g)\n\n[@h] & [i](/j/) &amp; <b>[@k]</b> \\[@l] `[@m]` [n]: [o][p]",
    "[b](/c/) [b] [b][b]\n\n[b]: https://example.org/",
    "**a***b* **a***[b](/c/) **a***[@b] *a**b** [a](/b c) [a](/b'c) [a](/b>) [a](/b\"c)",
    "{unknown} words",
]


@pytest.mark.parametrize(
    "texts, marks",
    [
        (
            MIXED,
            ["[@c]", "[a](/b/)", "**a**", "*b*", "{emergency-number}", "{a}", "a", " ", "  \n", "\n", "!", "(", "*"],
        ),
        (STRESSED, ["*", "**", "_", "a", "b", " ", "\n", ".", "(", "[@c]", "`d`", "\\"]),
        (LINKED, ["[", "]", "](", ")", "](/b/)", "(", "!", "a", " ", "<", ">", '"', "'", "\n", "`", "\\", "*"]),
    ],
    ids=["marks", "stress", "links"],
)
def test_inline_marks_come_out_as_by_the_library(texts, marks):
    random = Random(7)
    texts = [*texts, *("a" + "".join(random.choices(marks, k=random.randint(3, 14))) for _ in range(2000))]
    ours, theirs = Markup(), _slow()
    for text in texts:
        assert _told(ours, text) == _told(theirs, text), text


LINES = [
    *("", "", "word", "Word two", "1 two", "- a", "- B *c*", "- [d](/e/) f", "- 1", "-  g", "-h", "* i", "1. j", "- k | l", "--|--"),
    *("# A", "## B", "## C #", "##", "## ", "##  D ", "####### E", "## \\# F", "## *G* [@h]", "## I|J", "#K", "- ## L", "-", "---"),
    *("    - m", "    ## N", "    word", "        - o", "  - p", " ## Q", ": r", "> s", "> - t", "> ## U", "[v]: /w/", "- x  ", "\xa0"),
    *('!!! emergency "Y"', "<div>", "</div>", "```", "## W\\", "## W\\*", "- - w", "* * w", "1. - w", "a | b", "- a | b", "- b\\", "- Word\tz", "- a\x0cb", "## \xa0", "- {emergency-number}"),
]  # fmt: skip


def test_blocks_come_out_as_by_the_library():
    random = Random(3)
    ours, theirs = Markup(), _slow()
    for _ in range(4000):
        text = "word\n\n" + "\n".join(random.choices(LINES, k=random.randint(1, 9)))
        assert _told(ours, text) == _told(theirs, text), text


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_article_comes_out_as_by_the_library(path: Path):
    ours, theirs = _by_library(path.read_text("utf-8").split("\n---\n", 1)[1])
    assert ours == theirs


@pytest.mark.parametrize(
    "block, is_one",
    [
        ("Words", True),
        ("Words: more\nwords - more [@a]", True),
        ("Ünïcode", True),
        ("", False),
        ("# Heading", False),
        ("Words\n# Heading", False),
        ("Words\n---", False),
        ("Words\n: more", False),
        ("Words\n- more", False),
        ("Words | more\n--- | ---", False),
        ("Words | more\nWords | more", True),
        ("1. Words", False),
        (" Words", False),
        ("[a]: b", False),
    ],
)
def test_only_what_can_be_nothing_else_is_taken_for_a_paragraph(block, is_one):
    assert quick.is_paragraph(block) == is_one
