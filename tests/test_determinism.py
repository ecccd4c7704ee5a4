"""The same bytes and the same findings, whatever machine builds them: by real processes, where what differs is theirs."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.small_site import ARTICLES, article_text, build_site, differences, run, tree, write, write_site

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a notion of POSIX")


def lay(folder: Path) -> Path:
    """The small site with what could come out differently: many names of one letter, findings, and letters beyond ASCII."""
    write_site(folder)
    front, body = ARTICLES["causes/tired-muscle"]
    for number in range(6):
        name = f"causes/same-title-{number}"
        write(
            folder,
            f"content/{name}.md",
            article_text({**front, "title": "Ünder one náme 名前", "also_called": ["İstanbul", "Iii"]}, body),
        )
    late = {**front, "title": "İ", "reviewed": {"on": "2020-02-29", "by": ["editors"]}}
    write(folder, "content/causes/late.md", article_text({**late, "draft": False}, body))
    write(folder, "content/causes/later.md", article_text({**front, "publish_on": "2026-12-02"}, body))
    write(folder, "content/causes/tired-muscle.md", article_text({**front, "related": ["later", "late"]}, body))
    write(folder, "static/illustrations/ünï cöde.svg", "<svg/>")
    write(folder, "static/root/naïve.txt", "ï")
    return folder


Made = tuple[dict[str, bytes], list[dict[str, object]]]
"""The output of a build, and its findings."""


@pytest.fixture
def built_here(workers) -> Callable[[Path], Made]:
    """Builds in this process."""

    def build(root: Path) -> Made:
        result = build_site(root, workers)
        assert result.published, result.findings
        return tree(root / "public"), [finding._asdict() for finding in result.findings]

    return build


def built(root: Path, *arguments: str, **options) -> Made:
    """Build by a process of its own."""
    finished = run(root, "--format", "json", "-v", *arguments, **options)
    assert finished.returncode == 0, finished.stderr
    return tree(root / "public"), json.loads(finished.stdout)


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    output, findings = built(lay(tmp_path_factory.mktemp("expected") / "site"), "--jobs", "2")
    assert len(output) > 30
    assert {finding["severity"] for finding in findings} >= {"warning", "notice"}
    return output, findings


def hold_against(expected, actual) -> None:
    assert differences(expected[0], actual[0]) == []
    assert actual[1] == expected[1]


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "0", "LANG": "C", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "1", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Los_Angeles"},
        {"PYTHONHASHSEED": "424242", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    ],
    ids=lambda environment: ",".join(environment.values()),
)
def test_the_machine_does_not_show(tmp_path, expected, environment: Mapping[str, str]):
    hold_against(expected, built(lay(tmp_path / "site"), environment=environment))


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_the_number_of_workers_does_not_show(tmp_path, expected, jobs):
    hold_against(expected, built(lay(tmp_path / "site"), "--jobs", jobs))


@pytest.mark.parametrize("name", ["with two  spaces", "ünï-日本-🦵", "a'b\"c%20&#x41;{{x}}", "." + "deep/" * 20])
def test_the_place_of_the_checkout_does_not_show(tmp_path, expected, built_here, name):
    if sys.platform == "win32" and '"' in name:
        pytest.skip("no such name here")
    hold_against(expected, built_here(lay(tmp_path / name)))


def test_a_checkout_behind_a_link_does_not_show(tmp_path, expected, built_here):
    real = lay(tmp_path / "real")
    try:
        (tmp_path / "link").symlink_to(real, target_is_directory=True)
    except OSError:
        pytest.skip("links can't be made here")
    hold_against(expected, built_here(tmp_path / "link"))


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_umask_does_not_show(tmp_path, expected, umask):
    hold_against(expected, built(lay(tmp_path / "site"), umask=umask))


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_file_system_does_not_show(tmp_path, expected, built_here, seed):
    """Folders list their files in the order of their making, or by a hash of it."""
    files = list(tree(lay(tmp_path / "first")).items())
    Random(seed).shuffle(files)
    for path, data in files:
        write(tmp_path / "second", path, data)
    hold_against(expected, built_here(tmp_path / "second"))


def test_a_project_that_came_as_an_archive_does_not_show(tmp_path, expected, built_here):
    """All times the same, and long ago."""
    root = lay(tmp_path / "site")
    for path in tree(root):
        os.utime(root / path, ns=(0, 0))
    hold_against(expected, built_here(root))


def test_a_terminal_of_another_encoding_does_not_show(tmp_path, expected):
    root = lay(tmp_path / "site")
    finished = run(root, "-v", environment={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr
    assert re.search(r"causes/late\.md:\d+:\d+: warning: ", finished.stdout)
    assert re.search(r"causes/tired-muscle\.md:\d+:\d+: notice: \S*causes/later", finished.stdout)
    assert differences(expected[0], tree(root / "public")) == []


def test_a_second_language_of_line_ends_does_not_show(tmp_path, expected, built_here):
    """As a checkout on Windows may look: CRLF, and a byte order mark. Templates and static files are bytes, and stay."""
    root = lay(tmp_path / "site")
    for path in tree(root):
        if path.startswith("content/") or path == "config.yaml":
            write(root, path, b"\xef\xbb\xbf" + (root / path).read_bytes().replace(b"\n", b"\r\n"))
    hold_against(expected, built_here(root))


def test_build_py_builds_its_own_project_from_any_working_directory(tmp_path, expected):
    root = lay(tmp_path / "site")
    project = Path(__file__).resolve().parent.parent
    shutil.copyfile(project / "build.py", root / "build.py")
    environment = {**os.environ, "PYTHONPATH": str(project)}
    subprocess.run(
        [sys.executable, str(root / "build.py"), "--today", "2026-12-01", "--jobs", "1", "-q", "--no-search"],
        cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert differences(expected[0], tree(root / "public")) == []
