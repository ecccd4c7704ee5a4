"""What a check may look at besides the article that it checks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from healthsite.config import Config, Policy
from healthsite.graph import Site
from healthsite.model import Article, Finding, Retraction, Severity, Word
from healthsite.sayings import Saying
from healthsite.suggest import nearest
from healthsite.wording import Wording

REFERENCES = "content/references.yaml"


class Style(NamedTuple):
    """What a check of an article's words may know besides the article: nothing of any other article.

    ``numbers`` are the configured telephone numbers, ``abbreviations`` those that the glossary explains.
    """

    policy: Policy
    wording: Wording
    numbers: tuple[str, ...]
    abbreviations: frozenset[str]


def style_of(config: Config, words: Iterable[Word]) -> Style:
    """The house style: limits, words and numbers from the configuration, abbreviations from the glossary."""
    forms = {form for word in words for form in (word.term.name, *word.term.forms)}
    abbreviations = frozenset([form for form in forms if form[1:2].isupper()])
    return Style(config.policy, config.wording, tuple(config.numbers.values()), abbreviations)


class Subject(NamedTuple):
    """The linked site, its configuration and where that stands, the names below ``static/``, and the day of the build.

    ``alias_owners`` gives for each old address the paths of the articles that claim it. ``read`` gives an article by
    its key: a check of the whole site asks it for the place of what it has found, and for nothing else. ``said``
    is what texts say of other articles.
    """

    site: Site
    config: Config
    config_path: str
    pictures: Collection[str]
    today: str
    alias_owners: Mapping[str, Sequence[str]]
    read: Callable[[str], Article]
    retracted: Sequence[Retraction] = ()
    said: Sequence[Saying] = ()


def subject_of(
    site: Site,
    config: Config,
    config_path: str,
    pictures: Collection[str],
    today: str,
    read: Callable[[str], Article],
    retracted: Sequence[Retraction] = (),
    said: Sequence[Saying] = (),
) -> Subject:
    """A subject, with what follows from the site."""
    owners: dict[str, list[str]] = {}
    for outline in site.outlines.values():
        for alias in outline.aliases:
            owners.setdefault(alias, []).append(outline.path)
    sorted_owners = {name: sorted(paths) for name, paths in owners.items()}
    return Subject(site, config, config_path, pictures, today, sorted_owners, read, retracted, said)


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
