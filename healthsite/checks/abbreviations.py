"""An abbreviation is told in full where it is first used."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

ABBREVIATION = Rule(
    "abbreviation", "warning", "what it stands for is said at its first use (docs/writing.md; WCAG 3.1.4)"
)
RULES = (ABBREVIATION,)
_CAPITALS = re.compile(r"[A-Z][A-Z&]+s?(?![\w-])")
_LETTERS = bytes(ord("A" if chr(byte) in string.ascii_uppercase + "&" else " ") for byte in range(256))
"""What makes a capital, and the sign that may stand after one, an A, and all else a space."""


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """Capitals that stand neither in brackets nor before them at their first use, and that not every reader knows."""
    if b"AA" not in prose.text.encode("utf-8", "replace").translate(_LETTERS):  # a tenth of the time of the search
        return
    known = {*style.wording.abbreviations, *style.abbreviations}
    for match in _CAPITALS.finditer(prose.text, 0, prose.blocks[prose.body_blocks - 1].end if prose.body_blocks else 0):
        name, last = match[0].removesuffix("s"), prose.text[match.start() - 1 : match.start()]
        if last.isalnum() or last in ("-", "_", "{") or name in known or match[0] in known:
            continue
        known.add(name)
        before, after = (
            prose.text[max(match.start() - 40, 0) : match.start()],
            prose.text[match.end() : match.end() + 3],
        )
        if "(" not in before.rpartition(")")[2] and not after.lstrip(" \x00").startswith("("):
            message = f"“{match[0]}” is not told in full: “{prose.quote(prose.sentence_at(match.start()))}”"
            hint = f"write it in full, and ({match[0]}) after it; or put it into the glossary"
            yield ABBREVIATION.at(prose.path, prose.place(match.start()), message, hint)
