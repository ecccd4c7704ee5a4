"""Measure the wait of an editor: ``python -m benchmarks.serving``. README.md tells what each figure means.

Serves a copy of this repository's site, opens a page in the chromium that is installed, saves files, and takes the time
from each save to the moment at which the new page has been drawn. Exit code 1: the limit is missed.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.run import ROOT, machine

LIMIT = 0.4
"""Seconds, for the median of each kind of save of an article."""
TIMES = 15
WAIT = 60_000
"""Milliseconds after which a page that has not come will not come any more."""

# Runs in each page before its own scripts, as the browser's tools do it: the page's policy stays as it is.
CLOCK = """
addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.drawn = performance.timeOrigin + performance.now();
})));
"""

Save = Callable[[Path, int], str]


def main() -> int:
    """Measure, and print a table."""
    with tempfile.TemporaryDirectory(prefix="healthsite-serving-") as name, _served(Path(name)) as address:
        rows = measure(Path(name), address)
    print(f"{machine()}\n")
    print("| saved | median s | fastest s | slowest s | limit s |")
    print("|---|--:|--:|--:|--:|")
    for name, seconds, limit in rows:
        missed = " **missed**" if limit and median(seconds) > limit else ""
        figures = " | ".join(f"{value:.2f}" for value in (median(seconds), min(seconds), max(seconds)))
        print(f"| {name}{missed} | {figures} | {f'≤ {limit:.2f}' if limit else ''} |")
    return int(any(limit and median(seconds) > limit for _, seconds, limit in rows))


def measure(root: Path, address: str) -> list[tuple[str, list[float], float | None]]:
    """The seconds of each kind of save, with the limit of their median."""
    from playwright.sync_api import sync_playwright

    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox"] if is_root else [],
        )
        page = browser.new_page()
        page.add_init_script(CLOCK)
        page.goto(address + next(_articles(root)).relative_to(root / "content").with_suffix("").as_posix() + "/")
        found = [(name, _series(page, root, save), limit) for name, (save, limit) in SAVES.items()]
        browser.close()
    return found


def _series(page: Any, root: Path, save: Save) -> list[float]:
    """Seconds from each of some saves to the page that shows it; one more goes before, and is not counted."""
    seconds = []
    for number in range(TIMES + 1):
        time.sleep(random.uniform(0.3, 0.5))  # nobody saves in step with the server's looks
        shown = save(root, number)
        saved = time.time()
        page.wait_for_selector(shown, state="attached", timeout=WAIT)
        while not (drawn := page.evaluate("window.drawn")):
            time.sleep(0.01)
        seconds.append(drawn / 1000 - saved)
    return seconds[1:]


# --- saves: each changes a file, and gives a selector of what only the new page has


def _text(root: Path, number: int) -> str:
    _write(next(_articles(root)), r"\Z", f"\nThe lamp was moved once more, to shelf {number}.\n")
    return f"text=/moved once more, to shelf {number}\\./"


def _title(root: Path, number: int) -> str:
    _write(next(_articles(root)), r"(?m)^title: (.*?)( again \d+)?$", rf"title: \1 again {number}")
    return f"h1:text('again {number}')"


def _template(root: Path, number: int) -> str:
    _write(root / "templates/base.html", r'<main id="main"( data-n="\d+")?', f'<main id="main" data-n="{number}"')
    return f'main[data-n="{number}"]'


SAVES: dict[str, tuple[Save, float | None]] = {
    "an article's text": (_text, LIMIT),
    "an article's title": (_title, LIMIT),
    "a template: all pages": (_template, None),
}


def _articles(root: Path) -> Iterator[Path]:
    yield from sorted((root / "content/causes").glob("*.md"))


def _write(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text("utf-8"), count=1)
    if count != 1:
        raise SystemExit(f"benchmarks: {path} has no {pattern}: this benchmark must be brought up to date")
    path.write_text(text, "utf-8", newline="\n")


@contextmanager
def _served(root: Path) -> Iterator[str]:
    """Serve a copy of the site in a process of its own. Gives its address when it is built."""
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("build.py", "config.yaml"):
        shutil.copy(ROOT / name, root / name)
    command = [sys.executable, str(root / "build.py"), "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=pipe, stderr=nowhere, encoding="utf-8")
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.wait()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    address = ""
    for line in process.stdout:
        if line.startswith("serving "):
            address = line.split()[1]
        if " articles: " in line:
            return address
    raise SystemExit("benchmarks: the server ended before it had built the site")


if __name__ == "__main__":
    sys.exit(main())
