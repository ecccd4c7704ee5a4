"""Bytes → the output folder: only what changed, through a rename, and never over what an earlier build did not make.

The folder's ``.healthsite/`` holds the lock, the files being made, and the manifest: the list of what builds
made, with the
digests of their bytes. The manifest names a file before it appears and until it is gone, so that a build that is
killed leaves nothing unowned behind.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

PRIVATE = ".healthsite"


class RefusedError(Exception):
    """The output folder can't be used; the text says why, and what to do."""


class Output:
    """An output folder that this process holds the lock of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / PRIVATE / "staging"
        self._manifest = folder / PRIVATE / "manifest"

    def owned(self) -> dict[str, str]:
        """What earlier builds made: path → digest of its bytes, as far as the manifest is whole."""
        try:
            lines = self._manifest.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return {}
        entries = (line.partition("  ") for line in lines)
        return {path: digest for digest, _, path in entries if _is_inside(path)}

    def begin(self) -> None:
        """Make an empty folder for the files being made."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)

    def claim(self, digests: Mapping[str, str]) -> None:
        """Write the manifest, if it says anything new."""
        text = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
        if not self._manifest.exists() or self._manifest.read_text("utf-8", "replace") != text:
            temporary = self._manifest.with_suffix(".new")
            temporary.write_text(text, "utf-8", newline="\n")
            temporary.replace(self._manifest)

    def place(self, path: str, staged: Path) -> None:
        """Put a finished file in its place, in one step."""
        target = self.folder / path
        try:
            staged.replace(target)
        except (FileNotFoundError, NotADirectoryError, FileExistsError, IsADirectoryError, PermissionError):
            _clear_way(self.folder, target)
            staged.replace(target)

    def remove(self, paths: Iterable[str]) -> int:
        """Remove files, and the folders that they leave empty. Gives how many there were."""
        count = 0
        for path in paths:
            target = self.folder / path
            if target.is_file() or target.is_symlink():
                target.unlink()
                count += 1
            for parent in PurePosixPath(path).parents:
                if parent == PurePosixPath("."):
                    break
                try:
                    (self.folder / parent).rmdir()
                except OSError:
                    break  # not empty, or gone already
        return count

    def end(self) -> None:
        """Remove the folder of files being made."""
        shutil.rmtree(self.staging, ignore_errors=True)


def _clear_way(folder: Path, target: Path) -> None:
    """Make the folder of a file; an old file where the folder should be, or an empty old folder, gives way."""
    for parent in reversed(target.relative_to(folder).parents[:-1]):
        if (folder / parent).is_file():
            (folder / parent).unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        for below in sorted(target.rglob("*"), reverse=True):
            below.rmdir()  # fails where a file is left: that one is not ours to remove
        target.rmdir()


def _is_inside(path: str) -> bool:
    """Whether a path from a manifest stays in the folder: a manifest can be wrong, and must not reach elsewhere."""
    pure = PurePosixPath(path)
    return (
        bool(path)
        and not pure.is_absolute()
        and ".." not in pure.parts
        and "\\" not in path
        and pure.parts[0] != PRIVATE
    )


def check_usable(folder: Path, root: Path, inputs: tuple[str, ...], *, adopt: bool) -> None:
    """Raise :class:`RefusedError` for an output folder that holds foreign files, or the project itself."""
    resolved, project = folder.resolve(), root.resolve()
    if resolved == project or project.is_relative_to(resolved):
        raise RefusedError(f"{folder} holds the project itself; choose another --output")
    for name in inputs:
        if resolved.is_relative_to(project / name):
            raise RefusedError(f"{folder} is inside {name}/, which the site is built from; choose another --output")
    if folder.exists() and not folder.is_dir():
        raise RefusedError(f"{folder} is not a folder")
    if adopt or not folder.exists() or (folder / PRIVATE / "manifest").exists():
        return
    if any(entry.name != PRIVATE for entry in os.scandir(folder)):
        raise RefusedError(
            f"{folder} holds files that no build made; "
            "empty it, choose another --output, or say --adopt to build into it"
        )


def check_unclaimed(folder: Path, wanted: Iterable[str], owned: Mapping[str, str], *, adopt: bool) -> None:
    """Raise :class:`RefusedError` where a file to be published would overwrite one that no build made."""
    if adopt:
        return
    foreign = [path for path in wanted if path not in owned and os.path.lexists(folder / path)]
    if foreign:
        raise RefusedError(
            f"{folder / foreign[0]} was not made by a build; move it away, or say --adopt to overwrite it"
        )
