"""YAML with positions: rows that load silently, rows that fire with their exact position and message, and properties."""

import datetime
import json
import math
import re
import string

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthsite import plainyaml
from healthsite.plainyaml import Entry, Mapping, Node, Problem, load


def plain(node: Node | None) -> object:
    """The data of a node without positions."""
    if node is None:
        return None
    if isinstance(node.value, Mapping):
        return {entry.key: plain(entry.node) for entry in node.value}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value if isinstance(item, Node)]
    return node.value


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def either_loader(request, monkeypatch):
    """The C parser, and the Python one that stands in for it where there is no libyaml."""
    monkeypatch.setattr(plainyaml, "_Loader", getattr(yaml, request.param))


# --- what loads silently -------------------------------------------------------------------------------------------

SCALARS: list[tuple[str, object]] = [
    ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None), ("nULL", "nULL"),
    ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False), ("tRue", "tRue"),
    ("no", "no"), ("No", "No"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("y", "y"), ("N", "N"),
    ("1", 1), ("-1", -1), ("+1", 1), ("010", 10), ("0o10", 8), ("0x1F", 31), ("0b11", "0b11"), ("1_000", "1_000"), ("0o8", "0o8"),
    ("1:30", "1:30"), ("12:30:45", "12:30:45"), ("190:20:30.15", "190:20:30.15"), ("1.5", 1.5), ("1.", 1.0), (".5", 0.5),
    ("1e3", 1000.0), ("1.5E-3", 0.0015), ("-.5", -0.5), (".", "."), ("-", [None]), ("+", "+"), ("1.2.3", "1.2.3"), ("1e", "1e"),
    (".inf", math.inf), ("-.INF", -math.inf), ("+.Inf", math.inf), (".iNF", ".iNF"), ("inf", "inf"), ("nan", "nan"),
    ("2026-11-22", datetime.date(2026, 11, 22)), ("2024-02-29", datetime.date(2024, 2, 29)), ("2026-3-1", "2026-3-1"),
    ("2026-11-22 10:00:00", "2026-11-22 10:00:00"), ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"), ("20261122", 20261122),
    ("'2026-11-22'", "2026-11-22"), ('"1"', "1"), ("'~'", "~"), ('"no"', "no"), ("''", ""), ("'it''s'", "it's"),
    ('"a\\nb\\t\\u00e9"', "a\nb\té"), ("R&D", "R&D"), ("a*b", "a*b"), ("5 % of", "5 % of"), ("http://x.org/a#b", "http://x.org/a#b"),
    ("<<", "<<"), ("=", "="), ("?x", "?x"), ("-x", "-x"), ("a - b", "a - b"), ("[]", []), ("{}", {}), ("[a, 1, ~]", ["a", 1, None]),
]  # fmt: skip


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("text, value", SCALARS)
def test_scalars_mean_what_yaml_1_2_says(text, value):
    node, problems = load(f"key: {text}\n" if text != "-" else "key:\n-\n")
    assert problems == ()
    assert isinstance(node, Node)
    assert isinstance(node.value, Mapping)
    found = plain(node.value.get("key"))
    assert (found, type(found)) == (value, type(value))


def test_nan():
    assert all(repr(plain(load(text)[0])) == "nan" for text in (".nan", ".NaN", ".NAN"))


