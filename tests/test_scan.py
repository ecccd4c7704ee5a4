"""What there is to build from: when a file's signature is trusted, what is left out, what can't be read."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from healthsite.digest import of_bytes
from healthsite.scan import Memory, glance, is_ignored, scan, signature_of
from tests.small_site import write

POSIX = pytest.mark.skipif(os.name == "nt", reason="links and rights of POSIX")


def scanned(root: Path, memory: Memory | None = None):
    return scan(root, ("content", "templates"), ("config.yaml",), memory or Memory({}))


@pytest.fixture
def later(monkeypatch):
    """A clock that is ahead of the files' by an hour, as if they had been still for that long."""
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 3600 * 10**9)


def remembered(file: Path, digest: str) -> dict[str, Any]:
    """A memory in which a file, as it is now, has a digest that no reading could give."""
    return {"file": [*signature_of(file.stat()), digest]}


def trusts(memory: Memory, file: Path) -> bool:
    """Whether the memory would take the file, as it is now, for the one that was read."""
    row = memory.rows.get("file")
    return row is not None and row[:4] == [*signature_of(file.stat())]


# --- what is found -----------------------------------------------------------------------------------------------------


def test_every_file_is_found_with_its_digest_in_sorted_order(tmp_path):
    files = {"config.yaml": "c", "content/b.md": "b", "content/a/x.md": "x", "content/a.md": "a", "templates/t": ""}
    for name, text in files.items():
        write(tmp_path, name, text)
    write(tmp_path, "elsewhere/x.md", "x")
    found = scanned(tmp_path)
    assert found.digests == {name: of_bytes(text.encode()) for name, text in files.items()}
    assert list(found.digests) == sorted(files)
    assert found.unreadable == {}
    assert list(found.below("content")) == ["content/a.md", "content/a/x.md", "content/b.md"]


def test_below_a_folder_is_not_below_one_whose_name_begins_alike(tmp_path):
    write(tmp_path, "content/a.md", "")
    write(tmp_path, "content/ab/c.md", "")
    assert list(scanned(tmp_path).below("content/a")) == []
    assert list(scanned(tmp_path).below("content/ab")) == ["content/ab/c.md"]


def test_what_is_not_there_is_simply_not_found(tmp_path):
    assert scanned(tmp_path) == ({}, {})


@pytest.mark.parametrize(
    "name", [".a.md", ".DS_Store", "#a.md#", ".#a.md", "a.md~", ".a.md.swp", "a.swp", "4913", "a.tmp"]
)
def test_hidden_and_temporary_files_are_left_out(tmp_path, name):
    write(tmp_path, f"content/{name}", "x")
    write(tmp_path, f"templates/{name}/b.md", "x")
    write(tmp_path, "content/kept.md", "x")
    assert is_ignored(name)
    assert list(scanned(tmp_path).digests) == ["content/kept.md"]


@pytest.mark.parametrize("name", ["a.md", "a.tmp.md", "a#b.md", "49130", "a.swp.md", "temp"])
def test_other_names_are_not(tmp_path, name):
    write(tmp_path, f"content/{name}", "x")
    assert list(scanned(tmp_path).digests) == [f"content/{name}"]


# --- what can't be read ------------------------------------------------------------------------------------------------


@POSIX
def test_a_link_that_leads_nowhere_can_not_be_read(tmp_path):
    write(tmp_path, "content/a.md", "a")
    (tmp_path / "content" / "gone.md").symlink_to("nowhere.md")
    (tmp_path / "content" / "round.md").symlink_to("round.md")
    found = scanned(tmp_path)
    assert list(found.digests) == ["content/a.md"]
    assert found.unreadable == {
        "content/gone.md": "No such file or directory",
        "content/round.md": "Too many levels of symbolic links",
    }


@POSIX
def test_a_link_is_followed(tmp_path):
    write(tmp_path, "elsewhere/b.md", "b")
    (tmp_path / "content").symlink_to("elsewhere")
    assert scanned(tmp_path).digests == {"content/b.md": of_bytes(b"b")}


