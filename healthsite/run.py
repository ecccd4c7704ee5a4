"""What one build is asked for, and what every step of it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from healthsite.digest import of_bytes
from healthsite.model import Finding
from healthsite.scan import Inputs
from healthsite.store import Store
from healthsite.workers import Workers

CONFIG = "config.yaml"
REFERENCES = "content/references.yaml"
GLOSSARY = "content/glossary.yaml"
PEOPLE = "content/people.yaml"
RETRACTED = "content/retracted.yaml"
FOLDERS = ("content", "templates", "static")
STORE = ".cache/store.sqlite3"
SERVED = ".cache/serve"
"""Where the site is built to for its editor, drafts too: ``public/`` holds what is meant for readers."""
PARSE = "healthsite.work:parse"
CHECK = "healthsite.work:check_text"
FIND_TERMS = "healthsite.work:find_terms"
RENDER = "healthsite.typesetting:render_page"
COMPILE = "healthsite.typesetting:compile_templates"
COMPILE_ALL = "healthsite.typesetting:compile_all"
SHOW = "healthsite.jobs:unpacked"
"""What workers do, by name: the build need not import it."""

BATCH = 200
"""Results of workers that are put into the store, and told of, at once."""


class Options(NamedTuple):
    """What a build is asked for. ``today`` is ``YYYY-MM-DD``, empty for the day it is in the site's time zone.

    With ``strict`` a warning keeps the site from being published, too. With ``writes`` false nothing is written into
    the output: all is checked, rendering included. Without ``search`` its index is left out, which takes longer to make
    than all the rest of a rebuild; the pages are the same.
    """

    root: Path
    output: Path
    base_url: str = ""
    drafts: bool = False
    today: str = ""
    adopt: bool = False
    strict: bool = False
    search: bool = True
    writes: bool = True


class BuildResult(NamedTuple):
    """What a build did. ``reasons`` says of each page that was rendered why it was."""

    findings: tuple[Finding, ...]
    articles: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    published: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


def blocks(findings: Iterable[Finding], options: Options) -> bool:
    """Whether findings keep the site from being published."""
    severities = ("error", "warning") if options.strict else ("error",)
    return any(finding.severity in severities for finding in findings)


class Progress(NamedTuple):
    """How far a step is: its name, how many things are done, and of how many."""

    step: str
    done: int
    total: int


Say = Callable[[Progress], None]


class ChangedError(Exception):
    """An input is not any more what it was when the build began, or can't be used after all. Holds the finding that
    says so.
    """

    def __init__(self, path: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.finding = Finding(path, 1, 1, "error", "file", message, hint)


class Run(NamedTuple):
    """What every step of one build needs."""

    options: Options
    store: Store
    workers: Workers
    generator: str
    inputs: Inputs
    today: str
    say: Say

    def read(self, path: str) -> bytes:
        """An input's bytes, just those that the scan saw: what is made of others would be remembered under a wrong key.

        Raises :class:`ChangedError`.
        """
        try:
            data = (self.options.root / path).read_bytes()
        except OSError as error:
            raise ChangedError(path, f"this file can't be read ({error.strerror or type(error).__name__})") from None
        if of_bytes(data) != self.inputs.digests.get(path):
            raise ChangedError(path, "this file was changed while the site was built", "build again")
        return data

    def text(self, path: str) -> tuple[str | None, tuple[Finding, ...]]:
        """The text of a file that the site can't do without, or the finding that says why there is none."""
        if path not in self.inputs.digests:
            reason = self.inputs.unreadable.get(path, "there is no such file")
            return None, (Finding(path, 1, 1, "error", "file", f"this file can't be read ({reason})"),)
        data = self.read(path)
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), ()
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8", "replace").splitlines() or [""]
            place = (len(before), len(before[-1]) + 1)
            return None, (
                Finding(path, *place, "error", "file", "this file is not UTF-8 from here on", "save it as UTF-8"),
            )
