"""Sources are cited."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import REFERENCES, Subject
from healthsite.model import Finding

RULES = (Rule("uncited", "warning", "a source that nothing cites is not one of the site's (docs/writing.md, Sources)"),)


def check(subject: Subject) -> Iterator[Finding]:
    """A source that no published article cites is a warning."""
    cited = {name for outline in subject.site.outlines.values() for name in outline.citations}
    for name, source in subject.site.sources.items():
        if name not in cited:
            place = (source.reference.line, source.reference.column)
            yield Finding(REFERENCES, *place, "warning", "uncited", f"no published article cites “{name}”")
