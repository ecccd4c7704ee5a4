"""What needs help now stands first."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

LATE = Rule("late-warning", "error", "what needs help now stands first (docs/writing.md, For whom)", is_safety=True)
RULES = (LATE,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """The first emergency card stands below the first section, on a page that shows no warning sign of its own
    above the text.
    """
    if prose.article.kind == "red-flag" or any(item.name == "red_flags" for item in prose.article.relations):
        return
    for block in prose.blocks[: prose.body_blocks]:
        if block.card == "emergency":
            if block.section > 1:
                message = "the first emergency stands below the first section"
                hint = "move the card up, or name its red flag in red_flags"
                yield LATE.at(prose.path, prose.place(block.start), message, hint)
            return
