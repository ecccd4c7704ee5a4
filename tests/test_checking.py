"""Findings are remembered while only texts are changed, and are still those that a clean build would give."""

from pathlib import Path

import pytest

from healthsite import checks
from tests.small_site import build_site, change, clean_build, write_site

THIRST = "content/causes/thirst.md"
GUIDE = "content/guides/what-is-it.md"
SHOWN = "Nobody has shown it."
OFTEN = "A muscle, often the calf, tightens."
FLAG = "[the cold leg](../red-flags/cold-leg.md)"
CARD = '\n\n!!! self-care "At home"\n\n    Rest.\n'


@pytest.fixture
def root(tmp_path) -> Path:
    """The small site; an article leads to an emergency, outside any card, and one remedy is of no use."""
    site = write_site(tmp_path / "site")
    change(site, THIRST, "\n\n## What", f" See {FLAG}.{CARD}\n## What")
    change(site, "content/relief/drinking.md", '"unclear"', '"no-difference"')
    return site


@pytest.fixture
def looked(monkeypatch) -> list[int]:
    """How often the checks looked at the site."""
    times: list[int] = []
    check_site = checks.check_site

    def checked(subject):
        times.append(1)
        return check_site(subject)

    monkeypatch.setattr(checks, "check_site", checked)
    return times


EDITS = {
    "a word that promises": (THIRST, SHOWN, "It is cured."),
    "a link into a card that calls its urgency less": (THIRST, f" See {FLAG}.{CARD}", f"{CARD[:-1]} See {FLAG}.\n"),
    "a link that leads nowhere": (THIRST, "tired-muscle.md", "tired-muscles.md"),
    "a source that is not there": (GUIDE, "@one-2020", "@four"),
    "a picture that is not there": (THIRST, SHOWN, f"{SHOWN} ![A line](../../static/illustrations/no.svg)"),
    "a list that Markdown would swallow": (THIRST, SHOWN, f"{SHOWN}\n- one\n- two"),
    "something said of another article": (
        GUIDE,
        OFTEN,
        f"[Drinking](../relief/drinking.md) helps with cramps. {OFTEN}",
    ),
    "a bare link to another site": (GUIDE, OFTEN, f"{OFTEN} See [the leaflet](https://example.org/x)."),
    "silenced for nothing": (THIRST, "codes: ", 'silenced: [{"check": "long-sentence", "reason": "none"}]\ncodes: '),
    "a field that is missing": (THIRST, "\nsummary: ", "\n# summary: "),
    "broken front matter": (THIRST, "\nsummary: ", "\n summary: "),
    "nothing that anybody could find": (THIRST, SHOWN, "Nobody at all has shown it."),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_an_edit_makes_to_be_found_is_found_stays_and_goes(root, workers, edit):
    path, old, new = EDITS[edit]
    before = build_site(root, workers).findings
    change(root, path, old, new)
    found = build_site(root, workers).findings
    assert found == clean_build(root, root.parent / "with", workers)[0].findings
    assert (found != before) == (edit != "nothing that anybody could find")
    change(root, path, "---\nreviewed", "---\n# A remark.\nreviewed")  # the same, a line further down
    moved = build_site(root, workers).findings
    assert moved == clean_build(root, root.parent / "moved", workers)[0].findings
    change(root, path, "---\n# A remark.\n", "---\n")
    other = GUIDE if path == THIRST else THIRST
    change(root, other, OFTEN if other == GUIDE else SHOWN, "Nobody knows.")
    assert build_site(root, workers).findings == found
    change(root, path, new, old)
    assert build_site(root, workers).findings == clean_build(root, root.parent / "gone", workers)[0].findings == before


def test_while_only_texts_are_changed_nobody_looks_again(root, workers, looked):
    build_site(root, workers)
    looked.clear()
    for number in range(3):
        change(root, THIRST, SHOWN, f"{SHOWN} It was looked for in {number} rooms.")
        build_site(root, workers)
    assert looked == []
    change(root, THIRST, "Too little water", "Too little to drink")
    build_site(root, workers)
    assert looked == [1]


def test_an_article_that_says_something_new_is_looked_at_with_all_others(root, workers, looked):
    build_site(root, workers)
    looked.clear()
    change(root, GUIDE, OFTEN, f"[Drinking](../relief/drinking.md) helps with cramps. {OFTEN}")
    build_site(root, workers)
    assert looked == [1]
