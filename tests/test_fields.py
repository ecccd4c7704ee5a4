"""Readers of YAML values: what they give, and what they say of what does not fit."""

import pytest

from healthsite import fields
from healthsite.fields import Field, Reader, Reporter, read_record, read_yaml
from healthsite.plainyaml import Mapping


def read(reader: Reader, yaml: str) -> tuple[object, list[str]]:
    """What a reader gives for ``key: YAML``, and its findings as ``line:column message (hint)``."""
    report = Reporter("f.yaml")
    node = read_yaml(f"key: {yaml}\n", report)
    assert node is not None
    assert isinstance(node.value, Mapping)
    value = reader(node.value[0].node, report)
    return value, told(report)


def told(report: Reporter) -> list[str]:
    return [str(finding).removeprefix("f.yaml:").replace(" error: ", " ") for finding in sorted(report.findings)]


abc = fields.choice("alpha", "beta", "gamma")
pairs = fields.table(fields.text, keys=("a", "b"))

FITS: list[tuple[Reader, str, object]] = [
    (fields.text, "words", "words"), (fields.text, "'quoted: words'", "quoted: words"), (fields.text, "a  b\n  c", "a b c"), (fields.text, "|\n  a\n  b", "a b"),
    (fields.text, "no", "no"), (fields.text, "1:30", "1:30"), (fields.text, "010", "010"), (fields.text, "1.50", "1.50"), (fields.text, "2026-11-22", "2026-11-22"), (fields.text, "yes", "yes"),
    (fields.flag, "true", True), (fields.flag, "False", False),
    (fields.number, "3", 3), (fields.number, "0", 0), (fields.number, "010", 10),
    (fields.date, "2026-11-22", "2026-11-22"), (fields.date, "'2026-11-22'", "2026-11-22"), (fields.date, "2024-02-29", "2024-02-29"),
    (abc, "beta", "beta"), (abc, "'beta'", "beta"),
    (fields.listing(fields.text), "[]", ()), (fields.listing(fields.text), "[a, 1:30, no]", ("a", "1:30", "no")), (fields.listing(fields.text), "\n- a\n- b", ("a", "b")),
    (fields.placed(fields.text), "a", ("a", 1, 6)), (fields.listing(fields.placed(fields.text)), "[a, b]", (("a", 1, 7), ("b", 1, 10))),
    (fields.table(fields.text), "{x: 1, y: b}", {"x": "1", "y": "b"}), (pairs, "{b: 1, a: 2}", {"b": "1", "a": "2"}),
    (fields.markdown, "a  b", ("a  b", 1, 6)), (fields.markdown, '"a b"', ("a b", 1, 7)), (fields.markdown, "|\n  a\n\n  - b", ("a\n\n- b\n", 2, 1)),
]  # fmt: skip


@pytest.mark.parametrize("reader, yaml, value", FITS)
def test_a_value_that_fits_is_read_in_silence(reader, yaml, value):
    found, findings = read(reader, yaml)
    assert (found, type(found), findings) == (value, type(value), [])


MISFITS: list[tuple[Reader, str, list[str]]] = [
    (fields.text, "[a]", ["1:6: a text is needed here"]),
    (fields.text, "{a: b}", ["1:6: a text is needed here"]),
    (fields.text, "''", ["1:6: this text is empty"]),
    (fields.text, "' '", ["1:6: this text is empty"]),
    (fields.flag, "yes", ["1:6: this is true or false (did you mean true?)"]),
    (fields.flag, "Off", ["1:6: this is true or false (did you mean false?)"]),
    (fields.flag, "1", ["1:6: this is true or false"]),
    (fields.flag, "[true]", ["1:6: this is true or false"]),
    (fields.number, "-1", ["1:6: a whole number is needed here, 0 or more"]),
    (fields.number, "1.5", ["1:6: a whole number is needed here, 0 or more"]),
    (fields.number, "true", ["1:6: a whole number is needed here, 0 or more"]),
    (fields.number, "'3'", ["1:6: a whole number is needed here, 0 or more"]),
    (fields.date, "2026-2-1", ["1:6: a day is needed here, as YYYY-MM-DD (did you mean 2026-02-01?)"]),
    (fields.date, "2026/11/22", ["1:6: a day is needed here, as YYYY-MM-DD (did you mean 2026-11-22?)"]),
    (fields.date, "22.11.2026", ["1:6: a day is needed here, as YYYY-MM-DD (did you mean 2026-11-22?)"]),
    (fields.date, "2026-2-30", ["1:6: a day is needed here, as YYYY-MM-DD"]),  # no proposal that does not exist either
    (fields.date, "20261122", ["1:6: a day is needed here, as YYYY-MM-DD"]),
    (fields.date, "2026-11", ["1:6: a day is needed here, as YYYY-MM-DD"]),
    (fields.date, "2026-11-22 10:00:00", ["1:6: a day is needed here, as YYYY-MM-DD"]),
    (fields.date, "soon", ["1:6: a day is needed here, as YYYY-MM-DD"]),
    (fields.date, "[2026-11-22]", ["1:6: a day is needed here, as YYYY-MM-DD"]),
    (fields.date, "'2026-02-30'", ["1:6: there is no such day: 2026-02-30"]),
    (abc, "bta", ["1:6: “bta” is not one of: alpha, beta, gamma (did you mean “beta”?)"]),
    (abc, "Beta", ["1:6: “Beta” is not one of: alpha, beta, gamma (did you mean “beta”?)"]),
    (abc, "zzz", ["1:6: “zzz” is not one of: alpha, beta, gamma"]),
    (abc, "[beta]", ["1:6: this is not one of: alpha, beta, gamma"]),
    (fields.listing(fields.text), "a", ["1:6: a list is needed here (write [a])"]),
    (fields.listing(fields.text), "{a: b}", ["1:6: a list is needed here"]),
    (fields.listing(fields.text), "[a, [b], '', ~]", ["1:10: a text is needed here", "1:15: this text is empty", "1:19: a text is needed here"]),
    (fields.table(fields.text), "a", ["1:6: a mapping (name: value) is needed here"]),
    (fields.table(fields.text), "[a]", ["1:6: a mapping (name: value) is needed here"]),
    (pairs, "{a: 1}", ["1:6: “b” is missing"]),
    (pairs, "{a: 1, b: 2, c: 3}", ["1:19: “c” is not known here (it can be: a, b)"]),
    (fields.markdown, "[a]", ["1:6: a text is needed here"]),
    (fields.markdown, "'  '", ["1:6: this text is empty"]),
]  # fmt: skip


