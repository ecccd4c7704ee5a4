"""A build that is killed, at whatever moment, leaves whole files, and the next one ends as if nothing had been."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from healthsite import pipeline, scan
from healthsite.scan import Inputs
from healthsite.workers import Workers
from tests.small_site import (
    ARTICLES,
    ROOT,
    TODAY,
    article_text,
    build_site,
    change,
    clean_build,
    command,
    differences,
    run,
    tree,
    write,
    write_site,
)

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for processes in /proc")

KILLS = 12  # at random times; as many again at chosen steps of publishing
SEED = 20261122


def write_old(root: Path) -> None:
    """A site of some forty pages."""
    write_site(root)
    front, body = ARTICLES["causes/tired-muscle"]
    for number in range(12):
        write(root, f"content/causes/more-{number}.md", article_text({**front, "title": f"More {number}"}, body * 5))


def write_new(root: Path) -> None:
    """Every page and a style changed, pages added, pages removed, files in place of folders."""
    change(root, "templates/base.html", "</footer>", "<p>New.</p></footer>")
    change(root, "static/css/parts/tokens.css", ":root {", ":root { --new: 1;")
    front, body = ARTICLES["causes/tired-muscle"]
    for number in range(6):
        (root / f"content/causes/more-{number}.md").unlink()
        new = {**front, "title": f"New {number}", "aliases": [f"causes/more-{number}"] if number % 2 else []}
        write(root, f"content/causes/new-{number}.md", article_text(new, body))


class Site(NamedTuple):
    """The old project as it stands after a build of it, and what clean builds of the old and the new one leave."""

    root: Path
    built: Path
    old: dict[str, bytes]
    new: dict[str, bytes]
    seconds: float
    workers: Workers

    def reset(self, *, built: bool) -> None:
        """Lay the old project, with or without what a build of it left."""
        shutil.rmtree(self.root, ignore_errors=True)
        left_out = () if built else (".cache", "public")
        shutil.copytree(self.built, self.root, ignore=shutil.ignore_patterns(*left_out))


@pytest.fixture(scope="module")
def site(tmp_path_factory, workers: Workers) -> Site:
    folder = tmp_path_factory.mktemp("crash")
    root = folder / "site"
    write_old(root)
    _, old = clean_build(root, folder / "old", workers)
    shutil.copytree(root, folder / "changed")
    write_new(folder / "changed")
    _, new = clean_build(folder / "changed", folder / "new", workers)
    began = time.monotonic()
    assert run(root).returncode == 0
    seconds = time.monotonic() - began
    shutil.copytree(root, folder / "built")
    return Site(root, folder / "built", old, new, seconds, workers)


def session(leader: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else ()
        except OSError:
            continue
        if fields and int(fields[3]) == leader and fields[0] not in "ZX":
            found.append(int(entry.name))
    return found


def wait_until_gone(leader: int) -> None:
    """Poll for at most half a minute, which is no measure of anything."""
    for _ in range(300):
        if not session(leader):
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {session(leader)}")


def killed_after(root: Path, seconds: float, *, group: bool) -> None:
    """Begin a build, and kill it after so many seconds: with its workers, or all by itself."""
    process = subprocess.Popen(
        command("--today", TODAY),
        cwd=root,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(seconds)
    (os.killpg if group else os.kill)(process.pid, signal.SIGKILL)  # it is a zombie at least: nobody has waited for it
    process.wait()
    wait_until_gone(process.pid)


_AT_STEP = """
import os, signal, sys
left, output, last = int(sys.argv.pop(1)), sys.argv.pop(1), sys.argv.pop(1)
direct = 0

def count(event, arguments):
    global left, direct
    if event == "open" and str(arguments[0]).startswith(output) and ".healthsite" not in str(arguments[0]):
        direct += bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
    if event in STEPS and str(arguments[0]).startswith(output):
        left -= 1
        if left == 0:
            os.killpg(0, signal.SIGKILL)
        if last and event == "os.rename" and str(arguments[1]).endswith(last):
            left = 1

