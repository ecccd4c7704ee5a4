"""The yardstick: Python-Markdown alone, converting the texts of a project: ``python -m benchmarks.yardstick FOLDER 2``.

The same stock extensions as the generator uses, front matter cut off, nothing written: what no generator that renders
with this library can do without.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from multiprocessing import get_context
from pathlib import Path

EXTENSIONS = ["tables", "sane_lists", "def_list", "fenced_code", "admonition"]


@cache
def _converter() -> Callable[[str], str]:
    from markdown import Markdown

    markdown = Markdown(extensions=EXTENSIONS, output_format="html")
    return lambda text: markdown.reset().convert(text)


def convert(path: Path) -> int:
    """Convert a file's text. Gives how long the result is."""
    text = path.read_text("utf-8").split("\n---\n", 1)[1]
    return len(_converter()(text))


def main() -> int:
    """Convert every article below a folder's ``content/``."""
    folder, jobs = Path(sys.argv[1]), int(sys.argv[2])
    files = sorted(folder.glob("content/*/*.md"))
    with get_context("spawn").Pool(jobs) as pool:
        total = sum(pool.imap_unordered(convert, files, chunksize=16))
    print(f"{len(files)} texts, {total:,} characters of HTML")
    return 0


if __name__ == "__main__":
    sys.exit(main())
