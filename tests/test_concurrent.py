"""Several builds at once, stores that are damaged or came from elsewhere, outputs that were moved."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from healthsite.store import FORMAT, Store, locked
from healthsite.workers import Workers
from tests.small_site import (
    ARTICLES,
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

STORE = ".cache/store.sqlite3"


def begin(root: Path, *arguments: str, jobs: int = 1) -> subprocess.Popen[str]:
    """Begin a build by a process of its own."""
    return subprocess.Popen(
        command("--today", TODAY, "--jobs", str(jobs), *arguments),
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def end(*processes: subprocess.Popen[str]) -> list[str]:
    """Wait for processes that must all succeed; what they said beside their findings."""
    told = [process.communicate(timeout=120) for process in processes]
    assert [
        (process.returncode, errors) for process, (_, errors) in zip(processes, told, strict=True) if process.returncode
    ] == []
    return [errors for _, errors in told]


# --- at once ---


def test_builds_wait_for_the_one_that_works_on_the_output_and_say_so(tmp_path, workers):
    root = write_site(tmp_path / "site")
    _, expected = clean_build(root, tmp_path / "clean", workers)
    with locked(root / "public/.healthsite/lock", wait=0) as is_held:
        assert is_held
        waiting = [begin(root), begin(root, "--quiet")]
        for process in waiting:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert line == f"another build is working on {root / 'public'}: waiting for it\n"
            assert process.poll() is None
        assert not [path for path in tree(root / "public") if not path.startswith(".healthsite/lock")]
    end(*waiting)
    assert differences(tree(root / "public"), expected) == []


def test_builds_of_one_project_at_once_leave_what_one_leaves(tmp_path, workers):
    root = write_site(tmp_path / "site")
    _, expected = clean_build(root, tmp_path / "clean", workers)
    end(*(begin(root, jobs=2) for _ in range(3)))
    assert differences(tree(root / "public"), expected) == []


def test_builds_of_one_project_into_several_outputs_share_a_store(tmp_path, workers):
    """No lock keeps them apart: the store must stand it, from its very first moment on."""
    root = write_site(tmp_path / "site")
    _, expected = clean_build(root, tmp_path / "clean", workers)
    outputs = [tmp_path / "one-output", tmp_path / "other-output"]
    end(*(begin(root, "--output", str(output)) for output in outputs), begin(root, "check"))
    for output in outputs:
        assert differences(tree(output), expected) == []
    change(root, "templates/base.html", "</footer>", "<p>New.</p></footer>")
    write(
        root, "content/causes/thirst.md", article_text(*ARTICLES["causes/thirst"]) + "\nMore about a calf. [@three]\n"
    )
    _, expected = clean_build(root, tmp_path / "clean-2", workers)
    end(*(begin(root, "--output", str(output)) for output in outputs), begin(root, "show", "causes/thirst"))
    for output in outputs:
        assert differences(tree(output), expected) == []


def test_a_check_beside_a_build_that_writes_the_store_does_no_harm(tmp_path, workers):
    """The store's writer is another process, which is not done yet."""
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    with Store(root / STORE) as store:
        store.put("articles", [("another", b"article")])
        store.commit()
        checking = begin(root, "check")
        end(checking)
        store.put("articles", [("and another", b"article")])
    with Store(root / STORE) as store:
        assert store.get("articles", "another") == store.get("articles", "and another") == b"article"


def lay_two(folder: Path) -> tuple[Path, Path]:
    """Two checkouts of one project: the second has a page and a file at the root more, and another article."""
    one, other = write_site(folder / "one"), write_site(folder / "other")
    write(other, "static/root/more.txt", "More.\n")
    front, body = ARTICLES["causes/thirst"]
    write(other, "content/causes/thirst.md", article_text({**front, "aliases": ["causes/old"]}, body))
    write(other, "content/causes/another.md", article_text({**front, "title": "Another"}, body))
    return one, other


def test_two_checkouts_with_one_output_leave_what_the_last_one_leaves(tmp_path, workers):
    one, other = lay_two(tmp_path)
    output = tmp_path / "output"
    clean = [clean_build(root, tmp_path / f"clean-{root.name}", workers)[1] for root in (one, other)]
    for number in range(2):
        end(begin(one, "--output", str(output)), begin(other, "--output", str(output)))
        after = tree(output)
        assert after in clean, f"round {number}: neither, but {[differences(after, made) for made in clean]}"
    for root, expected in ((one, clean[0]), (other, clean[1]), (one, clean[0])):
        assert build_site(root, workers, output).published
        assert differences(tree(output), expected) == []


