"""Remember a result under a content key.

One SQLite file holds shelves of ``key → bytes``. Every value carries a checksum over its key and itself: a value that
is damaged is as if it were not there, and a file that is no such store is put aside and begun anew. Values are plain
data (text, JSON): a store brought back from elsewhere can be wrong, but it can't run code.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

FORMAT = 6
SHELVES = ("outlines", "articles", "bodies", "terms", "plans", "shown", "library", "state")
_PAGE = 16_384
"""Bytes: an article's text fills several pages of the usual 4,096, and each of them is read and written apart."""
_AT_ONCE = 500
"""Keys in one question: SQLite takes a thousand."""


def _check(key: str, value: bytes) -> int:
    """A checksum against accidents: a damaged disk, a store cut short."""
    return crc32(value, crc32(key.encode()))


class LostError(Exception):
    """The store does not hold what it should: it is damaged, and to be begun anew."""


class Store:
    """A store at a path; use it as a context manager. What is put is kept when the ``with`` block ends without
    error; after one, what was committed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            with suppress(sqlite3.DatabaseError):
                self._db.rollback()
        self.close()

    def close(self) -> None:
        """Keep what was put, and let go of the file."""
        try:
            self._db.commit()
        except sqlite3.DatabaseError:
            self._db.rollback()  # a disk that is full or a damaged page: what was not kept is computed again
        self._db.close()

    def all(self, shelf: str) -> dict[str, bytes]:
        """Everything on a shelf that is whole."""
        try:
            rows = self._db.execute(f"SELECT key, value, checksum FROM {_known(shelf)}").fetchall()
        except sqlite3.DatabaseError:
            return {}
        return {key: value for key, value, checksum in rows if _is_whole(key, value, checksum)}

    def get(self, shelf: str, key: str) -> bytes | None:
        """The value under a key, or ``None``."""
        try:
            query = f"SELECT value, checksum FROM {_known(shelf)} WHERE key = ?"
            row = self._db.execute(query, (key,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return row[0] if row and _is_whole(key, row[0], row[1]) else None

    def some(self, shelf: str, keys: Sequence[str]) -> dict[str, bytes]:
        """The values under some keys, of those that are there and whole."""
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _AT_ONCE):
            part = keys[start : start + _AT_ONCE]
            query = f"SELECT key, value, checksum FROM {_known(shelf)} WHERE key IN ({','.join('?' * len(part))})"
            with suppress(sqlite3.DatabaseError):
                rows = self._db.execute(query, part).fetchall()
                found |= {key: value for key, value, checksum in rows if _is_whole(key, value, checksum)}
        return found

    def state(self, key: str) -> dict[str, Any]:
        """What a build remembers of itself under a key, from JSON; empty where that is not a mapping."""
        try:
            value = json.loads(self.get("state", key) or b"{}")
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}

    def put(self, shelf: str, items: Iterable[tuple[str, bytes]]) -> None:
        """Remember values; a known key's value is replaced. Kept at the latest when the store is closed."""
        query = f"INSERT OR REPLACE INTO {_known(shelf)} (key, value, checksum) VALUES (?, ?, ?)"
        rows = [(key, value, _check(key, value)) for key, value in items]
        try:
            self._db.executemany(query, rows)
        except sqlite3.DatabaseError as error:
            self._refuse_if_in_use(error)
            self.begin_anew()
            self._db.executemany(query, rows)

    def commit(self) -> None:
        """Keep what was put so far, so that other processes see it."""
        self._db.commit()

    def collect(self, shelf: str, keep: Iterable[str]) -> None:
        """Forget what is not in ``keep``, once a shelf holds more than twice as much as that.

        The slack lets a change that is taken back (a switched branch, an undone edit) be remembered.
        """
        kept = set(keep)
        try:
            if self._db.execute(f"SELECT count(*) FROM {_known(shelf)}").fetchone()[0] > 2 * len(kept) + 100:
                keys = {row[0] for row in self._db.execute(f"SELECT key FROM {shelf}")}
                self._db.executemany(f"DELETE FROM {shelf} WHERE key = ?", ((key,) for key in keys - kept))
        except sqlite3.DatabaseError as error:
            self._refuse_if_in_use(error)
            self.begin_anew()

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.OperationalError as error:
            self._refuse_if_in_use(error)
            self._put_aside()
        except sqlite3.DatabaseError:
            self._put_aside()
        return self._connect()

    def _connect(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.path, timeout=60)
        except sqlite3.OperationalError as error:
            raise OSError(f"{self.path}: {error}") from None
        db.text_factory = _text  # a key with a flipped bit is a key that nobody asks for
        try:
            db.execute(f"PRAGMA page_size = {_PAGE}")  # of a new file; another one keeps its own
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")  # lost to a power cut, it is computed again
            if db.execute("PRAGMA user_version").fetchone()[0] not in (0, FORMAT):
                raise sqlite3.DatabaseError("a store of another format")
            for shelf in SHELVES:
                columns = "key TEXT PRIMARY KEY, value BLOB NOT NULL, checksum INTEGER NOT NULL"
                db.execute(f"CREATE TABLE IF NOT EXISTS {shelf} ({columns})")
                db.execute(f"SELECT key, value, checksum FROM {shelf} LIMIT 1").fetchone()
            db.execute(f"PRAGMA user_version = {FORMAT}")
            db.commit()
        except sqlite3.DatabaseError:
            db.close()
            raise
        return db

    def _refuse_if_in_use(self, error: sqlite3.DatabaseError) -> None:
        """Another process's store is not a damaged one."""
        if "locked" in str(error):
            raise OSError(f"{self.path} is in use by another build") from None

    def begin_anew(self) -> None:
        """Forget everything."""
        self._db.close()
        self._put_aside()
        self._db = self._open()

    def _put_aside(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


class ReadOnly:
    """What a worker sees of a store: the same values, nothing to write."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=60)
        self._db.text_factory = _text

    def get(self, shelf: str, key: str) -> bytes | None:
        """The value under a key, or ``None``."""
        try:
            row = self._db.execute(f"SELECT value, checksum FROM {_known(shelf)} WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError:
            return None
        return row[0] if row and _is_whole(key, row[0], row[1]) else None


def opened(path: str) -> ReadOnly:
    """The store in a file, opened once; one that was begun anew in its place is another."""
    return _opened(path, os.stat(path).st_ino)  # noqa: PTH116 (asked for each page: a Path costs more than the look)


@lru_cache(maxsize=1)
def _opened(path: str, inode: int) -> ReadOnly:
    return ReadOnly(Path(path))


@contextmanager
def locked(path: Path, *, wait: float) -> Iterator[bool]:
    """Hold the lock at ``path``; ``False`` when another process still held it after ``wait`` seconds.

    It is SQLite's own file lock, which works alike on every system and ends with its process, however that ends.
    The file stays empty.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        db = sqlite3.connect(path, timeout=wait, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise OSError(f"{path} can't be locked: {error}") from None
    try:
        try:
            db.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                yield False
                return
            # Whatever it holds, it is no lock: this one is always empty.
            if not path.is_file() or path.stat().st_size == 0:
                raise OSError(f"{path} can't be locked: {error}") from None
            db.close()
            path.write_bytes(b"")
            db = sqlite3.connect(path, timeout=wait, isolation_level=None)
            db.execute("BEGIN EXCLUSIVE")
        yield True
    finally:
        db.close()


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _known(shelf: str) -> str:
    if shelf not in SHELVES:
        raise ValueError(f"no shelf is called {shelf}")
    return shelf


def _is_whole(key: object, value: object, checksum: object) -> bool:
    return isinstance(key, str) and isinstance(value, bytes) and checksum == _check(key, value)
