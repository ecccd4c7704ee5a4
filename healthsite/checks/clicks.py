"""Words for everybody, also for who has no mouse."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

CLICK = Rule("click-here", "warning", "not every reader clicks, and “here” leads nowhere (WCAG 2.4.4)")
RULES = (CLICK,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A phrase like “click here”."""
    for offset, words in prose.find(style.wording.clicks):
        message = f"“{words}” in “{prose.quote(prose.sentence_at(offset))}”"
        yield CLICK.at(prose.path, prose.place(offset), message, "make a link of the words that say where it leads")