@pytest.mark.parametrize("reader, yaml, findings", MISFITS)
def test_a_value_that_does_not_fit_is_told_with_its_place_and_what_was_meant(reader, yaml, findings):
    assert read(reader, yaml)[1] == findings


@pytest.mark.parametrize(
    "reader", [fields.text, fields.date, abc, fields.listing(fields.text), pairs, fields.flag, fields.number]
)
def test_a_day_that_does_not_exist_is_told_once(reader):
    """The YAML reader has told it: what does not fit the field beside that is only its consequence."""
    findings = read(reader, "2026-02-30")[1]
    assert [item for item in findings if "no such day: 2026-02-30" in item] == findings
    assert len(findings) == 1


RECORD = {
    "title": Field(fields.text, "a few words", required=True, default=""),
    "tags": Field(fields.listing(fields.text), "some tags", required=True, default=()),
    "note": Field(fields.text, "a note", default="none"),
    "inner": Field(fields.record({"deep": Field(fields.flag, "a flag", required=True, default=False)}), "more", default=None),
}  # fmt: skip


def record(yaml: str) -> tuple[dict[str, object], list[str]]:
    report = Reporter("f.yaml")
    node = read_yaml(yaml, report, line=3)
    assert node is not None
    return read_record(node, RECORD, report), told(report)


def test_every_field_is_in_the_result_with_its_default():
    assert record("title: T\ntags: [a]\n") == ({"title": "T", "tags": ("a",), "note": "none", "inner": None}, [])
    assert record("title: T\ntags: [a]\nnote:\ninner: {deep: true}\n")[0]["inner"] == {"deep": True}


RECORDS_WRONG = [
    ("tags: [a]\n", ["3:1: “title” is missing (a few words)"]),
    ("titel: T\ntags: [a]\n", ["3:1: “title” is missing (a few words)", "3:1: “titel” is not a field here (did you mean “title”?)"]),
    ("title:\ntags: [a]\n", ["3:7: “title” is empty (a few words)"]),
    ("title: T\ntags: []\n", ["4:7: “tags” is empty (some tags)"]),
    ("title: T\ntags: [a]\ninner: {}\n", ["5:8: “deep” is missing (a flag)"]),
    ("title: T\ntags: [a]\ninner: {deep: no, x: 1}\n", ["5:15: this is true or false (did you mean false?)", "5:19: “x” is not a field here (it can be: deep)"]),
    ("- title\n", ["3:1: a mapping (name: value) is needed here"]),
    ("text\n", ["3:1: a mapping (name: value) is needed here"]),
    ("title: T\ntags: [a]\ntitle: U\n", ["5:1: title is given twice; the first is on line 3 (keep one of the two)"]),
]  # fmt: skip


@pytest.mark.parametrize("yaml, findings", RECORDS_WRONG)
def test_unknown_missing_empty_and_repeated_fields_are_told(yaml, findings):
    assert record(yaml)[1] == findings


def test_every_mistake_is_told_at_once():
    findings = record("titel: T\ntags: x\nnote: [a]\ninner: {deep: yes}\n")[1]
    assert [item.split(":")[0] for item in findings] == ["3", "3", "4", "5", "6"]


def test_a_message_is_one_line_whatever_it_quotes():
    report = Reporter("f.yaml")
    report((1, 2), "check", "“a\nb\u2028c”")
    assert str(report.findings[0]) == "f.yaml:1:2: error: “a b c”"
