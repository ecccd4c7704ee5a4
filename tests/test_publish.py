"""Publishing: what is refused, what is owned, and that nothing foreign is ever touched."""

import os
from pathlib import Path

import pytest

from healthsite.publish import PRIVATE, Output, RefusedError, check_unclaimed, check_usable
from tests.small_site import tree, write

INPUTS = ("content", "templates", "static")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "public"


def published(folder: Path, files: dict[str, str], *, adopt: bool = False, one_by_one: bool = False) -> int:
    """One build's publishing, in the order in which a build does it. Gives how many files were removed."""
    output = Output(folder)
    output.begin()
    owned = output.owned()
    digests = dict.fromkeys(files, "0" * 32)
    check_unclaimed(folder, digests, owned, adopt=adopt)
    output.claim(owned | digests)
    staged = output.staging / "files"
    for path, text in files.items():
        write(staged, path, text)
        if one_by_one:
            output.place(path, staged / path)
    if files and not one_by_one:
        output.place_all(staged)
    removed = output.remove(sorted(owned.keys() - digests.keys()))
    output.claim(digests)
    output.end()
    return removed


def there(folder: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in tree(folder).items() if not path.startswith(PRIVATE)}


# --- folders that are refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("output, message", [
    (".", "holds the project itself; choose another --output"),
    ("..", "holds the project itself; choose another --output"),
    ("public/..", "holds the project itself; choose another --output"),
    ("content", "is inside content/, which the site is built from; choose another --output"),
    ("content/causes/new", "is inside content/, which the site is built from; choose another --output"),
    ("public/../static/css", "is inside static/, which the site is built from; choose another --output"),
    ("templates", "is inside templates/, which the site is built from; choose another --output"),
    ("config.yaml", "is not a folder"),
    ("foreign", "holds files that no build made; empty it, choose another --output, or say --adopt to build into it"),
])  # fmt: skip
def test_a_folder_that_is_not_for_output_is_refused_with_what_to_do(tmp_path, output, message):
    project = tmp_path / "project"
    for name in ("config.yaml", "content/causes/a.md", "public/.keep", "static/css/site.css", "foreign/mine.txt"):
        write(project, name, "mine")
    before = tree(tmp_path)
    with pytest.raises(RefusedError) as refused:
        check_usable(project / output, project, INPUTS, adopt=False)
    assert str(refused.value) == f"{project / output} {message}"
    assert tree(tmp_path) == before


@pytest.mark.parametrize("output", [".", "..", "content", "templates/x", "config.yaml"])
def test_adopting_opens_no_folder_of_the_project(tmp_path, output):
    write(tmp_path, "project/config.yaml", "")
    with pytest.raises(RefusedError):
        check_usable(tmp_path / "project" / output, tmp_path / "project", INPUTS, adopt=True)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_the_project_is_refused_as_the_project_is(tmp_path):
    write(tmp_path, "project/content/a.md", "")
    (tmp_path / "link").symlink_to(tmp_path / "project" / "content")
    with pytest.raises(RefusedError, match="inside content/"):
        check_usable(tmp_path / "link", tmp_path / "project", INPUTS, adopt=False)


@pytest.mark.parametrize("files", [
    [],
    [f"{PRIVATE}/lock"],
    [f"{PRIVATE}/manifest", "index.html", "foreign.txt"],
])  # fmt: skip
def test_a_folder_that_is_empty_or_was_built_into_before_is_used(tmp_path, files):
    (tmp_path / "public").mkdir()
    for name in files:
        write(tmp_path / "public", name, "")
    check_usable(tmp_path / "public", tmp_path, INPUTS, adopt=False)


def test_a_folder_that_is_not_there_and_names_that_only_look_alike_are_used(tmp_path):
    for name in ("public", "content-of-site", "deep/er/public"):
        check_usable(tmp_path / name, tmp_path, INPUTS, adopt=False)


def test_a_foreign_folder_can_be_adopted(tmp_path):
    write(tmp_path, "public/mine.txt", "")
    check_usable(tmp_path / "public", tmp_path, INPUTS, adopt=True)


# --- the manifest ------------------------------------------------------------------------------------------------------


def test_a_manifest_is_read_as_it_was_written(folder):
    output = Output(folder)
    output.begin()
    digests = {"index.html": "a" * 32, "causes/a b/index.html": "b" * 32, "assets/ä.css": "c" * 32, "x  y": "d" * 32}
    output.claim(digests)
    assert output.owned() == digests
    output.claim({})
    assert output.owned() == {}


