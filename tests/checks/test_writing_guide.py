"""The writing guide names the check of each rule, and no check that is not there."""

import re
from importlib import import_module

from healthsite import checks
from tests.linked import ROOT

GUIDE = (ROOT / "docs" / "writing.md").read_text("utf-8")
NOT_WRITTEN = {
    "address",
    "citation",
    "due",
    "home",
    "language",
    "link",
    "overdue",
    "relation",
    "review",
    "reviewer",
    "section",
    "sheet",
    "unsealed",
}
"""Checks that need no rule: they tell of what can't be meant."""


def test_every_check_has_its_rule():
    named = set(re.findall(r"`([a-z-]+)`", GUIDE))
    expected = {
        rule.id
        for module in (checks.TEXT_CHECKS, checks.ARTICLE_CHECKS, checks.SITE_CHECKS)
        for rule in rules_of(module)
    }
    assert expected - named - NOT_WRITTEN - {"unpublished-relation"} == set()


def rules_of(table):
    return [rule for check in table for rule in import_module(check.__module__).RULES]
