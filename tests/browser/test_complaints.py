"""The helper that collects what pages complain of: it must be silent for a good page, and fire for each kind of bad one."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'"
HEAD = f'<!doctype html><html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><link rel="icon" href="icon.svg"><title>t</title>'

PAGES = {
    "good": "<p>good</p>",
    "inline-script": "<script>document.title = 'ran'</script>",
    "inline-style": '<p style="color: red">red</p>',
    "missing": '<img src="nowhere.png" alt="">',
    "throws": '<script src="throws.js"></script>',
    "elsewhere": '<img src="http://192.0.2.1/x.png" alt="">',
}


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The address of a server that has these pages."""
    folder: Path = tmp_path_factory.mktemp("pages")
    for name, body in PAGES.items():
        (folder / f"{name}.html").write_text(f"{HEAD}</head><body>{body}</body></html>", "utf-8")
    (folder / "throws.js").write_text("throw new Error('from the script')", "utf-8")
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *unused: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_good_page_complains_of_nothing(page: Page, complaints: list[str], address: str):
    page.goto(f"{address}/good.html")
    expect(page.get_by_text("good")).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize(
    "name, words",
    [
        ("inline-script", "Content Security Policy"),
        ("inline-style", "Content Security Policy"),
        ("missing", "404"),
        ("throws", "from the script"),
        ("elsewhere", "Content Security Policy"),
    ],
)
def test_a_bad_page_is_heard(page: Page, complaints: list[str], address: str, name: str, words: str):
    page.goto(f"{address}/{name}.html")
    assert any(words in text for text in complaints), complaints