def test_a_file_or_a_folder_without_the_right_to_read_it(unprivileged):
    write(unprivileged, "content/a.md", "a")
    write(unprivileged, "templates/t", "t")
    (unprivileged / "content" / "a.md").chmod(0)
    (unprivileged / "templates").chmod(0)
    found = scanned(unprivileged)
    (unprivileged / "templates").chmod(0o700)
    assert found == ({}, {"content/a.md": "Permission denied", "templates": "Permission denied"})


def test_a_folder_in_the_place_of_a_file_and_the_reverse(tmp_path):
    write(tmp_path, "config.yaml/x", "")
    write(tmp_path, "content", "")
    found = scanned(tmp_path)
    assert found.digests == {}
    assert sorted(found.unreadable) == ["config.yaml", "content"]


def test_a_file_that_vanishes_between_two_looks(tmp_path):
    class Vanishing(Memory):
        def digest(self, path, file, status=None):
            if path.endswith("b.md"):
                Path(file).unlink()
            return super().digest(path, file, status)

    for name in "abc":
        write(tmp_path, f"content/{name}.md", name)
    found = scanned(tmp_path, Vanishing({}))
    assert list(found.digests) == ["content/a.md", "content/c.md"]
    assert found.unreadable == {"content/b.md": "No such file or directory"}


# --- when a signature is trusted ---------------------------------------------------------------------------------------


def test_a_known_signature_spares_the_reading(tmp_path):
    file = tmp_path / "file"
    file.write_text("text")
    assert Memory(remembered(file, "known")).digest("file", file) == "known"


@pytest.mark.parametrize("change", ["size", "mtime", "ctime", "inode"])
def test_a_signature_that_differs_in_anything_does_not(tmp_path, change):
    file = tmp_path / "file"
    file.write_text("text")
    data = remembered(file, "known")
    data["file"][["size", "mtime", "ctime", "inode"].index(change)] += 1
    assert Memory(data).digest("file", file) == of_bytes(b"text")


@pytest.mark.parametrize("row", [None, "known", [], ["known"], {"known": 5}])
def test_of_a_row_that_is_none_nothing_is_believed(tmp_path, row):
    file = tmp_path / "file"
    file.write_text("text")
    assert Memory({"file": row}).digest("file", file) == of_bytes(b"text")


def test_another_files_signature_is_not_trusted(tmp_path):
    file = tmp_path / "file"
    file.write_text("text")
    assert Memory(remembered(file, "known")).digest("other", file) == of_bytes(b"text")


def test_a_file_that_has_been_still_is_remembered(tmp_path, later):
    file = tmp_path / "file"
    file.write_text("text")
    memory = Memory({})
    memory.digest("file", file)
    again = Memory(memory.rows)
    assert again.digest("file", file) == of_bytes(b"text")
    assert again.rows == memory.rows


def test_a_file_as_young_as_the_look_at_it_is_not_remembered(tmp_path):
    """It may change once more within the same tick of the clock, and keep its signature."""
    file = tmp_path / "file"
    file.write_text("text")
    memory = Memory({})
    assert memory.digest("file", file) == of_bytes(b"text")
    assert not trusts(memory, file)
    old = file.stat()
    file.write_text("TEXT")
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert Memory(memory.rows).digest("file", file) == of_bytes(b"TEXT")


@POSIX
def test_a_modification_time_set_back_does_not_make_a_file_old(tmp_path):
    """Restoring a backup, or an archive, gives new bytes an old time; the time of change can't be set."""
    file = tmp_path / "file"
    file.write_text("text")
    os.utime(file, ns=(0, 10**18))
    memory = Memory({})
    memory.digest("file", file)
    assert not trusts(memory, file)


@POSIX
def test_same_size_and_modification_time_but_other_bytes_are_read_again(tmp_path, later):
    file = tmp_path / "file"
    file.write_text("text")
    memory = Memory({})
    memory.digest("file", file)
    old = file.stat()
    while file.stat().st_ctime_ns == old.st_ctime_ns:  # until the clock has ticked: milliseconds
        file.write_text("TEXT")
        os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (old.st_size, old.st_mtime_ns)
    assert Memory(memory.rows).digest("file", file) == of_bytes(b"TEXT")


