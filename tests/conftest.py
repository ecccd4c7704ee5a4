"""Fixtures that several test files use."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from healthsite.workers import Workers


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One pool of worker processes for many builds: starting one takes longer than building a little site."""
    with Workers(2) as opened:
        yield opened


@pytest.fixture
def unprivileged(tmp_path: Path) -> Iterator[Path]:
    """A folder of one's own, and a process that must ask for rights even if the superuser started it."""
    if os.name == "nt":
        pytest.skip("rights of POSIX")
    if os.geteuid() != 0:
        yield tmp_path
        return
    nobody = 65534
    with TemporaryDirectory() as name:
        os.chown(name, nobody, nobody)
        os.seteuid(nobody)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)