STEPS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "open"}
sys.path.insert(0, PACKAGE)
sys.addaudithook(count)
from healthsite.cli import main
code = main()
print(direct, -left, file=sys.stderr)
sys.exit(code)
"""


def killed_at(root: Path, step: int, *, last: str = "", search: bool = False) -> subprocess.CompletedProcess[str]:
    """Build, and be killed right before a step that touches the output, or that comes after the one which puts ``last``
    in its place; step 0 never comes.
    """
    code = _AT_STEP.replace("PACKAGE", repr(str(ROOT)))
    arguments = (
        str(step),
        str(root / "public"),
        last,
        "--today",
        TODAY,
        "--jobs",
        "1",
        "-q",
        *([] if search else ["--no-search"]),
    )
    finished = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=root,
        start_new_session=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert finished.returncode == (-signal.SIGKILL if step or last else 0), finished.stderr
    return finished


def check_whole(site: Site, *, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Every file is the old or the new one, none that is in both is missing, and the manifest knows them all."""
    found = tree(site.root / "public") if (site.root / "public").exists() else {}
    public = {path: data for path, data in found.items() if not path.startswith(".healthsite/")}
    partial = [path for path, data in public.items() if data not in (before.get(path), after.get(path))]
    assert not partial
    assert not [path for path in before.keys() & after.keys() if path not in found]
    manifest = found.get(".healthsite/manifest", b"").decode()
    assert re.fullmatch(r"([0-9a-f]{32}  [^\n]+\n)*", manifest)
    assert not public.keys() - {line[34:] for line in manifest.splitlines()}, "files that nobody owns"


