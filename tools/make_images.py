"""Draw the site's small pictures again: ``python tools/make_images.py``. Needs chromium and the packages of the tests.

From ``static/icons/icon.svg`` and the words of ``config.yaml`` come the icons of browsers and telephones, and the card
that is shown where somebody passes a page on. The results are kept in the repository, so that a build needs no browser.
"""

from __future__ import annotations

import base64
import os
import shutil
import struct
import sys
from html import escape
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from healthsite.config import Config, read_config  # noqa: E402 - the package stands beside this folder

ICONS = ROOT / "static" / "icons"
CARD = (1200, 630)


def main() -> None:
    """Write every picture."""
    config, findings = read_config("config.yaml", (ROOT / "config.yaml").read_text("utf-8"))
    if config is None:
        sys.exit("\n".join(map(str, findings)))
    with sync_playwright() as playwright:
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell") or shutil.which("chromium"),
            args=["--no-sandbox"] if is_root else [],
        )
        page = browser.new_page()
        for name, size in (("icon-192.png", 192), ("icon-512.png", 512), ("touch.png", 180)):
            (ICONS / name).write_bytes(shot(page, size, size, icon(size)))
        (ROOT / "static" / "root").mkdir(exist_ok=True)
        (ROOT / "static" / "root" / "favicon.ico").write_bytes(as_ico(shot(page, 32, 32, icon(32)), 32))
        (ICONS / "card.png").write_bytes(shot(page, *CARD, card(config)))
        browser.close()


def icon(size: int) -> str:
    """The icon on its own ground to the corners, which telephones cut as they like."""
    return f'<img width="{size}" height="{size}" alt="" src="{as_data()}"><style>body{{background:#2b2350}}</style>'


def card(config: Config) -> str:
    """The card: the icon, the site's name, what it is about."""
    return f"""
<style>
body {{ display: grid; grid-template-columns: 300px 1fr; gap: 60px; align-items: center; padding: 0 80px;
  background: #16131e; color: #f1eae0; font-family: serif }}
h1 {{ margin: 0 0 24px; font-size: 84px; line-height: 1.05 }}
p {{ margin: 0; color: #f4c057; font: 38px/1.3 sans-serif }}
</style>
<img width="300" height="300" alt="" src="{as_data()}">
<div><h1>{escape(config.title)}</h1><p>{escape(config.tagline)}</p></div>"""


def as_data() -> str:
    return "data:image/svg+xml;base64," + base64.b64encode((ICONS / "icon.svg").read_bytes()).decode()


def shot(page: Page, width: int, height: int, body: str) -> bytes:
    """A picture of some HTML, as PNG."""
    page.set_viewport_size({"width": width, "height": height})
    page.set_content(
        f"<!doctype html><style>body {{ margin: 0; height: {height}px }} img {{ display: block }}</style>{body}"
    )
    return page.screenshot()


def as_ico(png: bytes, size: int) -> bytes:
    """A PNG in the wrapping that old browsers look for."""
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), 6 + 16)
    return struct.pack("<HHH", 0, 1, 1) + entry + png


if __name__ == "__main__":
    main()
