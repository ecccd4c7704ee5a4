"""``static/`` → assets with fingerprinted addresses, so that a browser may keep them for ever.

What stands in ``static/root/`` keeps its name at the root of the site (a favicon, a file that proves ownership).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from healthsite import drawings
from healthsite.digest import of_bytes
from healthsite.drawings import Size
from healthsite.model import Finding

ROOT = "root/"
_URL = re.compile(
    r"/\*.*?\*/"
    r"|(?P<import>@import\b)"
    r"""|url\(\s*(?P<quote>["']?)(?!data:|https?:|#)(?P<target>[^)"'#]+)(?P<fragment>#[^)"']*)?(?P=quote)\s*\)""",
    re.DOTALL,
)


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

    A style sheet's ``url(…)`` is rewritten to the fingerprinted name; one that leads nowhere is a finding. So is an
    ``@import``: it loads one sheet after the other, and the name of the one would hang on the bytes of the other.
    What a page could not show of a drawing is one, too.
    """
    assets = {name: Asset(name, _output(name, digest), digest, None) for name, digest in digests.items()}
    findings: list[Finding] = []
    for name in [name for name in digests if name.startswith(drawings.FOLDER)]:
        assets[name] = assets[name]._replace(size=_read_drawing(name, read, findings))
    for name in [name for name in digests if name.endswith(".css")]:
        data = read(name)
        try:
            css = data.decode()
        except UnicodeDecodeError as error:
            findings.append(_finding(name, data[: error.start].decode(), "this style sheet is not UTF-8 from here on"))
            continue
        rewritten = _rewrite(name, css, assets, findings).encode()
        if rewritten != data:
            digest = of_bytes(rewritten)
            assets[name] = Asset(name, _output(name, digest), digest, rewritten)
    return tuple(assets.values()), tuple(findings)


def _output(name: str, digest: str) -> str:
    if name.startswith(ROOT):
        return name.removeprefix(ROOT)
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{digest[:10]}{extension}"


def _read_drawing(name: str, read: Callable[[str], bytes], findings: list[Finding]) -> Size:
    if not drawings.is_drawing(name):
        hint = "name it like first-step.svg; other pictures belong elsewhere in static/"
        findings.append(_finding(name, "", "this is not the name of a drawing")._replace(hint=hint))
        return Size(0, 0)
    size, found = drawings.read(f"static/{name}", read(name))
    findings += found
    return size


def _rewrite(name: str, css: str, assets: Mapping[str, Asset], findings: list[Finding]) -> str:
    folder = posixpath.dirname(name)

    def replace(match: re.Match[str]) -> str:
        if match["import"]:
            message = "a style sheet can't take in another one; link both in templates/base.html"
            findings.append(_finding(name, css[: match.start()], message))
        if not match["target"]:
            return match[0]
        target = assets.get(posixpath.normpath(posixpath.join(folder, match["target"].strip())))
        if target is None:
            message = f"there is no “{match['target']}” beside this style sheet"
            findings.append(_finding(name, css[: match.start()], message))
            return match[0]
        here = posixpath.dirname(_output(name, ""))
        return f'url("{posixpath.relpath(target.output, here)}{match["fragment"] or ""}")'

    return _URL.sub(replace, css)


def _finding(name: str, before: str, message: str) -> Finding:
    """An error in a style sheet, where the text ``before`` it ends."""
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return Finding(f"static/{name}", line, column, "error", "asset", message)
