"""Remove what builds made, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from healthsite.publish import PRIVATE, Output


def clean(output: Path, store: Path) -> int:
    """Remove the files that the manifest names, the folders they leave empty, and the store. Gives how many files."""
    made = Output(output)
    count = made.remove(sorted(made.owned()))
    shutil.rmtree(output / PRIVATE, ignore_errors=True)
    if output.is_dir() and not any(output.iterdir()):
        output.rmdir()
    for suffix in ("", "-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)
    return count