@pytest.mark.parametrize("path", [
    "../outside.txt",
    "../public/../outside.txt",
    "a/../../outside.txt",
    "/etc/passwd",
    "//host/share",
    "C:/Windows/system.ini",
    "C:x",
    "..\\outside.txt",
    "a\\..\\..\\outside.txt",
    f"{PRIVATE}/lock",
    f"./{PRIVATE}/lock",
    f"a/../{PRIVATE}/lock",
    ".",
    "..",
    "./index.html",
    "a//b",
    "a/",
    "",
    "a\0b",
])  # fmt: skip
def test_a_manifest_that_points_elsewhere_is_not_followed(folder, path):
    write(folder, f"{PRIVATE}/manifest", f"{'0' * 32}  {path}\n{'1' * 32}  mine.html\n")
    assert Output(folder).owned() == {"mine.html": "1" * 32}


@pytest.mark.parametrize("data", [
    b"",
    b"\xff\xfe\x00",
    bytes(range(256)) * 4,
    b"no digest here\n\n\n   \n  \n",
    b"0123  .\n0123  ..\n",
])  # fmt: skip
def test_a_damaged_manifest_names_nothing_and_breaks_nothing(folder, data):
    write(folder, f"{PRIVATE}/manifest", data)
    write(folder.parent, "outside.txt", "mine")
    assert published(folder, {"index.html": "new"}) == 0
    assert there(folder) == {"index.html": "new"}
    assert (folder.parent / "outside.txt").read_text() == "mine"


def test_a_truncated_manifest_removes_nothing_that_it_does_not_name(folder):
    published(folder, {"a/index.html": "a", "b/index.html": "b"})
    manifest = folder / PRIVATE / "manifest"
    manifest.write_bytes(manifest.read_bytes()[:-4])
    assert set(Output(folder).owned()) == {"a/index.html", "b/index.h"}
    with pytest.raises(RefusedError, match="was not made by a build"):
        published(folder, {"b/index.html": "new"})
    assert there(folder) == {"a/index.html": "a", "b/index.html": "b"}


def test_an_unchanged_manifest_is_not_written_again(folder):
    published(folder, {"a": "a"})
    inode = (folder / PRIVATE / "manifest").stat().st_ino
    published(folder, {"a": "a"})
    assert (folder / PRIVATE / "manifest").stat().st_ino == inode


# --- placing and removing ----------------------------------------------------------------------------------------------


def test_files_come_change_and_go_and_empty_folders_go_with_them(folder):
    assert published(folder, {"index.html": "1", "a/b/c/index.html": "1", "a/d.html": "1"}) == 0
    assert published(folder, {"index.html": "2", "a/d.html": "1"}) == 1
    assert there(folder) == {"index.html": "2", "a/d.html": "1"}
    assert not (folder / "a" / "b").exists()
    assert published(folder, {"index.html": "2"}) == 1
    assert sorted(path.name for path in folder.iterdir()) == [PRIVATE, "index.html"]
    assert not (folder / PRIVATE / "staging").exists()


def test_a_file_that_is_gone_already_is_not_counted_as_removed(folder):
    published(folder, {"a": "a", "b/c": "c"})
    (folder / "b" / "c").unlink()
    assert published(folder, {}) == 1
    assert there(folder) == {}
    assert not (folder / "b").exists()


def test_what_a_killed_build_left_in_staging_is_cleared(folder):
    write(folder, f"{PRIVATE}/staging/7", "half")
    published(folder, {"a": "a"})
    assert not (folder / PRIVATE / "staging").exists()


def test_a_new_folder_is_put_in_its_place_in_one_step_and_what_stands_there_stays(folder, monkeypatch):
    published(folder, {"old/a/index.html": "1", "old/b/index.html": "1"})
    steps: list[str] = []
    place = Output.place

    def noted(output: Output, path: str, staged: str) -> None:
        steps.append(path)
        place(output, path, staged)

    monkeypatch.setattr(Output, "place", noted)
    files = {"new/a/index.html": "1", "new/b.html": "1", "old/a/index.html": "2", "old/c/d/index.html": "1", "e": "1"}
    published(folder, {"old/b/index.html": "1"} | files)
    assert steps == ["e", "new", "old/a/index.html", "old/b/index.html", "old/c"]
    assert there(folder) == {"old/b/index.html": "1"} | files


