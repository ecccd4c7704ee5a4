"""A heading says what stands below it."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.blocks import FILL
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

QUESTION = Rule(
    "question-heading", "notice", "who scans a page wants the answer in the heading (docs/writing.md; WCAG 2.4.6)"
)
RULES = (QUESTION,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A heading that asks. The questions of a guide have a field of their own."""
    for block in prose.blocks[: prose.body_blocks]:
        if block.kind == "heading":
            text = prose.text[block.start : block.end].replace(FILL, "").strip()
            if text.endswith("?"):
                message = f"the heading “{text}” asks"
                yield QUESTION.at(prose.path, prose.place(block.start), message, "say what its text tells")
