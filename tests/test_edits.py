"""Small changes in an author's text: what is asked for, and not one byte more."""

import pytest

from healthsite.edits import Edit, EditError, FrontMatter, apply, offset_of, scalar
from healthsite.plainyaml import Mapping, load

REVIEW = {"on": "2026-12-01", "by": ["a", "b"], "seal": "s1-x"}


def file(front: str) -> str:
    return f"---\n{front}\n---\nText.\n---\nreviewed: no\n"


@pytest.mark.parametrize("before, after", [
    ("reviewed: {on: 1, by: [a]} # why", "reviewed: {on: 2026-12-01, by: [a, b], seal: s1-x} # why"),
    ("reviewed: {seal: old, by: [a], on: 1}", "reviewed: {seal: s1-x, by: [a, b], on: 2026-12-01}"),
    ("reviewed: {on: 1, by: [a],}", "reviewed: {on: 2026-12-01, by: [a, b], seal: s1-x,}"),
    ("reviewed: {\n  on: 1, # day\n  by: [a] # who\n  }", "reviewed: {\n  on: 2026-12-01, # day\n  by: [a, b], seal: s1-x # who\n  }"),
    ("'reviewed': {'on': '1', \"by\": [\"a\"]}", "'reviewed': {'on': 2026-12-01, \"by\": [a, b], seal: s1-x}"),
    ("reviewed: {}", "reviewed: {on: 2026-12-01}"),
    (
        "reviewed:\n  # first\n  on: 1 # day\n  by: [a]\n\n# after\nz: 1",
        "reviewed:\n  # first\n  on: 2026-12-01 # day\n  by: [a, b]\n  seal: s1-x\n\n# after\nz: 1",
    ),
    (
        "reviewed:\n    by:\n    - a # who\n    on: 1\nz: 1",
        "reviewed:\n    by:\n    - a\n    - b # who\n    on: 2026-12-01\n    seal: s1-x\nz: 1",
    ),
    ("reviewed:\n  on: 1\n  by:\n  - a\n  - c\nz: 1", "reviewed:\n  on: 2026-12-01\n  by:\n  - a\n  - b\n  seal: s1-x\nz: 1"),
    ("title: é𝄞\nreviewed: {on: 1, by: [a]}", "title: é𝄞\nreviewed: {on: 2026-12-01, by: [a, b], seal: s1-x}"),
])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_values_are_put_into_a_field_however_it_is_written(before, after, end):
    wanted = {"on": "2026-12-01"} if before == "reviewed: {}" else REVIEW
    text = file(before).replace("\n", end)
    assert apply(text, FrontMatter(text).put("reviewed", wanted)) == file(after).replace("\n", end)
    marked = "\ufeff" + text
    assert apply(marked, FrontMatter(marked).put("reviewed", wanted)) == "\ufeff" + file(after).replace("\n", end)


@pytest.mark.parametrize("before, after", [
    ("changes:\n- {on: 1}\n- {on: 0}", "changes:\n- NEW\n- {on: 1}\n- {on: 0}"),
    ("changes:\n  # newest first\n  - on: 1\n    note: x", "changes:\n  # newest first\n  - NEW\n  - on: 1\n    note: x"),
    ("changes: [{on: 1}]", "changes: [NEW, {on: 1}]"),
    ("changes: [\n  {on: 1},\n]", "changes: [NEW, \n  {on: 1},\n]"),
    ("changes: []", "changes: [NEW]"),
])  # fmt: skip
def test_an_item_is_put_first(before, after):
    text = file(before)
    assert apply(text, [FrontMatter(text).begin_list("changes", "NEW")]) == file(after)


@pytest.mark.parametrize("before, after", [
    ("title: x # t\nz: 1", "title: x # t\naliases: [NEW]\nz: 1"),
    ("summary: >\n  a\n  b\n\ntitle: x\nz: 1", "summary: >\n  a\n  b\naliases: [NEW]\n\ntitle: x\nz: 1"),
    ("title: x\naliases: # none\nz: 1", "title: x\naliases: [NEW] # none\nz: 1"),
    ("title: x\naliases: []", "title: x\naliases: [NEW]"),
    ("title: x\naliases: [a/b]", "title: x\naliases: [a/b, NEW]"),
    ("title: x\naliases: [a/b, # one\n  c/d]", "title: x\naliases: [a/b, # one\n  c/d, NEW]"),
    ("title: x\naliases:\n- a/b # one\n\nz: 1", "title: x\naliases:\n- a/b # one\n- NEW\n\nz: 1"),
    ("title: x\naliases:\n  - a/b", "title: x\naliases:\n  - a/b\n  - NEW"),
])  # fmt: skip
def test_an_item_is_put_last_into_a_list_that_may_not_be_there(before, after):
    text = file(before)
    assert apply(text, [FrontMatter(text).end_list("aliases", "NEW", ("title", "summary"))]) == file(after)


@pytest.mark.parametrize("text, why", [
    ("no front matter\n", "it has no front matter"),
    ("---\ntitle: x\n", "it has no front matter"),
    ("---\ntitle: 'x\n---\n", "its front matter can't be read"),
    ("---\n- a\n---\n", "its front matter is not as it should be"),
])  # fmt: skip
def test_what_has_no_front_matter_is_not_changed(text, why):
    with pytest.raises(EditError, match=why):
        FrontMatter(text)


def test_what_is_not_there_is_not_changed():
    front = FrontMatter(file("title: x\nchanges: 1\naliases: a"))
    for change, why in (
        (lambda: front.put("reviewed", REVIEW), "it has no “reviewed”"),
        (lambda: front.put("title", REVIEW), "not as it should be"),
        (lambda: front.begin_list("changes", "NEW"), "“changes” is no list"),
        (lambda: front.end_list("aliases", "NEW", ()), "“aliases” is no list"),
        (lambda: front.end_list("other", "NEW", ("nothing",)), "there is no place for “other”"),
    ):
        with pytest.raises(EditError, match=why):
            change()


@pytest.mark.parametrize("text", [
    "typo", "a: b", "true", "2026-01-01", "12", "it's", "“so”", "'so'", '"so"', "[x]", "a, b", "x #1", "", "- a", "a\\b", "é",
    "null", "{emergency-number}", "*x*", "? y", "a:", "%", "!x", "&y", "~", "a]",
])  # fmt: skip
def test_any_text_is_written_so_that_it_is_read_as_itself(text):
    node, problems = load(f"{{note: {scalar(text)}, other: 1}}")
    assert not problems
    assert node
    assert isinstance(node.value, Mapping)
    assert [(entry.key, entry.node.value) for entry in node.value] == [("note", text), ("other", 1)]


def test_a_plain_text_stays_plain():
    assert scalar("A typo, mended.").startswith('"')
    assert scalar("A typo in 2 lines") == "A typo in 2 lines"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_offsets_count_as_the_parser_does(end):
    text = end.join(["\ufeffab", "", "cd"])
    assert [text[offset_of(text, line, column)] for line, column in ((1, 1), (1, 2), (3, 1), (3, 2))] == list("abcd")


def test_the_same_edit_twice_is_made_once():
    assert apply("abc", [Edit(1, 2, "x"), Edit(0, 1, "y"), Edit(1, 2, "x")]) == "yxc"
