"""The real site, built and served, for tests with a browser."""

from __future__ import annotations

import functools
import http.server
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from healthsite.store import locked
from healthsite.workers import Workers
from tests.helpers import ROOT, build_site

PATIENCE = 60.0  # seconds
ROOT_OF_HOST, UNDER_A_PATH = "/", "/health/"
# For tests of how pages look: that does not depend on the worker, which fetches a dozen pages whenever a browser is new to it.
without_worker = pytest.mark.browser_context_args(service_workers="block")
everywhere = pytest.mark.parametrize("site", [ROOT_OF_HOST, UNDER_A_PATH], indirect=True)


class Served(NamedTuple):
    """A site that is built and served: the project it is built from, its output, its address, the latest day it names."""

    project: Path
    output: Path
    base: str
    url: str
    today: str

    def build(self, workers: Workers) -> None:
        """Build it as on the latest day that it names."""
        result = build_site(
            self.project,
            workers,
            output=self.output,
            base_url=f"http://127.0.0.1{self.base}",
            today=self.today,
            search=True,
        )
        assert result.published, [str(finding) for finding in result.findings]

    def to(self, local: str) -> str:
        """The whole address of a local address."""
        return self.url + local.lstrip("/")


def lay_project(folder: Path) -> Path:
    """A copy of what the site is built from."""
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    return folder


def lay_built(site: Served, folder: Path) -> tuple[Path, Path]:
    """A copy of a built project with what the build remembers, and of its output: to build it again takes little."""
    shutil.copytree(site.project, folder / "project")
    shutil.copytree(site.output, folder / "public")
    return folder / "project", folder / "public"


def lay_once(folder: Path) -> Path:
    """What the site is built from, laid by the first of the processes of the tests that asks for it."""
    with locked(folder / "lock", wait=PATIENCE) as is_held:
        assert is_held
        if not (folder / "laid").exists():
            lay_project(folder / "project")
            (folder / "laid").touch()
    return folder / "project"


@contextmanager
def served(project: Path, output: Path, base: str, workers: Workers) -> Iterator[Served]:
    """Build a project for a base path, and serve it there as a plain host would: no header says how long to keep a file."""
    texts = "\n".join(path.read_text("utf-8") for path in (project / "content").glob("*/*.md"))
    with _serving(output, base) as port:
        site = Served(
            project,
            output,
            base,
            f"http://127.0.0.1:{port}{base}",
            max(re.findall(r"\b20\d\d-\d\d-\d\d\b", texts)),
        )
        site.build(workers)
        yield site


@contextmanager
def _serving(folder: Path, base: str) -> Iterator[int]:
    class Handler(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + path.removeprefix(base))

        def send_error(self, code: int, *unused: object) -> None:
            page = folder / "404.html"
            data = page.read_bytes() if code == 404 and page.exists() else b""
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def handle(self) -> None:
            with suppress(ConnectionError):  # a page that is left takes no more of its files
                super().handle()

        def log_message(self, *unused: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def attribute(locator: Locator, name: str) -> str:
    """An attribute that an element has."""
    value = locator.get_attribute(name)
    assert value is not None, f"{locator} has no {name}"
    return value


def line(text: str, field: str) -> str:
    """The value of a field that stands on a line of its own in front matter."""
    found = re.search(rf"^{field}: (.+)$", text, re.MULTILINE)
    assert found, f"no {field}"
    return found[1].strip("\"'")


def tab_to(page: Page, wanted: Locator, *, most: int = 150) -> None:
    """Press Tab until what is wanted has the focus, as a reader without a mouse does."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{most} times Tab do not lead to {wanted}")
