"""What a check of the whole site may look at."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from healthsite.config import Config
from healthsite.graph import Site
from healthsite.model import Article, Finding, Severity


class Subject(NamedTuple):
    """The linked site, its configuration and where that stands, the names below ``static/``, and the day of
    the build.
    """

    site: Site
    config: Config
    config_path: str
    pictures: Collection[str]
    today: str


def finding(
    article: Article, place: tuple[int, int], check: str, message: str, hint: str = "", severity: Severity = "error"
) -> Finding:
    """A finding in an article."""
    return Finding(article.path, place[0], place[1], severity, check, message, hint)
