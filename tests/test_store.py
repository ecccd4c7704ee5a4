"""The store: what is put is there again, what is damaged is as if it were not there, and no value can run code."""

import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from healthsite import checking, reading
from healthsite.pipeline import loaded
from healthsite.run import Options
from healthsite.store import SHELVES, LostError, ReadOnly, Store, locked
from healthsite.workers import Workers
from tests.helpers import published
from tests.linked import ROOT
from tests.small_site import build_site, change, write_site

VALUES = {f"key-{number}": f"value {number} ".encode() * 40 for number in range(60)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "store.sqlite3"


def filled(path: Path) -> Path:
    with Store(path) as store:
        store.put("bodies", VALUES.items())
        store.put("state", [("a", b"1")])
    return path


def other_process(code: str, *arguments: object) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}", *map(str, arguments)]
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)


# --- what it does ------------------------------------------------------------------------------------------------------


def test_what_was_put_is_there_in_the_next_process_too(path):
    with Store(filled(path)) as store:
        assert store.all("bodies") == VALUES
        assert store.get("bodies", "key-7") == VALUES["key-7"]
        assert store.get("state", "a") == b"1"


def test_a_new_file_has_pages_that_hold_a_text_and_one_with_others_is_used_as_it_is(path):
    for size in (16384, 4096):
        with Store(path) as store:
            store.put("bodies", [("key", b"text" * 3000)])
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA page_size").fetchone() == (size,)
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute("PRAGMA page_size = 4096")
            db.execute("VACUUM")
    with Store(path) as store:
        assert store.get("bodies", "key") == b"text" * 3000


def test_what_was_never_put_is_not_there(path):
    with Store(filled(path)) as store:
        assert store.get("bodies", "no such key") is None
        assert store.get("articles", "key-7") is None
        assert store.all("terms") == {}


def test_what_was_not_committed_is_not_kept_after_an_error(path):
    with suppress(KeyboardInterrupt), Store(path) as store:
        store.put("bodies", [("a", b"one")])
        store.commit()
        store.put("bodies", [("a", b"two"), ("b", b"two")])
        raise KeyboardInterrupt
    with Store(path) as store:
        assert store.all("bodies") == {"a": b"one"}


def test_a_value_is_replaced(path):
    with Store(path) as store:
        store.put("state", [("a", b"1"), ("b", b"")])
        store.put("state", [("a", b"2")])
        assert store.all("state") == {"a": b"2", "b": b""}


def test_any_text_is_a_key_and_any_bytes_are_a_value(path):
    items = {"": b"x", "ä ✓ 'quoted' \0": bytes(range(256)), "k" * 5000: b""}
    with Store(path) as store:
        store.put("state", items.items())
    with Store(path) as store:
        assert store.all("state") == items


def test_shelves_are_a_fixed_few(path):
    with Store(path) as store, pytest.raises(ValueError, match="no shelf is called state; DROP"):
        store.get("state; DROP TABLE state", "a")


def test_readers_see_what_was_committed(path):
    with Store(path) as store:
        store.put("state", [("a", b"1")])
        store.commit()
        reader = ReadOnly(path)
        assert reader.get("state", "a") == b"1"
        assert reader.get("state", "b") is None
        store.put("state", [("a", b"2")])
        store.commit()
        assert reader.get("state", "a") == b"2"


# --- collecting --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("held, kept, left", [
    (100, 0, 100),  # a little slack, so that a change that is taken back is still known
    (101, 0, 0),
    (300, 100, 300),
    (301, 100, 100),
    (301, 301, 301),
])  # fmt: skip
def test_old_entries_are_forgotten_once_they_are_many(path, held, kept, left):
    with Store(path) as store:
        store.put("articles", [(f"{number}", b"x") for number in range(held)])
        store.put("bodies", [(f"{number}", b"x") for number in range(held)])
        store.collect("articles", [f"{number}" for number in range(kept)])
    with Store(path) as store:
        assert len(store.all("articles")) == left
        assert {f"{number}" for number in range(kept)} <= set(store.all("articles"))
        assert len(store.all("bodies")) == held


# --- damage ------------------------------------------------------------------------------------------------------------


