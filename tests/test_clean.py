"""Cleaning removes what builds made, and nothing else."""

import pytest

from healthsite.clean import clean
from healthsite.publish import PRIVATE
from healthsite.store import Store
from tests.small_site import tree, write


@pytest.fixture
def built(tmp_path):
    """A project that was built: three files, a store."""
    manifest = "".join(f"{'0' * 32}  {path}\n" for path in ("index.html", "a/b/index.html", "assets/x.css"))
    for path, text in {
        "index.html": "1",
        "a/b/index.html": "2",
        "assets/x.css": "3",
        f"{PRIVATE}/manifest": manifest,
    }.items():
        write(tmp_path / "public", path, text)
    write(tmp_path, "content/a.md", "mine")
    with Store(tmp_path / ".cache" / "store.sqlite3") as store:
        store.put("state", [("a", b"1")])
    return tmp_path


def cleaned(root) -> int:
    return clean(root / "public", root / ".cache" / "store.sqlite3")


def test_what_was_made_is_gone_with_its_folders_and_the_store(built):
    write(built, "public/.healthsite/staging/7", "half")
    write(built, ".cache/store.sqlite3-wal", "")
    assert cleaned(built) == 3
    assert tree(built) == {"content/a.md": b"mine"}
    assert not (built / "public").exists()


@pytest.mark.parametrize(
    "foreign", ["public/mine.txt", "public/a/mine.txt", "public/a/b/c/mine.txt", ".cache/mine.txt"]
)
def test_a_foreign_file_stays(built, foreign):
    write(built, foreign, "mine")
    assert cleaned(built) == 3
    assert tree(built) == {"content/a.md": b"mine", foreign: b"mine"}


def test_files_that_are_gone_already_are_not_counted(built):
    (built / "public/index.html").unlink()
    assert cleaned(built) == 2


def test_a_manifest_that_points_elsewhere_removes_nothing_there(built):
    with (built / "public" / PRIVATE / "manifest").open("a") as manifest:
        manifest.write(f"{'0' * 32}  ../content/a.md\n{'0' * 32}  {built}/content/a.md\n")
    assert cleaned(built) == 3
    assert tree(built) == {"content/a.md": b"mine"}


def test_where_nothing_was_built_there_is_nothing_to_do(tmp_path):
    write(tmp_path, "content/a.md", "mine")
    assert cleaned(tmp_path) == 0
    write(tmp_path, "public/mine.txt", "mine")
    assert cleaned(tmp_path) == 0
    assert tree(tmp_path) == {"content/a.md": b"mine", "public/mine.txt": b"mine"}


def test_it_can_be_done_twice(built):
    assert [cleaned(built), cleaned(built)] == [3, 0]