SHAPES = [
    ({"x": "old"}, {"x/index.html": "new"}),
    ({"x": "old"}, {"x/y/z/index.html": "new"}),
    ({"x/y": "old"}, {"x/y/z": "new"}),
    ({"x/index.html": "old"}, {"x": "new"}),
    ({"x/y/z/index.html": "old", "x/y/a": "old", "x/b": "old"}, {"x": "new"}),
    ({"x/y/z": "old", "x/a": "stays"}, {"x/y": "new", "x/a": "stays"}),
    ({"a/b": "old", "c": "old"}, {"a": "new", "c/d": "new"}),
]


@pytest.mark.parametrize("one_by_one", [True, False])
@pytest.mark.parametrize("before, after", SHAPES)
def test_an_old_file_makes_room_for_a_folder_and_the_reverse(folder, before, after, one_by_one):
    published(folder, before, one_by_one=one_by_one)
    published(folder, after, one_by_one=one_by_one)
    assert there(folder) == after
    published(folder, {})
    assert there(folder) == {}


@pytest.mark.parametrize("name", ["x", "x/y"])
@pytest.mark.parametrize("before", [{}, {"x/y/z": "1"}])
def test_nothing_can_be_both_a_file_and_a_folder(folder, before, name):
    published(folder, before)
    with pytest.raises(RefusedError) as refused:
        published(folder, {"x/y/z": "2", "x-y": "2", name: "2"})
    assert str(refused.value) == f"{folder / name} is to be both a file and a folder; rename the one in static/root/"
    assert there(folder) == before


def test_an_empty_folder_makes_room_for_a_file(folder):
    (folder / "x" / "y").mkdir(parents=True)
    published(folder, {"x": "new"})
    assert there(folder) == {"x": "new"}


@pytest.mark.parametrize("foreign, wanted, at, what", [
    ("robots.txt", "robots.txt", "robots.txt", ", or say --adopt to overwrite it"),
    ("causes", "causes/a/index.html", "causes", ": causes/a/index.html is to be published there"),
    ("causes/a", "causes/a/index.html", "causes/a", ": causes/a/index.html is to be published there"),
    ("robots.txt/mine", "robots.txt", "robots.txt/mine", ": robots.txt is to be published there"),
])  # fmt: skip
def test_a_foreign_file_is_never_overwritten_nor_removed(folder, foreign, wanted, at, what):
    published(folder, {"index.html": "1"})
    write(folder, foreign, "mine")
    with pytest.raises(RefusedError) as refused:
        published(folder, {"index.html": "2", wanted: "new"})
    assert str(refused.value) == f"{folder / at} was not made by a build; move it away{what}"
    assert there(folder) == {"index.html": "1", foreign: "mine"}


@pytest.mark.parametrize("foreign, wanted", [("causes", "causes/a/index.html"), ("robots.txt/mine", "robots.txt")])
def test_what_took_the_place_of_a_page_since_is_kept_too(folder, foreign, wanted):
    """The manifest names the page, but what stands in its way is not the page."""
    published(folder, {wanted: "1"})
    Output(folder).remove([wanted])
    write(folder, foreign, "mine")
    with pytest.raises(RefusedError):
        published(folder, {wanted: "2"})
    assert there(folder) == {foreign: "mine"}


def test_adopting_overwrites_the_file_at_the_path_and_nothing_else(folder):
    write(folder, "robots.txt", "mine")
    write(folder, "other.txt", "mine")
    published(folder, {"robots.txt": "new"}, adopt=True)
    assert there(folder) == {"robots.txt": "new", "other.txt": "mine"}
    write(folder, "causes", "mine")
    with pytest.raises(RefusedError):
        published(folder, {"robots.txt": "newer", "causes/a/index.html": "new"}, adopt=True)
    assert there(folder) == {"robots.txt": "new", "other.txt": "mine", "causes": "mine"}


def test_foreign_files_beside_those_of_the_site_stay(folder):
    published(folder, {"a/index.html": "a", "b": "b"})
    write(folder, "a/mine.txt", "mine")
    write(folder, "mine/too.txt", "mine")
    assert published(folder, {}) == 2
    assert there(folder) == {"a/mine.txt": "mine", "mine/too.txt": "mine"}


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_place_of_a_page_is_replaced_and_what_it_leads_to_is_kept(folder):
    write(folder.parent, "elsewhere.txt", "mine")
    published(folder, {"a": "1", "b": "1"})
    for name in ("a", "b"):
        (folder / name).unlink()
        (folder / name).symlink_to(folder.parent / "elsewhere.txt")
    published(folder, {"a": "2"})
    assert there(folder) == {"a": "2"}
    assert not (folder / "a").is_symlink()
    assert (folder.parent / "elsewhere.txt").read_text() == "mine"
