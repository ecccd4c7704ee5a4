"""The memory of an output folder: what is stale and why, and whether the files are still those that were made."""

import os
from pathlib import Path

import pytest

from healthsite.digest import of_bytes
from healthsite.model import Finding
from healthsite.outputs import LastBuild, Record
from healthsite.publish import PRIVATE, Output
from healthsite.store import Store
from tests.small_site import write

COMMON = {"generator": "g", "site": "s", "templates": "t", "template a.html": "1", "template b.html": "2"}
KEYS = {"index.html": ("own", "seen"), "a/index.html": ("own a", "seen a")}
FOUND = LastBuild((Finding("x", 1, 2, "warning", "c", "“message”", "hint"),), 3, 4)


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store.sqlite3") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def text(path: str) -> str:
    return f"this is {path}"


def made(store: Store, folder: Path, keys=KEYS, common=COMMON, frame="frame") -> Record:
    """A build that makes every page anew, and one asset."""
    record = Record(store, folder)
    record.begin(common, "scopes", frame, keys, ["/"])
    output = Output(folder)
    output.begin()
    digests = {}
    for path in (*keys, "assets/x.css"):
        write(folder, path, text(path))
        digests[path] = of_bytes(text(path).encode())
        record.note(path, digests[path])
    output.claim(digests)
    output.end()
    record.end(digests)
    record.remember("key", FOUND, writes=True)
    return record


def begun(store: Store, folder: Path, keys=KEYS, common=COMMON) -> Record:
    """The next build, in another process."""
    record = Record(store, folder)
    record.begin(common, "scopes", "frame", keys, ["/"])
    return record


# --- stale, and why ----------------------------------------------------------------------------------------------------


def test_in_a_new_folder_every_page_is_new(store, folder):
    record = begun(store, folder)
    assert [(path, record.reason(path)) for path in record.stale()] == [(path, "new") for path in KEYS]


def test_what_was_made_and_is_there_is_not_stale(store, folder):
    made(store, folder)
    record = begun(store, folder)
    assert record.stale() == []
    assert record.digests()["a/index.html"] == of_bytes(text("a/index.html").encode())


REASONS = [
    ({}, {"index.html": ("other", "seen")}, "its text"),
    ({}, {"index.html": ("own", "other")}, "what it shows of others"),
    ({}, {"index.html": ("other", "other")}, "its text"),
    ({"generator": "other"}, {}, "the generator"),
    ({"site": "other"}, {}, "the configuration, an asset or the address"),
    ({"templates": "other", "template a.html": "other"}, {}, "template a.html"),
    ({"templates": "other", "template c.html": "new"}, {}, "template c.html"),
    (
        {"generator": "x", "site": "x", "templates": "x", "template b.html": "x", "template a.html": "x"},
        {"index.html": ("x", "x")},
        "the generator, the configuration, an asset or the address, template a.html, template b.html, its text",
    ),
]


@pytest.mark.parametrize("common, keys, reason", REASONS)
def test_what_changed_is_the_reason_that_is_told(store, folder, common, keys, reason):
    made(store, folder)
    record = begun(store, folder, KEYS | keys, COMMON | common)
    assert "index.html" in record.stale()
    assert record.reason("index.html") == reason
    assert ("a/index.html" in record.stale()) == bool(common)


def test_a_template_that_is_gone_is_a_reason(store, folder):
    made(store, folder)
    common = {name: digest for name, digest in COMMON.items() if name != "template b.html"} | {"templates": "other"}
    record = begun(store, folder, KEYS, common)
    assert "index.html" in record.stale()
    assert record.reason("index.html") == "template b.html"


def overwritten(file: Path) -> None:
    file.write_text("another")


def of_the_same_size(file: Path) -> None:
    file.write_text(file.read_text().swapcase())


def at_the_same_time(file: Path) -> None:
    status = file.stat()
    while file.stat().st_ctime_ns == status.st_ctime_ns:  # until the clock has ticked: milliseconds
        of_the_same_size(file)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def removed(file: Path) -> None:
    file.unlink()


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


