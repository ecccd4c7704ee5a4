"""Several files changed at once: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Change(NamedTuple):
    """A file's bytes before and after, by its path relative to the root; ``None`` where there is no such file."""

    path: str
    before: bytes | None
    after: bytes | None


class MeanwhileError(Exception):
    """A file is not any more what it was when the change was planned. Nothing was written."""


def change_all(root: Path, changes: Iterable[Change]) -> None:
    """Make all changes, each file whole at any time. What fails half-way is undone before it is raised on.

    Raises :class:`MeanwhileError` and ``OSError``.
    """
    planned = [change for change in changes if change.before != change.after]
    for change in planned:
        if _bytes(root / change.path) != change.before:
            raise MeanwhileError(f"{change.path} was changed meanwhile")
    done: list[Change] = []
    try:
        # What is added comes before what is taken away, so that being cut off loses nothing.
        for change in sorted(planned, key=lambda item: item.after is None):
            done.append(change)
            _write(root / change.path, change.after)
    except BaseException:
        for change in reversed(done):
            with suppress(OSError):
                _write(root / change.path, change.before)
        raise


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _write(file: Path, data: bytes | None) -> None:
    if data is None:
        file.unlink(missing_ok=True)
        return
    staged = file.with_name(f".{file.name}.tmp")  # hidden: no build takes it for an article
    try:
        staged.write_bytes(data)
        if file.exists():
            shutil.copymode(file, staged)
        os.replace(staged, file)  # noqa: PTH105 (the call that the promise rests on)
    finally:
        staged.unlink(missing_ok=True)
