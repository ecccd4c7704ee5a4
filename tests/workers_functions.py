"""Functions that test_workers.py has the workers run. They stand in a module of their own because workers import them."""

import ctypes
import os
import re
import signal
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

SOMETHING_THAT_CANNOT_BE_PICKLED = lambda: None  # noqa: E731


def double(context: Any, item: int) -> int:
    return 2 * item


def echo(context: Any, item: Any) -> tuple[Any, Any]:
    return context, item


def process_id(context: Any, item: Any) -> int:
    return os.getpid()


def nap(context: float, item: Any) -> Any:
    time.sleep(context)
    return item


def hang_at(context: Any, item: Any) -> Any:
    """Never comes back from the items in `context`."""
    while item in context:
        time.sleep(60)
    return item


def hang_with_lock_at(context: Any, item: Any) -> Any:
    """As `hang_at`, but holds the interpreter's lock: no thread of this process runs meanwhile. It takes no time of the
    machine, as a regular expression would.
    """
    while item in context:
        if sys.platform == "win32":
            ctypes.PyDLL("kernel32").Sleep(60_000)
        else:
            ctypes.PyDLL(None).sleep(60)
    return item


def hang_in_regex_at(context: Any, item: Any) -> Any:
    """Likewise, as a bad regular expression in Python-Markdown does it."""
    if item in context:
        re.match(r"(a|aa)+$", "a" * 100 + "b")
    return item


def exit_at(context: Any, item: Any) -> Any:
    if item in context:
        os._exit(3)
    return item


def kill_itself_at(context: Any, item: Any) -> Any:
    if item in context:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def exit_the_first_time(context: str, item: Any) -> Any:
    """Dies at every item once; `context` is a folder that remembers at which it has."""
    try:
        (Path(context) / str(item)).touch(exist_ok=False)
    except FileExistsError:
        return item
    os._exit(3)


def log_and_hang_at(context: tuple[str, Any], item: Any) -> Any:
    """Writes down every item that was begun."""
    log, hangs = context
    with Path(log).open("a") as file:
        file.write(f"{item}\n")
    while item == hangs:
        time.sleep(60)
    return item


def log_nap_and_hang_at(context: tuple[str, float, Any], item: Any) -> Any:
    """Likewise, and each item takes a while."""
    log, seconds, hangs = context
    time.sleep(seconds)
    return log_and_hang_at((log, hangs), item)


def fail_at(context: Any, item: Any) -> Any:
    if item in context:
        raise FileNotFoundError(f"no such thing as item {item}")
    return item


def exit_at_once(context: Any, item: Any) -> None:
    raise SystemExit(7)


def unpicklable(context: Any, item: Any) -> Any:
    return SOMETHING_THAT_CANNOT_BE_PICKLED


def big(context: Any, item: int) -> bytes:
    return bytes([item % 256]) * 300_000


def is_imported(context: Any, item: str) -> bool:
    """Whether this process has a module, without importing it."""
    return item in sys.modules


class _Cycle:
    """Holds itself, so that only a collection of garbage takes it away."""

    gone = 0

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        _Cycle.gone += 1


def leave_a_cycle(context: Any, item: Any) -> int:
    """How many cycles are gone; one more is left behind."""
    _Cycle()
    return _Cycle.gone


_KEPT: list[_Cycle] = []


def keep_a_cycle(context: Any, item: Any) -> int:
    """How many cycles are gone; item 0 keeps one, item 9 lets go of it."""
    if item == 0:
        _KEPT.append(_Cycle())
    if item == 9:
        _KEPT.clear()
    return _Cycle.gone


PREPARED: list[Any] = []


def prepare(context: Any) -> None:
    """What `prepared` tells of; it fails where it is to."""
    PREPARED.append(context)
    if context == "fail":
        raise ValueError("in the preparation")


def prepared(context: Any, item: Any) -> tuple[int, list[Any]]:
    return os.getpid(), PREPARED


def in_parts(context: tuple[str, Any], item: int) -> Generator[None, None, int]:
    """Writes down when each part begins. The second part of one item hangs, that of another raises; odd items have a
    third one, and the fifth has the first only.
    """
    log, (hangs, raises) = context
    _write_down(log, f"first {item}")
    if item == 5:
        return 10
    yield
    _write_down(log, f"second {item}")
    while item == hangs:
        time.sleep(60)
    if item == raises:
        raise ValueError("in the second part")
    if item % 2:
        yield
        _write_down(log, f"third {item}")
    return 2 * item


def _write_down(log: str, line: str) -> None:
    with Path(log).open("a") as file:
        file.write(f"{line}\n")
