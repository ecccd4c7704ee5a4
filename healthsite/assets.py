"""``static/`` → assets with fingerprinted addresses, so that a browser may keep them for ever.

What stands in ``static/root/`` keeps its name at the root of the site (a favicon, a file that proves ownership).
Style sheets are written one file a concern and published as few: ``@import "care.css";`` takes the other sheet in where
it stands, in the ``<style>`` of a drawing, too. Comments and indentation, in style sheets and in scripts, stay at home.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple

from healthsite import drawings
from healthsite.digest import of_bytes
from healthsite.drawings import Size
from healthsite.model import Finding

ROOT = "root/"
_STRING = r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'"""
_PARTS = re.compile(
    r"(?P<comment>/\*.*?\*/)"
    r"""|@import\s+(?P<mark>["'])(?P<sheet>[^"'\n]+)(?P=mark)\s*;"""
    r"|(?P<import>@import\b)"
    r"""|url\(\s*(?P<quote>["']?)(?!data:|https?:|#)(?P<target>[^)"'#]+)(?P<fragment>#[^)"']*)?(?P=quote)\s*\)"""
    r"|" + _STRING,  # what looks like one of these inside a string is none
    re.DOTALL,
)
_STYLE = re.compile(r"(?<=<style>)[^<]*(?=</style>)")
_SPACE = re.compile(rf"({_STRING})|\s*([{{}};,>])\s*|(:)\s+|\s+")
_ENDS_A_RULE = re.compile(rf"({_STRING})|;(?=}})")


class Asset(NamedTuple):
    """A file to publish: its name below ``static/``, where it goes, the digest of its bytes, and those that
    are not a plain copy. ``size`` is a drawing's.
    """

    name: str
    output: str
    digest: str
    data: bytes | None
    size: Size | None = None


def read_assets(
    digests: Mapping[str, str], read: Callable[[str], bytes]
) -> tuple[tuple[Asset, ...], tuple[Finding, ...]]:
    """The assets, given the digest of each file by its name below ``static/`` and a way to read one.

    A style sheet's ``url(…)`` is rewritten to the fingerprinted name; one that leads nowhere is a finding. A sheet that
    another one takes in is published inside that one only. What a page could not show of a drawing is a finding, too.
    """
    assets = {name: Asset(name, _output(name, digest), digest, None) for name, digest in digests.items()}
    findings: list[Finding] = []
    drawn = [name for name in digests if name.startswith(drawings.FOLDER)]
    for name in drawn:
        assets[name] = assets[name]._replace(size=_read_drawing(name, read, findings))
    sheets = _Sheets(assets, read, findings)
    for name in sorted(digests, key=lambda name: name not in drawn):  # a style sheet may name a drawing's address
        data = _published(assets[name], sheets, read)
        if data is not None and data != read(name):
            digest = of_bytes(data)
            assets[name] = assets[name]._replace(output=_output(name, digest), digest=digest, data=data)
    return tuple(asset for name, asset in assets.items() if name not in sheets.taken_in), tuple(findings)


