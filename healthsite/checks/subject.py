"""What a check of the whole site may look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from healthsite.config import Config
from healthsite.graph import Site
from healthsite.model import Article, Finding, Severity
from healthsite.suggest import nearest

REFERENCES = "content/references.yaml"


class Subject(NamedTuple):
    """The linked site, its configuration and where that stands, the names below ``static/``, and the day of the build.

    ``alias_owners`` gives for each old address the paths of the articles that claim it.
    """

    site: Site
    config: Config
    config_path: str
    pictures: Collection[str]
    today: str
    alias_owners: Mapping[str, Sequence[str]]


def subject_of(site: Site, config: Config, config_path: str, pictures: Collection[str], today: str) -> Subject:
    """A subject, with what follows from the site."""
    owners: dict[str, list[str]] = {}
    for outline in site.outlines.values():
        for alias in outline.aliases:
            owners.setdefault(alias, []).append(outline.path)
    return Subject(site, config, config_path, pictures, today, {name: sorted(paths) for name, paths in owners.items()})


def finding(
    article: Article, place: tuple[int, int], check: str, message: str, hint: str = "", severity: Severity = "error"
) -> Finding:
    """A finding in an article."""
    return Finding(article.path, place[0], place[1], severity, check, message, hint)


def not_published(name: str, subject: Subject) -> tuple[str, str] | None:
    """Why an article that the configuration names can't be shown, and a hint; ``None`` where it can, or where its own
    file tells what is wrong.
    """
    site = subject.site
    if name in site.outlines or site.unpublished.get(name) == "broken":
        return None
    if name in site.unpublished:
        return f"not published ({site.unpublished[name]})", "publish that article first, or name another"
    return "not there", nearest(name, site.outlines)
