"""Several files changed at once, or none."""

import os
from pathlib import Path

import pytest

from healthsite.files import Change, MeanwhileError, change_all
from tests.small_site import tree


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    return tmp_path


def test_files_are_made_changed_and_removed(folder):
    (folder / "a").chmod(0o640)
    change_all(folder, [Change("b", b"2", None), Change("c", None, b"3"), Change("a", b"1", b"one")])
    assert tree(folder) == {"a": b"one", "c": b"3"}
    if os.name != "nt":
        assert (folder / "a").stat().st_mode & 0o777 == 0o640


def test_a_file_that_stays_as_it_is_is_not_touched(folder):
    before = (folder / "a").stat()
    change_all(folder, [Change("a", b"1", b"1")])
    assert (folder / "a").stat().st_ino == before.st_ino


@pytest.mark.parametrize("late", [Change("b", b"old", b"new"), Change("c", b"old", b"new"), Change("a", None, b"new")])
def test_nothing_is_written_where_a_file_is_not_what_it_was(folder, late):
    before = tree(folder)
    with pytest.raises(MeanwhileError, match=f"{late.path} was changed meanwhile"):
        change_all(folder, [Change("a", b"1", b"one"), late])
    assert tree(folder) == before


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_what_fails_half_way_is_undone(folder, monkeypatch, failing):
    before = tree(folder)
    replace, unlink, count = os.replace, Path.unlink, [0]

    def counted(make, *arguments, **options):
        count[0] += 1
        if count[0] == failing:
            raise OSError("the disk is full")
        return make(*arguments, **options)

    def failing_unlink(path, **options):
        return unlink(path, **options) if path.name.endswith(".tmp") else counted(unlink, path, **options)

    monkeypatch.setattr(os, "replace", lambda *arguments: counted(replace, *arguments))
    monkeypatch.setattr(Path, "unlink", failing_unlink)
    with pytest.raises(OSError, match="the disk is full"):
        change_all(folder, [Change("a", b"1", b"one"), Change("c", None, b"3"), Change("b", b"2", None)])
    assert tree(folder) == before
