"""The schemas: what is committed is up to date, every article fits, and mistakes do not."""

import datetime
import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from healthsite.cli import main
from healthsite.fields import Field, table, text
from healthsite.kinds import FOLDERS, KINDS
from healthsite.plainyaml import Mapping, Node, load
from healthsite.scaffold import scaffold
from healthsite.schema import FOLDER, of_reader, schemas
from tests.helpers import ROOT, SITES

SCHEMAS = {path: json.loads(text) for path, text in schemas().items()}


def plain(text: str) -> object:
    """YAML as an editor's program sees it: YAML 1.2, in which a day is a text and “on” is no truth value."""
    node, problems = load(text)
    assert not problems
    return None if node is None else _plain(node)


def _plain(node: Node) -> object:
    if isinstance(node.value, Mapping):
        return {entry.key: _plain(entry.node) for entry in node.value}
    if isinstance(node.value, tuple):
        return [_plain(item) for item in node.value if isinstance(item, Node)]
    return node.text if isinstance(node.value, datetime.date) else node.value


def front_matter(file: Path) -> object:
    return plain(file.read_text("utf-8").split("---\n")[1])


def wrong(name: str, data: object) -> list[str]:
    """What a schema has against data: the place and the rule."""
    validator = jsonschema.Draft7Validator(SCHEMAS[f"{FOLDER}/{name}.schema.json"])
    return [f"{'.'.join(map(str, error.absolute_path))}: {error.validator}" for error in validator.iter_errors(data)]


@pytest.mark.parametrize("path", SCHEMAS)
def test_what_is_committed_is_up_to_date(path):
    assert (ROOT / path).read_text("utf-8") == schemas()[path], "run: build.py schema"
    jsonschema.Draft7Validator.check_schema(SCHEMAS[path])


def test_there_is_a_schema_for_each_kind_and_no_other_is_left_over():
    assert {f"{FOLDER}/{name}.schema.json" for name in (*KINDS, "references", "glossary", "people")} == set(SCHEMAS)
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / FOLDER).iterdir()} == set(SCHEMAS)


ARTICLES = [
    path for root in (ROOT / "content", *(SITES / name / "content" for name in ("minimal", "base", "full", "other-topic")))
    for path in sorted(root.glob("*/*.md"))
]  # fmt: skip


@pytest.mark.parametrize("file", ARTICLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_article_fits(file):
    assert wrong(FOLDERS[file.parent.name].name, front_matter(file)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_draft_fits(kind, tmp_path):
    assert wrong(kind, front_matter(tmp_path / scaffold(tmp_path, kind, "new", "2026-11-22"))) == []


@pytest.mark.parametrize("name", ["references", "glossary"])
def test_the_sources_and_the_words_fit(name):
    assert wrong(name, plain((ROOT / f"content/{name}.yaml").read_text("utf-8"))) == []


@pytest.mark.parametrize("changes, expected", [
    ({}, []),
    ({"titel": "x"}, [": additionalProperties"]),
    ({"title": None}, ["title: type"]),
    ({"also_called": None, "draft": None, "aliases": []}, []),
    ({"effect": "help"}, ["effect: enum"]),
    ({"draft": "yes"}, ["draft: type"]),
    ({"publish_on": "1.12.2026"}, ["publish_on: pattern"]),
    ({"related": "rest"}, ["related: type"]),
    ({"changes": []}, ["changes: minItems"]),
    ({"changes": [{"on": "2026-11-01"}]}, ["changes.0: required"]),
    ({"reviewed": {"on": "2026-11-01", "by": ["editors"], "seal": "s1-x", "buy": 1}}, ["reviewed: additionalProperties"]),
    ({"codes": {"mesh": ["D1"]}}, []),
    ({"codes": {"mesh": "D1"}}, ["codes.mesh: type"]),
    ({"steps": {"position": "Sit.", "actions": ["Go."]}}, []),
    ({"steps": {"actions": []}}, ["steps.actions: minItems", "steps: required"]),
])  # fmt: skip
def test_mistakes_do_not_fit(changes, expected):
    good = {
        "title": "T", "summary": "S.", "approach": "now", "effect": "helps", "certainty": "weak",
        "reviewed": {"on": "2026-11-01", "by": ["editors"]}, "changes": [{"on": "2026-11-01", "note": "N.", "minor": True}],
    }  # fmt: skip
    assert sorted(wrong("relief", good | changes)) == expected


@pytest.mark.parametrize("data, expected", [
    (None, []),
    ({"dr-may": {"name": "Dr May", "role": "doctor", "link": "https://e.org/", "clinician": True}}, []),
    ({"dr-may": {"clinician": "yes"}}, ["dr-may.clinician: type", "dr-may: required"]),
])  # fmt: skip
def test_people_fit_or_do_not(data, expected):
    assert sorted(wrong("people", data)) == expected


def test_a_reader_that_nobody_told_of_is_noticed():
    with pytest.raises(LookupError):
        of_reader(lambda node, report: None)
    with pytest.raises(LookupError):
        of_reader(table(text, keys=["a"]))
    assert of_reader(Field(text, "").read)["type"] == ["string", "number", "boolean"]


def test_the_command_writes_them(tmp_path, capsys):
    for _ in range(2):
        assert main(["schema"], tmp_path) == 0
        assert {
            path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in (tmp_path / FOLDER).iterdir()
        } == schemas()
    assert capsys.readouterr().out.splitlines()[0] == f"{len(SCHEMAS)} schemas are in schemas/"


def test_the_settings_of_the_editors_program_name_every_schema_and_the_files_that_it_is_for():
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    named = settings["yaml.schemas"]
    assert set(named) == set(SCHEMAS)
    for path, pattern in named.items():
        name = path.removeprefix(f"{FOLDER}/").removesuffix(".schema.json")
        assert pattern == (f"content/{KINDS[name].folder}/*.md" if name in KINDS else f"content/{name}.yaml")


# --- the hook that keeps mistakes out of a commit ---


def test_the_hook_runs_the_check_over_everything_that_a_site_is_made_of():
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert repository["repo"] == "local"
    (hook,) = repository["hooks"]
    assert hook["entry"] == ".venv/bin/python build.py check"
    assert (hook["language"], hook["pass_filenames"]) == ("system", False)
    for path in (
        "content/causes/statins.md",
        "content/people.yaml",
        "templates/base.html",
        "static/css/site.css",
        "config.yaml",
    ):
        assert re.search(hook["files"], path), path
    for path in ("README.md", "docs/writing.md", "tests/sites/base/content/causes/moon-dust.md"):
        assert not re.search(hook["files"], path), path
