"""An article's text as its reader reads it: blocks, sentences and places."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healthsite import checks, source
from healthsite.blocks import FILL
from healthsite.checks.subject import Style
from healthsite.prose import Prose, words_of
from tests.linked import article, config


def prose(text, kind="guide", **fields):
    file = article(kind, text, **fields)
    parsed = source.parse("content/guides/a.md", file.encode(), "key")
    assert parsed.article, parsed.findings
    return Prose(parsed.article, parsed.body, file)


def blocks(text):
    found = prose(text)
    return [
        (block.kind, found.text[block.start : block.end].replace(FILL, "").strip())
        for block in found.blocks[: found.body_blocks]
    ]


@pytest.mark.parametrize("text, expected", [
    ("One.\nTwo.\n\nThree.\n", [("paragraph", "One.\nTwo."), ("paragraph", "Three.")]),
    ("## Head\nText\n", [("heading", "Head"), ("paragraph", "Text")]),
    ("- one\n  more\n- two\n\n1. three\n", [("item", "one\n  more"), ("item", "two"), ("item", "three")]),
    ("* one\n* **two** three\n", [("item", "one"), ("item", "two three")]),
    ("| A | B |\n|---|:-:|\n| a | b |\n", [("head", "| A | B |"), ("row", "| a | b |")]),
    ('!!! routine "Title"\n\n    Text.\n\nAfter.\n', [("title", "Title"), ("paragraph", "Text."), ("paragraph", "After.")]),
    ("```\ncode\n\n# code\n```\n\nText `more code` here.\n", [("paragraph", "Text  here.")]),
    ("See [a *link*](x.md), ![a picture](y.svg) <b>and</b> [@who; @who2].\n", [("paragraph", "See a link,  and .")]),
    ("<!-- a\n\ncomment -->\n\nText.\n", [("paragraph", "Text.")]),
    ("", []),
    ("\n\n   \n", []),
    ("!!! routine\n", []),
    ("|\n", []),
    ("#\n", [("heading", "")]),
])  # fmt: skip
def test_the_blocks_of_a_text(text, expected):
    assert blocks(text) == expected


@pytest.mark.parametrize("text, expected", [
    ("One two. Three four!\n", ["One two.", "Three four!"]),
    ("One! Two. Three.\n\nFour? Five.\n", ["One!", "Two.", "Three.", "Four?", "Five."]),
    ("It is 5.5 km. [@who] Then?\nYes.\n", ["It is 5.5 km.", "Then?", "Yes."]),
    ("Ask Dr. May, e.g. today. Go.\n", ["Ask Dr. May, e.g. today.", "Go."]),
    ("Call it “so.” Then go.\n", ["Call it “so.”", "Then go."]),
    ("no capital. like this\n", ["no capital. like this"]),
    ("## Head. Line\n\n- an item\n- another. Two\n", ["an item", "another.", "Two"]),
])  # fmt: skip
def test_the_sentences_of_a_text(text, expected):
    found = prose(text)
    assert [found.quote(item) for item in found.sentences if item.block < found.body_blocks] == expected


@pytest.mark.parametrize("short", ["dr", "Mr", "Mrs", "MS", "St", "vs", "e.g", "I.e"])
def test_the_full_stop_of_a_short_form_ends_no_sentence(short):
    found = prose(f"Ask {short}. May. Go.\n")
    assert [found.quote(item) for item in found.sentences if item.block == 0] == [f"Ask {short}. May.", "Go."]


def test_a_card_goes_with_what_stands_in_it():
    found = prose('Text.\n\n!!! emergency "T"\n\n    - one\n\n    Two.\n\nAfter.\n')
    assert [(block.kind, block.card) for block in found.blocks[: found.body_blocks]] == [
        ("paragraph", ""),
        ("title", "emergency"),
        ("item", "emergency"),
        ("paragraph", "emergency"),
        ("paragraph", ""),
    ]


@pytest.mark.parametrize("text, word, expected", [
    ("One\ntwo.\n", "two", (9, 1)),
    ("A **bold** [link](x.md) word [@who] here.\n", "here", (8, 37)),
    ("So.\n\n- an item\n    - another one\n", "another", (11, 7)),
])  # fmt: skip
def test_a_place_is_that_of_the_source(text, word, expected):
    found = prose(text)
    assert found.place(found.text.index(word)) == expected


@pytest.mark.parametrize("front, word, expected", [
    ("summary: A plain sentence. Another one.\n", "Another", (2, 28)),
    ("summary: >\n  A plain\n  sentence.\n", "plain", (3, 5)),
    ("title: Some words\nsummary: No words.\n", "words.", (3, 13)),
])  # fmt: skip
def test_a_place_in_the_front_matter_is_found_there(front, word, expected):
    text = article("guide", "So.\n").split("\n", 1)[1]
    rest = "\n".join(
        line
        for line in text.split("\n")
        if not line.startswith(("summary:", *(["title:"] if "title" in front else [])))
    )
    file = f"---\n{front}{rest}"
    parsed = source.parse("content/guides/a.md", file.encode(), "key")
    assert parsed.article, parsed.findings
    found = Prose(parsed.article, parsed.body, file)
    assert found.place(found.text.index(word)) == expected


def test_windows_line_ends_and_a_byte_order_mark_change_no_place():
    file = article("guide", "One.\n\nTwo three.\n")
    parsed = source.parse("content/guides/a.md", file.encode(), "key")
    assert parsed.article
    found = Prose(parsed.article, parsed.body, file.replace("\n", "\r\n"))
    assert found.place(found.text.index("three")) == (10, 5)


def test_phrases_are_found_across_markup_and_lines():
    found = prose("The **wonder\ndrug** is a wonder-drug, a Wonder drug’s.\n")
    assert [written for _, written in found.find(("wonder drug",))] == ["wonder\ndrug", "Wonder drug"]


PIECES = st.sampled_from(
    [*"abAB 1.,!?:-#*|>[]()`<>\n\x00é中", "    ", "\n\n", "[@who]", '!!! emergency "T"', "- ", "1. ", "## ", "|---|", "```", "<!--", "-->", "](x.md)", "![", "{emergency-number}", "<table>", "</table>", "Dr. ", "5 mg", "999", "call "]
)  # fmt: skip


def test_uses_are_found_in_their_order():
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    found = prose(f"{' '.join(words)} {' '.join(words)}.\n")
    assert [written for _, written in found.find(words)] == [*words, *words]


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_whatever_is_written_no_check_breaks_and_every_place_is_in_the_file(text):
    file = article("guide", text)
    parsed = source.parse("content/guides/a.md", file.encode(), "key")
    if parsed.article is None:
        return
    found = Prose(parsed.article, parsed.body, file)
    lengths = [len(line) for line in file.split("\n")]
    style = Style(config().policy, config().wording, ("999",), frozenset())
    for finding in checks.check_text(found, style):
        assert 1 <= finding.line <= len(lengths), finding
        assert 1 <= finding.column <= lengths[finding.line - 1] + 1, finding
    starts = [block.start for block in found.blocks]
    assert starts == sorted(starts)
    assert all(one.end <= other.start for one, other in pairwise(found.sentences))
    positions = range(len(found.blocks))
    assert [[sentence.words for sentence in found.sentences_of(at)] for at in positions] == list(
        map(list, found.lengths)
    )
    assert found.words == frozenset(words_of(found.text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,-/_ aB\n", max_size=40), st.sampled_from(["", "é"]))
def test_numbers_are_found_in_one_way_as_in_the_other(text, other):
    """A letter that is not ASCII has them looked for in the other way."""
    numbers = [text[start:end] for start, end in prose(f"{text}\n").figures]
    assert numbers == [text[start:end] for start, end in prose(f"{text}\n\n{other}\n").figures]


def test_a_mark_that_stands_apart_is_no_word():
    assert prose("One two [@who].\n\nThree – four ! Five.\n").lengths[:2] == ([2], [3, 1])


@pytest.mark.parametrize(
    "piece", ["[", "[@", "![", "](", "<a", "<!--", "`", "|", "**", "[a](", "<table>", "- ", "A. ", "!!! a\n"]
)
def test_a_file_of_one_mark_alone_is_read_in_no_time(piece):
    """A regular expression that tries again and again from every mark would not end here."""
    parsed = source.parse("content/guides/a.md", article("guide", "So.\n").encode(), "key")
    assert parsed.article
    found = Prose(parsed.article, parsed.body, article("guide", piece * (50_000 // len(piece))))
    checks.check_text(found, Style(config().policy, config().wording, ("999",), frozenset()))
