"""Fixtures that several test files use."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from healthsite import cli, desk
from healthsite.workers import Workers
from tests.helpers import Told


def pytest_configure() -> None:
    """Heed Ctrl-C. A shell's background jobs ignore it, and so would all that tests start, although some send it that."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """One pool of worker processes for many builds: starting one takes longer than building a little site."""
    with Workers(2) as opened:
        yield opened


@pytest.fixture
def commands(
    workers: Workers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Told]:
    """The command line in this process, in a project's root. Its builds are done by the pool that the tests share: most
    of what a process of its own takes is the start of one.
    """
    for module in (cli, desk):
        monkeypatch.setattr(module, "Workers", lambda jobs: nullcontext(workers))

    def run(root: Path, *arguments: str) -> Told:
        monkeypatch.chdir(root)
        capsys.readouterr()
        code = cli.main(arguments)
        said = capsys.readouterr()
        return Told(code, said.out.splitlines(), said.err.splitlines())

    return run


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
