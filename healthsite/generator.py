"""What the generator is: its own code, and the libraries that decide what a page looks like."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

from healthsite.digest import of_bytes, of_value

LIBRARIES = ("jinja2", "markdown", "nh3", "pyyaml")


def generator_digest() -> str:
    """A digest that changes whenever the same input could give another output."""
    package = Path(__file__).parent
    code = tuple(
        (path.relative_to(package).as_posix(), of_bytes(path.read_bytes())) for path in sorted(package.rglob("*.py"))
    )
    libraries = tuple((name, version(name)) for name in LIBRARIES)
    return of_value((code, libraries, sys.version_info[:2]))
