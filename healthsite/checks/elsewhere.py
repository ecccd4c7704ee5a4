"""What one article says of another is what that says of itself."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Finding
from healthsite.sayings import CAUSES, WORKS

ELSEWHERE = Rule(
    "said-otherwise", "warning", "one remedy, one rating; a look-alike is no cause (docs/writing.md, Certainty)"
)
RULES = (ELSEWHERE,)
_USELESS = ("no-difference", "harms")


def check(subject: Subject) -> Iterator[Finding]:
    """A sentence that says that a relief works whose own article says that it does not; or that a look-alike is
    a cause.
    """
    for saying in subject.said:
        card = subject.site.cards.get(saying.target)
        if card is None:
            continue
        message = ""
        if saying.verb == WORKS and card.facets.get("effect") in _USELESS:
            message = f"{card.id} is rated {card.facets['effect']}, but here it works: “{saying.sentence}”"
        elif saying.verb == CAUSES and card.facets.get("link") == "look-alike":
            message = f"{card.id} is a look-alike, but a cause here: “{saying.sentence}”"
        if message:
            hint = f"say what content/{card.id}.md says"
            yield ELSEWHERE.at(saying.path, (saying.line, saying.column), message, hint)
