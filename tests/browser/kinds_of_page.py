"""One page of every kind: the heaviest that the site has of it, by its address below the base path."""

from __future__ import annotations

import re
from pathlib import Path

INDEXES = ("causes", "symptoms", "relief", "red-flags", "guides")
SINGLE = (
    "",
    "map/",
    "a-z/",
    "glossary/",
    "sources/",
    "search/",
    "about/",
    "privacy/",
    "404.html",
    "offline.html",
)


def articles(output: Path) -> dict[str, Path]:
    """Every article's page by its local address."""
    pages = {path.relative_to(output).parent.as_posix() + "/": path for path in output.glob("*/*/index.html")}
    return {address: path for address, path in pages.items() if b"<article" in path.read_bytes()}


def sheets(output: Path) -> list[str]:
    """The local address of every page to print."""
    return sorted(f"sheets/{path.parent.name}/" for path in output.glob("sheets/*/index.html"))


def one_of_each(output: Path) -> list[str]:
    """The local address of a page of every kind."""
    found = articles(output)
    heaviest = [
        max(
            (address for address in found if address.startswith(f"{folder}/")),
            key=lambda name: found[name].stat().st_size,
        )
        for folder in INDEXES
    ]
    drawn = [address for address, path in found.items() if re.search(rb'<li class="step"[^>]*><img', path.read_bytes())]
    return [*SINGLE, *(f"{folder}/" for folder in INDEXES), *heaviest, *drawn[:1], *sheets(output)]
