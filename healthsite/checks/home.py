"""The home page shows what is published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Finding
from healthsite.suggest import nearest

RULES = (Rule("home", "error", "the home page shows what is published (docs/architecture.md)"),)


def check(subject: Subject) -> Iterator[Finding]:
    """The article that the home page's first steps come from must be there: it holds their sources."""
    home, site = subject.config.home, subject.site
    if home.now_article in site.outlines or site.unpublished.get(home.now_article) == "broken":
        return
    if home.now_article in site.unpublished:
        state = f"not published ({site.unpublished[home.now_article]})"
        hint = "publish that article first, or name another"
    else:
        state, hint = "not there", nearest(home.now_article, site.outlines)
    message = f"the home page's steps come from “{home.now_article}”, which is {state}"
    yield Finding(subject.config_path, *home.place, "error", "home", message, hint)
