"""Finished pages → the index that the search in the browser reads, by Pagefind, a program of its own.

It reads the parts of a page that are marked ``data-pagefind-body``, and gives the same bytes for the same pages.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from healthsite.generator import version

FOLDER = "pagefind"
"""Where the index stands in the output."""

_PROGRAM = "pagefind_bin"
# The numbers of sources: an excerpt of a text is shown without them.
_UNREAD = ".cite"
# Its own interfaces. The site has one that is smaller.
_LEFT_OUT = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.*")


class SearchError(Exception):
    """The index can't be made here; the text says why, and what to do."""


def program_version() -> str:
    """The version of the program that makes the index; empty where it is not installed."""
    return version(_PROGRAM) if find_spec(_PROGRAM) else ""


def index(pages: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """Index pages, given the file that holds each by its output path. Works in a folder that is not there yet.

    Gives the file of each part of the index by its output path. Raises :class:`SearchError`.
    """
    site, made = folder / "site", folder / "index"
    for path, file in pages.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, site / path)  # a link would touch the times of a file that may be published already
    if pages:
        _run(folder, "--site", site.name, "--output-path", made.name, "--exclude-selectors", _UNREAD)
    for pattern in _LEFT_OUT:
        for file in made.glob(pattern):
            file.unlink()
    files = (file for file in sorted(made.rglob("*")) if file.is_file())
    return {f"{FOLDER}/{file.relative_to(made).as_posix()}": file for file in files}


def _run(folder: Path, *arguments: str) -> None:
    """Run the program where no configuration file of its own lies about, and without settings from the environment."""
    import subprocess  # only here: most builds have nothing to index

    settings = {name: value for name, value in os.environ.items() if not name.upper().startswith("PAGEFIND_")}
    command = [_executable(), "--silent", *arguments]
    try:
        done = subprocess.run(
            command, cwd=folder, env=settings, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError as error:
        raise SearchError(f"Pagefind does not run here: {error}; {_WAYS_OUT}") from None
    if done.returncode:
        reason = " ".join((done.stderr.strip() or done.stdout.strip()).split()) or f"exit code {done.returncode}"
        raise SearchError(f"Pagefind could not make the search index: {reason}; {_WAYS_OUT}")


_WAYS_OUT = "to build without it, say --no-search, or set search: false under features in config.yaml"


def _executable() -> str:
    if not find_spec(_PROGRAM):
        raise SearchError(f"the search needs Pagefind: pip install 'pagefind[bin]'; {_WAYS_OUT}")
    from pagefind_bin import get_executable  # only here, likewise

    try:
        return str(get_executable())
    except FileNotFoundError as error:
        raise SearchError(f"Pagefind is not whole: {error}; {_WAYS_OUT}") from None
