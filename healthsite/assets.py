"""``static/`` → assets with fingerprinted addresses, so that a browser may keep them for ever.

What stands in ``static/root/`` keeps its name at the root of the site (a favicon, a file that proves ownership).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from healthsite.digest import of_bytes
from healthsite.model import Finding

ROOT = "root/"
_URL = re.compile(r"""url\(\s*(["']?)(?!data:|https?:|#)([^)"'#]+)(#[^)"']*)?\1\s*\)""")


class Asset(NamedTuple):
    """A file to publish: its name below ``static/``, where it goes, the digest of its bytes, and those that
    are not a plain copy.
    """

    name: str
    output: str
    digest: str
    data: bytes | None


def read_assets(
    digests: Mapping[str, str], read: Callable[[str], bytes]
) -> tuple[tuple[Asset, ...], tuple[Finding, ...]]:
    """The assets, given the digest of each file by its name below ``static/`` and a way to read one.

    A style sheet's ``url(…)`` is rewritten to the fingerprinted name; one that leads nowhere is a finding.
    """
    assets = {name: Asset(name, _output(name, digest), digest, None) for name, digest in digests.items()}
    findings: list[Finding] = []
    for name in [name for name in digests if name.endswith(".css")]:
        data = read(name)
        rewritten = _rewrite(name, data.decode("utf-8", "replace"), assets, findings).encode()
        if rewritten != data:
            digest = of_bytes(rewritten)
            assets[name] = Asset(name, _output(name, digest), digest, rewritten)
    return tuple(assets.values()), tuple(findings)


def _output(name: str, digest: str) -> str:
    if name.startswith(ROOT):
        return name.removeprefix(ROOT)
    stem, extension = posixpath.splitext(name)
    return f"assets/{stem}.{digest[:10]}{extension}"


def _rewrite(name: str, css: str, assets: Mapping[str, Asset], findings: list[Finding]) -> str:
    folder = posixpath.dirname(name)

    def replace(match: re.Match[str]) -> str:
        target = assets.get(posixpath.normpath(posixpath.join(folder, match[2].strip())))
        if target is None:
            line = css.count("\n", 0, match.start()) + 1
            column = match.start() - (css.rfind("\n", 0, match.start()) + 1) + 1
            message = f"there is no “{match[2]}” beside this style sheet"
            findings.append(Finding(f"static/{name}", line, column, "error", "asset", message))
            return match[0]
        return f'url("{posixpath.relpath(target.output, posixpath.dirname(_output(name, "")))}{match[3] or ""}")'

    return _URL.sub(replace, css)
