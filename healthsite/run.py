"""What one build is asked for, and what every step of it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from healthsite.model import Finding
from healthsite.scan import Inputs
from healthsite.store import Store
from healthsite.workers import Workers

CONFIG = "config.yaml"
REFERENCES = "content/references.yaml"
GLOSSARY = "content/glossary.yaml"
FOLDERS = ("content", "templates", "static")
STORE = ".cache/store.sqlite3"
BATCH = 200
"""Results of workers that are put into the store, and told of, at once."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. ``today`` is ``YYYY-MM-DD``, empty for the day it is in the site's time zone.

    With ``writes`` false nothing is written into the output: all is checked, rendering included.
    """

    root: Path
    output: Path
    base_url: str = ""
    drafts: bool = False
    today: str = ""
    adopt: bool = False
    writes: bool = True


@dataclass(frozen=True, slots=True)
class BuildResult:
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


class Progress(NamedTuple):
    """How far a step is: its name, how many things are done, and of how many."""

    step: str
    done: int
    total: int


Say = Callable[[Progress], None]


class Run(NamedTuple):
    """What every step of one build needs."""

    options: Options
    store: Store
    workers: Workers
    generator: str
    inputs: Inputs
    today: str
    say: Say
