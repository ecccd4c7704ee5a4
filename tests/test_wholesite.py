"""Files that are made of many finished pages: what they hold, when they are made again, and that they are those of a clean build."""

import json
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from healthsite import searching, wholesite
from healthsite.run import BuildResult
from healthsite.searching import SearchError
from healthsite.workers import Workers
from tests.linked import Linked, article
from tests.small_site import (
    ARTICLES,
    article_text,
    build_site,
    change,
    clean_build,
    differences,
    run,
    tree,
    write,
    write_site,
)
from tests.test_crash import killed_at


@pytest.fixture
def root(tmp_path) -> Path:
    return write_site(tmp_path / "site")


@pytest.fixture(scope="module")
def kept(tmp_path_factory, workers) -> Path:
    """A folder with the small site, built with its index, and a copy of it that no test changes."""
    folder: Path = tmp_path_factory.mktemp("built")
    assert build(write_site(folder / "site"), workers).published
    shutil.copytree(folder / "site", folder / "kept")
    return folder


@pytest.fixture
def built(kept) -> Path:
    """The small site as a build with its index has left it. It stands at the same place for every test: what is
    remembered of an output is remembered by its place.
    """
    shutil.rmtree(kept / "site")
    return Path(shutil.copytree(kept / "kept", kept / "site"))


@pytest.fixture
def indexings(monkeypatch) -> list[int]:
    """How many pages each indexing read, in order."""
    found: list[int] = []
    index = searching.index

    def counting(pages, folder):
        found.append(len(pages))
        return index(pages, folder)

    monkeypatch.setattr(searching, "index", counting)
    return found


def build(root: Path, workers: Workers, **options) -> BuildResult:
    return build_site(root, workers, **{"search": True, **options})


def index_of(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "public").items() if path.startswith("pagefind/")}


# --- the search index --------------------------------------------------------------------------------------------------


def test_the_index_is_that_of_all_articles_without_the_programs_own_interfaces(root, workers, indexings):
    result = build(root, workers)
    assert result.published
    assert indexings == [len(ARTICLES)]
    names = {path.partition("/")[2] for path in index_of(root)}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} < names
    assert sum(name.startswith("fragment/") for name in names) == len(ARTICLES)
    assert not [name for name in names if re.search(r"-ui\.|highlight", name)]
    entry = json.loads((root / "public/pagefind/pagefind-entry.json").read_text("utf-8"))
    assert [language["page_count"] for language in entry["languages"].values()] == [len(ARTICLES)]


def test_an_index_is_made_again_only_when_an_article_has_changed(root, workers, indexings):
    build(root, workers)
    for _ in range(2):
        assert build(root, workers).written == 0
    change(root, "templates/about.html", "Who publishes", "By whom is")
    assert build(root, workers).written == 1
    assert len(indexings) == 1
    change(root, "content/causes/thirst.md", "Nobody has shown it.", "Somebody has shown it.")
    build(root, workers)
    assert len(indexings) == 2


@pytest.mark.parametrize(
    "edit",
    [
        lambda root: change(root, "content/causes/thirst.md", "Nobody", "Somebody"),
        lambda root: write(root, "content/causes/new.md", article_text(*ARTICLES["causes/tired-muscle"])),
        lambda root: change(root, "templates/article.html", "Also called", "Other names"),
        lambda root: change(root, "config.yaml", "language: en-GB", "language: de"),
        lambda root: change(root, "templates/sw.js", "const MOST = 300;", "const MOST = 200;"),
        lambda root: (root / "public/pagefind/pagefind.js").write_text("damaged", "utf-8"),
        lambda root: shutil.rmtree(root / "public/pagefind/fragment"),
        lambda root: shutil.rmtree(root / ".cache"),
        lambda root: change(root, "config.yaml", "search: true", "search: false"),
        lambda root: change(root, "config.yaml", "offline: true", "offline: false"),
    ],
    ids=[
        "text",
        "new article",
        "template",
        "language",
        "worker",
        "damaged",
        "lost",
        "no store",
        "no search",
        "not offline",
    ],
)
def test_after_any_edit_the_output_is_that_of_a_clean_build(tmp_path, built, workers, edit):
    edit(built)
    assert build(built, workers).published
    _, expected = clean_build(built, tmp_path / "fresh", workers, search=True)
    assert differences(tree(built / "public"), expected) == []
    assert build(built, workers).written == 0


