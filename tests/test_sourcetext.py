"""Where things stand in a text, and the lists that Markdown would misread: rows that stay silent, rows that fire."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthsite.fields import Reporter
from healthsite.markup import Markup
from healthsite.sourcetext import SourceText

MARKUP = Markup()


def misread(text: str) -> list[str]:
    return [f"{found.line}:{found.column} {found.message}" for found in SourceText(text, 1).misread_lists()]


# --- lists ----------------------------------------------------------------------------------------------------------

FINE = [
    "Para\n\n- a\n- b\n", "- a\n- b\n", "* a\n+ b\n", "1. a\n2. b\n", "3. a\n4. b\n", " - a\n - b\n", "## H\n- a\n", "## H\n\n- a\n",
    "- a\n    - b\n", "- a\n\n    - b\n", "- a\n     - b\n", "1. a\n    - b\n    - c\n2. d\n", "- a\n    - b\n        - c\n    - d\n- e\n",
    "- a\n\n    - b\n\n        - c\n\n            - d\n\n- e\n", "- a\n\n    Para\n\n    - b\n", "- a\n\n    ## H\n    - b\n", "- a\ncontinued\n- b\n",
    "- a\n  continued\n- b\n", "- a\n\n1. b\n", "- a\n\n\n- b\n", "-\ta\n\t- b\n", "> - a\n> - b\n", "> Para\n>\n> - a\n", "> - a\n\n- b\n", "> - a\n>     - b\n",
    '!!! emergency "T"\n\n    - a\n    - b\n', '!!! emergency "T"\n    - a\n', '!!! emergency "T"\n\n    Para\n\n    - a\n        - b\n', 'Para\n!!! emergency "T"\n\n    - a\n',
    '!!! emergency "T"\n\n    Para\n- a\n',  # the list is outside of the card, and is a list
    '- a\n\n    !!! routine "T"\n\n        - b\n\n    - c\n\n- d\n', '> !!! routine "T"\n>\n>     - a\n',
    "*not* a list\n*nor* this\n", "Para\n-5 degrees\n", "Para\n1.5 litres\n", "in the year\n1990. It was\n", "up to\n2. And\n", "Para\n---\n- a\n", "Para\n===\n- a\n", "Para\n\n***\n- a\n",
    "Para\n* * *\n", "```\nPara\n- a\n• b\n```\n", "~~~\nPara\n- a\n~~~\n", "a `b\n- c` d\n", "Term\n: - a\n    - b\n", "| a |\n|---|\n| b |\n", "a | b\n--|--\nc | d\n", "", "\n\n",
    "- a\n\n        b\n\n    - c\n".replace("        b", "    b"),
]  # fmt: skip


@pytest.mark.parametrize("text", FINE)
def test_what_markdown_reads_as_its_author_means_it_is_silent(text):
    assert misread(text) == []


PARAGRAPH = "Markdown would swallow this list into the paragraph before it"
ITEM = "Markdown would swallow this list into the item before it"
TABLE = "Markdown would swallow this table into the paragraph before it"
FLAT = "Markdown would not see this as a list inside the list"
INSIDE = "Markdown would keep this in the list inside the list"
CODE = "Markdown would show this as code"
NO_LIST = "Markdown would not see this as a list"

FIRES = [
    ("Para\n- a\n- b\n", [f"2:1 {PARAGRAPH}"]),
    ("Para\n* a\n", [f"2:1 {PARAGRAPH}"]),
    ("Para\n+ a\n", [f"2:1 {PARAGRAPH}"]),
    ("Para\n1. a\n2. b\n", [f"2:1 {PARAGRAPH}"]),
    ("Para\n  - a\n", [f"2:3 {PARAGRAPH}"]),
    ("Para\n    - a\n", [f"2:5 {PARAGRAPH}"]),
    ("Para\n\t- a\n", [f"2:2 {PARAGRAPH}"]),
    ("Para  \n- a\n", [f"2:1 {PARAGRAPH}"]),
    ("## H\nPara\n- a\n", [f"3:1 {PARAGRAPH}"]),
    ("Para\n- a\n\nPara\n- b\n", [f"2:1 {PARAGRAPH}", f"5:1 {PARAGRAPH}"]),
    ('!!! emergency "T"\n\n    Get help if\n    - a\n    - b\n', [f"4:5 {PARAGRAPH}"]),
    ('!!! emergency "T"\n    Get help if\n    1. a\n', [f"3:5 {PARAGRAPH}"]),
    ('- x\n\n    !!! routine "T"\n\n        Para\n        - a\n', [f"6:9 {PARAGRAPH}"]),
    ("> Para\n> - a\n", [f"2:3 {PARAGRAPH}"]),
    ("> Para\n- a\n", [f"2:1 {PARAGRAPH}"]),
    (">> Para\n>> - a\n", [f"2:4 {PARAGRAPH}"]),
    ("- a\n\n    Para\n    - b\n", [f"4:5 {PARAGRAPH}"]),
    ("- a\n\n  Para\n  - b\n", [f"4:3 {PARAGRAPH}"]),
    ("a `b` c\n- d `e`\n", [f"2:1 {PARAGRAPH}"]),
    ("- a\n1. b\n", [f"2:1 {ITEM}"]),
    ("1. a\n- b\n", [f"2:1 {ITEM}"]),
    ("- a\n  - b\n", [f"2:3 {FLAT}"]),
    ("- a\n  - b\n  - c\n", [f"2:3 {FLAT}", f"3:3 {FLAT}"]),
    ("- a\n\n  - b\n", [f"3:3 {FLAT}"]),
    ("1. a\n   - b\n", [f"2:4 {FLAT}"]),
    ("- a\n    - b\n      - c\n", [f"3:7 {FLAT}"]),
    ("- a\n    - b\n  - c\n", [f"3:3 {FLAT}"]),
    ("- a\n        - b\n", [f"2:9 {FLAT}"]),
    ('!!! self-care "T"\n\n    - a\n      - b\n', [f"4:7 {FLAT}"]),
    ("> - a\n>   - b\n", [f"2:5 {FLAT}"]),
    ("- a\n\n    - b\n- c\n", [f"4:1 {INSIDE}"]),
    ("- a\n\n    ## H\n- b\n", [f"4:1 {INSIDE}"]),
    ("- a\n    - b\n    ## H\n        - c\n", [f"4:9 {CODE}"]),
    ("- a\n    - b\n    ***\n        - c\n", [f"4:9 {CODE}"]),
    ("Para\n\n    - a\n", [f"3:5 {CODE}"]),
    ("Para\n\n\t- a\n", [f"3:2 {CODE}"]),
    ("## H\n    - a\n", [f"2:5 {CODE}"]),
    ("    text\n    text\n", [f"1:5 {CODE}"]),
    ("- a\n\nPara\n\n    - b\n", [f"5:5 {CODE}"]),
    ("- a\n\n        text\n", [f"3:9 {CODE}"]),
    ('!!! emergency "T"\n\n        text\n', [f"3:9 {CODE}"]),
    ("1) a\n2) b\n", [f"1:1 {NO_LIST}"]),
    ("Para\n1) a\n", [f"2:1 {NO_LIST}"]),
    ("• a\n• b\n", [f"1:1 {NO_LIST}"]),
    ("Para\n• a\n", [f"2:1 {NO_LIST}"]),
    ("Para\n| a | b |\n|---|---|\n| c | d |\n", [f"3:1 {TABLE}"]),
    ("Para\na | b\n:-- | --:\nc | d\n", [f"3:1 {TABLE}"]),
]  # fmt: skip


@pytest.mark.parametrize("text, found", FIRES)
def test_what_markdown_would_misread_is_told_with_its_place(text, found):
    assert misread(text) == found


def test_each_misreading_comes_with_what_to_do():
    hints = {found.message: found.hint for text, _ in FIRES for found in SourceText(text, 1).misread_lists()}
    assert hints == {
        PARAGRAPH: "put a blank line before the list",
        ITEM: "put a blank line between a list with numbers and one without",
        TABLE: "put a blank line before the table",
        FLAT: "indent it by four spaces, or not at all",
        INSIDE: "put a blank line before it",
        CODE: "do not indent it; code stands between lines of ```",
        NO_LIST: "begin each item with “- ”, or with “1. ”, “2. ”",
    }


def test_lines_count_from_the_texts_place_in_its_file():
    found = list(SourceText("Para\n- a\n", 12).misread_lists())
    assert [(item.line, item.column) for item in found] == [(13, 1)]


class Depths(HTMLParser):
    """How many lists each item stands in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lists = 0
        self.depths: dict[str, int] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.lists += tag in ("ul", "ol")

    def handle_endtag(self, tag):
        self.lists -= tag in ("ul", "ol")

    def handle_data(self, data):
        self.depths |= dict.fromkeys(re.findall(r"item\d+", data), self.lists)


