"""Citations and the bibliography: each citation has its source, each source is cited."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject, finding
from healthsite.model import Finding
from healthsite.suggest import nearest

PATH = "content/references.yaml"


def check(subject: Subject) -> Iterator[Finding]:
    """An unknown source is an error; one that no published article cites, a warning."""
    site = subject.site
    cited: set[str] = set()
    for article in site.articles.values():
        for name, line, column in article.citations:
            if name in site.sources:
                cited.add(name)
            else:
                hint = nearest(name, site.sources)
                yield finding(article, (line, column), "citation", f"no source is called “{name}” in {PATH}", hint)
    for name, source in site.sources.items():
        if name not in cited:
            place = (source.reference.line, source.reference.column)
            yield Finding(PATH, *place, "warning", "uncited", f"no published article cites “{name}”")
