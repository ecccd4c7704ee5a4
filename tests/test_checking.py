"""Findings are remembered while only texts are changed, and are still those of a build that remembers nothing."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from healthsite import checking, checks, pipeline, settling
from healthsite.model import Finding
from healthsite.pipeline import loaded
from healthsite.run import FIND_TERMS, PARSE, STORE, Options
from healthsite.store import Store
from healthsite.workers import Crashed, TimedOut, Workers
from tests.small_site import GLOSSARY, TODAY, build_site, change, mapping_text, write, write_site

THIRST = "content/causes/thirst.md"
GUIDE = "content/guides/what-is-it.md"
SHOWN = "Nobody has shown it."
OFTEN = "A muscle, often the calf, tightens."
FLAG = "[the cold leg](../red-flags/cold-leg.md)"
CARD = '\n\n!!! self-care "At home"\n\n    Rest.\n'


@pytest.fixture
def root(tmp_path) -> Path:
    """The small site; an article leads to an emergency, outside any card, and one remedy is of no use."""
    site = write_site(tmp_path / "site")
    change(site, THIRST, "\n\n## What", f" See {FLAG}.{CARD}\n## What")
    change(site, "content/relief/drinking.md", '"unclear"', '"no-difference"')
    return site


def found_in(root: Path, workers: Workers) -> tuple[Finding, ...]:
    """What is found before any page is made."""
    with loaded(Options(root, root / "public", today=TODAY, writes=False), workers) as opened:
        return opened.findings


def found_anew(root: Path, workers: Workers, name: str) -> tuple[Finding, ...]:
    """Likewise, with nothing remembered."""
    fresh = root.parent / name
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".cache"))
    return found_in(fresh, workers)


@pytest.fixture
def looked(monkeypatch) -> list[int]:
    """How often the checks looked at the site."""
    times: list[int] = []
    check_site = checks.check_site

    def checked(subject):
        times.append(1)
        return check_site(subject)

    monkeypatch.setattr(checks, "check_site", checked)
    return times


EDITS = {
    "a word that promises": (THIRST, SHOWN, "It is cured."),
    "a link into a card that calls its urgency less": (THIRST, f" See {FLAG}.{CARD}", f"{CARD[:-1]} See {FLAG}.\n"),
    "a link that leads nowhere": (THIRST, "tired-muscle.md", "tired-muscles.md"),
    "a source that is not there": (GUIDE, "@one-2020", "@four"),
    "a picture that is not there": (THIRST, SHOWN, f"{SHOWN} ![A line](../../static/illustrations/no.svg)"),
    "a list that Markdown would swallow": (THIRST, SHOWN, f"{SHOWN}\n- one\n- two"),
    "something said of another article": (
        GUIDE,
        OFTEN,
        f"[Drinking](../relief/drinking.md) helps with cramps. {OFTEN}",
    ),
    "a bare link to another site": (GUIDE, OFTEN, f"{OFTEN} See [the leaflet](https://example.org/x)."),
    "silenced for nothing": (THIRST, "codes: ", 'silenced: [{"check": "long-sentence", "reason": "none"}]\ncodes: '),
    "a field that is missing": (THIRST, "\nsummary: ", "\n# summary: "),
    "broken front matter": (THIRST, "\nsummary: ", "\n summary: "),
    "nothing that anybody could find": (THIRST, SHOWN, "Nobody at all has shown it."),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_an_edit_makes_to_be_found_is_found_stays_and_goes(root, workers, edit):
    path, old, new = EDITS[edit]
    before = found_in(root, workers)
    change(root, path, old, new)
    found = found_in(root, workers)
    assert found == found_anew(root, workers, "with")
    assert (found != before) == (edit != "nothing that anybody could find")
    change(root, path, "---\nreviewed", "---\n# A remark.\nreviewed")  # the same, a line further down
    moved = found_in(root, workers)
    assert moved == found_anew(root, workers, "moved")
    change(root, path, "---\n# A remark.\n", "---\n")
    other = GUIDE if path == THIRST else THIRST
    change(root, other, OFTEN if other == GUIDE else SHOWN, "Nobody knows.")
    assert found_in(root, workers) == found
    change(root, path, new, old)
    assert found_in(root, workers) == found_anew(root, workers, "gone") == before


def test_while_only_texts_are_changed_nobody_looks_again(root, workers, looked):
    found_in(root, workers)
    looked.clear()
    for number in range(3):
        change(root, THIRST, SHOWN, f"{SHOWN} It was looked for in {number} rooms.")
        found_in(root, workers)
    change(
        root, THIRST, "Too little water", "Too little to drink"
    )  # nor for a title that stands where the old one stood
    found_in(root, workers)
    assert looked == []
    change(root, THIRST, "Too little to drink", "A dry throat")
    found_in(root, workers)
    assert looked == [1]


def test_an_article_that_says_something_new_is_looked_at_with_all_others(root, workers, looked):
    found_in(root, workers)
    looked.clear()
    change(root, GUIDE, OFTEN, f"[Drinking](../relief/drinking.md) helps with cramps. {OFTEN}")
    found_in(root, workers)
    assert looked == [1]


def test_what_is_known_of_a_text_is_not_found_anew_after_an_edit_of_another(root, workers, looked, monkeypatch):
    change(root, GUIDE, OFTEN, f"{OFTEN} See [here](../causes/thirst.md).")  # which is a finding
    asked: list[str] = []
    run = workers.map

    def noting(job: str, *given: Any, **named: Any) -> Any:
        asked.append(job)
        return run(job, *given, **named)

    monkeypatch.setattr(workers, "map", noting)
    before = found_in(root, workers)
    assert [finding.path for finding in before] == [GUIDE]
    looked.clear()
    asked.clear()
    change(root, THIRST, SHOWN, f"{SHOWN} It was looked for in three rooms.")
    assert found_in(root, workers) == before
    assert (looked, asked) == ([], [PARSE])


@pytest.fixture
def parsed(workers, monkeypatch) -> list[str]:
    """The paths of the files that are parsed."""
    paths: list[str] = []
    run = workers.map

    def noting(job: str, items: Any, **named: Any) -> Any:
        paths.extend(item.path for item in items if job == PARSE)
        return run(job, items, **named)

    monkeypatch.setattr(workers, "map", noting)
    return paths


def test_another_generator_parses_all_texts_again(root, workers, parsed, monkeypatch):
    found_in(root, workers)
    every = sorted(parsed)
    parsed.clear()
    found_in(root, workers)
    assert parsed == []
    monkeypatch.setattr(pipeline, "generator_digest", lambda: "another")
    found_in(root, workers)
    assert sorted(parsed) == every != []


def test_a_text_that_is_taken_back_is_not_parsed_again(root, workers, parsed):
    before = found_in(root, workers)
    parsed.clear()
    for old, new in ((SHOWN, OFTEN), (OFTEN, SHOWN), (SHOWN, OFTEN), (OFTEN, SHOWN)):
        change(root, THIRST, old, new)
        found = found_in(root, workers)
    assert found == before
    assert parsed == [THIRST]


def test_the_outlines_are_loaded_only_where_more_than_texts_was_changed(root, workers, monkeypatch):
    loaded: list[str] = []
    load = Store.all

    def noting(store: Store, shelf: str) -> dict[str, bytes]:
        loaded.append(shelf)
        return load(store, shelf)

    monkeypatch.setattr(Store, "all", noting)
    build_site(root, workers)
    loaded.clear()
    change(root, THIRST, SHOWN, f"{SHOWN} It was looked for in three rooms.")
    assert build_site(root, workers).written == 1
    assert loaded == []
    change(root, THIRST, "Too little water", "Too little to drink")
    build_site(root, workers)
    assert loaded == ["shown"]
    change(root, THIRST, "Too little to drink", "A dry throat")
    build_site(root, workers)
    assert loaded == ["shown", "outlines"]


MUSCLE = "content/causes/tired-muscle.md"
WORKS = "The calf works hard."
PROMISE = f"{WORKS} This cures you, guaranteed."
SCRIPT = f"{WORKS} <script>x()</script>"


def found_by(root: Path, workers: Workers) -> list[Finding]:
    """What a build finds; what its pages tell of is found at the end of it, too."""
    return sorted(build_site(root, workers).findings)


def found_clean(root: Path, workers: Workers) -> list[Finding]:
    fresh = root.parent / "clean"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns(".cache", "public"))
    return found_by(fresh, workers)


@pytest.mark.parametrize("text", [PROMISE, SCRIPT])
@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_a_build_that_is_broken_off_while_it_checks_loses_no_finding(root, workers, monkeypatch, text, error):
    build_site(root, workers)
    change(root, MUSCLE, WORKS, text)

    def broken(*given: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(checking, "settle", broken)
        with pytest.raises(error):
            build_site(root, workers)
    assert found_by(root, workers) == found_clean(root, workers) != []


@pytest.mark.parametrize("text", [PROMISE, SCRIPT])
def test_a_build_that_began_before_an_edit_and_ends_after_anothers_loses_no_finding(root, workers, monkeypatch, text):
    build_site(root, workers)
    change(root, "templates/base.html", "Skip to the content", "Go to the content")
    settle = settling.settle

    def meanwhile(*given: Any) -> Any:
        monkeypatch.setattr(checking, "settle", settle)
        change(root, MUSCLE, WORKS, text)
        with Workers(1) as others:
            assert build_site(root, others, output=root / ".cache/serve").findings
        return settle(*given)

    monkeypatch.setattr(checking, "settle", meanwhile)
    build_site(root, workers)
    assert found_by(root, workers) == found_clean(root, workers) != []


@pytest.mark.parametrize("result", [Crashed("ended by signal 9"), TimedOut(10.0)])
def test_a_text_in_which_terms_cannot_be_looked_for_is_a_finding(root, workers, monkeypatch, result):
    build_site(root, workers)
    write(root, "content/glossary.yaml", mapping_text({**GLOSSARY, "muscle": {"definition": "What moves a limb."}}))
    run = workers.map

    def failing(job: str, items: Any, **named: Any) -> Any:
        return [result for _ in items] if job == FIND_TERMS else run(job, items, **named)

    with monkeypatch.context() as patched:
        patched.setattr(workers, "map", failing)
        (found,) = build_site(root, workers).findings
    assert (found.severity, found.message) == ("error", "looking for the glossary's terms in this file broke down")
    assert build_site(root, workers).published


def test_articles_that_are_lost_are_read_again_before_they_are_checked(root, workers):
    build_site(root, workers)
    with Store(root / STORE) as store:
        store._db.execute("DELETE FROM articles")
    (root / "content/relief/drinking.md").unlink()  # so all others are checked again
    found = build_site(root, workers).findings
    assert found == found_anew(root, workers, "fresh")
    assert any("drinking" in finding.message for finding in found)
