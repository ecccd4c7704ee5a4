"""Titles and summaries that fit."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

TITLE = Rule("title-length", "warning", "a long title is cut off in search results (policy in config.yaml)")
SUMMARY = Rule("summary-length", "warning", "the summary is the search result's text (policy in config.yaml)")
RULES = (TITLE, SUMMARY)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """The title and the summary have at most so many letters; a red flag's title is a sign, and may be longer."""
    article, policy = prose.article, style.policy
    most = policy.sign_letters if article.kind == "red-flag" else policy.title_letters
    for rule, field, text, limit in (
        (TITLE, "title", article.title, most),
        (SUMMARY, "summary", article.summary, policy.summary_letters),
    ):
        if len(text) > limit:
            message = f"this {field} has {len(text)} letters: “{text}”"
            yield rule.at(prose.path, article.place(field), message, f"at most {limit}")
