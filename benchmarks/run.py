"""Measure the generator: ``python -m benchmarks.run``. README.md tells what each figure means.

Makes a project, measures whole processes, prints a table, and holds the output against a clean build's.
Exit code 1: a limit is missed, or the output is wrong.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.edits import EDITS
from benchmarks.measure import FailedError, Took, middle, run

ROOT = Path(__file__).resolve().parent.parent
JOBS = 2
SMALL = 200
"""Articles of the small project, whose output is held against a clean build's after each edit."""

STILL = 2.5
"""Seconds: the generator does not trust the date of a file that is younger than two."""

LIMITS = {"nothing changed": 0.4, "one body edited": 0.7, "one title edited": 0.8}
CHECK_LIMITS = {"check, nothing remembered": 30.0, "check, nothing changed": 2.0}
RATIO = 1.4
MEMORY_MB = 300.0
REPEATS = {"one template edited": 1, "one definition edited": 3}
OFTEN = 7


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured step: what it took, how many files it wrote, and its limit in seconds."""

    name: str
    took: Took
    written: int | None = None
    limit: float | None = None

    @property
    def is_missed(self) -> bool:
        """Whether it took longer or needed more than it may."""
        slow = self.limit is not None and self.took.wall > self.limit
        return slow or (self.written is not None and (self.took.largest_mb or 0) > MEMORY_MB)


@dataclass(frozen=True, slots=True)
class Result:
    """All figures of a run."""

    articles: int
    figures: list[Figure]
    ratio: float
    cpu_ratio: float | None

    @property
    def is_missed(self) -> bool:
        """Whether any limit is missed."""
        return self.ratio > RATIO or any(figure.is_missed for figure in self.figures)


class WrongError(Exception):
    """The output differs from a clean build's, or a build had something to say."""


def build(folder: Path, output: str = "public") -> tuple[Took, int]:
    """Build a project as anybody would, but for the search's index, which another program makes. Gives what that took,
    and how many files it wrote.
    """
    took = run([sys.executable, "build.py", "--no-search", "--output", output, "--jobs", str(JOBS)], folder)
    last = re.search(
        r"^\d+ articles: (\d+) files written, \d+ unchanged, \d+ removed \([\d.]+ s\)$", took.printed, re.MULTILINE
    )
    if last is None or re.search(r": (error|warning): ", took.printed):
        raise WrongError(f"the build should end well, without warnings, but says:\n{took.printed[-2000:]}")
    return took, int(last[1])


def check(folder: Path) -> Took:
    """Check a project as its editor would. Gives what that took."""
    took = run([sys.executable, "build.py", "check", "--jobs", str(JOBS)], folder)
    if not re.search(r"^checked \d+ articles: nothing to mend", took.printed, re.MULTILINE):
        raise WrongError(f"the check should find nothing, but says:\n{took.printed[-2000:]}")
    return took


def make(count: int, folder: Path) -> None:
    """Make a project, in a process of its own: this one must stay small, as the kernel counts it in what it starts."""
    run([sys.executable, "-m", "benchmarks.make_site", str(count), folder], ROOT)
    compileall.compile_dir(folder / "healthsite", quiet=1)
    time.sleep(STILL)


def measure(folder: Path, count: int, say: Callable[[str], None]) -> Result:
    """All measurements of a project that was just made."""
    say("the yardstick")
    yardstick = [_yardstick(folder)]
    say("the first build")
    first, written = build(folder)
    say("the yardstick again")
    yardstick.append(_yardstick(folder))
    alone = middle(yardstick)
    figures = [Figure("Python-Markdown alone", alone), Figure("first build", first, written, RATIO * alone.wall)]
    time.sleep(STILL)
    build(folder)
    steps: dict[str, Callable[[Path, int], None]] = {"nothing changed": lambda folder, number: None, **EDITS}
    for name, edit in steps.items():
        say(name)
        figures.append(_edited(folder, name, edit))
    shutil.rmtree(folder / ".cache")
    time.sleep(STILL)
    for name, limit in CHECK_LIMITS.items():
        say(name)
        figures.append(Figure(name, check(folder), None, limit))
    cpu_ratio = first.cpu / alone.cpu if first.cpu and alone.cpu else None
    return Result(count, figures, first.wall / alone.wall, cpu_ratio)


def _yardstick(folder: Path) -> Took:
    return run([sys.executable, "-m", "benchmarks.yardstick", folder, str(JOBS)], ROOT)


def _edited(folder: Path, name: str, edit: Callable[[Path, int], None]) -> Figure:
    """Make an edit some times, and build after each."""
    runs = []
    written = 0
    for number in range(REPEATS.get(name, OFTEN)):
        edit(folder, number)
        took, written = build(folder)
        runs.append(took)
    return Figure(name, middle(runs), written, LIMITS.get(name))


