"""Build after every save, in a thread of its own, and say what is new. The ``livereload`` package takes this for its
watcher; what is served, and how, is not known here.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop

from healthsite import urls
from healthsite.config import read_config
from healthsite.digest import of_bytes
from healthsite.model import Finding
from healthsite.pipeline import build
from healthsite.publish import PRIVATE, RefusedError
from healthsite.run import CONFIG, FOLDERS, BuildResult, Options, Progress, Say
from healthsite.scan import glance
from healthsite.watching import saves
from healthsite.workers import Workers

_CLOSING = 10.0
"""Seconds that a build is given to stop; the process ends without it then."""


class Tell(NamedTuple):
    """Who is told: of the address, at the start and when it changes; of each build, with the seconds it took; of its
    progress.
    """

    serving: Callable[[str], None]
    built: Callable[[BuildResult, float], None]
    step: Say


class Shown(NamedTuple):
    """What a page shows of the last build: the version of the output, the path that it is served under, the findings,
    and whether they keep the site from being published.
    """

    version: str
    base: str
    findings: tuple[Finding, ...]
    blocked: bool


class _StoppedError(Exception):
    """The server is to end, and the build with it."""


class Builder(Watcher):  # type: ignore[misc]  # the package carries no types
    """Builds after each burst of saves, in a thread of its own. The package takes it for its watcher."""

    def __init__(self, options: Options, jobs: int, tell: Tell) -> None:
        super().__init__()
        self.options = options
        self._server = ""
        self._jobs = jobs
        self._tell = tell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.work, name="build", daemon=True)
        self._announce: Callable[[], None] = lambda: None
        self.shown = Shown(version_of(options.output), self._base("/"), (), blocked=False)
        self._reloaded = self.shown.version
        self.watch(str(options.root))  # for the package: there is something to watch

    def listening(self, server: str) -> None:
        """Take note of the server's address, and tell it with the path of the site."""
        self._server = server
        self._tell.serving(server + self.shown.base)

    def start(self, callback: Callable[[], None]) -> bool:
        """Begin. ``callback`` makes the package ask :meth:`examine` and reload the open pages. Called in its loop."""
        loop = IOLoop.current()

        def announce() -> None:
            callback()
            for page in LiveReloadHandler.waiters.copy():
                page.send_message(as_message(self.shown))

        self._announce = lambda: loop.add_callback(announce)
        self._thread.start()
        return True  # so that the package does not look at files itself

    def examine(self) -> tuple[str | None, None]:
        """What is new in the output since this was last asked."""
        is_new = self.shown.version != self._reloaded
        self._reloaded = self.shown.version
        self.filepath = str(self.options.output) if is_new else None
        return self.filepath, None

    def stop(self) -> None:
        """End the build that goes on, and the thread. What is published is whole, or made whole by the next build."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(_CLOSING)

    def work(self) -> None:
        """Build now and after each burst of saves, until it is stopped."""
        look = partial(glance, self.options.root, FOLDERS, (CONFIG,))
        known: object = None
        with Workers(self._jobs) as workers, suppress(_StoppedError):
            for seen in saves(look, self._stop.wait):
                began = time.perf_counter()
                result = self._build(workers)
                base = self.shown.base if seen.get(CONFIG) == known else self._base(self.shown.base)
                known = seen.get(CONFIG)
                self._show(result, base)
                self._tell.built(result, time.perf_counter() - began)

    def _show(self, result: BuildResult, base: str) -> None:
        moved = base != self.shown.base
        told = [finding for finding in result.findings if finding.severity != "notice"]
        told.sort(key=lambda finding: finding.severity != "error")  # what keeps the page from being shown stands first
        self.shown = Shown(version_of(self.options.output), base, tuple(told), blocked=not result.published)
        self._announce()
        if moved:
            self._tell.serving(self._server + base)

    def _build(self, workers: Workers) -> BuildResult:
        """Build; whatever keeps it from being done is a finding, because the server must outlive it."""
        try:
            return build(self.options, workers, self._say)
        except RefusedError as error:
            return _failed(str(error))
        except OSError as error:
            return _failed(f"the site can't be built now: {error}", "it is tried again after the next save")
        except sqlite3.Error as error:
            return _failed(f"what builds remember can't be used: {error}", "python build.py clean")
        except _StoppedError:
            raise
        except Exception as error:
            return _failed(f"the build broke down ({type(error).__name__}: {error})", "python build.py tells more")

    def _say(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self._tell.step(progress)

    def _base(self, known: str) -> str:
        """The path that the site is served under; the known one while the configuration is broken."""
        if self.options.base_url:
            return urls.base_path(self.options.base_url)
        with suppress(OSError, UnicodeDecodeError):
            config, _ = read_config(CONFIG, (self.options.root / CONFIG).read_text("utf-8-sig"))
            if config is not None:
                return urls.base_path(config.url)
        return known


def _failed(message: str, hint: str = "") -> BuildResult:
    return BuildResult((Finding("build.py", 1, 1, "error", "build", message, hint),))


def version_of(output: Path) -> str:
    """A digest of all that is published: the manifest names every file with the digest of its bytes."""
    try:
        return of_bytes((output / PRIVATE / "manifest").read_bytes())
    except OSError:
        return ""


def as_message(shown: Shown) -> dict[str, Any]:
    """The findings as the script in the page takes them."""
    rows = [
        {**finding._asdict(), "place": f"{finding.path}:{finding.line}:{finding.column}"} for finding in shown.findings
    ]
    return {"command": "findings", "blocked": shown.blocked, "findings": rows}
