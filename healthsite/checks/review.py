"""When an article was last checked, by whom, and whether that holds."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.subject import Subject, finding
from healthsite.model import Article, Finding
from healthsite.pages import noticed_on, overdue_on
from healthsite.run import PEOPLE
from healthsite.suggest import nearest


def check(article: Article, subject: Subject) -> Iterator[Finding]:
    """A reviewer that nobody knows, or a day to come, is an error; an overdue review a warning (its page says so
    itself), one that will be soon a notice; a published article that was never signed off a warning.
    """
    place = article.place("reviewed")
    known = {*subject.config.reviewers, *subject.site.people}
    for name in article.reviewed_by:
        if name not in known:
            yield finding(article, place, "reviewer", f"{PEOPLE} names no reviewer “{name}”", nearest(name, known))
    if article.reviewed_on > subject.today:
        yield finding(article, place, "review", f"this review is dated {article.reviewed_on}, which is still to come")
    yield from _age(article, subject)
    if subject.config.policy.seals and not article.sealed and not article.draft:
        name = article.id
        hint = f"check it against its sources, then: build.py review {name} --by ID"
        yield finding(article, place, "unsealed", "this article was never signed off", hint, "warning")


def _age(article: Article, subject: Subject) -> Iterator[Finding]:
    policy, place = subject.config.policy, article.place("reviewed")
    due = overdue_on(article.reviewed_on, policy.review_years)
    if subject.today >= due:
        message = f"the last review, on {article.reviewed_on}, is more than {policy.review_years} years old"
        hint = f"check the article against its sources, then: build.py review {article.id} --by ID"
        yield finding(article, place, "overdue", message, hint, "warning")
    elif subject.today >= noticed_on(due, policy.review_notice_days):
        message = f"the last review, on {article.reviewed_on}, will be too old on {due}"
        yield finding(article, place, "due", message, "build.py worklist shows all that is due", "notice")