DOCUMENTS = [
    ("", None), ("\n \n", None), ("# only a comment\n", None), ("\ufeff", None),
    ("\ufeffa: 1", {"a": 1}), ("a: 1\r\nb: 2\r\n", {"a": 1, "b": 2}), ("- a\n- - b\n  - c\n", ["a", ["b", "c"]]),
    ("a:\n- b\n- {c: d}\n", {"a": ["b", {"c": "d"}]}), ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    ("a: one\n  two\n", {"a": "one two"}), ("a: b # no\nc: d#e\n", {"a": "b", "c": "d#e"}),
    ("1: a\n~: b\nno: c\n2026-02-30: d\n1.50: e\n", {"1": "a", "~": "b", "no": "c", "2026-02-30": "d", "1.50": "e"}),
    ("'<<': a\n\"\": b\n", {"<<": "a", "": "b"}), ("? a\n: b\n", {"a": "b"}), ("a: {b: , c: d,}\n", {"a": {"b": None, "c": "d"}}),
    ("[" * 50 + "]" * 50, json.loads("[" * 50 + "]" * 50)),
]  # fmt: skip


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("text, value", DOCUMENTS)
def test_documents_that_load_silently(text, value):
    node, problems = load(text)
    assert problems == ()
    assert plain(node) == value


def test_positions_count_from_one_and_in_characters():
    node, problems = load("é: [😀, b]\nc:\n  - {d: 010}\n", line=2)
    assert problems == ()
    ten = Node(4, 9, 10, "010", False)
    item = Node(4, 5, Mapping([Entry("d", 4, 6, ten)]), "", False)
    items = (Node(2, 5, "😀", "😀", False), Node(2, 8, "b", "b", False))
    entries = Mapping(
        [Entry("é", 2, 1, Node(2, 4, items, "", False)), Entry("c", 3, 1, Node(4, 3, (item,), "", False))]
    )
    assert node == Node(2, 1, entries, "", False)


def test_quotes_are_known_and_block_text_is_not_quoted():
    node, _ = load("a: 'x'\nb: \"1\"\nc: x\nd: |\n  x\n")
    assert node is not None
    assert isinstance(node.value, Mapping)
    assert [(entry.node.text, entry.node.quoted) for entry in node.value] == [
        ("x", True),
        ("1", True),
        ("x", False),
        ("x\n", False),
    ]


def test_a_mapping_finds_its_keys_and_is_no_list():
    empty, full = load("{}")[0], load("a: 1")[0]
    assert empty is not None
    assert full is not None
    assert isinstance(empty.value, Mapping)
    assert isinstance(full.value, Mapping)
    assert full.value.get("a") == Node(1, 4, 1, "1", False)
    assert full.value.get("b") is None
    assert not isinstance(load("[]")[0].value, Mapping)  # type: ignore[union-attr]


# --- what fires ----------------------------------------------------------------------------------------------------

