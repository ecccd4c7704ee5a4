"""The table of checks."""

from pathlib import Path

import pytest

from healthsite import checks
from tests.linked import Linked, article

FILES = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__", "subject"}


def test_every_check_is_in_the_table():
    table = (*checks.ARTICLE_CHECKS, *checks.SITE_CHECKS)
    assert {check.__module__.rpartition(".")[2] for check in table} == FILES
    assert len(table) == len(FILES)


def test_every_check_has_its_test_file():
    assert {f"test_{name}" for name in FILES} <= {path.stem for path in Path(__file__).parent.glob("test_*.py")}


def test_all_findings_of_all_checks_are_gathered():
    text = "[x](x.md) ![x](../../static/x.svg)\n"
    wrong = {
        "group": "nothing",
        "aliases": ["causes/a"],
        "relief": ["x"],
        "reviewed": {"on": "2030-01-01", "by": ["x"]},
    }
    linked = Linked({"causes/a": article("cause", text, **wrong)})
    subject = linked.subject()
    found = {finding.check for finding in checks.check_article(linked.articles["causes/a"], subject)}
    assert found == {
        "address",
        "link",
        "no-warning-sign",
        "picture",
        "relation",
        "review",
        "reviewer",
        "section",
        "unsourced",
    }
    assert {finding.check for finding in checks.check_site(subject)} == {"home", "picture", "sheet", "uncited"}


# --- what a finding is remembered under --------------------------------------------------------------------------------

BASE = {
    "causes/a": article(
        "cause", "[x](../relief/r.md#part) [x](/relief/r/#part) [@who]\n\n![A](../../static/a.svg)\n", red_flags=["f"]
    ),
    "symptoms/s": article("symptom", related=["t"]),
    "symptoms/t": article("symptom"),
    "symptoms/later": article("symptom", "[x](../relief/r.md#other) [@who]\n", publish_on="2027-01-01"),
    "relief/r": article("relief", "So. [@who]\n\n## Part\n\n## Other\n"),
    "relief/calf-stretch": article("relief", aliases=["relief/old"]),
    "red-flags/f": article("red-flag", general=True),
}
CHANGES = {
    "a heading that a published article links to is gone": {"relief/r": article("relief", "So. [@who]\n\n## Other\n")},
    "a heading that a scheduled article links to is gone": {"relief/r": article("relief", "So. [@who]\n\n## Part\n")},
    "an article is gone": {"relief/r": None},
    "an article is a draft now": {"relief/r": article("relief", "So. [@who]\n\n## Part\n\n## Other\n", draft=True)},
    "the only general warning sign is not general any more": {"red-flags/f": article("red-flag")},
    "a related article is gone": {"symptoms/t": None},
    "an old address is claimed by another article too": {"symptoms/t": article("symptom", aliases=["relief/old"])},
    "an old address is an article's now": {"relief/old": article("relief")},
}  # fmt: skip


def every_finding(linked, **options):
    subject = linked.subject(**{"pictures": ("a.svg",), **options})
    found = {name: checks.check_article(item, subject) for name, item in linked.articles.items()}
    return checks.surroundings(subject), found


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_the_findings_of_an_article_that_did_not_change_changes_its_surroundings(change):
    """Findings are remembered under an article's key and its surroundings: else one would vanish, or stay for ever."""
    before, found = every_finding(Linked(BASE))
    after, other = every_finding(Linked({name: text for name, text in (BASE | change).items() if text}))
    assert {name for name in found if name not in change and found[name] != other[name]}
    assert before != after


def test_headings_are_surroundings_where_one_of_them_may_be_meant():
    """A finding tells the nearest heading that there is."""
    wrong = BASE | {"symptoms/t": article("symptom", "[x](../relief/r.md#stretching) [@who]\n")}
    renamed = wrong | {"relief/r": article("relief", "So. [@who]\n\n## Part\n\n## Stretch\n\n## Other\n")}
    before, found = every_finding(Linked(wrong))
    after, other = every_finding(Linked(renamed))
    assert found["symptoms/t"] != other["symptoms/t"]
    assert before != after


@pytest.mark.parametrize("options", [{"pictures": ()}, {"digest": "another"}])
def test_the_configuration_and_the_pictures_are_surroundings(options):
    assert every_finding(Linked(BASE))[0] != every_finding(Linked(BASE), **options)[0]


@pytest.mark.parametrize(
    "options", [{"today": "2026-11-23"}, {"drafts": True}, {"references": "{}"}, {"people": "zoe: {name: Zoe}"}]
)
def test_the_day_the_drafts_the_sources_and_the_people_are_surroundings(options):
    assert every_finding(Linked(BASE))[0] != every_finding(Linked(BASE, **options))[0]


@pytest.mark.parametrize("name, text", [
    ("relief/r", article("relief", "Put better. [@who]\n\n## Part\n\n## Other\n")),
    ("symptoms/t", article("symptom", title="Another title")),
    ("relief/r", article("relief", "So. [@who]\n\n## Part\n\n## Other\n\n## And one more\n")),
])  # fmt: skip
def test_an_ordinary_edit_leaves_the_surroundings_alone(name, text):
    assert every_finding(Linked(BASE | {name: text}))[0] == every_finding(Linked(BASE))[0]
