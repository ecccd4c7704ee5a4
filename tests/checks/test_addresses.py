"""Two sources for one address."""

import pytest

from healthsite.checks.addresses import check
from tests.linked import Linked, article

HINT = "an old address leads to one article"

SILENT = [
    {"causes/a": article("cause")},
    {"causes/a": article("cause", aliases=["causes/old", "symptoms/old"])},
    {"causes/a": article("cause", aliases=["causes/b"]), "symptoms/b": article("symptom")},
    {"causes/a": article("cause", aliases=["causes/old"]), "causes/b": article("cause", aliases=["causes/older"])},
]

FIRES = [
    (
        {"causes/a": article("cause", aliases=["causes/b"]), "causes/b": article("cause")},
        [f"content/causes/a.md:2:11: error: two sources for /causes/b/: this alias and content/causes/b.md ({HINT})"],
    ),
    (
        {"causes/a": article("cause", aliases=["causes/b"]), "causes/b": article("cause", draft=True)},
        [f"content/causes/a.md:2:11: error: two sources for /causes/b/: this alias and content/causes/b.md ({HINT})"],
    ),
    (
        {"causes/a": article("cause", aliases=["causes/old", "causes/a"])},
        [f"content/causes/a.md:2:25: error: two sources for /causes/a/: this alias and content/causes/a.md ({HINT})"],
    ),
    (
        {
            "causes/a": article("cause", title="A", aliases=["causes/old"]),
            "causes/b": article("cause", title="B", aliases=["causes/old"]),
            "guides/c": article("guide", aliases=["causes/old"]),
        },
        [
            f"content/causes/a.md:3:11: error: two sources for /causes/old/: this alias and content/causes/b.md ({HINT})",
            f"content/causes/b.md:3:11: error: two sources for /causes/old/: this alias and content/causes/a.md ({HINT})",
            f"content/guides/c.md:2:11: error: two sources for /causes/old/: this alias and content/causes/a.md ({HINT})",
        ],
    ),
    (
        {"causes/a": article("cause", aliases=["causes/old", "causes/old"])},
        [
            f"content/causes/a.md:2:25: error: two sources for /causes/old/: this alias and the same alias above ({HINT})"
        ],
    ),
]


@pytest.mark.parametrize("articles", SILENT)
def test_silent(articles):
    assert Linked(articles).found(check) == []


@pytest.mark.parametrize("articles, expected", FIRES)
def test_fires(articles, expected):
    assert Linked(articles).found(check) == expected
