"""Where the time of a build's main process goes: ``python -m benchmarks.profiled FOLDER "one body edited"``.

The folder is one that ``benchmarks.run --folder`` has left (its ``site``). The profiler itself costs about as much as
what it looks at: compare shares, not seconds.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from pathlib import Path

from benchmarks.edits import EDITS


def _build(folder: Path) -> None:
    """A build in this process, the import of the generator included."""
    from healthsite.cli import main as build

    build(["--no-search", "--output", str(folder / "public"), "--jobs", "2"], root=folder)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.profiled", description="Profile one build after an edit.")
    parser.add_argument("folder", type=Path, help="a project that was built before")
    parser.add_argument("edit", nargs="?", choices=EDITS, help="what to edit first (nothing)")
    parser.add_argument("--rows", type=int, default=25)
    asked = parser.parse_args()
    folder = asked.folder.resolve()
    if asked.edit:
        EDITS[asked.edit](folder, time.time_ns() % 1000)
    sys.path.insert(0, str(folder))  # the project's own copy of the generator
    profile = cProfile.Profile()
    profile.runcall(_build, folder)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profile).sort_stats(order).print_stats(asked.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
