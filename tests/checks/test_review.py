"""When an article was last checked, and by whom."""

from dataclasses import replace

import pytest

from healthsite.checks.review import check
from tests.linked import Linked, article, config

OLD = (
    "content/causes/a.md:2:11: warning: the last review, on {}, is more than 3 years old"
    " (check the article against its sources and date it anew)"
)


def found(on, by=("editors",), *, today="2026-11-22"):
    reviewed = {"on": on, "by": list(by)}
    linked = Linked({"causes/a": article("cause", reviewed=reviewed)}, today=today)
    policy = replace(config().policy, review_years=3)
    return linked.found(check, policy=policy, reviewers={"editors": "the editors", "dr-may": "Dr May"})


@pytest.mark.parametrize("on, by, today", [
    ("2026-11-22", ["editors"], "2026-11-22"),
    ("2026-01-01", ["dr-may", "editors"], "2026-11-22"),
    ("2024-02-29", ["editors"], "2027-02-28"),
    ("2020-01-01", ["editors"], "2022-12-31"),
])  # fmt: skip
def test_silent(on, by, today):
    assert found(on, by, today=today) == []


@pytest.mark.parametrize("on, by, today, expected", [
    ("2020-01-01", ["editors"], "2026-11-22", [OLD.format("2020-01-01")]),
    ("2024-02-29", ["editors"], "2027-03-01", [OLD.format("2024-02-29")]),
    ("2023-11-22", ["editors"], "2026-11-23", [OLD.format("2023-11-22")]),
    (
        "2026-11-23",
        ["editors"],
        "2026-11-22",
        ["content/causes/a.md:2:11: error: this review is dated 2026-11-23, which is still to come"],
    ),
    (
        "2026-11-01",
        ["editor", "dr-may", "zoe"],
        "2026-11-22",
        [
            "content/causes/a.md:2:11: error: config.yaml names no reviewer “editor” (did you mean “editors”?)",
            "content/causes/a.md:2:11: error: config.yaml names no reviewer “zoe” (it can be: dr-may, editors)",
        ],
    ),
])  # fmt: skip
def test_fires(on, by, today, expected):
    assert found(on, by, today=today) == expected


@pytest.mark.parametrize("on, today", [("2026-11-22", "2026-11-22"), ("2020-01-01", "2026-11-22")])
def test_the_warning_and_the_banner_on_the_page_say_the_same(on, today):
    linked = Linked({"causes/a": article("cause", reviewed={"on": on, "by": ["editors"]})}, today=today)
    assert linked.view("/causes/a/").is_overdue == bool(linked.found(check))
