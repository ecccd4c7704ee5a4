"""Fixtures that several test files use."""

from collections.abc import Iterator

import pytest

from healthsite.workers import Workers


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One pool of worker processes for many builds: starting one takes longer than building a little site."""
    with Workers(2) as opened:
        yield opened
