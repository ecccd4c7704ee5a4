"""Nothing rests on a retracted source."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import REFERENCES, Subject
from healthsite.model import Finding

RETRACTED = Rule(
    "retracted",
    "error",
    "what its journal took back supports nothing (content/retracted.yaml; COPE retraction guidelines)",
    is_safety=True,
)
RULES = (RETRACTED,)


def check(subject: Subject) -> Iterator[Finding]:
    """A source that the list of retracted ones names by its doi or PMID."""
    listed = {key: item for item in subject.retracted for key in (item.doi.lower(), item.pmid) if key}
    if not listed:
        return
    for source in subject.site.sources.values():
        reference = source.reference
        item = listed.get(reference.doi.lower()) or listed.get(reference.pmid)
        if item:
            citing = [outline.path for outline in subject.site.outlines.values() if reference.id in outline.citations]
            hint = f"cited in {', '.join(sorted(citing))}" if citing else "delete the entry"
            message = f"the source “{reference.id}” was retracted: {item.reason}"
            yield RETRACTED.at(REFERENCES, (reference.line, reference.column), message, hint)