# text, and the problems as "line:column message"
MEANING = [
    ("a: 2026-02-30", ["1:4 there is no such day: 2026-02-30"]),
    ("a: [2026-13-01, 0000-01-01]", ["1:5 there is no such day: 2026-13-01", "1:17 there is no such day: 0000-01-01"]),
    ("a: " + "1" * 5000, ["1:4 this number is too long"]),
    ("a: 0x" + "1" * 5000, ["1:4 this number is too long"]),
    ("a: 1\nb: 2\na: 3\n'a': 4", ["3:1 a is given twice; the first is on line 1", "4:1 a is given twice; the first is on line 1"]),
    ("x: {a: 1, a: 2}", ["1:11 a is given twice; the first is on line 1"]),
    ("1: a\n'1': b", ["2:1 1 is given twice; the first is on line 1"]),
    ("[a]: 1", ["1:1 a key must be text, not a list or a mapping"]),
    ("{a: 1}: 2", ["1:1 a key must be text, not a list or a mapping"]),
    ("? - x\n: y", ["1:3 a key must be text, not a list or a mapping"]),
    ("a:\n  ?\n  : x", ["2:4 a key is missing before the colon"]),
    ("a: &x b", ["1:4 &x is an anchor in YAML, which is not supported"]),
    ("&x a: b", ["1:1 &x is an anchor in YAML, which is not supported"]),
    ("a: *x", ["1:4 *x is an alias in YAML, which is not supported"]),
    ("*x : 1", ["1:1 *x is an alias in YAML, which is not supported"]),
    ("a: [&x b, *x]", ["1:5 &x is an anchor in YAML, which is not supported", "1:11 *x is an alias in YAML, which is not supported"]),
    ("a: !!int 1", ["1:4 !!int is a tag in YAML, which is not supported"]),
    ("a: !", ["1:4 ! is a tag in YAML, which is not supported"]),
    ("a: !y &x [b]", ["1:4 !y is a tag in YAML, which is not supported", "1:7 &x is an anchor in YAML, which is not supported"]),
    ("<<: *x", ["1:1 << (merging) is not supported", "1:5 *x is an alias in YAML, which is not supported"]),
    ("<<: {a: 1}", ["1:1 << (merging) is not supported"]),
    ("---\na: 1", ["1:1 --- does not belong here"]),
    ("a: 1\n...\n", ["2:1 ... does not belong here"]),
    ("a: 1\n---\nb: 2\n---\n", ["2:1 --- starts a second document; only one is read"]),
    ("%YAML 1.2\n---\na: 1", ["1:1 a line that starts with % is an instruction to YAML"]),
    ("%TAG ! tag:x,2000:\n---\na: 1", ["1:1 a line that starts with % is an instruction to YAML"]),
    ('a: "\\0"', ["1:4 a \\ in this text stands for an invisible character"]),
    ('"\\0": a', ["1:1 a \\ in this text stands for an invisible character"]),
    ("a: 2026-02-30\nb: *x\na: 1\n", ["1:4 there is no such day: 2026-02-30", "2:4 *x is an alias in YAML, which is not supported", "3:1 a is given twice; the first is on line 1"]),
    ("a: x\x00y\nb: \ud800\u2028", ["1:5 there is an invisible character here (U+0000)", "2:4 there is an invisible character here (U+D800)", "2:5 there is an invisible character here (U+2028)"]),
    ("a:\r\n  b\x07", ["2:4 there is an invisible character here (U+0007)"]),
    ("a: b\ufeff", ["1:5 there is an invisible character here (U+FEFF)"]),
    ("[" * 51, ["1:51 this is nested more than 50 levels deep"]),
    ("- " * 5000, ["1:101 this is nested more than 50 levels deep"]),
    ("{a: " * 20_000, ["1:201 this is nested more than 50 levels deep"]),
]  # fmt: skip

