"""Checks of the whole site. One check is one function in a file of its own, with a test file of its own.

A check gets a :class:`~healthsite.checks.subject.Subject` and yields findings. Mistakes inside one file are
found where the file is
parsed (:mod:`healthsite.source`) and relations that lead nowhere where they are linked (:mod:`healthsite.graph`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from healthsite.checks import addresses, citations, home, links, pictures, review, sections, sources, warnings
from healthsite.checks.subject import Subject
from healthsite.model import Finding

CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    addresses.check,
    citations.check,
    home.check,
    links.check,
    pictures.check,
    review.check,
    sections.check,
    sources.check,
    warnings.check,
)


def run(subject: Subject) -> tuple[Finding, ...]:
    """All findings of all checks."""
    return tuple([finding for check in CHECKS for finding in check(subject)])
