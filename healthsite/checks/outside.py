"""What a text leads to outside is one of its sources."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import REFERENCES, Subject
from healthsite.model import Article, Finding

BARE = Rule("bare-link", "warning", "a link alone dies, and says nothing of who wrote it (docs/writing.md, Sources)")
RULES = (BARE,)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A link to another site that no entry of the bibliography has."""
    if article.outside:
        known = set(addresses(subject))
        for link in article.outside:
            if _plain(link.name) not in known:
                message = f"“{link.name}” has no entry in {REFERENCES}"
                yield BARE.at(article.path, (link.line, link.column), message, "add one, and cite it with [@id]")


def addresses(subject: Subject) -> list[str]:
    """The addresses of all sources."""
    found = [source.reference.url for source in subject.site.sources.values()]
    found += [f"https://doi.org/{source.reference.doi}" for source in subject.site.sources.values()]
    return [_plain(address) for address in found]


def _plain(address: str) -> str:
    return address.partition("#")[0].rstrip("/").lower()