QUOTE = "put the value in quotes"
SYNTAX = [
    ("title: Cramps: why", "1:14 there is a second colon in this value", f'{QUOTE}: title: "Cramps: why"'),
    ("a: 1\n- b", "2:1 the indentation of this line fits no line above", "start it in the same column as the lines it belongs with"),
    ('a: 1\nb: say "x": y # z', '2:11 there is a second colon in this value', f"{QUOTE}: b: 'say \"x\": y'"),
    ('a: it\'s "x": y', '1:12 there is a second colon in this value', f"{QUOTE}: a: 'it''s \"x\": y'"),
    ("- a: b: c", "1:7 there is a second colon in this value", f'{QUOTE}: a: "b: c"'),
    ("a:b\nc: d", "1:2 a space is missing after this colon", 'write "key: value"'),
    ("x: 1\ntitle:Cramps\nb: 2", "2:6 a space is missing after this colon", 'write "key: value"'),
    ("a: 1\nb\nc: 2", "2:1 a colon is missing in this line", 'write "key: value", or indent the line if it belongs to the value above'),
    ("a: 1\n: 2", "2:1 a key is missing before the colon", 'write "key: value"'),
    ("a: {: x}", "1:5 a key is missing before the colon", 'write "key: value"'),
    ("- a\n-b\n", "2:1 a space is missing after this dash", 'write "- value"'),
    ("a: 1\n b: 2", "2:2 this line is indented, but the line above has a value already", "start it in the same column as the lines it belongs with"),
    ("a:\n  - b\n c: d", "3:2 the indentation of this line fits no line above", "start it in the same column as the lines it belongs with"),
    ("a:\n\t- b", "2:1 there is a tab here", "indent with spaces"),
    ("a: 1\n\tb: 2", "2:1 there is a tab here", "indent with spaces"),
    ("\ta: 1", "1:1 there is a tab here", "indent with spaces"),
    ("a: |\n\tx\n", "2:1 there is a tab here", "indent with spaces"),
    ("a: @x", "1:4 a value cannot start with @", QUOTE),
    ("a: `x`", "1:4 a value cannot start with `", QUOTE),
    ("a: %x", "1:4 a value cannot start with %", QUOTE),
    ("a: & b", "1:4 a value cannot start with &", QUOTE),
    ("a: **b** c", "1:4 a value cannot start with *", QUOTE),
    ("a: *b* c", "1:4 a value cannot start with *", QUOTE),
    ("a: ? b", "1:4 a value cannot start with ?", QUOTE),
    ("a: > 5 minutes", "1:4 a value cannot start with >", QUOTE),
    ("a: | x", "1:4 a value cannot start with |", QUOTE),
    ("a: ,x", "1:4 a value cannot start with ,", QUOTE),
    ("a: }", "1:4 a value cannot start with }", QUOTE),
    ("a: !x! y", "1:4 a value cannot start with !", QUOTE),
    ("a: - b", "1:4 a list cannot start on the line of its key", f"start each - on a line of its own, or {QUOTE}"),
    ('a: 1\nb: "x\nc: d', "2:4 this quotation mark is never closed", "write the same mark after the value"),
    ('a: "x\nb: "y"\n', "1:4 this quotation mark is not closed on its line", "write the same mark after the value"),
    ('a: "x" y', "1:8 the value goes on after its closing quotation mark", "put the whole value in single quotes"),
    ("a: 'it's'", "1:8 the value goes on after its closing quotation mark", "write '' for an apostrophe, or use double quotes"),
    ('a: "C:\\q"', "1:7 \\q means nothing in double quotes", "write \\\\ for a backslash, or use single quotes"),
    ('a: "\\u12"', "1:5 \\u means nothing in double quotes", "write \\\\ for a backslash, or use single quotes"),
    ("a: [1, 2", "1:4 this [ is never closed", "write ] after the last value"),
    ("a: [b\nc: d\n", "1:4 this [ is never closed", "write ] after the last value"),
    ("a: {b: [c: d", "1:8 this [ is never closed", "write ] after the last value"),
    ("a: {b: c\n", "1:4 this { is never closed", "write } after the last value"),
    ("a: [b]]", "1:7 there is a ] too many", f"delete it, or {QUOTE}"),
    ("a: [b: c: d]", "1:9 a comma or ] is missing before this :", "put a value with such characters in quotes"),
    ("a: {b: c, d: [}", "1:15 a value is missing before this }", "put it in quotes if it is meant as text"),
    ("a: [b] c", "1:8 the value ended before this", "put the whole value in quotes"),
    ("...", "1:1 ... does not belong here", "delete the line"),
    ("é😀: b: c", "1:6 there is a second colon in this value", f'{QUOTE}: é😀: "b: c"'),
    ("a: 1\r\nb: x: y\r\n", "2:5 there is a second colon in this value", f'{QUOTE}: b: "x: y"'),
]  # fmt: skip


def shown(problem: Problem) -> str:
    return f"{problem.line}:{problem.column} {problem.message}"


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("text, expected", MEANING)
def test_every_mistake_of_meaning_is_reported_where_it_is(text, expected):
    assert [shown(problem) for problem in load(text)[1]] == expected


@pytest.mark.parametrize("text, expected, hint", SYNTAX)
def test_a_mistake_of_syntax_is_one_problem_in_an_editors_words(text, expected, hint):
    node, problems = load(text)
    assert node is None
    assert [(shown(problem), problem.hint) for problem in problems] == [(expected, hint)]


