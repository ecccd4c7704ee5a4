"""What the generator is: its own code, and the libraries that decide what a page looks like."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from healthsite.digest import of_bytes, of_value

LIBRARIES = ("jinja2", "markdown", "nh3", "yaml")


def generator_digest() -> str:
    """A digest that changes whenever the same input could give another output."""
    package = Path(__file__).parent
    code = [
        (path.relative_to(package).as_posix(), of_bytes(path.read_bytes())) for path in sorted(package.rglob("*.py"))
    ]
    return of_value((code, [version(name) for name in LIBRARIES], sys.version_info[:2]))


def version(name: str) -> str:
    """The version of an installed library: the name of the folder that its installer keeps its record in.

    ``importlib.metadata`` says the same, and takes as long to import as all the rest of a build with nothing to do.
    """
    spec = find_spec(name)
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(f"{name} is not installed", name=name)
    package = Path(spec.origin).parent
    wanted = {"yaml": "pyyaml"}.get(name, name)
    records = [
        entry.name for entry in package.parent.glob("*.dist-info") if entry.name.lower().startswith(f"{wanted}-")
    ]
    return (
        records[0]
        if len(records) == 1
        else of_value([(path.name, of_bytes(path.read_bytes())) for path in sorted(package.rglob("*.py"))])
    )
