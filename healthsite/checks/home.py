"""The home page shows what is published."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject
from healthsite.model import Finding
from healthsite.suggest import nearest


def check(subject: Subject) -> Iterator[Finding]:
    """The article that the home page's first steps come from must be there: it holds their sources. So must the
    drawings of the steps.
    """
    home, site = subject.config.home, subject.site
    for name, line, column in home.pictures:
        if name not in subject.pictures:
            hint = nearest(name, subject.pictures)
            yield Finding(subject.config_path, line, column, "error", "picture", f"there is no static/{name}", hint)
    if home.now_article in site.outlines or site.unpublished.get(home.now_article) == "broken":
        return
    if home.now_article in site.unpublished:
        state = f"not published ({site.unpublished[home.now_article]})"
        hint = "publish that article first, or name another"
    else:
        state, hint = "not there", nearest(home.now_article, site.outlines)
    message = f"the home page's steps come from “{home.now_article}”, which is {state}"
    yield Finding(subject.config_path, *home.place, "error", "home", message, hint)
