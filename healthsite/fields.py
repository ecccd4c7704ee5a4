"""What an author may write in YAML: fields with readers, and findings for all that does not fit.

A *reader* takes a node and a :class:`Reporter`, returns a plain value, and reports what is wrong with the node. Front
matter, configuration, bibliography and glossary are all read through the same few readers. A reader made of others
holds them, so that a table of fields can be told to an editor's program, too (:mod:`healthsite.schema`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from healthsite.model import Finding, Severity, Step
from healthsite.plainyaml import Entry, Node, load
from healthsite.plainyaml import Mapping as YamlMapping
from healthsite.suggest import closest, nearest


class Reporter:
    """Collects findings about one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Finding] = []

    def __call__(
        self, place: tuple[int, int], check: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> None:
        """Report one finding at a line and column."""
        message = " ".join(message.splitlines())  # what it quotes may have several
        self.findings.append(Finding(self.path, place[0], place[1], severity, check, message, hint))

    def node(self, node: Node, message: str, hint: str = "") -> None:
        """Report that a value does not fit its field, unless it is told already that it is no value at all."""
        if not any(known[1:3] == (node.line, node.column) and known.check == "yaml" for known in self.findings):
            self((node.line, node.column), "front-matter", message, hint)


Reader = Callable[[Node, Reporter], Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a mapping: how its value is read, whether it must be there, what it stands for when it is not."""

    read: Reader
    help: str
    example: str = ""
    required: bool = False
    default: Any = None


def read_yaml(text: str, report: Reporter, *, line: int = 1) -> Node | None:
    """The YAML in a text whose first line is the file's line ``line``; its problems become findings."""
    node, problems = load(text, line=line)
    for problem in problems:
        report((problem.line, problem.column), "yaml", problem.message, problem.hint)
    return node


def entries(node: Node) -> tuple[Entry, ...] | None:
    """The entries of a mapping; ``None`` for anything else."""
    return node.value if isinstance(node.value, YamlMapping) else None


def text(node: Node, report: Reporter) -> str:
    """Text that is not empty, on one line once its white space is folded. A number or a date is taken as written."""
    if isinstance(node.value, tuple) or node.value is None:
        report.node(node, "a text is needed here")
        return ""
    folded = " ".join(node.text.split())
    if not folded:
        report.node(node, "this text is empty")
    return folded


def markdown(node: Node, report: Reporter) -> tuple[str, int, int]:
    """A text in Markdown, its lines kept, with the line and column at which it begins: a block's, in the line below."""
    if not text(node, report):
        return "", node.line, node.column
    if not node.quoted and "\n" in node.text:
        return node.text, node.line + 1, 1
    return node.text, node.line, node.column + node.quoted


def flag(node: Node, report: Reporter) -> bool:
    """``true`` or ``false``."""
    if isinstance(node.value, bool):
        return node.value
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(node.text.lower(), "")
    report.node(node, "this is true or false", f"did you mean {meant}?" if meant else "")
    return False


def number(node: Node, report: Reporter) -> int:
    """A whole number, 0 or more."""
    if isinstance(node.value, int) and not isinstance(node.value, bool) and node.value >= 0:
        return node.value
    report.node(node, "a whole number is needed here, 0 or more")
    return 0


def date(node: Node, report: Reporter) -> str:
    """A day, as ``YYYY-MM-DD``."""
    if isinstance(node.value, datetime.date):
        return node.value.isoformat()
    if day := _day(node.text):
        return day
    if not _DAY.fullmatch(node.text):
        parts = re.split(r"[-/.]", node.text)
        meant = _day("-".join(f"{part:0>2}" for part in parts)) or _day("-".join(f"{part:0>2}" for part in parts[::-1]))
        report.node(node, "a day is needed here, as YYYY-MM-DD", f"did you mean {meant}?" if meant else "")
    elif node.quoted:
        report.node(node, f"there is no such day: {node.text}")
    return ""  # of one without quotes, the YAML reader has said so


_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(text: str) -> str:
    """The text, if it is a day as YYYY-MM-DD; else empty text."""
    try:
        return datetime.date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else ""
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Reads one of a few words."""

    names: tuple[str, ...]

    def __call__(self, node: Node, report: Reporter) -> str:
        if isinstance(node.value, tuple) or node.text not in self.names:
            shown = "this" if isinstance(node.value, tuple) else f"“{node.text}”"
            report.node(node, f"{shown} is not one of: {', '.join(self.names)}", closest(node.text, self.names))
            return ""
        return node.text


def choice(*names: str) -> Choice:
    """One of a few words."""
    return Choice(names)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, each item read by ``item``. Gives a tuple."""

    item: Reader

    def __call__(self, node: Node, report: Reporter) -> tuple[Any, ...]:
        if not isinstance(node.value, tuple) or isinstance(node.value, YamlMapping):
            report.node(node, "a list is needed here", f"write [{node.text}]" if node.text else "")
            return ()
        return tuple(self.item(child, report) for child in node.value if isinstance(child, Node))


@dataclass(frozen=True, slots=True)
class Placed:
    """A value with its line and column: ``(value, line, column)``."""

    item: Reader

    def __call__(self, node: Node, report: Reporter) -> tuple[Any, int, int]:
        return (self.item(node, report), node.line, node.column)


@dataclass(frozen=True, slots=True)
class Table:
    """Reads a mapping from names to values; where ``keys`` are given, just these and each of them."""

    value: Reader
    keys: tuple[str, ...] | None

    def __call__(self, node: Node, report: Reporter) -> dict[str, Any]:
        inner = entries(node)
        if inner is None:
            report.node(node, "a mapping (name: value) is needed here")
            return {}
        result = {}
        for entry in inner:
            if self.keys is not None and entry.key not in self.keys:
                place = (entry.key_line, entry.key_column)
                report(place, "unknown-key", f"“{entry.key}” is not known here", nearest(entry.key, self.keys))
                continue
            result[entry.key] = self.value(entry.node, report)
        for key in self.keys or ():
            if key not in result:
                report.node(node, f"“{key}” is missing")
        return result


def table(value: Reader, *, keys: Iterable[str] | None = None) -> Table:
    """A mapping from names to values; where ``keys`` are given, just these and each of them. Gives a ``dict``."""
    return Table(value, None if keys is None else tuple(keys))


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with fields of its own. Gives a ``dict`` with every field, defaults filled in."""

    fields: Mapping[str, Field]

    def __call__(self, node: Node, report: Reporter) -> dict[str, Any]:
        return read_record(node, self.fields, report)


def step(node: Node, report: Reporter) -> tuple[Step, int, int]:
    """A text; or a mapping of a text, a drawing and what it shows. With the line and column of the drawing's name."""
    if not isinstance(node.value, YamlMapping):
        return Step(text(node, report)), node.line, node.column
    values = read_record(node, STEP, report)
    picture, *place = values["picture"]
    if bool(picture) != bool(values["alt"]):
        missing = "“alt” is missing: what the picture shows" if picture else "“picture” is missing"
        report.node(node, missing, "a picture and its text go together")
    return Step(values["text"], picture, values["alt"]), place[0], place[1]


listing, placed, record = Listing, Placed, Record
"""As the tables of fields name them: readers of readers."""


def read_record(node: Node, fields: Mapping[str, Field], report: Reporter) -> dict[str, Any]:
    """Read a mapping by its fields: unknown keys and missing ones are findings; every field is in the result."""
    result: dict[str, Any] = {name: field.default for name, field in fields.items()}
    inner = entries(node)
    if inner is None:
        report.node(node, "a mapping (name: value) is needed here")
        return result
    present = set()
    for entry in inner:
        present.add(entry.key)
        field = fields.get(entry.key)
        if field is None:
            place = (entry.key_line, entry.key_column)
            report(place, "unknown-key", f"“{entry.key}” is not a field here", nearest(entry.key, fields))
        elif entry.node.value is None and not entry.node.quoted:
            # "key:" with nothing behind it, as in a draft that is not filled in yet.
            if field.required:
                report.node(entry.node, f"“{entry.key}” is empty", field.help)
        else:
            result[entry.key] = field.read(entry.node, report)
            if field.required and entry.node.value == ():
                report.node(entry.node, f"“{entry.key}” is empty", field.help)
    for name, field in fields.items():
        if field.required and name not in present:
            report((node.line, node.column), "missing-key", f"“{name}” is missing", field.help)
    return result


STEP: Mapping[str, Field] = {
    "text": Field(text, "what to do", required=True, default=""),
    "picture": Field(placed(text), "a drawing in static/pictures/, without its ending", default=("", 1, 1)),
    "alt": Field(text, "what the drawing shows, for who can't see it", default=""),
}
"""A step that has a drawing."""