@st.composite
def texts_with_lists(draw) -> str:
    line = st.sampled_from(["", "para", "## Heading", "- ", "- ", "* ", "1. "])
    indent = st.sampled_from(["", "", "    ", "    ", "        ", "  ", "   "])
    lines = draw(st.lists(st.tuples(indent, line), max_size=7))
    return "\n".join(
        indent + line + (f"item{number}" if line.endswith(" ") else "") if line else ""
        for number, (indent, line) in enumerate(lines)
    )


@settings(deadline=None, max_examples=300)
@given(texts_with_lists())
@example("- item0\n\n    - item1\n- item2")
@example("- item0\n\n    para\n    - item1")
@example("1. item0\n    * item1\n\n    para\n\n        - item2")
@example("- item0\n    - item1\n    ## Heading\n        - item3")
@example("- item0\n    - item1\n    ***\n        - item3")
@example("- item0\n    - item1\n\n    ## Heading\n    - item3\n- item4")
def test_no_item_is_lost_and_none_changes_its_depth_in_silence(text):
    """What a reader sees is the list that the author wrote, or else something was reported."""
    if misread(text):
        return
    MARKUP.begin("content/causes/x.md", Reporter(""))
    depths = Depths(MARKUP.convert(text, 1)).depths
    before: tuple[int, int] | None = None
    for line in text.split("\n"):
        item = re.match(r"( *)\S+ (item\d+)", line)
        if item:
            here = len(item[1]), depths[item[2]]
            assert here[1] > 0, f"{item[2]} is no item of a list"
            if before and here[0] == before[0]:
                assert here[1] == before[1], f"{item[2]} stands beside the one before"
            if before and here[0] >= before[0] + 4:
                assert here[1] > before[1], f"{item[2]} stands in the one before"
            before = here
        elif line and not line.startswith("    "):
            before = None