@pytest.mark.parametrize("text, expected, hint", SYNTAX)
def test_without_the_c_parser_there_is_one_problem_too(text, expected, hint, monkeypatch):
    monkeypatch.setattr(plainyaml, "_Loader", yaml.SafeLoader)
    node, (problem,) = load(text)
    assert node is None
    assert "this is not YAML" not in problem.message
    assert f"{problem.line}:" == expected.partition(":")[0] + ":"


def test_the_first_line_has_the_number_it_has_in_the_file():
    assert load("a: 1\nb: @x", line=2)[1] == (Problem(3, 4, "a value cannot start with @", QUOTE),)
    assert load("a: 1\na: 1", line=2)[1][0][:3] == (3, 1, "a is given twice; the first is on line 2")
    assert load("a\x00", line=2)[1][0][:2] == (2, 2)


def test_mistakes_of_meaning_before_one_of_syntax_are_reported_with_it():
    node, problems = load("a: 2026-02-30\nb: @x")
    assert node is None
    assert [problem.line for problem in problems] == [1, 2]


def test_what_follows_from_a_refused_alias_or_marker_is_not_reported_again():
    assert [shown(problem) for problem in load("a: *x y")[1]] == ["1:4 *x is an alias in YAML, which is not supported"]
    assert [shown(problem) for problem in load("a: 1\n...\nb")[1]] == ["2:1 ... does not belong here"]


def test_the_rest_of_a_document_with_mistakes_of_meaning_is_there():
    assert plain(load("a: 1\na: 2\nb: &x 3\n[c]: 4\nd: 5")[0]) == {"a": 1, "b": 3, "d": 5}


# --- properties ----------------------------------------------------------------------------------------------------

YAML_LIKE = st.lists(
    st.sampled_from(
        [*"ab1:-?[]{},#&*!|>'\"%@`\\\t\n\r ~<.=\0\ufeff\u2028\ud800é", "\n  ", ": ", "- ", "---", "...", "\\u", "<<"]
    )
).map("".join)


def check(text: str) -> None:
    node, problems = load(text, line=7)
    lines = re.split(r"\r\n|\r|\n", text)
    for problem in problems:
        assert 7 <= problem.line < 7 + len(lines) + 1
        assert 1 <= problem.column <= max(map(len, lines)) + 1
        assert problem.message
    assert node is None or plain(node) is not ...
    assert problems == tuple(sorted(set(problems)))


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
def test_no_text_raises(loader):
    @settings(deadline=None)  # the Python loader needs long for long texts
    @given(st.one_of(YAML_LIKE, st.text(st.characters(exclude_categories=()))))
    @example("[" * 100_000)
    @example("? " * 1000)
    @example("a: " + "x" * 100_000 + ": y")
    @example("\r\n" * 1000 + "@")
    def holds(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plainyaml, "_Loader", getattr(yaml, loader))
            check(text)

    holds()


def means_the_same_in_yaml_1_1(text: str) -> bool:
    """PyYAML writes text without quotes where YAML 1.1 takes it for text; `1e3` and `0o10` are numbers in 1.2."""
    return not re.match(r"[-+.]?[0-9]", text)


TEXTS = st.text(
    st.one_of(st.sampled_from(string.printable[:-2] + "éß😀"), st.characters(exclude_categories=("C", "Zl", "Zp")))
).filter(means_the_same_in_yaml_1_1)
DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


class NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@settings(deadline=None)
@given(DATA, st.booleans(), st.sampled_from([None, True, False]))
def test_plain_data_is_read_as_pyyaml_reads_it(data, unicode, flow):
    text = yaml.dump(data, Dumper=NoAliases, allow_unicode=unicode, default_flow_style=flow, explicit_end=False)
    text = text.removesuffix("...\n")  # PyYAML ends a document that is a bare scalar so, whatever it is asked
    node, problems = load(text)
    assert problems == ()
    assert plain(node) == yaml.safe_load(text) == data
