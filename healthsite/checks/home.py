"""The home page shows what is published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject
from healthsite.model import Finding
from healthsite.suggest import nearest


def check(subject: Subject) -> Iterator[Finding]:
    """The article that the home page's first steps come from must be there: it holds their sources."""
    home = subject.config.home
    if home.now_article not in subject.site.articles:
        message = f"the home page's steps come from “{home.now_article}”, which is not published"
        hint = nearest(home.now_article, subject.site.articles)
        yield Finding(subject.config_path, *home.place, "error", "home", message, hint)
