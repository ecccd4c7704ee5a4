"""A screen reader knows the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject
from healthsite.model import Finding

LANGUAGE = Rule("language", "error", "a screen reader speaks the page in its language (WCAG 3.1.1)")
RULES = (LANGUAGE,)
_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?(-[a-z0-9]{5,8})*")


def check(subject: Subject) -> Iterator[Finding]:
    """The site's language is written as browsers know it."""
    language = subject.config.language
    if not _TAG.fullmatch(language):
        message = f"“{language}” is not a language as browsers know it"
        yield LANGUAGE.at(subject.config_path, (1, 1), message, "write it like en, en-GB or pt-BR")
