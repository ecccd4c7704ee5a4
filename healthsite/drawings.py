"""Drawings: SVG files in ``static/pictures/`` that a page shows in the colours of its theme.

A page shows a drawing as a picture (``<img>``), so that it is loaded when a reader comes near it. Its colours are its
own style sheet's: inside a picture ``prefers-color-scheme`` follows the page's ``color-scheme``, and so the system's
colours as well as the reader's own choice. A picture runs no script and loads no other file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from healthsite import urls
from healthsite.model import Finding, Mention, Step

FOLDER = "pictures/"
_NAMESPACE = "http://www.w3.org/2000/svg"
_VIEW_BOX = re.compile(r"0 0 ([1-9]\d{0,3}) ([1-9]\d{0,3})", re.ASCII)
_NOT_SHOWN = ("foreignObject", "image", "script")


class Size(NamedTuple):
    """The width and height of a drawing, in pixels where nothing scales it."""

    width: int
    height: int


def is_drawing(name: str) -> bool:
    """Whether a file of ``static/``, by its name below it, is a drawing: an SVG file with a slug for a name."""
    slug = name_of(name)
    return name == file_of(slug) and urls.is_slug(slug)


def name_of(file: str) -> str:
    """The name that articles call a drawing, by its file below ``static/``."""
    return file.removeprefix(FOLDER).removesuffix(".svg")


def file_of(name: str) -> str:
    """The file of a drawing, below ``static/``, by the name that articles call it."""
    return f"{FOLDER}{name}.svg"


def named(steps: Iterable[tuple[Step, int, int]]) -> tuple[Mention, ...]:
    """The drawings that steps name, each where it is named."""
    return tuple(Mention(file_of(step.picture), line, column) for step, line, column in steps if step.picture)


def read(path: str, data: bytes) -> tuple[Size, tuple[Finding, ...]]:
    """A drawing's size, and a finding for all that would keep a page from showing it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    findings: list[Finding] = []
    sizes: list[Size] = []  # of the elements seen so far, at most the outermost one's

    def report(message: str, hint: str, line: int = 1, column: int = 1) -> None:
        findings.append(Finding(path, line, column, "error", "picture", message, hint))

    def begin(tag: str, attributes: dict[str, str]) -> None:
        for message, hint in _mistakes(tag.rpartition(" ")[2], attributes):
            report(message, hint, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        if not sizes:
            sizes.append(_size(tag, attributes))

    parser.StartElementHandler = begin
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        report(f"this is not SVG from here on ({reason})", "", error.lineno, error.offset + 1)
        return Size(0, 0), tuple(findings)
    size = sizes[0]
    if not size.width:
        hint = f'it begins like <svg xmlns="{_NAMESPACE}" viewBox="0 0 320 240">'
        report("this drawing does not say its size", hint)
    return size, tuple(findings)


def _size(tag: str, attributes: dict[str, str]) -> Size:
    """The size that the outermost element says; none where it says none."""
    box = _VIEW_BOX.fullmatch(attributes.get("viewBox", ""))
    return Size(int(box[1]), int(box[2])) if box and tag == f"{_NAMESPACE} svg" else Size(0, 0)


def _mistakes(element: str, attributes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an element, and what to do about it."""
    if element in _NOT_SHOWN:
        yield f"a page would not show <{element}> of a drawing", "a drawing is lines, shapes and text"
    for name, value in attributes.items():
        own = name.rpartition(" ")[2]
        if own.startswith("on"):
            yield f"a picture runs no script, so {own}= does nothing in a drawing", "leave it out"
        elif own == "href" and not value.startswith("#"):
            yield f"a page would not load “{value}” with a drawing", "a drawing holds all that it shows"
