"""What is due, by date, and what rests on a source."""

import json
from dataclasses import replace

import pytest

from healthsite import worklist
from healthsite.cli import main
from healthsite.model import Finding
from tests.linked import Linked, article, config
from tests.small_site import change, write_site

REFERENCES = (
    "who: {type: review, title: T, url: 'https://e.org/'}\nnew: {type: review, title: N, url: 'https://e.org/'}\n"
)


def reviewed(on: str, **fields: object) -> dict[str, object]:
    return {"reviewed": {"on": on, "by": ["editors"], **fields}}


LINKED = Linked(
    {
        "causes/a": article("cause", title="A", **reviewed("2023-11-22")),
        "causes/b": article("cause", "So. [@new]\n", title="B", **reviewed("2023-11-23")),
        "causes/c": article("cause", title="C", **reviewed("2024-06-01")),
        "guides/d": article("guide", "So. [@new; @who]\n", title="D", draft=True, **reviewed("2020-01-01")),
        "relief/e": article("relief", title="E", **reviewed("2026-01-01")),
    },
    references=REFERENCES,
    drafts=True,
)
CHANGED = (
    Finding("content/relief/e.md", 1, 1, "error", "seal", "changed"),
    Finding("content/causes/c.md", 1, 1, "error", "link", "x"),
)


def due(*, seals: bool = False) -> list[tuple[str, str, str]]:
    policy = replace(config().policy, review_years=3, review_notice_days=60, seals=seals)
    return [row[:3] for row in worklist.due(LINKED.site, replace(config(), policy=policy), CHANGED, "2026-11-22")]


def test_what_waits_for_a_review_is_listed_by_date_and_drafts_are_not():
    assert due() == [
        ("2026-11-22", "causes/a", "review overdue"),
        ("2026-11-22", "relief/e", "changed after its review"),
        ("2026-11-23", "causes/b", "review due soon"),
    ]


def test_where_articles_need_a_seal_those_without_one_are_due():
    assert due(seals=True) == [
        ("2026-11-22", "causes/a", "never signed off"),
        ("2026-11-22", "causes/b", "never signed off"),
        ("2026-11-22", "causes/c", "never signed off"),
        ("2026-11-22", "relief/e", "changed after its review"),
    ]


@pytest.mark.parametrize(
    "source, expected", [("new", ["guides/d", "causes/b"]), ("who", ["guides/d", "causes/a", "relief/e", "causes/c"])]
)
def test_what_rests_on_a_source_is_listed_by_date_drafts_too(source, expected):
    rows = worklist.resting_on(source, LINKED.site, config(), CHANGED, "2026-11-22")
    assert [row.article for row in rows] == expected


def test_a_table_is_aligned_and_says_who():
    rows = worklist.due(LINKED.site, config(), CHANGED, "2026-11-22")
    lines = list(worklist.table(rows))
    assert lines[0].split() == ["DUE", "ARTICLE", "WHY", "LAST", "REVIEW"]
    assert lines[1] == "2026-11-22  causes/a  review overdue            2023-11-22 by editors"
    assert {line.index("20", 30) for line in lines[1:]} == {lines[0].index("LAST")}


# --- on the command line ---


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path)
    change(root, "content/causes/thirst.md", '"on": "2026-11-22", "by"', '"on": "2023-12-24", "by"')
    return root


def told(root, capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["worklist", *arguments, "--today", "2026-12-01", "--jobs", "1"], root)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_prints_a_table_or_json(site, capsys):
    code, out, _ = told(site, capsys, "-q")
    assert (code, [line.split()[:2] for line in out.splitlines()]) == (
        0,
        [["DUE", "ARTICLE"], ["2026-12-24", "causes/thirst"]],
    )
    code, out, _ = told(site, capsys, "--format", "json")
    row = {
        "due": "2026-12-24",
        "article": "causes/thirst",
        "why": "review due soon",
        "reviewed_on": "2023-12-24",
        "reviewed_by": ["editors"],
        "title": "Too little water",
    }
    assert (code, json.loads(out)) == (0, [row])
    code, out, _ = told(site, capsys, "--source", "one-2020", "--format", "json")
    assert {row["article"] for row in json.loads(out)} == {
        "causes/thirst",
        "guides/what-is-it",
        "relief/drinking",
        "symptoms/dark-urine",
    }


def test_a_broken_seal_is_due_today(site, capsys):
    change(site, "content/causes/thirst.md", '["editors"]', '["editors"], "seal": "s1-0"')
    assert told(site, capsys)[1].splitlines()[1].split()[:3] == ["2026-12-01", "causes/thirst", "changed"]


def test_nothing_to_do_and_wrong_use_are_told(site, capsys):
    change(site, "content/causes/thirst.md", "2023-12-24", "2026-01-01")
    assert told(site, capsys)[:2] == (0, "nothing is due\n")
    assert told(site, capsys, "--format", "json")[:2] == (0, "[]\n")
    assert told(site, capsys, "--source", "one-2021") == (
        2,
        "",
        "build.py: there is no source “one-2021” (did you mean “one-2020”?)\n",
    )
    assert told(site, capsys, "--format", "github") == (2, "", "build.py: a worklist is written as text or as json\n")
    (site / "config.yaml").unlink()
    assert told(site, capsys)[0] == 1
