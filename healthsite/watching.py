"""When to build again: after files were saved, and are at rest.

Files are looked at again and again; no events of the operating system are listened to. That needs no other library,
works on network drives and in containers, is not confused by a folder that is deleted and made again, and can't lose a
save: what counts is whether the files are still what they were before the last build began.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")

EVERY = 0.05
"""Seconds between two looks. A look at a hundred files takes less than a hundredth of that."""
SHARE = 20
"""A look at very many files takes longer: one is taken so seldom that looking takes at most a twentieth of the time."""
REST = 0.05
"""Seconds without a save after which a burst of saves is over."""
PATIENCE = 20
"""So many times it is waited for that rest; something may write without end."""


def saves(look: Callable[[], T], pause: Callable[[float], bool]) -> Iterator[T]:
    """Yield what a look shows, at once and then whenever it has changed and is at rest. Ends when ``pause`` (which
    waits so many seconds) says true.

    What was saved while the caller was busy with one look is seen by the next one.
    """
    seen: T | None = None
    while True:
        began = time.perf_counter()
        found = look()
        if found == seen:
            if pause(max(EVERY, SHARE * (time.perf_counter() - began))):
                return
            continue
        for _ in range(PATIENCE):
            if pause(REST):
                return
            before, found = found, look()
            if found == before:
                break
        seen = found
        yield found
