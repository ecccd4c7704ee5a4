"""Old sources are looked at again."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import REFERENCES, Subject
from healthsite.model import Finding

OLD = Rule("old-source", "notice", "what is known may have changed since (policy: source_years in config.yaml)")
RULES = (OLD,)


def check(subject: Subject) -> Iterator[Finding]:
    """A source older than the limit."""
    limit = subject.config.policy.source_years
    before = int(subject.today[:4]) - limit
    for source in subject.site.sources.values():
        item = source.reference
        if item.year[:4].isdigit() and int(item.year[:4]) < before:
            message = f"the source “{item.id}” is of {item.year[:4]}, more than {limit} years old"
            hint = "is there a newer one?"
            yield OLD.at(REFERENCES, (item.line, item.column), message, hint)
