"""The edits whose rebuild is measured.

Each is a function of a project's folder and a number: another number, another edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path


def body(folder: Path, number: int) -> None:
    """Add a sentence to one article's text."""
    _change(_cause(folder, number), r"\Z", f"\nThe lamp was moved once more, to shelf {number}.\n")


def title(folder: Path, number: int) -> None:
    """Add a word to the title of an article that others show."""
    _change(_cause(folder, number + 500), r"(?m)^title: (.*)$", rf"title: \1 again {number}")


def template(folder: Path, number: int) -> None:
    """Change the template that every page is made with."""
    _change(folder / "templates/base.html", r"</body>", f"<!-- {number} --></body>")


def glossary(folder: Path, number: int) -> None:
    """Change the definition of one of the eighty terms."""
    before = rf"(?s)\A(?:.*?\n  definition: ){{{number + 1}}}"
    _change(folder / "content/glossary.yaml", before, r"\g<0>Now and then, ")


EDITS: Mapping[str, Callable[[Path, int], None]] = {
    "one body edited": body,
    "one title edited": title,
    "one template edited": template,
    "one definition edited": glossary,
}


def _cause(folder: Path, number: int) -> Path:
    """One of the causes: they have relations on both sides."""
    causes = sorted((folder / "content/causes").glob("*.md"))
    return causes[number * 7 % len(causes)]


def _change(path: Path, pattern: str, replacement: str) -> None:
    text, count = re.subn(pattern, replacement, path.read_text("utf-8"), count=1)
    if count != 1:
        raise SystemExit(f"benchmarks: {path} has no {pattern}: this benchmark must be brought up to date")
    path.write_text(text, "utf-8", newline="\n")