def test_a_memory_that_does_not_look_at_the_pages_would_be_seen(tmp_path, root, workers, monkeypatch):
    monkeypatch.setattr(wholesite, "of_value", lambda value: "always the same")
    build(root, workers)
    change(root, "content/causes/thirst.md", "Nobody", "Somebody")
    build(root, workers)
    monkeypatch.undo()
    _, expected = clean_build(root, tmp_path / "fresh", workers, search=True)
    assert [path for path in differences(tree(root / "public"), expected) if path.startswith("pagefind/")]


def test_without_search_an_older_index_goes_and_the_pages_stay_the_same(root, workers, indexings):
    build(root, workers)
    before = tree(root / "public")
    result = build(root, workers, search=False)
    assert result.removed == len([path for path in before if path.startswith("pagefind/")])
    left = [
        path
        for path in differences(before, tree(root / "public"))
        if not path.startswith((".healthsite/", "pagefind/"))
    ]
    assert left == []
    assert not (root / "public/pagefind").exists()
    build(root, workers)
    assert differences(before, tree(root / "public")) == []
    assert build(root, workers, writes=False).findings == ()
    assert len(indexings) == 2, "a check has nothing to index"


def test_of_no_articles_there_is_no_index(tmp_path):
    assert searching.index({}, tmp_path / "none") == {}


def test_where_the_program_is_not_installed_that_is_said_and_nothing_is_touched(built, workers, monkeypatch):
    before = tree(built / "public")
    monkeypatch.setattr(searching, "find_spec", lambda name: None)
    change(built, "content/causes/thirst.md", "Nobody", "Somebody")
    with pytest.raises(SearchError, match=r"pip install 'pagefind\[bin\]'; to build without it, say --no-search"):
        build(built, workers)
    assert differences(before, tree(built / "public")) == []
    monkeypatch.undo()
    assert build(built, workers).published


def test_a_program_that_fails_is_told_in_one_line_by_the_command_line(tmp_path, root):
    broken = tmp_path / "broken" / "pagefind_bin"
    write(
        broken,
        "__init__.py",
        f"from pathlib import Path\n\ndef get_executable():\n    return Path({str(broken / 'tool')!r})\n",
    )
    write(broken, "tool", "#!/bin/sh\necho 'no room left' >&2\nexit 3\n")
    (broken / "tool").chmod(0o755)
    finished = run(root, environment={"PYTHONPATH": str(broken.parent)}, search=True)
    assert finished.returncode == 2
    told = [line for line in finished.stderr.splitlines() if line.startswith("build.py:")]
    assert len(told) == 1
    assert told[0].startswith("build.py: Pagefind could not make the search index: no room left; to build without it")
    assert "Traceback" not in finished.stderr
    assert not [path for path in tree(root / "public") if path != ".healthsite/lock"]


def test_settings_of_the_program_that_lie_about_do_not_show(tmp_path, built, workers, monkeypatch):
    expected = tree(built / "public")
    write(built, "pagefind.yml", "exclude_selectors: ['h1', 'p']\n")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "h1")
    monkeypatch.chdir(built)
    build(built, workers, output=tmp_path / "other")
    assert differences(tree(tmp_path / "other"), expected) == []


class Rebuilt(NamedTuple):
    """What a rebuild takes after an edit, in steps, and what it leaves."""

    steps: int
    output: dict[str, bytes]


def edit_thirst(root: Path) -> None:
    change(root, "content/causes/thirst.md", "Nobody", "Somebody")


@pytest.fixture(scope="module")
def rebuilt(kept) -> Rebuilt:
    root = kept / "site"
    shutil.rmtree(root)
    shutil.copytree(kept / "kept", root)
    edit_thirst(root)
    steps = int(killed_at(root, 0, search=True).stderr.split()[-1])
    return Rebuilt(steps, tree(root / "public"))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_build_that_is_killed_while_an_index_is_published_is_put_right_by_the_next(rebuilt, built, workers, share):
    edit_thirst(built)
    killed_at(built, 1 + int(share * rebuilt.steps), search=True)
    assert differences(tree(built / "public"), rebuilt.output)
    assert build(built, workers).published
    assert differences(tree(built / "public"), rebuilt.output) == []


