"""A small project that is served by a real process, for tests that ask it over the network or with a browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.small_site import ROOT, TODAY, write_site

PATIENCE = 60
"""Seconds after which what is awaited will not come any more: many times what a slow machine needs."""


class Served:
    """A server in a process of its own, and what it tells its terminal."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        self._told: list[str] = []
        self._read = 0
        self._is_over = False
        self._more = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, root / "build.py", "serve", "--jobs", "1", "--today", TODAY, *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()
        self.address = re.sub(r"^serving (\S+) .*$", r"\1", self.until("serving ")[-1])

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self._told.append(line.rstrip("\n"))
                self._more.notify_all()
        with self._more:
            self._is_over = True
            self._more.notify_all()

    def until(self, pattern: str) -> list[str]:
        """The lines told since this was last asked, up to the first that holds a pattern; it is waited for."""
        deadline = time.monotonic() + PATIENCE
        with self._more:
            at = self._read
            while True:
                for number in range(at, len(self._told)):
                    if re.search(pattern, self._told[number]):
                        lines = self._told[self._read : number + 1]
                        self._read = number + 1
                        return lines
                at = len(self._told)
                assert not self._is_over, f"the server ended, and never told “{pattern}”: {self._told}"
                assert self._more.wait(deadline - time.monotonic()), f"“{pattern}” was not told: {self._told}"

    def built(self) -> list[str]:
        """What the next build tells: its findings and its last line, which is waited for; not its steps."""
        steps = ("reading articles", "linking and checking", "checking texts", "rendering pages", "publishing")
        return [line for line in self.until(r"\(\d+\.\d\d s\)") if not line.startswith(steps)]

    def stop(self) -> int:
        """End it as Ctrl-C does, and read what it tells then. Gives the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """Its exit code, and all read that it told."""
        code = self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return code

    @property
    def told(self) -> list[str]:
        """All that it told so far."""
        with self._more:
            return list(self._told)


def lay_project(root: Path) -> Path:
    """A small project with a command line of its own."""
    write_site(root)
    shutil.copy(ROOT / "build.py", root / "build.py")
    return root


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[Served]:
    """Serve a project on a port that the system chooses, until the block ends; nothing may go wrong unseen."""
    served = Served(root, *(arguments if "--port" in arguments else ("--port", "0", *arguments)))
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.ended()
        if served.process.stdout is not None:
            served.process.stdout.close()
    assert "Traceback" not in "\n".join(served.told), "\n".join(served.told)