# --- places ---------------------------------------------------------------------------------------------------------


def test_the_second_use_of_a_wording_is_found_at_its_second_place():
    source = SourceText("a [@x]\n\nb [@x] [@x]\n", 5)
    assert [source.locate("[@x]") for _ in range(3)] == [(5, 3), (7, 3), (7, 8)]


def test_after_the_last_use_the_first_is_told_again():
    source = SourceText("a b a", 1)
    assert [source.locate("a") for _ in range(3)] == [(1, 1), (1, 5), (1, 1)]


def test_what_is_not_there_is_told_at_the_beginning():
    assert SourceText("a\nb", 9).locate("c") == (9, 1)
    assert SourceText("a\nb", 9, 4).locate("c", "") == (9, 4)


def test_of_several_wordings_the_first_that_is_there_counts():
    assert SourceText("x\ny\n", 1).locate("z", "y", "x") == (2, 1)


@pytest.mark.parametrize("text, place", [
    ("`[@x]` [@x]", (1, 8)),
    ("``a ` [@x]`` [@x]", (1, 14)),
    ("`a\n[@x]` [@x]", (2, 7)),
    ("```\n[@x]\n```\n[@x]", (4, 1)),
    ("~~~ text\n[@x]\n~~~\n[@x]", (4, 1)),
    ("````\n```\n[@x]\n````\n[@x]", (5, 1)),
    ("```\n[@x]", (2, 1)),  # a fence that is never closed is no code
    ("\\`[@x]\\` [@x]", (1, 3)),
    ("é😀 [@x]", (1, 4)),
])  # fmt: skip
def test_code_is_passed_over(text, place):
    assert SourceText(text, 1).locate("[@x]") == place


def test_a_wording_can_be_asked_for_as_a_whole():
    source = SourceText("[@ab; @a]", 1)
    assert source.locate("@a") == (1, 2)
    assert SourceText("[@ab; @a]", 1).locate("@a", after="];") == (1, 7)
    assert SourceText("xa a", 1).locate("a", before=" ") == (1, 4)


@pytest.mark.parametrize("text, address, place", [
    ("[a](b.md#c) [d](b.md)", "b.md", (1, 17)),
    ("b.md [a](b.md)", "b.md", (1, 10)),
    ('[a](b.md "t")', "b.md", (1, 5)),
    ("[a](<b c.md>)", "b c.md", (1, 6)),
    ("<https://e.org>", "https://e.org", (1, 2)),
    ('x <a href="https://e.org">', "https://e.org", (1, 12)),
    ("[a][r]\n\n[r]: b.md", "b.md", (3, 6)),
    ("[a]()", "", (1, 5)),
])  # fmt: skip
def test_a_link_is_found_by_its_address(text, address, place):
    assert SourceText(text, 1).locate_link(address) == place


HEADINGS = "## A\n\n### B\n\n> ### Quoted\n\nC\n---\n\n```\n## code\n```\n\n- x\n\n    ## Inner\n\nTop\n===\n"


@pytest.mark.parametrize("level, count, place", [
    (2, 0, (1, 1)), (3, 0, (3, 1)), (3, 1, (5, 3)), (2, 1, (7, 1)), (2, 2, (16, 5)), (1, 0, (18, 1)), (6, 0, (1, 1)),
])  # fmt: skip
def test_a_heading_is_found_by_its_level_and_number(level, count, place):
    assert SourceText(HEADINGS, 1).locate_heading(level, count) == place


def test_the_first_line_may_begin_further_to_the_right():
    source = SourceText("a b\nc", 7, 10)
    assert [source.locate(wording) for wording in "abc"] == [(7, 10), (7, 12), (8, 1)]
    assert [item.column for item in SourceText("1) a", 1, 5).misread_lists()] == [5]


def test_an_escaped_wording_is_known():
    assert SourceText(r"a \[@x]", 1).is_escaped("[@x]")
    assert not SourceText("a [@x]", 1).is_escaped("[@x]")