@pytest.mark.parametrize("extra", ["static/root/more.txt", "alias"])
def test_what_another_checkout_added_to_the_output_goes(tmp_path, workers, extra):
    """It added a file, and changed no other: nothing but the manifest tells."""
    one, other = write_site(tmp_path / "one"), write_site(tmp_path / "other")
    output = tmp_path / "output"
    if extra == "alias":
        front, body = ARTICLES["causes/thirst"]
        write(other, "content/causes/thirst.md", article_text({**front, "aliases": ["causes/old"]}, body))
    else:
        write(other, extra, "More.\n")
    build_site(one, workers, output)
    expected = tree(output)
    build_site(other, workers, output)
    assert len(tree(output)) == len(expected) + 1
    build_site(one, workers, output)
    assert differences(tree(output), expected) == []


# --- stores ---


@pytest.fixture(scope="module")
def old(tmp_path_factory) -> Path:
    """A project with its store, built into ``output`` beside it. No process has the store open."""
    folder: Path = tmp_path_factory.mktemp("old")
    root = write_site(folder / "site")
    with Workers(1) as pool:
        build_site(root, pool, folder / "output")
    with closing(sqlite3.connect(root / STORE)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(folder / "output", folder / "kept")
    return folder


@pytest.fixture(scope="module")
def edited(old, tmp_path_factory, workers) -> dict[str, bytes]:
    """What a clean build leaves after :func:`edit`."""
    root = tmp_path_factory.mktemp("edited") / "site"
    shutil.copytree(old / "site", root)
    edit(root)
    return clean_build(root, root.parent / "clean", workers)[1]


def edit(root: Path) -> None:
    """Edits that need what the store remembers: every page is made again, and the glossary's terms are looked for."""
    change(root, "templates/base.html", "</footer>", "<p>New.</p></footer>")
    change(root, "content/glossary.yaml", '"arteries"', '"arteries", "blood"')
    change(root, "content/causes/thirst.md", "Too little water", "Thirst")


def check_store(
    old: Path, root: Path, workers: Workers, expected: dict[str, bytes], harm: Callable[[Path], None]
) -> None:
    """Build with a harmed store, without an edit and after one."""
    for is_edited in (False, True):
        project = root / f"site-{is_edited}"
        shutil.copytree(old / "site", project)
        shutil.rmtree(old / "output")
        shutil.copytree(old / "kept", old / "output")
        harm(project / STORE)
        if is_edited:
            edit(project)
        result = build_site(project, workers, old / "output")
        assert result.published, result.findings
        assert differences(tree(old / "output"), expected if is_edited else tree(old / "kept")) == []
        again = build_site(project, workers, old / "output")
        assert (again.written, again.removed) == (0, 0)


def sql(*statements: str) -> Callable[[Path], None]:
    """Change a store as SQLite can."""

    def harm(store: Path) -> None:
        with closing(sqlite3.connect(store)) as db:
            for statement in statements:
                db.execute(statement)
            db.commit()

    return harm


def filled(data: bytes) -> Callable[[Path], None]:
    """Put other bytes in its place."""
    return lambda store: write(store.parent, store.name, data)


def cut(share: float) -> Callable[[Path], None]:
    """Cut it off."""

    def harm(store: Path) -> None:
        data = store.read_bytes()
        store.write_bytes(data[: int(len(data) * share)])

    return harm


def flipped(seed: int, count: int = 1) -> Callable[[Path], None]:
    """Flip a bit of some bytes."""

    def harm(store: Path) -> None:
        random, data = Random(seed), bytearray(store.read_bytes())
        for _ in range(count):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
        store.write_bytes(data)

    return harm


def zeroed(seed: int) -> Callable[[Path], None]:
    """A page of the file lost, as by a bad disk."""

    def harm(store: Path) -> None:
        data = bytearray(store.read_bytes())
        page = 4096 * Random(seed).randrange(1, len(data) // 4096)
        data[page : page + 4096] = bytes(4096)
        store.write_bytes(data)

    return harm


def gone(store: Path) -> None:
    store.unlink()


def lone_wal(store: Path) -> None:
    """The log of a store that is gone, and of another one."""
    shutil.copyfile(store, store.with_name(store.name + "-wal"))
    store.unlink()


def rotated(shelf: str) -> Callable[[Path], None]:
    """Every value is well-formed, and another key's."""

    def harm(store: Path) -> None:
        with closing(sqlite3.connect(store)) as db:
            rows = db.execute(f"SELECT key, value, checksum FROM {shelf} ORDER BY key").fetchall()
            for (key, _, _), (_, value, checksum) in zip(rows, [*rows[1:], rows[0]], strict=True):
                db.execute(f"UPDATE {shelf} SET value = ?, checksum = ? WHERE key = ?", (value, checksum, key))
            db.commit()

    return harm


def emptied(shelf: str) -> Callable[[Path], None]:
    return sql(f"DELETE FROM {shelf}")


def half(shelf: str) -> Callable[[Path], None]:
    return sql(f"DELETE FROM {shelf} WHERE rowid % 2")


def without_checksums(shelf: str) -> Callable[[Path], None]:
    return sql(f"UPDATE {shelf} SET checksum = x'00'")


def of_other_types(shelf: str) -> Callable[[Path], None]:
    return sql(f"UPDATE {shelf} SET value = 7")


SHELVES = ("articles", "bodies", "terms", "library", "state")
HARMS: dict[str, Callable[[Path], None]] = {
    "empty": filled(b""),
    "random bytes": filled(Random(1).randbytes(50_000)),
    "text": filled(b"SQLite format 3 is what this is not\n" * 99),
    "its head alone": cut(0.001),
    "a quarter": cut(0.25),
    "a half": cut(0.5),
    "all but its end": cut(0.98),
    "gone": gone,
    "a lone log": lone_wal,
    "another format": sql(f"PRAGMA user_version = {FORMAT + 1}"),
    "no shelves": sql("DROP TABLE articles", "DROP TABLE state"),
    "another shelf": sql("DROP TABLE bodies", "CREATE TABLE bodies (name TEXT)"),
    **{f"{shelf}: {name}": harm(shelf) for shelf in SHELVES for name, harm in (("emptied", emptied), ("rotated", rotated))},
    **{f"bodies: {harm.__name__}": harm("bodies") for harm in (half, without_checksums, of_other_types)},
    **{f"articles: {harm.__name__}": harm("articles") for harm in (half, without_checksums, of_other_types)},
    **{f"a flipped bit {seed}": flipped(seed) for seed in range(4)},
    **{f"many flipped bits {seed}": flipped(seed, 40) for seed in (0, 3)},
    **{f"a lost page {seed}": zeroed(seed) for seed in (2, 3, 4)},
}  # fmt: skip


@pytest.mark.parametrize("name", HARMS)
def test_a_damaged_store_gives_the_right_result(old, edited, tmp_path, workers, name):
    check_store(old, tmp_path, workers, edited, HARMS[name])


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
@pytest.mark.parametrize("how", ["deleted", "damaged"])
def test_a_store_whose_log_is_lost_gives_the_right_result(tmp_path, workers, suffix, how):
    """As a process leaves it that was killed: nearly everything is still in the log."""
    root = write_site(tmp_path / "site")
    build_site(root, workers)  # whose workers hold the store open, so that the log is not written back
    log = root / f"{STORE}{suffix}"
    assert log.stat().st_size > 0
    shutil.copytree(root, tmp_path / "other", ignore=shutil.ignore_patterns("public"))
    log = tmp_path / "other" / f"{STORE}{suffix}"
    if how == "deleted":
        log.unlink()
    else:
        data = bytearray(log.read_bytes())
        data[len(data) // 2 :] = Random(2).randbytes(len(data) - len(data) // 2)
        log.write_bytes(data)
    edit(tmp_path / "other")
    _, expected = clean_build(tmp_path / "other", tmp_path / "clean", workers)
    assert build_site(tmp_path / "other", workers).published
    assert differences(tree(tmp_path / "other/public"), expected) == []


def test_workers_that_outlive_a_store_do_not_keep_to_it(tmp_path):
    """As while serving, when somebody removes what builds remember, or the store was damaged and begun anew."""
    root = write_site(tmp_path / "site")
    with Workers(1) as pool:
        build_site(root, pool)
        shutil.rmtree(root / ".cache")
        edit(root)
        assert build_site(root, pool).published
        _, expected = clean_build(root, tmp_path / "clean", pool)
    assert differences(tree(root / "public"), expected) == []


def test_a_store_of_other_projects_under_the_same_names_is_no_harm(old, edited, tmp_path, workers):
    """All that it holds is whole, and of a site with other articles, another output and another generator."""
    other = write_site(tmp_path / "other")
    edit(other)
    build_site(other, workers)

    def harm(store: Path) -> None:
        for suffix in ("", "-wal", "-shm"):
            source = other / f"{STORE}{suffix}"
            if source.exists():
                shutil.copyfile(source, store.with_name(store.name + suffix))

    check_store(old, tmp_path / "trial", workers, edited, harm)


LEDGER = b'{"id": "1", "of": "1", "under": "", "rows": {"content/causes/thirst.md": 1, "index.html": [1]}, "gone": []}'


@pytest.mark.parametrize("value", [b"[]", b"{", b'{"pages": 3, "files": [], "key": 1}', LEDGER])
def test_what_builds_remember_of_themselves_may_be_anything(old, edited, tmp_path, workers, value):
    """Whole by its checksum, but written by some other generator that meant something else by it."""

    def harm(store: Path) -> None:
        with closing(sqlite3.connect(store)) as db:
            names = {"inputs", *(row[0] for row in db.execute("SELECT key FROM state"))}
        assert {name.partition(":")[0] for name in names} >= {"inputs", "outputs", "build"}
        with Store(store) as opened:
            opened.put("state", [(name, value) for name in names])

    check_store(old, tmp_path, workers, edited, harm)


def test_a_store_from_another_checkout_works_and_spares_the_reading(tmp_path, workers):
    first = write_site(tmp_path / "first")
    assert run(first).returncode == 0
    second = write_site(tmp_path / "second place")
    shutil.copytree(first / ".cache", second / ".cache")
    finished = run(second, "-v")
    assert finished.returncode == 0, finished.stderr
    assert "rendering pages" in finished.stderr
    assert "reading articles" not in finished.stderr
    assert differences(tree(second / "public"), tree(first / "public")) == []


def public(root: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(root / "public").items() if not path.startswith(".healthsite/lock")}


def plain() -> list[str]:
    """A command that runs without the superuser's right to write anywhere."""
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv")
        return [setpriv, "--bounding-set=-dac_override,-dac_read_search"]
    return []


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
@pytest.mark.parametrize("is_built", [False, True])
@pytest.mark.parametrize("folder", [".cache", "public"])
def test_a_folder_that_can_not_be_written_is_named_and_the_exit_code_is_2(tmp_path, folder, is_built):
    root = write_site(tmp_path / "site")
    if is_built:
        assert run(root).returncode == 0
        change(root, "templates/base.html", "</footer>", "<p>New.</p></footer>")
    (root / folder).mkdir(exist_ok=True)
    (root / "public/.healthsite/lock").unlink(missing_ok=True)
    before = public(root)
    paths = [root / folder, *(root / folder).rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        finished = subprocess.run(
            [*plain(), *command("--today", TODAY)],
            cwd=root, capture_output=True, encoding="utf-8", timeout=120,
        )  # fmt: skip
    finally:
        for path in paths:
            path.chmod(0o755)
    assert finished.returncode == 2, finished.stderr
    assert finished.stderr.startswith("build.py: ")
    assert str(root / folder) in finished.stderr
    assert finished.stderr.count("\n") == 1
    assert differences(public(root), before) == []


@pytest.mark.parametrize("what", ["a file for the folder", "a folder for the file"])
def test_a_store_that_can_not_be_there_is_named_and_the_exit_code_is_2(tmp_path, what):
    root = write_site(tmp_path / "site")
    if what == "a file for the folder":
        write(root, ".cache", "")
    else:
        write(root, f"{STORE}/mine.txt", "")
    finished = run(root)
    assert finished.returncode == 2
    assert finished.stderr.startswith("build.py: ")
    assert str(root / ".cache") in finished.stderr
    assert finished.stderr.count("\n") == 1


# --- outputs ---


def times(folder: Path) -> dict[str, int]:
    return {path: (folder / path).stat().st_mtime_ns for path in tree(folder) if path != ".healthsite/lock"}


def test_an_output_copied_elsewhere_is_taken_over_and_not_written_again(tmp_path, workers):
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    shutil.copytree(root / "public", tmp_path / "copy", copy_function=shutil.copyfile)
    other = write_site(tmp_path / "other")  # with a store of its own, still empty
    before, bytes_before = times(tmp_path / "copy"), tree(tmp_path / "copy")
    result = build_site(other, workers, tmp_path / "copy")
    assert (result.written, result.removed) == (0, 0)
    assert times(tmp_path / "copy") == before
    assert tree(tmp_path / "copy") == bytes_before


def test_a_rebuild_leaves_the_files_alone_whose_bytes_stay(tmp_path, workers):
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    before, bytes_before = times(root / "public"), tree(root / "public")
    change(root, "content/causes/thirst.md", "Too little water", "Thirst")
    change(root, "templates/base.html", "{# Every page.", "{# Every single page.")
    result = build_site(root, workers)
    after, bytes_after = times(root / "public"), tree(root / "public")
    changed = differences(bytes_before, bytes_after)
    assert "causes/thirst/index.html" in changed
    assert "guides/pregnancy/index.html" not in changed
    assert [path for path in after if path not in changed and after[path] != before[path]] == []
    assert result.written == len(set(changed) - {".healthsite/manifest"})
    assert len(result.reasons) > len(changed), "all pages were made again, few were other"


def test_a_lost_manifest_is_no_reason_to_take_the_files_for_foreign_ones(tmp_path, workers):
    """Somebody removed what builds keep in the output: they refuse it, and say how to go on."""
    root = write_site(tmp_path / "site")
    assert build_site(root, workers).published
    expected = tree(root / "public")
    shutil.rmtree(root / "public/.healthsite")
    finished = run(root)
    assert finished.returncode == 2
    assert "holds files that no build made" in finished.stderr
    assert "--adopt" in finished.stderr
    assert build_site(root, workers, adopt=True).published
    assert differences(tree(root / "public"), expected) == []


@pytest.mark.parametrize("harm", ["a line less", "a line more", "nothing in it", "random bytes"])
def test_a_manifest_that_was_changed_is_put_right(tmp_path, workers, harm):
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    expected = tree(root / "public")
    manifest = root / "public/.healthsite/manifest"
    lines = manifest.read_bytes().splitlines(keepends=True)
    harmed = {
        "a line less": b"".join(lines[:-1]),
        "a line more": b"".join([*lines, lines[0].replace(b"404.html", b"zzz.html")]),
        "nothing in it": b"",
        "random bytes": Random(3).randbytes(500),
    }
    manifest.write_bytes(harmed[harm])
    assert build_site(root, workers, adopt=harm != "a line more").published
    assert differences(tree(root / "public"), expected) == []


def test_a_page_that_was_changed_right_after_the_build_is_made_again(tmp_path, workers):
    """In place, of the same size, within a tick of the file system's clock."""
    root = write_site(tmp_path / "site")
    for number in range(5):
        change(root, "templates/404.html", "{% block main %}", f"{{% block main %}}<p>{number}</p>")
        page = root / "public/404.html"
        build_site(root, workers)
        good = page.read_bytes()
        stop = time.time_ns() + 1_000_000
        while time.time_ns() < stop:
            with page.open("r+b") as file:
                file.write(b"<!DOCTYPE HTML>")
        build_site(root, workers)
        assert page.read_bytes() == good


@pytest.mark.parametrize("name", ["causes", "about", "assets"])
def test_a_file_where_a_page_needs_a_folder_is_an_error(tmp_path, workers, name):
    root = write_site(tmp_path / "site")
    write(root, f"static/root/{name}", "In the way.\n")
    result = build_site(root, workers)
    assert [finding.path for finding in result.findings if finding.severity == "error"] == [f"static/root/{name}"]


ODD = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="no such names here")


def write_odd(root: Path, path: bytes) -> Path:
    """Write an empty file whose name may be no text at all."""
    file = Path(os.fsdecode(os.fsencode(root) + b"/" + path))
    file.write_bytes(b"")
    return file


@ODD
@pytest.mark.parametrize("name", [b"line\xe2\x80\xa8separator.txt", b"next\xc2\x85line.txt", b"two  spaces"])
def test_a_static_file_of_an_odd_name_is_published_and_removed_again(tmp_path, workers, name):
    root = write_site(tmp_path / "site")
    _, expected = clean_build(root, tmp_path / "clean", workers)
    odd = write_odd(root, b"static/root/" + name)
    result = build_site(root, workers)
    assert result.published or [finding.severity for finding in result.findings] == ["error"]
    odd.unlink()
    assert build_site(root, workers).published
    assert differences(tree(root / "public"), expected) == []


@ODD
@pytest.mark.parametrize(
    "path",
    [b"static/root/odd\nname.txt", b"static/odd-\xe9.txt", b"content/causes/odd-\xe9.md", b"templates/odd-\xe9.html"],
)
def test_a_name_that_is_no_line_of_text_is_no_traceback(tmp_path, commands, path):
    root = write_site(tmp_path / "site")
    write_odd(root, path)
    told = commands(root, "--today", TODAY, "--no-search")
    assert told.code in (0, 1)
    assert ("odd" in "\n".join(told.out)) == (told.code == 1)
    assert told.code == 1 or ".healthsite/manifest" in tree(root / "public")
    if told.code == 0:
        (root / os.fsdecode(path)).unlink()
        assert commands(root, "--today", TODAY, "--no-search").code == 0
        assert not [name for name in tree(root / "public") if "odd" in name]