@POSIX
def test_a_file_put_in_the_place_of_another_is_read_again(tmp_path, later):
    file, other = tmp_path / "file", tmp_path / "other"
    file.write_text("text")
    other.write_text("TEXT")
    memory = Memory({})
    memory.digest("file", file)
    os.utime(other, ns=(0, file.stat().st_mtime_ns))
    other.replace(file)
    assert Memory(memory.rows).digest("file", file) == of_bytes(b"TEXT")


def test_files_that_are_gone_are_forgotten(tmp_path, later):
    write(tmp_path, "content/a.md", "a")
    write(tmp_path, "content/b.md", "b")
    memory = Memory({})
    scanned(tmp_path, memory)
    (tmp_path / "content" / "b.md").unlink()
    again = Memory(memory.rows)
    scanned(tmp_path, again)
    assert list(again.rows) == ["content/a.md"]


def test_a_whole_scan_finds_each_change(tmp_path, later):
    write(tmp_path, "content/a.md", "a")
    write(tmp_path, "content/b.md", "b")
    memory = Memory({})
    first = scanned(tmp_path, memory)
    write(tmp_path, "content/b.md", "B!")
    second = scanned(tmp_path, Memory(memory.rows))
    assert {path for path in first.digests if first.digests[path] != second.digests[path]} == {"content/b.md"}
    assert second.digests == scanned(tmp_path).digests


def test_news_are_told_at_once(tmp_path, later):
    for name in ("a", "b"):
        write(tmp_path, f"content/{name}", "text")
    told: list[str] = []
    memory = Memory({}, lambda: told.append("new"))
    scanned(tmp_path, memory)
    assert told == ["new", "new"]
    told.clear()
    scanned(tmp_path, Memory(memory.rows, lambda: told.append("new")))
    assert told == []
    write(tmp_path, "content/b", "TEXT")
    scanned(tmp_path, Memory(memory.rows, lambda: told.append("new")))
    assert told == ["new"]
    write(tmp_path, "content/b", "text")
    scanned(tmp_path, Memory(memory.rows, lambda: told.append("new")))
    assert told == ["new"], "it was touched, and holds what it held"


def test_a_young_file_is_read_again_but_is_no_news(tmp_path):
    write(tmp_path, "content/a", "text")
    memory = Memory({})
    scanned(tmp_path, memory)
    told: list[str] = []
    scanned(tmp_path, Memory(memory.rows, lambda: told.append("new")))
    assert told == []


# --- a glance ----------------------------------------------------------------------------------------------------------


def glanced(root: Path):
    return glance(root, ("content", "templates"), ("config.yaml",))


def test_a_glance_sees_what_a_scan_digests(tmp_path):
    for name in ("config.yaml", "content/a.md", "content/a/x.md", "templates/t", "content/.hidden", "content/a.md~"):
        write(tmp_path, name, "x")
    found = glanced(tmp_path)
    assert found.keys() == scanned(tmp_path).digests.keys()
    assert found == glanced(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: write(root, "content/a.md", "another"),
        lambda root: write(root, "content/b.md", "x"),
        lambda root: write(root, "config.yaml", "another"),
        lambda root: (root / "content/a.md").unlink(),
        lambda root: (root / "config.yaml").unlink(),
        lambda root: (root / "content/a.md").rename(root / "content/c.md"),
        lambda root: (root / "content").rename(root / "aside"),
        lambda root: os.utime(root / "content/a.md", (1, 1)),
    ],
)
def test_two_glances_differ_when_a_file_was_saved_came_or_went(tmp_path, change):
    write(tmp_path, "content/a.md", "x")
    write(tmp_path, "config.yaml", "x")
    before = glanced(tmp_path)
    change(tmp_path)
    assert glanced(tmp_path) != before


@pytest.mark.parametrize("name", ["content/.a.md.swp", "content/a.md~", "content/4913", "content/.#a.md", "public/a"])
def test_an_editors_temporary_file_makes_no_difference(tmp_path, name):
    write(tmp_path, "content/a.md", "x")
    before = glanced(tmp_path)
    write(tmp_path, name, "x")
    assert glanced(tmp_path) == before
