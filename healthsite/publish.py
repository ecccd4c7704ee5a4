"""Bytes → the output folder: only what changed, through a rename, and never over what an earlier build did not make.

The folder's ``.healthsite/`` holds the lock, the files being made, and the manifest: the list of what builds made,
with the digests of their bytes. The manifest names a file before it appears and until it is gone, so that a build
that is killed leaves nothing unowned behind.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

PRIVATE = ".healthsite"
_PLAIN = re.compile(r"[\w-]+(?:[./][\w-]+)*")


class RefusedError(Exception):
    """The output folder can't be used; the text says why, and what to do."""


class Output:
    """An output folder that this process holds the lock of."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.staging = folder / PRIVATE / "staging"
        self._manifest = folder / PRIVATE / "manifest"
        self._claimed: Mapping[str, str] = {}

    def owned(self) -> dict[str, str]:
        """What earlier builds made: path → digest of its bytes, as far as the manifest is whole."""
        try:
            lines = self._manifest.read_text("utf-8").split("\n")  # splitlines() would break a name at U+2028, too
        except (OSError, UnicodeDecodeError):
            return {}
        entries = [line.partition("  ") for line in lines]
        return {path: digest for digest, _, path in entries if _PLAIN.fullmatch(path) or _is_inside(path)}

    def begin(self) -> None:
        """Make an empty folder for the files being made."""
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staging.mkdir(parents=True)

    def claim(self, digests: Mapping[str, str]) -> None:
        """Write the manifest, if it says anything new."""
        if self._claimed == digests:
            return
        self._claimed = digests
        text = "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))
        if not self._manifest.exists() or self._manifest.read_text("utf-8", "replace") != text:
            temporary = self.staging / "manifest"
            temporary.write_text(text, "utf-8", newline="\n")
            temporary.replace(self._manifest)

    def place(self, path: str, staged: str | Path) -> None:
        """Put a finished file, or a folder of such, in its place, in one step. What a build made before, and claims,
        gives way.
        """
        target = os.path.join(self.folder, path)  # noqa: PTH118 (a Path costs more than the renaming)
        try:
            os.replace(staged, target)  # noqa: PTH105 (likewise)
        except (FileNotFoundError, NotADirectoryError, FileExistsError, IsADirectoryError, PermissionError):
            self._clear_way(path)
            if os.path.isdir(staged) and os.path.lexists(target):  # noqa: PTH112 (likewise)
                os.remove(target)  # noqa: PTH107 (likewise)
            os.replace(staged, target)  # noqa: PTH105 (likewise)

    def place_all(self, staged: Path, folder: str = "") -> None:
        """Put all files below ``staged`` in their places, which they have there, too: a folder in one step where there
        is none yet.
        """
        with os.scandir(staged / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                path = f"{folder}{entry.name}"
                if entry.is_dir() and (self.folder / path).is_dir():
                    self.place_all(staged, f"{path}/")
                else:
                    self.place(path, entry.path)

    def _clear_way(self, path: str) -> None:
        """Make the folder of a file. An old file where the folder should be gives way, and old files below the path."""
        target = self.folder / path
        for name in _in_the_way(self.folder, path):
            if name not in self._claimed:
                raise _blocked(self.folder, path, name)
        for parent in _folders(path):
            if not (self.folder / parent).is_dir():
                (self.folder / parent).unlink(missing_ok=True)
        if target.is_dir():
            self.remove([old for old in self._claimed if old.startswith(f"{path}/")])
            for below in sorted(target.rglob("*"), reverse=True):
                below.rmdir()  # empty folders: there are no files left
            if target.is_dir():
                target.rmdir()
        target.parent.mkdir(parents=True, exist_ok=True)

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

    def is_settled(self, files: Mapping[str, str]) -> bool:
        """Whether the manifest names just these files, and no build was broken off."""
        return not self.staging.exists() and self.owned() == files

    def end(self) -> None:
        """Remove the folder of files being made."""
        shutil.rmtree(self.staging, ignore_errors=True)


def _folders(path: str) -> list[str]:
    """The folders above a path, the outermost first."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _is_inside(path: str) -> bool:
    """Whether a path from a manifest stays in the folder: a manifest can be wrong, and must not reach elsewhere."""
    parts = path.split("/")
    has_drive = path[1:2] == ":"
    return parts[0] != PRIVATE and not has_drive and not {"", ".", ".."} & {*parts} and not {"\\", "\0"} & {*path}


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
    if any(entry.name != PRIVATE for entry in folder.iterdir()):
        raise RefusedError(
            f"{folder} holds files that no build made; "
            "empty it, choose another --output, or say --adopt to build into it"
        )


def check_unclaimed(folder: Path, wanted: Collection[str], owned: Collection[str], *, adopt: bool) -> None:
    """Raise :class:`RefusedError` where a file to be published would take the place of one that no build made, or of
    the folder of another.
    """
    new = [path for path in wanted if path not in owned]
    both = {name for path in wanted for name in _folders(path)}.intersection(wanted) if new else ()
    for name in sorted(both):
        raise RefusedError(f"{folder / name} is to be both a file and a folder; rename the one in static/root/")
    for path in new:
        for name in _in_the_way(folder, path):
            if name not in owned and not (adopt and name == path):
                raise _blocked(folder, path, name)


def _blocked(folder: Path, path: str, name: str) -> RefusedError:
    adopt = ", or say --adopt to overwrite it" if name == path else f": {path} is to be published there"
    return RefusedError(f"{folder / name} was not made by a build; move it away{adopt}")


def _in_the_way(folder: Path, path: str) -> Iterator[str]:
    """Files where a file is to stand: at its path, below it, or where its folders must be."""
    for name in (*_folders(path), path):
        file = os.path.join(folder, name)  # noqa: PTH118 (a Path costs more than the look, ten thousand times)
        if not os.path.lexists(file):
            return
        if not os.path.isdir(file):  # noqa: PTH112 (likewise)
            yield name
    if (folder / path).is_dir():
        below = (file for file in sorted((folder / path).rglob("*")) if not file.is_dir())
        yield from (file.relative_to(folder).as_posix() for file in below)
