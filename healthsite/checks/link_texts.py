"""A link says where it leads."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

LINK = Rule("link-text", "warning", "the text of a link says where it leads, read alone (WCAG 2.4.4)")
RULES = (LINK,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A link whose text says nothing, or is an address; and one text that leads to two places."""
    targets: dict[str, str] = {}
    for offset, text, target in prose.links:
        shown = " ".join(text.split())
        lowered = shown.lower().strip(" .*_")
        message = ""
        if not lowered:
            message = "this link has no text"
        elif lowered in style.wording.empty_links:
            message = f"“{shown}” does not say where it leads"
        elif lowered.startswith(("http://", "https://", "www.")):
            message = f"“{shown}” is an address, not a text"
        elif targets.setdefault(lowered, target) != target:
            message = f"“{shown}” leads to {target} here, but to {targets[lowered]} above"
        if message:
            yield LINK.at(prose.path, prose.place(offset), message, "name what the reader finds there")
