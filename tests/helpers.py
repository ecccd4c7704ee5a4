"""What several test files use: whole little sites, laid out in a folder, and what a build made of them."""

import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

from healthsite.pipeline import build
from healthsite.run import BuildResult, Options
from healthsite.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
SITES = ROOT / "tests" / "sites"
TODAY = "2026-11-22"


class Told(NamedTuple):
    """What a command told: its exit code, its output and its errors as lines."""

    code: int
    out: list[str]
    err: list[str]


def lay_site(folder: Path, *sites: str) -> Path:
    """Lay the repository's templates and static files into a folder, and little sites over them, in order. Gives the folder."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for site in sites:
        lay_over(folder, SITES / site)
    return folder


def lay_over(folder: Path, site: Path) -> None:
    """Lay a little site over what a folder holds; ``tests/sites/README.md`` tells what ``changes.txt`` may say."""
    notes = shutil.ignore_patterns("changes.txt", "expected.txt", "README.md")
    shutil.copytree(site, folder, dirs_exist_ok=True, ignore=notes)
    changes = site / "changes.txt"
    if changes.exists():
        for change in re.split(r"^== ", changes.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, body = change.partition("\n")
            _change(folder / name.strip(), body)


def _change(file: Path, body: str) -> None:
    if body.strip() == "(removed)":
        file.unlink()
        return
    text = file.read_text("utf-8")
    for hunk in re.findall(r"(?:^[-+](?: .*)?\n)+", body, re.MULTILINE):
        old, new = ("".join(re.findall(rf"^\{mark} ?(.*\n)", hunk, re.MULTILINE)) for mark in "-+")
        assert not old or text.count(old) == 1, f"{file.name} holds this {text.count(old)} times, not once:\n{old}"
        text = text.replace(old, new) if old else text + new
    file.write_text(text, "utf-8", newline="\n")


def build_site(root: Path, workers: Workers, **options) -> BuildResult:
    """Build the site in a folder into its ``public/``, on a fixed day; without the search's index, which takes longest."""
    asked: dict[str, Any] = {"root": root, "output": root / "public", "today": TODAY, "search": False} | options
    return build(Options(**asked), workers)


def published(folder: Path) -> dict[str, bytes]:
    """Every published file with its bytes; what the generator keeps for itself is left out."""
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".healthsite/")}


def printed(result: BuildResult) -> list[str]:
    """The findings of a build as the command line prints them."""
    return [str(finding) for finding in result.findings]