def is_usable(path: Path) -> None:
    """Nothing wrong comes out of it, and it can be used and keeps what is put."""
    with Store(path) as store:
        for shelf in SHELVES:
            for key, value in store.all(shelf).items():
                assert {**VALUES, "a": b"1"}[key] == value
        assert all(store.get("bodies", key) in (None, value) for key, value in VALUES.items())
        store.put("bodies", VALUES.items())
        store.collect("bodies", VALUES)
    with Store(path) as store:
        assert store.all("bodies") == VALUES


@pytest.mark.parametrize("data", [
    b"",
    b"\0" * 5000,
    b"not a database",
    b"SQLite format 3\0" + b"\xff" * 5000,
    b"\x80\x04\x95pickle",
    random.Random(1).randbytes(50_000),
], ids=["empty", "zeros", "text", "a header and rubbish", "pickle", "random"])  # fmt: skip
def test_a_file_that_is_no_store_is_begun_anew(path, data):
    path.parent.mkdir()
    path.write_bytes(data)
    is_usable(path)


@pytest.mark.parametrize("part", [0.0, 0.01, 0.3, 0.5, 0.9, 0.999])
def test_a_truncated_store(path, part):
    data = filled(path).read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    is_usable(path)


@pytest.mark.parametrize("seed", range(25))
def test_a_flipped_byte_anywhere_gives_no_wrong_value(path, seed):
    data = bytearray(filled(path).read_bytes())
    for position in random.Random(seed).sample(range(len(data)), 1 + seed % 3):
        data[position] ^= 1 << seed % 8
    path.write_bytes(data)
    is_usable(path)


def test_a_flipped_byte_in_a_value_loses_that_value_only(path):
    data = bytearray(filled(path).read_bytes())
    position = data.index(b"value 7 value 7 ")
    data[position] ^= 1
    path.write_bytes(data)
    with Store(path) as store:
        assert store.get("bodies", "key-7") is None
        assert store.all("bodies") == {key: value for key, value in VALUES.items() if key != "key-7"}
        assert ReadOnly(path).get("bodies", "key-7") is None


def test_a_value_under_anothers_key_is_not_taken_for_its_own(path):
    with closing(sqlite3.connect(filled(path))) as db, db:
        db.execute("UPDATE bodies SET key = 'moved' WHERE key = 'key-7'")
    with Store(path) as store:
        assert store.get("bodies", "moved") is None
        assert "moved" not in store.all("bodies")


@pytest.mark.parametrize("statement", [
    "PRAGMA user_version = 999",
    "DROP TABLE bodies",
    "ALTER TABLE bodies RENAME COLUMN checksum TO other",
    "UPDATE bodies SET value = 7",
    "UPDATE bodies SET value = 'text'",
    "UPDATE bodies SET checksum = 'text'",
    "UPDATE bodies SET key = CAST(x'ff00fe' AS TEXT) WHERE key = 'key-7'",
    "UPDATE bodies SET key = 7 WHERE key = 'key-7'",
    "INSERT INTO bodies (key, value, checksum) VALUES (NULL, x'00', x'00')",
])  # fmt: skip
def test_a_store_of_another_version_or_with_odd_rows(path, statement):
    with closing(sqlite3.connect(filled(path))) as db, db:
        db.execute(statement)
    is_usable(path)


def test_a_store_of_another_version_is_not_read(path):
    with closing(sqlite3.connect(filled(path))) as db, db:
        db.execute("PRAGMA user_version = 999")
    with Store(path) as store:
        assert store.all("bodies") == {}


def test_a_folder_in_its_place_is_told_as_what_it_is(path):
    path.mkdir(parents=True)
    with pytest.raises((OSError, sqlite3.Error)):
        Store(path)
    assert path.is_dir()


def test_a_folder_that_can_not_be_written_is_told_with_its_name(unprivileged):
    folder = unprivileged / "cache"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises((OSError, sqlite3.Error)) as failed:
        Store(folder / "store.sqlite3")
    assert "store.sqlite3" in str(failed.value)


def test_a_store_that_can_not_be_written_is_told_and_kept(unprivileged):
    path = filled(unprivileged / "cache" / "store.sqlite3")
    path.chmod(0o400)
    path.parent.chmod(0o500)
    before = path.read_bytes()
    with pytest.raises((OSError, sqlite3.Error)):
        Store(path)
    assert path.read_bytes() == before


