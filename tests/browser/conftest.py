"""A real browser for the tests of this folder, and what its pages complain of.

The fixtures ``page``, ``context`` and ``browser`` are those of pytest-playwright. Every test of this folder is marked
``browser``. No test may look into a page with a script that needs ``eval`` (``page.wait_for_function``): the pages'
policy forbids it. ``expect(page.locator(…))`` waits and needs none.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError, expect

from healthsite.workers import Workers
from tests.browser.sites import UNDER_A_PATH, Served, lay_once, served
from tests.tools.needs import need

HERE = Path(__file__).resolve().parent
expect.set_options(timeout=60_000)  # milliseconds: what does not come by then, however busy the machine, never comes
# The shell is the same Chromium without a window's own pages around each page, and needs less than half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: Mapping[str, Any]) -> dict[str, Any]:
    """How the browser starts: the Chromium that is installed; none is downloaded."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    need(found, "no browser: install Chromium (on Debian: apt-get install chromium-headless-shell fonts-dejavu-core)")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*quiet, *(["--no-sandbox"] if is_root else [])]  # as the superuser chromium starts only without
    return {**browser_type_launch_args, "executable_path": found, "args": arguments}


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the pages of a test complained of so far: violations of their policy, other errors on the console, errors
    of their scripts, and requests to other hosts. A test asks for it before it opens a page, and ends with
    ``assert complaints == []``.
    """
    found: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def error(failure: WebError) -> None:
        found.append(str(failure.error))

    def request(asked: Request) -> None:
        if not asked.url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "blob:", "about:")):
            found.append(f"a request to {asked.url}")

    context.on("console", console)
    context.on("weberror", error)
    context.on("request", request)
    return found


@pytest.fixture(scope="session", params=[UNDER_A_PATH])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, workers: Workers
) -> Iterator[Served]:
    """The real site, built and served under a path, which is harder than the root of a host; a test marked
    ``everywhere`` has it at both. No test changes it. The processes of a run share what is built: where another has
    built it, the build finds nothing to do.
    """
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site"
    output = folder / f"public{request.param.replace('/', '-')}"
    with served(lay_once(folder), output, request.param, workers) as found:
        yield found
