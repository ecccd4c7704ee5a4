"""When an article was last checked, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding
from healthsite.pages import overdue_on
from healthsite.suggest import nearest

RULES = (
    Rule("review", "error", "a review is not of a day to come (docs/writing.md)"),
    Rule("reviewer", "error", "readers are told who checked an article (docs/writing.md)"),
    Rule("overdue", "warning", "an old review is done again (policy: review_years in config.yaml)"),
)


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """An overdue review is a warning (its page says so itself); a reviewer that nobody knows, or a day to
    come, an error.
    """
    years, reviewers = subject.config.policy.review_years, subject.config.reviewers
    place = article.place("reviewed")
    for name in article.reviewed_by:
        if name not in reviewers:
            message = f"config.yaml names no reviewer “{name}”"
            yield finding(article, place, "reviewer", message, nearest(name, reviewers))
    if article.reviewed_on > subject.today:
        yield finding(article, place, "review", f"this review is dated {article.reviewed_on}, which is still to come")
    if subject.today >= overdue_on(article.reviewed_on, years):
        message = f"the last review, on {article.reviewed_on}, is more than {years} years old"
        hint = "check the article against its sources and date it anew"
        yield finding(article, place, "overdue", message, hint, "warning")