def test_reading_a_damaged_store_gives_nothing(path):
    path.parent.mkdir()
    path.write_bytes(b"not a database")
    assert ReadOnly(path).get("bodies", "key-7") is None


# --- no code -----------------------------------------------------------------------------------------------------------


class _Bomb:
    def __reduce__(self):
        return os.abort, ()


def test_what_a_build_remembers_is_plain_text(tmp_path, workers):
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    with Store(root / ".cache" / "store.sqlite3") as store:
        found = {shelf: store.all(shelf) for shelf in SHELVES}
    assert all(found.values())
    for values in found.values():
        for value in values.values():
            assert not value.startswith(pickle.dumps(0)[:1])
            value.decode("utf-8")


def test_a_store_full_of_pickles_can_run_nothing(path):
    """A store that is brought back in CI may have been written by anybody, checksums and all."""
    bomb = pickle.dumps(_Bomb())
    assert b"abort" in bomb
    with Store(path) as store:
        store.put("bodies", [("a", bomb)])
    with Store(path) as store:
        assert store.get("bodies", "a") == bomb


# --- several processes -------------------------------------------------------------------------------------------------

WRITER = """
from pathlib import Path
from healthsite.store import Store
with Store(Path(sys.argv[1])) as store:
    for number in range(40):
        store.put("bodies", [(f"{sys.argv[2]}-{number}", b"x")])
        store.commit()
"""


def test_two_processes_that_write_lose_nothing_of_each_other(path):
    started = [other_process(WRITER, path, name) for name in ("one", "two")]
    with Store(path) as store:
        for number in range(40):
            store.put("bodies", [(f"three-{number}", b"x")])
            store.commit()
        assert [process.wait() for process in started] == [0, 0]
        expected = {f"{name}-{number}" for name in ("one", "two", "three") for number in range(40)}
        assert set(store.all("bodies")) == expected
    for process in started:
        process.communicate()


def test_a_writer_who_must_wait_too_long_does_not_throw_away_what_the_other_writes(path):
    with Store(path) as one, Store(path) as two:
        two._db.execute("PRAGMA busy_timeout = 50")
        one.put("bodies", [("one", b"1")])  # not committed yet, as in the middle of reading many articles
        inode = path.stat().st_ino
        with suppress(OSError):  # to say that it can't be done is right, too
            two.put("bodies", [("two", b"2")])
        assert path.stat().st_ino == inode
    with Store(path) as store:
        assert store.get("bodies", "one") == b"1"