def test_a_file_of_the_root_folder_may_not_stand_where_a_whole_site_file_is_to_stand(root, workers):
    write(root, "static/root/sw.js", "")
    write(root, "static/root/pagefind/own.txt", "")
    result = build(root, workers)
    assert [str(finding) for finding in result.findings] == [
        f"static/root/{name}:1:1: error: a file or folder of this name is made by the site itself (rename this file)"
        for name in ("pagefind/own.txt", "sw.js")
    ]
    assert not result.published


# --- the service worker ------------------------------------------------------------------------------------------------


def worker(root: Path) -> str:
    return (root / "public/sw.js").read_text("utf-8")


def listed(text: str, name: str) -> list[str]:
    found = re.search(rf"^const {name} = (\[.*\]);$", text, re.MULTILINE)
    assert found, name
    return list(json.loads(found[1]))


def version(text: str) -> str:
    return "".join(re.findall(r"[0-9a-f]{32}", text))


def test_the_worker_keeps_what_matters_at_once_and_all_that_it_shows(root, workers):
    build(root, workers, base_url="https://example.org/health/")
    text = worker(root)
    assert listed(text, "PAGES") == [
        f"/health{local}"
        for local in (
            "/",
            "/offline.html",
            "/red-flags/",
            "/relief/calf-stretch/",
            "/red-flags/cold-leg/",
            "/red-flags/brown-urine/",
        )
    ]
    assets = listed(text, "ASSETS")
    assert {re.sub(r"\.[0-9a-f]{10}\.", ".", name) for name in assets} >= {
        f"/health/assets/{name}" for name in ("css/home.css", "css/article.css", "js/theme.js", "js/site.js")
    }
    assert all((root / "public" / name.removeprefix("/health/")).is_file() for name in assets)


@pytest.mark.parametrize(
    "path, old, new, is_new",
    [
        ("content/red-flags/cold-leg.md", "The blood", "Blood", True),
        ("content/causes/thirst.md", "Nobody", "Somebody", False),
        ("static/css/parts/tokens.css", ":root {", ":root { --new: 1;", True),
        ("static/css/map.css", ".map-filter {", ".map-filter { --new: 1;", False),
        ("templates/about.html", "Who publishes", "By whom is", False),
    ],
)
def test_its_version_changes_just_with_what_it_keeps(built, workers, path, old, new, is_new):
    before = worker(built)
    text = (built / path).read_text("utf-8")
    write(built, path, text.replace(old, new, 1))
    build(built, workers)
    assert (version(worker(built)) != version(before)) == is_new
    assert is_new or worker(built) == before


def test_turned_off_it_takes_itself_away_at_the_same_address(root, workers):
    change(root, "config.yaml", "offline: true", "offline: false")
    build(root, workers)
    assert "registration.unregister()" in worker(root)
    assert "fetch" not in worker(root)
    assert "data-worker" not in (root / "public/index.html").read_text("utf-8")


def test_a_mistake_in_its_template_is_found_by_a_check_too(root, workers):
    change(root, "templates/sw.js", "{% if view.version %}", "{% if view.wrong %}")
    for writes in (False, True):
        result = build(root, workers, writes=writes)
        assert [finding.path for finding in result.findings] == ["templates/sw.js"]
        assert not result.published
    assert not (root / "public/index.html").exists()


def test_a_large_site_does_not_fill_a_telephone():
    flags = {
        f"red-flags/f{number:03}": article("red-flag", urgency="emergency" if number % 2 else "routine")
        for number in range(150)
    }
    kept = wholesite.kept(Linked({**flags, "relief/now": article("relief", approach="now")}).site)
    assert len(kept) == wholesite.KEPT + 3
    assert kept[:4] == ["/", "/offline.html", "/red-flags/", "/relief/now/"]
    assert sum(int(address[-4:-1]) % 2 for address in kept[4:]) == 75, "emergencies first"