CHANGES = [overwritten, of_the_same_size, removed, made_a_folder]
if os.name != "nt":
    CHANGES.append(at_the_same_time)


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_someone_changed_is_made_again(store, folder, change):
    made(store, folder)
    change(folder / "index.html")
    assert not Record(store, folder).is_intact()
    record = begun(store, folder)
    assert "index.html" in record.stale()
    assert record.reason("index.html") == "its file was changed or removed"
    assert "a/index.html" not in record.stale()


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_asset_is_seen_too(store, folder, change):
    made(store, folder)
    change(folder / "assets/x.css")
    record = Record(store, folder)
    assert not record.is_intact()
    assert not record.holds("assets/x.css", of_bytes(text("assets/x.css").encode()))


def test_a_file_written_again_with_the_same_bytes_is_still_the_one(store, folder):
    made(store, folder)
    for path in KEYS:
        (folder / path).unlink()
        write(folder, path, text(path))
    assert Record(store, folder).is_intact()
    assert "index.html" not in begun(store, folder).stale()


@pytest.mark.parametrize("harm", ["more", "less", "gone"])
def test_a_manifest_that_is_not_the_last_builds_is_put_right(store, folder, harm):
    made(store, folder)
    manifest = folder / PRIVATE / "manifest"
    lines = manifest.read_text("utf-8").splitlines(keepends=True)
    manifest.write_text(
        "".join({"more": [*lines, f"{'0' * 32}  b.html\n"], "less": lines[1:], "gone": []}[harm]), "utf-8"
    )
    assert not Record(store, folder).is_intact()


def test_what_a_killed_build_left_behind_is_put_right(store, folder):
    made(store, folder)
    Output(folder).begin()
    assert not Record(store, folder).is_intact()


def test_a_folder_copied_elsewhere_is_another_folder(store, folder):
    made(store, folder)
    assert not Record(store, folder.with_name("other")).is_intact()
    assert begun(store, folder.with_name("other")).reason("index.html") == "new"


def test_a_file_that_was_never_noted_is_looked_at(store, folder):
    write(folder, "x", "one")
    record = Record(store, folder)
    assert record.holds("x", of_bytes(b"one"))
    assert not record.holds("x", of_bytes(b"two"))
    assert not record.holds("y", of_bytes(b"one"))


# --- the last build ----------------------------------------------------------------------------------------------------


def test_the_last_build_is_known_by_what_it_read(store, folder):
    made(store, folder)
    record = Record(store, folder)
    assert record.last_build("key", writes=True) == FOUND
    assert record.last_build("other", writes=True) is None
    assert Record(store, folder.with_name("other")).last_build("key", writes=True) is None


def test_a_check_is_no_build(store, folder):
    Record(store, folder).remember("key", FOUND, writes=False)
    assert Record(store, folder).last_build("key", writes=True) is None
    assert Record(store, folder).last_build("key", writes=False) == FOUND


def test_nothing_is_intact_in_a_folder_that_nothing_was_made_in(store, folder):
    assert not Record(store, folder).is_intact()


# --- pages known without their scopes ----------------------------------------------------------------------------------


def test_pages_are_known_as_long_as_the_site_has_the_same_frame(store, folder):
    assert Record(store, folder).pages_of("frame") is None
    made(store, folder)
    assert Record(store, folder).pages_of("frame") == KEYS
    assert Record(store, folder).pages_of("other") is None
    assert Record(store, folder.with_name("other")).pages_of("frame") is None


def test_what_was_forgotten_is_made_again(tmp_path, folder):
    with Store(tmp_path / "one.sqlite3") as store:
        made(store, folder)
    with Store(tmp_path / "two.sqlite3") as store:
        record = begun(store, folder)
        assert record.stale() == list(KEYS)
        assert record.holds("index.html", of_bytes(text("index.html").encode()))


def test_what_was_looked_at_is_not_looked_at_again(store, folder):
    made(store, folder)
    write(folder, "index.html", "other")
    record = begun(store, folder)
    record.look()
    for path in ("index.html", "a/index.html"):
        (folder / path).unlink()
    assert record.stale() == list(KEYS)[:1]
    write(folder, "a/index.html", "new")
    record.note("a/index.html", of_bytes(b"new"))
    assert record.holds("a/index.html", of_bytes(b"new"))
    assert not record.holds("a/index.html", of_bytes(text("a/index.html").encode()))
