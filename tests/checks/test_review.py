"""When an article was last checked, by whom, and whether that holds."""

from dataclasses import replace

import pytest

from healthsite.checks.review import check
from tests.linked import Linked, article, config

THEN = "check the article against its sources, then: build.py review causes/a --by ID"
OLD = f"content/causes/a.md:2:11: warning: the last review, on {{}}, is more than 3 years old ({THEN})"
SOON = (
    "content/causes/a.md:2:11: notice: the last review, on {}, will be too old on {}"
    " (build.py worklist shows all that is due)"
)
NEVER = (
    "content/causes/a.md:2:11: warning: this article was never signed off"
    " (check it against its sources, then: build.py review causes/a --by ID)"
)
PEOPLE = "dr-may: {name: Dr May}\n"


def found(on, by=("editors",), *, today="2026-11-22", seals=False, **fields):
    reviewed = {"on": on, "by": list(by)}
    linked = Linked({"causes/a": article("cause", reviewed=reviewed, **fields)}, today=today, people=PEOPLE)
    policy = replace(config().policy, review_years=3, review_notice_days=60, seals=seals)
    return linked.found(check, policy=policy)


@pytest.mark.parametrize("on, by, today", [
    ("2026-11-22", ["editors"], "2026-11-22"),
    ("2026-01-01", ["dr-may", "editors"], "2026-11-22"),
    ("2024-02-29", ["editors"], "2026-12-30"),
    ("2020-01-01", ["editors"], "2022-11-01"),
    ("9998-01-01", ["editors"], "9999-10-31"),
])  # fmt: skip
def test_silent(on, by, today):
    assert found(on, by, today=today) == []


@pytest.mark.parametrize("on, by, today, expected", [
    ("2020-01-01", ["editors"], "2026-11-22", [OLD.format("2020-01-01")]),
    ("2024-02-29", ["editors"], "2027-03-01", [OLD.format("2024-02-29")]),
    ("2023-11-22", ["editors"], "2026-11-22", [OLD.format("2023-11-22")]),
    ("2023-11-22", ["editors"], "2026-11-21", [SOON.format("2023-11-22", "2026-11-22")]),
    ("2023-11-22", ["editors"], "2026-09-23", [SOON.format("2023-11-22", "2026-11-22")]),
    ("2023-11-22", ["editors"], "2026-09-22", []),
    ("2024-02-29", ["editors"], "2026-12-31", [SOON.format("2024-02-29", "2027-03-01")]),
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
            "content/causes/a.md:2:11: error: content/people.yaml names no reviewer “editor” (did you mean “editors”?)",
            "content/causes/a.md:2:11: error: content/people.yaml names no reviewer “zoe” (it can be: dr-may, editors)",
        ],
    ),
])  # fmt: skip
def test_fires(on, by, today, expected):
    assert found(on, by, today=today) == expected


@pytest.mark.parametrize("seals, fields, expected", [
    (True, {}, [NEVER]),
    (True, {"publish_on": "2027-01-01"}, [NEVER]),
    (True, {"draft": True}, []),
    (False, {}, []),
])  # fmt: skip
def test_a_published_article_that_was_never_signed_off(seals, fields, expected):
    assert found("2026-11-01", seals=seals, **fields) == expected


@pytest.mark.parametrize(
    "on, today", [("2026-11-22", "2026-11-22"), ("2023-11-23", "2026-11-22"), ("2020-01-01", "2026-11-22")]
)
def test_the_warning_and_the_banner_on_the_page_say_the_same(on, today):
    linked = Linked({"causes/a": article("cause", reviewed={"on": on, "by": ["editors"]})}, today=today)
    assert linked.view("/causes/a/").is_overdue == any(": warning: " in line for line in linked.found(check))