HOLDER = """
from pathlib import Path
from healthsite.store import locked
with locked(Path(sys.argv[1]), wait=0) as held:
    print(held, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(path):
    """Another process that holds the lock."""
    process = other_process(HOLDER, path)
    assert process.stdout
    assert process.stdout.readline() == "True\n"
    yield process
    process.kill()
    process.communicate()


def test_a_lock_is_held_by_one_process_at_a_time(path, holder):
    with locked(path, wait=0) as held:
        assert not held
    holder.communicate()
    with locked(path, wait=0) as held:
        assert held
    assert path.read_bytes() == b""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_lock_ends_with_its_process_however_that_ends(path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with locked(path, wait=0) as held:
        assert held


def test_who_waits_gets_the_lock_when_it_is_free(path, holder):
    waiter = other_process(HOLDER.replace("wait=0", "wait=60"), path)
    time.sleep(0.3)
    holder.communicate()
    out, _ = waiter.communicate()
    assert out == "True\n"


def test_the_lock_is_free_again_after_an_error(path):
    with pytest.raises(KeyError), locked(path, wait=0):
        raise KeyError
    with locked(path, wait=0) as held:
        assert held


def test_a_damaged_lock_file_does_not_stop_builds_for_ever(path):
    path.parent.mkdir()
    path.write_bytes(b"not empty " * 1000)
    with locked(path, wait=0) as held:
        assert held


@pytest.mark.parametrize("times", [1, 2])
def test_a_store_that_can_not_be_begun_is_tried_once_more(path, monkeypatch, times):
    """As where a process that still reads the old one meets the new one."""
    connect, failures = Store._connect, iter(range(times))

    def fails_at_first(store):
        if next(failures, None) is not None:
            raise sqlite3.DatabaseError("database disk image is malformed")
        return connect(store)

    with Store(filled(path)) as store:
        monkeypatch.setattr(Store, "_connect", fails_at_first)
        if times == 1:
            store.begin_anew()
            assert store.all("bodies") == {}
        else:
            with pytest.raises(sqlite3.DatabaseError):
                store.begin_anew()
            monkeypatch.undo()
            store._db = connect(store)
        store.put("bodies", VALUES.items())
    is_usable(path)


# --- a build with a damaged store --------------------------------------------------------------------------------------


def put_better(root: Path) -> Path:
    """Change a text, and a template that all pages use: so everything that is remembered is asked for again."""
    change(root, "content/causes/thirst.md", "Nobody has shown it.", "Nobody has ever shown it.")
    change(root, "templates/base.html", "Skip to the content", "Go to the content")
    return root


@pytest.fixture(scope="module")
def expected(tmp_path_factory, workers) -> dict[str, bytes]:
    """What a clean build gives."""
    root = put_better(write_site(tmp_path_factory.mktemp("fresh")))
    build_site(root, workers)
    return published(root / "public")


def spoil(store: Path, damage: str) -> None:
    data = store.read_bytes()
    if damage == "gone":
        store.unlink()
    elif damage == "another version":
        with closing(sqlite3.connect(store)) as db, db:
            db.execute("PRAGMA user_version = 999")
    else:
        flipped = bytes(byte ^ 1 if place % 97 == 0 and place > 4096 else byte for place, byte in enumerate(data))
        spoiled = {"random": os.urandom(len(data)), "truncated": data[: len(data) // 2], "flipped": flipped}
        store.write_bytes(spoiled[damage])


@pytest.mark.parametrize("damage", ["gone", "random", "truncated", "flipped", "another version"])
def test_a_build_with_a_damaged_store_makes_the_same_site(tmp_path, workers, expected, damage):
    root = write_site(tmp_path)
    build_site(root, workers)
    spoil(root / ".cache" / "store.sqlite3", damage)
    assert build_site(put_better(root), workers).findings == ()
    assert published(root / "public") == expected


@pytest.mark.parametrize("shelf", SHELVES)
@pytest.mark.parametrize("damage", ["UPDATE {} SET value = value || x'00'", "DELETE FROM {}"], ids=["damaged", "lost"])
def test_a_build_without_one_shelf_makes_the_same_site(tmp_path, workers, expected, shelf, damage):
    """A value that is damaged is computed again, though what was remembered beside it is whole."""
    root = write_site(tmp_path)
    build_site(root, workers)
    with closing(sqlite3.connect(root / ".cache" / "store.sqlite3")) as db, db:
        db.execute(damage.format(shelf))
    assert build_site(put_better(root), workers).findings == ()
    assert published(root / "public") == expected


def test_a_store_is_begun_anew_only_when_no_worker_is_at_work(tmp_path, monkeypatch):
    """The other worker is nearly always at its batch when one finds out that a body is lost."""
    root = write_site(tmp_path)
    text = (root / "content/causes/thirst.md").read_text()
    for number in range(200):
        (root / f"content/causes/thirst-{number}.md").write_text(text.replace("title: ", f"title: {number} "))
    with Workers(2) as pool:
        build_site(root, pool)
        with closing(sqlite3.connect(root / ".cache" / "store.sqlite3")) as db, db:
            db.execute("DELETE FROM bodies WHERE rowid = (SELECT min(rowid) FROM bodies)")
        begin_anew, at_work = Store.begin_anew, []

        def begun(store):
            at_work.append([worker for worker in pool._workers if worker.tasks])
            begin_anew(store)

        monkeypatch.setattr(Store, "begin_anew", begun)
        assert build_site(put_better(root), pool).published
        assert at_work == [[]]


def test_a_store_that_keeps_nothing_is_told_and_not_tried_for_ever(tmp_path, workers, monkeypatch):
    """As where another build of another version begins it anew again and again."""
    root = write_site(tmp_path)
    monkeypatch.setattr(reading, "unfolded", lost)
    monkeypatch.setattr(checking, "unfolded", lost)
    with pytest.raises(OSError, match="is another build using it"):
        build_site(root, workers)
    with (
        pytest.raises(OSError, match="is another build using it"),
        loaded(Options(root, root / "public", writes=False), workers),
    ):
        pass


def lost(*given: object) -> None:
    raise LostError
