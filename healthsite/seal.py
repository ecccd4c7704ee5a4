"""The review seal: a digest of all that an article says, so that a change after the review is seen.

It is made of what the author wrote, not of what the generator makes of it: a later version of the generator breaks no
seal. Comments, the order of fields, quotation marks, line ends and white space at the end of a line say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from healthsite.digest import of_value
from healthsite.plainyaml import Mapping as YamlMapping
from healthsite.plainyaml import Node

_DIGITS = 20


def seal_of(kind: str, fields: Mapping[str, Node], text: str) -> str:
    """The seal of an article of a kind: of the fields of its front matter that count, and of its text."""
    said = {name: _plain(fields[name]) for name in sorted(fields)}
    # The letter keeps YAML from taking a seal for a number; the digit leaves room for another way to make one.
    return "s1-" + of_value((kind, said, _tidy(text)))[:_DIGITS]


def _plain(node: Node) -> object:
    if isinstance(node.value, YamlMapping):
        inner = {entry.key: entry.node for entry in node.value}
        return {key: _plain(inner[key]) for key in sorted(inner)}
    if isinstance(node.value, tuple):
        return [_plain(child) for child in node.value if isinstance(child, Node)]
    return _tidy(node.text)


def _tidy(text: str) -> str:
    return "\n".join(map(str.rstrip, text.split("\n"))).strip("\n")
