"""Old sources are looked at again."""

from dataclasses import replace

import pytest

from healthsite.checks.source_age import check
from tests.linked import Linked, article, config, lines


def found(year, today="2026-11-22"):
    references = f"who: {{type: review, title: T, url: 'https://example.org/', year: '{year}'}}\n"
    linked = Linked({"causes/c": article("cause")}, references=references, today=today)
    return lines(list(check(linked.subject(policy=replace(config().policy, source_years=10)))))


@pytest.mark.parametrize("year", ["2016", "2026", "n.d.", "no year"])
def test_silent(year):
    assert found(year) == []


@pytest.mark.parametrize("year, today", [("2015", "2026-01-01"), ("1999", "2026-11-22"), ("2016", "2027-01-01")])
def test_fires(year, today):
    message = f"the source “who” is of {year}, more than 10 years old (is there a newer one?)"
    assert found(year, today) == [f"content/references.yaml:1:1: notice: {message}"]