# Is it right, too?


def verify_each(folder: Path, say: Callable[[str], None]) -> None:
    """Hold a small project's output against a clean build's after each edit."""
    make(SMALL, folder)
    build(folder)
    for name, edit in EDITS.items():
        say(f"{SMALL} articles: is it right after {name}?")
        edit(folder, 0)
        _, written = build(folder)
        if not written:
            raise WrongError(f"after {name}, the build wrote nothing")
        verify(folder)


def verify(folder: Path) -> None:
    """Build once more, with nothing remembered and into another folder, and compare all bytes."""
    store, aside = folder / ".cache", folder / ".cache-aside"
    store.rename(aside)
    try:
        build(folder, "clean")
        different = _different(folder / "public", folder / "clean")
    finally:
        shutil.rmtree(store, ignore_errors=True)
        aside.rename(store)
        shutil.rmtree(folder / "clean", ignore_errors=True)
    if different:
        raise WrongError(f"{len(different)} files differ from a clean build's, such as {', '.join(different[:5])}")


def _different(one: Path, other: Path) -> list[str]:
    ours, theirs = _files(one), _files(other)
    return sorted(
        name
        for name in ours | theirs
        if name not in ours or name not in theirs or (one / name).read_bytes() != (other / name).read_bytes()
    )


def _files(folder: Path) -> set[str]:
    """The files of a site, without what the generator keeps for itself."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in found if path.parts[0] != ".healthsite"}


# Telling


def table(result: Result) -> str:
    """The figures beside their limits, as a table of Markdown."""
    rows = ["| | wall s | limit s | CPU s | files written | main MB | worker MB |", "|---|--:|--:|--:|--:|--:|--:|"]
    for figure in result.figures:
        took, limit = figure.took, "" if figure.limit is None else f"≤ {figure.limit:.2f}"
        cells = [f"{took.wall:.2f}", limit, _shown(took.cpu, 2), _shown(figure.written, 0)]
        cells += [_shown(took.main_mb, 0), _shown(took.worker_mb, 0)]
        rows.append(f"| {figure.name}{' **missed**' if figure.is_missed else ''} | {' | '.join(cells)} |")
    peak = max((figure.took.largest_mb or 0 for figure in result.figures if figure.written is not None), default=0)
    cpu = "" if result.cpu_ratio is None else f" ({result.cpu_ratio:.2f} in CPU seconds)"
    rows.append("")
    rows.append(f"First build: {result.ratio:.2f} times Python-Markdown alone{cpu}; limit {RATIO}.")
    rows.append(
        f"Largest process of all builds: {peak:.0f} MB; limit {MEMORY_MB:.0f} MB."
        if peak
        else "Memory: not known here."
    )
    return "\n".join(rows)


def _shown(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _plain(result: Result) -> dict[str, object]:
    """All figures by name, for a program."""
    figures = [
        {**figure.took._asdict(), "name": figure.name, "written": figure.written, "limit": figure.limit}
        for figure in result.figures
    ]
    ratios = {"ratio": result.ratio, "cpu_ratio": result.cpu_ratio, "missed": result.is_missed}
    return {"machine": machine(), "articles": result.articles, **ratios, "figures": figures}


def machine() -> str:
    """Where this was measured."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> int:
    """The command line."""
    asked = _parser().parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="healthsite-benchmark-"))
    try:
        return _all(asked, folder.resolve())
    except (WrongError, FailedError) as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return 1
    finally:
        if not asked.folder:
            shutil.rmtree(folder, ignore_errors=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks.run", description="Measure the generator on a made-up project.")
    parser.add_argument(
        "--articles", type=int, default=10_000, help="how many articles (10000, which the limits are for)"
    )
    parser.add_argument("--folder", type=Path, help="a new or empty folder for the project, kept (a temporary one)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there, too")
    parser.add_argument(
        "--unverified", action="store_true", help="only measure; do not hold the output against a clean build"
    )
    return parser


def _all(asked: argparse.Namespace, folder: Path) -> int:
    def say(text: str) -> None:
        print(f"… {text}", file=sys.stderr, flush=True)

    say(f"making {asked.articles} articles in {folder}")
    make(asked.articles, folder / "site")
    result = measure(folder / "site", asked.articles, say)
    print(f"{asked.articles} articles, {JOBS} workers. {machine()}\n\n{table(result)}", flush=True)
    if asked.json:
        asked.json.write_text(json.dumps(_plain(result), indent=2) + "\n", "utf-8")
    if not asked.unverified:
        verify_each(folder / "small", say)
        say("is the large one right, after all edits?")
        verify(folder / "site")
        print("The output is what a clean build makes: after each edit on a small project, and here after all of them.")
    return int(result.is_missed)


if __name__ == "__main__":
    sys.exit(main())