def dump(found: tuple[Asset, ...], findings: tuple[Finding, ...]) -> bytes:
    """What :func:`read_assets` gave, as JSON for the store."""
    rows = [(*asset[:3], None if asset.data is None else asset.data.decode("latin-1"), asset.size) for asset in found]
    return json.dumps((rows, findings), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load(data: bytes) -> tuple[tuple[Asset, ...], tuple[Finding, ...]]:
    """What :func:`dump` wrote."""
    rows, findings = json.loads(data)
    found = [
        Asset(name, output, digest, None if text is None else text.encode("latin-1"), size and Size._make(size))
        for name, output, digest, text, size in rows
    ]
    return tuple(found), tuple([Finding._make(row) for row in findings])


def _published(asset: Asset, sheets: _Sheets, read: Callable[[str], bytes]) -> bytes | None:
    """The bytes of a file as it is published; ``None`` where they are those that are there."""
    if asset.size:
        return sheets.drawing(asset.name)
    if asset.name.endswith(".css"):
        return sheets.published(asset.name)
    return _lean_script(read(asset.name)) if asset.name.endswith(".js") else None


def _output(name: str, digest: str) -> str:
    if name.startswith(ROOT):
        return name.removeprefix(ROOT)
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{digest[:10]}{extension}"


def _lean_script(data: bytes) -> bytes:
    """A script without indentation and without the lines that are comments; as it is where a text in it may run over
    several lines, for there they would belong to it.
    """
    lines = data.split(b"\n")
    if any(line.count(b"`") % 2 or line.endswith(b"\\") for line in lines):
        return data
    lean = [line.strip() for line in lines]
    return b"\n".join(line for line in lean if line and not line.startswith(b"//"))


def _read_drawing(name: str, read: Callable[[str], bytes], findings: list[Finding]) -> Size:
    if not drawings.is_drawing(name):
        hint = "name it like first-step.svg; other pictures belong elsewhere in static/"
        findings.append(Finding(f"static/{name}", 1, 1, "error", "asset", "this is not the name of a drawing", hint))
        return Size(0, 0)
    size, found = drawings.read(f"static/{name}", read(name))
    findings += found
    return size


class _Sheets:
    """Makes style sheets as they are published of those that are written; tells ``findings`` what is wrong, and keeps
    which of them stand inside others.
    """

    def __init__(self, assets: Mapping[str, Asset], read: Callable[[str], bytes], findings: list[Finding]) -> None:
        self._assets = assets
        self._read = read
        self._findings = findings
        self.taken_in: set[str] = set()

    def published(self, name: str) -> bytes | None:
        """The bytes of a sheet; ``None`` where it is no text."""
        css = self._whole(name, posixpath.dirname(_output(name, "")), (name,))
        return None if css is None else _lean(css).encode()

    def drawing(self, name: str) -> bytes:
        """The bytes of a drawing, its style sheets in it: a picture loads nothing else."""
        svg, here = self._read(name).decode(errors="surrogateescape"), posixpath.dirname(_output(name, ""))

        def style(match: re.Match[str]) -> str:
            return escape(_lean(self._filled(name, match[0], svg[: match.start()], here, (name,))), quote=False)

        return _STYLE.sub(style, svg).encode(errors="surrogateescape")

    def _whole(self, name: str, here: str, trail: tuple[str, ...]) -> str | None:
        """A sheet with all that it takes in, its addresses relative to the published folder ``here``. ``trail`` names
        the sheets that are being put together, the innermost last.
        """
        data = self._read(name)
        try:
            css = data.decode()
        except UnicodeDecodeError as error:
            self._complain(name, data[: error.start].decode(), "this style sheet is not UTF-8 from here on")
            return None
        return self._filled(name, css, "", here, trail)

    def _filled(self, name: str, css: str, above: str, here: str, trail: tuple[str, ...]) -> str:
        """Rules with all that they take in, ``above`` being what stands before them in their file."""

        def replace(match: re.Match[str]) -> str:
            before = above + css[: match.start()]
            if match["comment"]:
                return ""
            if match["import"]:
                self._complain(
                    name, before, 'a style sheet takes in another one by @import "name.css"; and no other way'
                )
            if match["sheet"]:
                return self._taken(name, match["sheet"], before, here, trail)
            if match["target"]:
                target = self._beside(name, match["target"].strip(), before)
                return f'url("{posixpath.relpath(target, here)}{match["fragment"] or ""}")' if target else match[0]
            return match[0]

        return _PARTS.sub(replace, css)

    def _taken(self, name: str, written: str, before: str, here: str, trail: tuple[str, ...]) -> str:
        """The text of a sheet that another one takes in; empty where it can't be."""
        if not self._beside(name, written, before):
            return ""
        sheet = _join(name, written)
        if sheet in trail:
            self._complain(name, before, f"“{written}” takes this style sheet in itself")
            return ""
        self.taken_in.add(sheet)
        return (self._whole(sheet, here, (*trail, sheet)) or "").removeprefix("\ufeff")

    def _beside(self, name: str, written: str, before: str) -> str:
        """Where the file that a sheet names is published; a finding and empty text where there is none."""
        target = self._assets.get(_join(name, written))
        if target is None:
            self._complain(name, before, f"there is no “{written}” beside this style sheet")
        return target.output if target else ""

    def _complain(self, name: str, before: str, message: str) -> None:
        """An error in a style sheet, where the text ``before`` it ends."""
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        self._findings.append(Finding(f"static/{name}", line, column, "error", "asset", message))


@lru_cache(maxsize=64)  # all drawings take in the same one, and who serves a site builds again and again
def _lean(css: str) -> str:
    """A style sheet without comments as browsers read it: no space where none is needed."""

    def space(match: re.Match[str]) -> str:
        return str(match[1] or match[2] or match[3] or " ")

    return _ENDS_A_RULE.sub(lambda match: str(match[1] or ""), _SPACE.sub(space, css)).strip()


def _join(name: str, written: str) -> str:
    """The name below ``static/`` of what a sheet names relative to itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), written))
