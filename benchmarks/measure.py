"""Run a process to its end and say what it took: seconds, seconds of processor, and memory.

Wall time is known everywhere. Processor time and the peak of the largest process come from the kernel when the process
ends (not on Windows); which process of the tree that was comes from looking at ``/proc`` meanwhile (Linux only).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

_GLANCE = 0.05
"""Seconds between two looks at the processes. The kernel keeps each one's peak itself, so few looks are enough."""

_PROC = Path("/proc")


class Took(NamedTuple):
    """What a process and all it started took. ``None`` is: can't be known on this system."""

    wall: float
    cpu: float | None
    largest_mb: float | None
    main_mb: float | None
    worker_mb: float | None
    printed: str


class FailedError(Exception):
    """A process that is measured ended with an error."""


def run(command: Sequence[str | Path], folder: Path) -> Took:
    """Run a command in a folder. Raises :class:`FailedError` where its exit code is not 0."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        began = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        try:
            with _Watch(process.pid) as watch:
                cpu, largest = _wait(process)
                wall = time.perf_counter() - began
        finally:
            if process.returncode is None:
                process.kill()
                process.wait()
        output.seek(0)
        printed = output.read().strip()
    if process.returncode:
        raise FailedError(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{printed[-3000:]}")
    return Took(wall, cpu, largest, watch.of(main=True), watch.of(main=False), printed)


def middle(runs: Sequence[Took]) -> Took:
    """The median of each time, the highest of each peak, what the last one printed."""

    def known(values: Iterable[float | None]) -> list[float]:
        return [value for value in values if value is not None]

    cpu = known(took.cpu for took in runs)
    return Took(
        wall=median(took.wall for took in runs),
        cpu=median(cpu) if cpu else None,
        largest_mb=max(known(took.largest_mb for took in runs), default=None),
        main_mb=max(known(took.main_mb for took in runs), default=None),
        worker_mb=max(known(took.worker_mb for took in runs), default=None),
        printed=runs[-1].printed,
    )


def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    """Wait for the end. Gives seconds of processor of the whole tree, and the peak of its largest process in MB."""
    if sys.platform == "win32":
        process.wait()
        return None, None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KB elsewhere
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6


class _Watch:
    """A thread that looks at a process and all below it, and keeps the peak of each."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> _Watch:
        if _PROC.joinpath("self/status").exists():
            self._thread.start()
        return self

    def __exit__(self, *unused: object) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def of(self, *, main: bool) -> float | None:
        """The highest peak in MB: of the first process, or of any other."""
        return max((peak for pid, peak in self._peaks.items() if (pid == self._pid) == main), default=None)

    def _look(self) -> None:
        while not self._over.wait(_GLANCE):
            for pid in _tree(self._pid):
                with suppress(OSError, IndexError, ValueError):  # it has just ended
                    text = _PROC.joinpath(str(pid), "status").read_text()
                    peak = int(text.split("VmHWM:")[1].split()[0]) * 1024 / 1e6
                    self._peaks[pid] = max(peak, self._peaks.get(pid, 0.0))


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for parent in found:
        with suppress(OSError):
            for task in _PROC.joinpath(str(parent), "task").iterdir():
                found += map(int, task.joinpath("children").read_text().split())
    return found
