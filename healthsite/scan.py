"""What there is to build from: every input file with the digest of its bytes, in little more than a ``stat`` a file.

A file's digest is remembered with its stat signature, as git's index does it: size, times of modification and change,
inode. A signature is trusted only where the file had been still for a while when it was read (a file may change twice
within one tick of a clock); all else is read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from healthsite.digest import of_bytes

STILL_FOR = 2_000_000_000
"""Nanoseconds: the coarsest clock of a common file system (FAT) ticks every two seconds."""

Signature = tuple[int, int, int, int]
_NEVER: Signature = (-1, -1, -1, -1)
"""The signature of no file: one with this is read again, and is news only where its bytes are others."""


class Inputs(NamedTuple):
    """Digests of files by path relative to the root, in sorted order; and what could not be read, with the reason."""

    digests: Mapping[str, str]
    unreadable: Mapping[str, str]

    def below(self, folder: str) -> dict[str, str]:
        """The files below a folder, by path."""
        prefix = folder + "/"
        return {path: digest for path, digest in self.digests.items() if path.startswith(prefix)}


class Memory:
    """Digests of files whose signature has not changed since they were read. ``rows`` holds what is seen now, by path,
    as plain data for the next memory.
    """

    def __init__(self, known: Mapping[str, Any], news: Callable[[], object] = lambda: None) -> None:
        """``known`` are the rows of an earlier memory; of anything else nothing is believed. ``news`` is called at each
        file whose bytes are not those remembered.
        """
        self._news = news
        self._known = {path: row for path, row in known.items() if isinstance(row, list) and len(row) == 5}
        self.rows: dict[str, list[object]] = {}

    def digest(self, path: str, file: str | Path, status: os.stat_result | None = None) -> str:
        """The digest of a file's bytes; ``path`` is the name that it is remembered under. Raises ``OSError``."""
        status = status or os.stat(file)  # noqa: PTH116 (a Path costs more than the look)
        known = self._known.get(path)
        if known is not None and is_of(status, known):
            self.rows[path] = known
            return str(known[4])
        signature = signature_of(status)
        began = time.time_ns()
        with open(file, "rb", buffering=0) as handle:  # noqa: PTH123 (a Path costs more than the read, as a buffer does)
            digest = of_bytes(handle.read())
        if known is None or known[4] != digest:
            self._news()
        was_still = max(signature[1], signature[2]) + STILL_FOR < began
        self.rows[path] = [*(signature if was_still else _NEVER), digest]
        return digest


def signature_of(status: os.stat_result) -> Signature:
    """Size, modification time, change time and inode."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_of(status: os.stat_result, row: Sequence[object]) -> bool:
    """Whether this is the signature that a row begins with."""
    return (
        status.st_mtime_ns == row[1]
        and status.st_size == row[0]
        and status.st_ctime_ns == row[2]
        and status.st_ino == row[3]
    )


def glance(root: Path, folders: tuple[str, ...], files: tuple[str, ...]) -> dict[str, Signature | str]:
    """The signature of every file that :func:`scan` would digest, or why it can't be read, by path; nothing is read.

    Two glances differ when a file was saved between them, came or went.
    """
    unreadable: dict[str, str] = {}
    found: dict[str, Signature | str] = {}
    for folder in folders:
        walked: list[_Found] = []
        _walk(str(root / folder), folder, walked, unreadable)
        found.update((path, signature_of(status)) for path, _, status in walked if status)
    for name in files:
        try:
            found[name] = signature_of((root / name).stat())
        except OSError as error:
            unreadable[name] = error.strerror or type(error).__name__
    return found | unreadable


_Found = tuple[str, str, "os.stat_result | None"]


def scan(root: Path, folders: tuple[str, ...], files: tuple[str, ...], memory: Memory) -> Inputs:
    """Digest every file below ``folders`` and each of ``files`` that exists, hidden and temporary ones left out."""
    digests: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    found: list[_Found] = [(name, str(root / name), None) for name in files if (root / name).exists()]
    for folder in folders:
        _walk(str(root / folder), folder, found, unreadable)
    for path, file, status in sorted(found, key=itemgetter(0)):
        if not path.isprintable():
            shown = path.encode("utf-8", "replace").decode().replace("\n", "?")
            unreadable[shown] = "rename it: its name holds a character that can't be shown"
            continue
        try:
            digests[path] = memory.digest(path, file, status)
        except OSError as error:
            unreadable[path] = error.strerror or type(error).__name__
    return Inputs(digests, unreadable)


def _walk(folder: str, prefix: str, found: list[_Found], unreadable: dict[str, str]) -> None:
    """Find path, file and status of every file below a folder. A status spares a second look at it."""
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except FileNotFoundError:
        return
    except OSError as error:
        unreadable[prefix] = error.strerror or type(error).__name__
        return
    for entry in listed:
        if is_ignored(entry.name):
            continue
        path = f"{prefix}/{entry.name}"
        try:
            if not entry.is_dir():
                found.append((path, entry.path, entry.stat()))
            elif entry.is_symlink():
                unreadable[path] = "links to folders are not followed"
            else:
                _walk(entry.path, path, found, unreadable)
        except OSError as error:  # it vanished, or it is a link that leads nowhere
            unreadable[path] = error.strerror or type(error).__name__


def is_ignored(name: str) -> bool:
    """Whether a file name is hidden or an editor's temporary one."""
    if name == ".well-known":  # what a site says to machines, at a place that they know
        return False
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp")) or name == "4913"
