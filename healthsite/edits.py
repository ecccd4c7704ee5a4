"""Small changes to an author's file, made in its text: what is not changed stays as it is, byte for byte.

A file is changed only where its front matter has been read without a mistake. Whoever calls reads the new text again
and compares: what YAML allows and this module does not foresee must not get past that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

import yaml

from healthsite.plainyaml import Node, load

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Node: TypeAlias = Any  # yaml.Node, with the marks of either loader

_LINE_END = re.compile(r"\r\n|\r|\n")
_FENCE = re.compile(r"(?<![^\r\n\ufeff])-{3}[ \t]*(?=[\r\n]|\Z)")


class EditError(Exception):
    """The change can't be made in this text; the message says why."""


class Edit(NamedTuple):
    """A replacement of a part of a text: its first offset, the offset behind it, and what comes in its place."""

    start: int
    end: int
    text: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made, none of which touches another."""
    for edit in sorted(set(edits), reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def offset_of(text: str, line: int, column: int) -> int:
    """The offset of a line and column, both from 1, as the parser counts them; a byte order mark is in no column."""
    start = 1 if text.startswith("\ufeff") else 0
    for found in _LINE_END.finditer(text):
        if line == 1:
            break
        line, start = line - 1, found.end()
    return start + column - 1


def scalar(text: str) -> str:
    """A text as a YAML value within ``{…}`` or ``[…]``: plain if that can be read as nothing else, else in quotes."""
    node, problems = load(f"[{text}]")
    items = node.value if node and not problems and isinstance(node.value, tuple) else ()
    is_plain = len(items) == 1 and isinstance(items[0], Node) and items[0].value == text and not items[0].quoted
    return text if is_plain else json.dumps(text, ensure_ascii=False)


class FrontMatter:
    """The front matter of a file's text, and edits of it: each gives the replacements that make it."""

    def __init__(self, text: str) -> None:
        """Raises :class:`EditError` for a text without front matter, or with one that is no YAML."""
        self.text = text
        found = _LINE_END.search(text)
        self._line_end = found[0] if found else "\n"
        fences = list(_FENCE.finditer(text))[:2]
        if len(fences) < 2:
            raise EditError("it has no front matter")
        self._base = fences[0].end()
        try:
            root = yaml.compose(text[self._base : fences[1].start()], Loader=_Loader)
        except yaml.YAMLError as error:
            raise EditError("its front matter can't be read") from error
        self._fields: dict[str, tuple[_Node, _Node]] = _entries(root)

    def put(self, field: str, values: Mapping[str, str | Sequence[str]]) -> list[Edit]:
        """Give keys of a field that holds a mapping new values: a text as YAML, or a list of such."""
        node = self._field(field)
        inner = _entries(node)
        edits = [self._replaced(inner[key][1], value) for key, value in values.items() if key in inner]
        new = {key: value for key, value in values.items() if key not in inner}
        return edits + [self._added(node, f"{key}: {_flow(value)}") for key, value in new.items()]

    def begin_list(self, field: str, item: str) -> Edit:
        """Put an item, written as YAML, before the others of a field that holds a list."""
        node = self._field(field)
        if not isinstance(node, yaml.SequenceNode):
            raise EditError(f"“{field}” is no list")
        start = self._base + node.start_mark.index
        if node.flow_style:
            return Edit(start + 1, start + 1, f"{item}, " if node.value else item)
        return Edit(start, start, f"- {item}{self._line_end}{' ' * node.start_mark.column}")

    def end_list(self, field: str, item: str, after: Sequence[str]) -> Edit:
        """Put an item, written as YAML, behind the others of a field that holds a list; where there is no such field,
        make it, behind the last of some others that is there.
        """
        if field not in self._fields:
            before = [self._fields[name] for name in after if name in self._fields]
            if not before:
                raise EditError(f"there is no place for “{field}”")
            place = self._line_after(self._end(before[-1][1]))
            return Edit(place, place, f"{self._line_end}{field}: [{item}]")
        node = self._field(field)
        if isinstance(node, yaml.SequenceNode):
            return self._added(node, item)
        place = self._base + node.start_mark.index
        if node.value:
            raise EditError(f"“{field}” is no list")
        return Edit(place, place, f" [{item}]")

    def _field(self, name: str) -> _Node:
        if name not in self._fields:
            raise EditError(f"it has no “{name}”")
        return self._fields[name][1]

    def _replaced(self, node: _Node, value: str | Sequence[str]) -> Edit:
        start, end = self._base + node.start_mark.index, self._end(node)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and not isinstance(value, str):
            return Edit(start, end, f"{self._line_end}{' ' * node.start_mark.column}".join(f"- {v}" for v in value))
        return Edit(start, end, _flow(value) if start < end else f" {_flow(value)}")

    def _added(self, node: _Node, entry: str) -> Edit:
        """An entry of a mapping, or an item of a list, behind the last one."""
        start = self._base + node.start_mark.index
        if node.flow_style:
            if not node.value:
                return Edit(start + 1, start + 1, entry)
            end = self._end(_last(node))
            return Edit(end, end, f", {entry}")
        place = self._line_after(self._end(node))
        dash = "- " if isinstance(node, yaml.SequenceNode) else ""
        return Edit(place, place, f"{self._line_end}{' ' * node.start_mark.column}{dash}{entry}")

    def _end(self, node: _Node) -> int:
        """The offset behind what is written of a node. (A block's mark stands behind the blank lines that follow.)"""
        while not isinstance(node, yaml.ScalarNode) and not node.flow_style:
            node = _last(node)
        start: int = self._base + node.start_mark.index
        return start + len(self.text[start : self._base + node.end_mark.index].rstrip())

    def _line_after(self, offset: int) -> int:
        """The offset of the end of a line, a comment in it included."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)


def _entries(node: _Node) -> dict[str, tuple[_Node, _Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise EditError("its front matter is not as it should be")
    return {key.value: (key, value) for key, value in node.value}


def _flow(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else f"[{', '.join(value)}]"


def _last(node: _Node) -> _Node:
    return node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
