"""Whole little sites, good and broken (``tests/sites/``): what is found, as an editor reads it, and what is published."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.helpers import ROOT, SITES, TODAY, build_site, lay_over, lay_site, printed, published
from tests.test_architecture import topic_words
from tests.tools import links

BROKEN = sorted(folder.name for folder in (SITES / "broken").iterdir())
STAR = b"""---
title: Star light
summary: Star light may bring the wobbles.
group: everyday
link: associated
certainty: weak
reviewed: {on: 2026-11-01, by: [editors]}
changes: [{on: 2026-11-01, note: First published.}]
---
Invented too. [@wobble-leaflet]
"""

# What a repository can't keep as it is: by broken site, the bytes of files.
MADE: Mapping[str, Mapping[str, bytes]] = {
    "case-only": {"content/causes/Moon-Dust.md": STAR},
    "control-character": {"content/causes/star-light.md": STAR.replace(b"too.", b"t\x08oo.")},
    "empty-file": {"content/causes/star-light.md": b"", "content/causes/comet-tail.md": b"\n \n"},
    "name-not-latin": {"content/causes/Sternenlicht-für-alle.md": STAR, "content/causes/星.md": STAR},
    "not-utf-8": {
        "content/causes/star-light.md": STAR.replace(b"too.", b"t\xf6o."),
        "content/glossary.yaml": b"d\xfcst:\n  definition: Bits.\n",
    },
    "too-large": {"content/causes/star-light.md": STAR + b"Invented. " * 500_000},
    "utf-16": {"content/causes/star-light.md": STAR.decode().encode("utf-16")},
}


def lay_broken(folder: Path, name: str) -> None:
    """Lay a broken site over the base site that a folder holds."""
    lay_over(folder, SITES / "broken" / name)
    for path, data in MADE.get(name, {}).items():
        if name == "case-only" and (folder / path).exists():
            pytest.skip("this file system does not tell two names apart that differ in case only")
        (folder / path).write_bytes(data)
    if name == "unreadable":
        try:
            (folder / "content/causes/star-light.md").symlink_to("nowhere.md")
        except OSError:
            pytest.skip("this user may not make links here")


@pytest.fixture
def base(tmp_path) -> Path:
    """The base site, laid out."""
    return lay_site(tmp_path / "site", "minimal", "base")


@pytest.fixture(scope="module")
def good(tmp_path_factory, workers) -> Path:
    """The base site, built, with what the build remembers. No test changes it."""
    root = lay_site(tmp_path_factory.mktemp("good") / "site", "minimal", "base")
    assert printed(build_site(root, workers)) == []
    return root


# --- broken sites --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_each_mistake_is_found_where_it_is_and_nothing_is_published(name, good, tmp_path, workers):
    base = tmp_path / "site"
    shutil.copytree(good, base)
    before = published(base / "public")
    lay_broken(base, name)

    found = build_site(base, workers)

    expected = (SITES / "broken" / name / "expected.txt").read_text("utf-8").splitlines()
    assert printed(found) == expected
    fails = any(": error: " in line for line in expected)
    assert found.has_errors == fails
    assert found.published == (not fails)
    assert (published(base / "public") == before) == fails or name in UNSHOWN
    # What is remembered of a build must not hide what it found.
    again = build_site(base, workers)
    assert printed(again) == expected
    assert again.published == found.published


UNSHOWN = {"relation-to-a-draft", "seal-missing", "source-uncited", "stray-file"}
"""Sites that are published as they were: nobody sees what the warning is about."""


def test_a_site_for_every_mistake_has_its_findings():
    assert {*MADE} <= set(BROKEN)
    assert [name for name in BROKEN if not (SITES / "broken" / name / "expected.txt").read_text("utf-8").strip()] == []


def test_ten_mistakes_in_five_files_are_told_in_one_run():
    expected = (SITES / "broken" / "many" / "expected.txt").read_text("utf-8").splitlines()
    assert len(expected) >= 10
    assert len({line.partition(":")[0] for line in expected}) == 5


@pytest.mark.parametrize("name", BROKEN)
def test_a_message_is_written_for_an_editor(name):
    text = (SITES / "broken" / name / "expected.txt").read_text("utf-8")
    programmers = (
        r"Traceback|Error\b|Exception|None\b|NoneType|object at|\bkwargs?\b|'str'|\bdict\b|\btuple\b|\butf-8 codec"
    )
    assert re.findall(programmers, text) == []
    for line in text.splitlines():
        assert re.match(r"[^:]+:\d+:\d+: (error|warning|notice|silenced): \S", line), line


@pytest.mark.parametrize(
    "name, strict, code", [("many", False, 1), ("review-overdue", False, 0), ("review-overdue", True, 1)]
)
def test_the_command_line_prints_the_findings_and_says_so_in_its_exit_code(name, strict, code, base):
    lay_broken(base, name)
    run = run_build(base, "check", "--quiet", *(["--strict"] if strict else []))
    assert run.stdout == (SITES / "broken" / name / "expected.txt").read_text("utf-8")
    assert (run.returncode, run.stderr) == (code, "")


def run_build(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, in a site's folder."""
    shutil.copy(ROOT / "build.py", root / "build.py")
    command = [sys.executable, "-W", "error", "build.py", "--today", TODAY, "--jobs", "1", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_a_mended_site_is_published_again(base, workers):
    build_site(base, workers)
    before = published(base / "public")
    page = base / "content/causes/moon-dust.md"
    text = page.read_text("utf-8")
    page.write_text(text.replace("[rest]", "[rset]"), "utf-8")
    assert build_site(base, workers).has_errors
    page.write_text(text, "utf-8")
    assert build_site(base, workers).published
    assert published(base / "public") == before


# --- good sites ----------------------------------------------------------------------------------------------------


def test_the_smallest_site_builds(tmp_path, workers):
    result = build_site(lay_site(tmp_path, "minimal"), workers)
    assert printed(result) == []
    assert result.articles == 1
    assert {"index.html", "relief/rest/index.html", "404.html", "sitemap.xml", "feed.xml", "robots.txt"} <= set(
        published(tmp_path / "public")
    )


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(base, workers):
    build_site(base, workers)
    before = published(base / "public")
    for path in (base / "content").rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert printed(build_site(base, workers)) == []
    assert published(base / "public") == before


OTHER_TOPIC_PAGES = (
    "index.html",
    "causes/index.html",
    "causes/monday/index.html",
    "map/index.html",
    "404.html",
    "feed.xml",
)


def test_a_site_about_something_else_holds_nothing_of_this_ones_topic(tmp_path, workers):
    result = build_site(lay_site(tmp_path, "other-topic"), workers)
    assert printed(result) == []
    texts = {
        name: data.decode()
        for name, data in published(tmp_path / "public").items()
        if not name.startswith("assets/") and not name.endswith(".ico")
    }
    assert set(OTHER_TOPIC_PAGES) <= set(texts)
    assert {name: topic_words(text) for name, text in texts.items() if topic_words(text)} == {}
    assert "Purple Elbow Handbook" in texts["index.html"]


def test_this_sites_topic_would_be_noticed(tmp_path, workers):
    root = lay_site(tmp_path, "other-topic")
    page = root / "content/causes/monday.md"
    page.write_text(page.read_text("utf-8").replace("title: Monday", "title: Monday cramp"), "utf-8")
    assert build_site(root, workers).published
    assert "cramp" in topic_words((root / "public/causes/index.html").read_text("utf-8"))


def test_a_heading_may_be_named_like_any_part_of_the_page(base, workers):
    lay_site(base, "minimal", "full")
    build_site(base, workers)
    pages = [data.decode() for name, data in published(base / "public").items() if name.endswith("index.html")]
    names = sorted({name for page in pages for name in re.findall(r' id="([^"]+)"', page)})
    assert {"main", "contents", "sources", "signs-emergency", "word-crater"} <= set(names)
    headings = "\n\n".join(f"## {name.replace('-', ' ')}\n\nA crater. [@moon-review]" for name in names)
    for path in ("causes/moon-dust", "symptoms/humming-knee", "relief/standing-on-one-hand", "red-flags/dull-ache"):
        page = base / f"content/{path}.md"
        front = re.sub(", seal: [^}]+", "", page.read_text("utf-8").split("---\n")[1])
        page.write_text(f"---\n{front}---\n{headings}\n", "utf-8")

    assert not build_site(base, workers).has_errors

    assert [line for line in links.check(base / "public") if "given twice" in line] == []