def check_next_build(site: Site, expected: dict[str, bytes]) -> None:
    """It succeeds, and leaves what a clean build leaves: no other file, temporary ones included."""
    result = build_site(site.root, site.workers)
    assert result.published, result.findings
    assert differences(tree(site.root / "public"), expected) == []
    left = [path for path in (site.root / "public").rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not left, "empty folders"
    assert {path.name for path in (site.root / ".cache").iterdir()} <= STORE_FILES


STORE_FILES = {"store.sqlite3", "store.sqlite3-wal", "store.sqlite3-shm"}


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_at_a_random_time(site, number):
    """Half of them first builds, half rebuilds; half with all workers, half the parent alone."""
    first, group = number % 2 == 0, number % 4 < 2
    moment = (number + Random(f"{SEED} {number}").random()) / KILLS * site.seconds
    site.reset(built=not first)
    if not first:
        write_new(site.root)
    before, after = ({}, site.old) if first else (site.old, site.new)
    killed_after(site.root, moment, group=group)
    check_whole(site, before=before, after=after)
    if number % 3 == 0:  # by a process of its own, which knows nothing; elsewhere in this one, which is as good
        finished = run(site.root)
        assert finished.returncode == 0, finished.stderr
    check_next_build(site, after)


def undo(root: Path) -> None:
    """Take back what :func:`write_new` did."""
    for name in ("content", "templates", "static"):
        shutil.rmtree(root / name)
    write_old(root)


@pytest.mark.parametrize(
    "share, then",
    [
        (0.0, "again"),
        (0.05, "undone"),
        (0.3, "undone"),
        (0.5, "again"),
        (0.7, "undone"),
        (0.9, "again"),
        (0.98, "undone"),
    ],
)
def test_killed_at_a_step_of_publishing(site, rebuilding, share, then):
    """Then it is built again; or the edits are taken back, and what the killed build had begun must go."""
    site.reset(built=True)
    write_new(site.root)
    steps = rebuilding.steps
    step = 1 + int(share * steps) + Random(f"{SEED} {share} {then}").randrange(max(1, steps // 50))
    killed_at(site.root, step)
    check_whole(site, before=site.old, after=site.new)
    if then == "undone":
        undo(site.root)
    check_next_build(site, site.old if then == "undone" else site.new)


class Rebuilding(NamedTuple):
    """How many steps a whole rebuild takes, and how many files it opens to write where a reader can find them."""

    steps: int
    direct: int


@pytest.fixture(scope="module")
def rebuilding(site) -> Rebuilding:
    site.reset(built=True)
    write_new(site.root)
    return _counted(site)


def _counted(site: Site) -> Rebuilding:
    direct, steps = killed_at(site.root, 0).stderr.split()
    assert int(steps) > 100
    return Rebuilding(int(steps), int(direct))


def test_no_file_is_written_where_a_reader_can_find_it_half_done(site, rebuilding):
    """Killed between the opening and the closing of a file, no build could keep its promise."""
    assert rebuilding.direct == 0
    site.reset(built=False)
    assert _counted(site).direct == 0


def _add_redirect(root: Path) -> None:
    front, body = ARTICLES["causes/thirst"]
    write(root, "content/causes/thirst.md", article_text({**front, "aliases": ["causes/old"]}, body))


def _take_redirect_back(root: Path) -> None:
    write(root, "content/causes/thirst.md", article_text(*ARTICLES["causes/thirst"]))


def test_what_a_killed_build_added_goes_when_the_edit_is_undone(site):
    """The edit added one page, and changed no other."""
    site.reset(built=True)
    _add_redirect(site.root)
    killed_at(site.root, 0, last="causes/old")
    assert "causes/old/index.html" in tree(site.root / "public").keys() - site.old.keys()
    _take_redirect_back(site.root)
    check_next_build(site, site.old)


def test_killed_again_and_again_it_still_ends_well(site):
    site.reset(built=True)
    write_new(site.root)
    random = Random(SEED)
    for _ in range(4):
        killed_after(site.root, random.uniform(0.2, 1) * site.seconds, group=random.random() < 0.5)
        check_whole(site, before=site.old, after=site.new)
    check_next_build(site, site.new)


# --- what is not there when it is needed ---


def test_a_file_that_takes_too_long_is_a_finding_and_the_rest_is_read(tmp_path, workers):
    """Python-Markdown needs minutes for this text. Nothing inside a process could stop it."""
    root = write_site(tmp_path / "site")
    assert build_site(root, workers).published
    before = tree(root / "public")
    change(root, "config.yaml", "parse_seconds: 10", "parse_seconds: 1")
    front, body = ARTICLES["causes/thirst"]
    write(root, "content/causes/thirst.md", article_text(front, body + "\n" + "![" * 50_000 + "\n"))
    write(root, "content/relief/drinking.md", article_text(*ARTICLES["relief/drinking"]).replace("title:", "titel:"))
    process = subprocess.Popen(
        command("--today", TODAY, "--jobs", "2"),
        cwd=root,
        start_new_session=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    told, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "content/causes/thirst.md:1:1: error: this file took more than 1 second" in told
    assert re.search(r"content/relief/drinking\.md:4:1: error: “titel”", told)
    assert differences(before, tree(root / "public")) == []
    wait_until_gone(process.pid)
    write(root, "content/causes/thirst.md", article_text(front, body))
    write(root, "content/relief/drinking.md", article_text(*ARTICLES["relief/drinking"]))
    assert build_site(root, workers).published
    assert differences(before, tree(root / "public")) == []


class Meanwhile(Workers):
    """A pool beside which something happens to the project, once, before the first map of a function."""

    def __init__(self, function: str, happens: Callable[[], object]) -> None:
        super().__init__(1)
        self._function, self._happens = function, happens

    def map(self, function, items, **options):
        if function == self._function:
            self._function = ""
            self._happens()
        return super().map(function, items, **options)


def test_a_file_that_vanishes_during_the_build_is_a_finding(tmp_path):
    root = write_site(tmp_path)
    with Meanwhile("healthsite.work:parse", (root / "content/causes/thirst.md").unlink) as pool:
        result = build_site(root, pool)
    assert [str(finding) for finding in result.findings if finding.severity == "error" and finding.check == "file"] == [
        "content/causes/thirst.md:1:1: error: this file can't be read (No such file or directory)"
    ]
    assert not result.published


_CHANGES = {
    "content/causes/thirst.md": ("Nobody", "Somebody"),
    "content/glossary.yaml": ("A tube for blood.", "A pipe for blood."),
    "content/references.yaml": ("On one", "On 1"),
    "config.yaml": ("tagline: ", "tagline: New "),
    "templates/base.html": ("</footer>", "<p>New.</p></footer>"),
    "static/css/parts/tokens.css": (":root {", ":root { --new: 1;"),
    "static/root/proof.txt": ("ours", "not yours"),
}


@pytest.fixture(scope="module")
def expected(tmp_path_factory, workers) -> dict[str, bytes]:
    """What a clean build of the small site leaves."""
    folder = tmp_path_factory.mktemp("expected")
    return clean_build(write_site(folder / "site"), folder / "clean", workers)[1]


@pytest.mark.parametrize("path", _CHANGES)
def test_a_file_that_changes_during_the_build_and_back_leaves_no_trace(tmp_path, expected, workers, monkeypatch, path):
    """What was read meanwhile must not be taken for what was there before, and is there again."""
    root = write_site(tmp_path / "site")
    original = (root / path).read_bytes()
    scan_all = scan.scan

    def scan_and_change(*arguments, **options) -> Inputs:
        found = scan_all(*arguments, **options)
        change(root, path, *_CHANGES[path])
        monkeypatch.undo()
        return found

    monkeypatch.setattr(pipeline, "scan", scan_and_change)
    build_site(root, workers)
    assert (root / path).read_bytes() != original
    write(root, path, original)
    assert build_site(root, workers).published
    assert differences(tree(root / "public"), expected) == []
