"""The review seal: what breaks it, what does not, and that it stays what it is from one version to the next."""

import pytest

from healthsite.model import Article
from healthsite.source import parse

PATH = "content/relief/rest.md"
SEAL = "s1-9f185c2e80a9be9c8f9f"
ARTICLE = f"""\
---
title: Rest
summary: Sitting down may help.
also_called: [sitting, lying]
related: [sleep]
approach: now
effect: helps
certainty: weak
cautions: [causes/moon-dust]
red_flags: [green-glow]
codes: {{mesh: [D1], icd10: [E86]}}
steps:
  position: Sit.
  actions:
  - Sit down.
reviewed: {{on: 2026-11-01, by: [editors], seal: {SEAL}}}
changes:
- {{on: 2026-11-01, note: First published.}}
---
Sit down. [@who]

Then wait.
"""


def read(text: str | bytes, path: str = PATH) -> tuple[Article, list[str]]:
    parsed = parse(path, text if isinstance(text, bytes) else text.encode(), "")
    assert parsed.article
    return parsed.article, [str(finding) for finding in parsed.findings]


def test_a_seal_that_fits_is_silent_whatever_version_of_the_generator_reads_it():
    article, findings = read(ARTICLE)
    assert (article.seal, article.sealed, findings) == (SEAL, SEAL, [])


@pytest.mark.parametrize("old, new", [
    ("summary: Sitting down may help.", 'summary: "Sitting down may help."  # said plainly'),
    ("summary: Sitting down may help.", "summary: >\n  Sitting down\n  may help."),
    ("also_called: [sitting, lying]", "also_called:\n- sitting\n- lying"),
    ("title: Rest\nsummary: Sitting down may help.\n", "# a comment\nsummary: Sitting down may help.\ntitle: Rest\n"),
    ("codes: {mesh: [D1], icd10: [E86]}", "codes:\n  icd10: [E86]\n  mesh: ['D1']"),
    ("on: 2026-11-01, by: [editors]", "on: 2026-11-20, by: [somebody]"),
    ("note: First published.", "note: Published first, minor: true"),
    ("changes:\n", "changes:\n- {on: 2026-11-20, note: Another.}\n"),
    ("title: Rest\n", "title: Rest\ndraft: true\npublish_on: 2026-12-01\naliases: [relief/sitting]\n"),
    ("effect: helps\n", "effect: helps\nsteps_unknown:\n"),
    ("Sit down. [@who]\n\nThen wait.\n", "\nSit down. [@who]   \n\nThen wait.\n\n\n"),
    ("\n", "\r\n"),
    ("---\ntitle", "\ufeff---\ntitle"),
])  # fmt: skip
def test_what_says_nothing_leaves_it_whole(old, new):
    assert old in ARTICLE
    article, findings = read(ARTICLE.replace(old, new))
    assert article.seal == SEAL
    assert not [line for line in findings if "changed after its review" in line]


@pytest.mark.parametrize("old, new", [
    ("title: Rest", "title: A rest"),
    ("may help", "may well help"),
    ("[sitting, lying]", "[sitting]"),
    ("[sitting, lying]", "[lying, sitting]"),
    ("related: [sleep]\n", ""),
    ("approach: now", "approach: prevention"),
    ("effect: helps", "effect: harms"),
    ("certainty: weak", "certainty: strong"),
    ("cautions: [causes/moon-dust]", "cautions: []"),
    ("[green-glow]", "[green-glow, blink]"),
    ("[E86]", "[E87]"),
    ("position: Sit.", "position: Stand."),
    ("  - Sit down.\n", "  - Sit down.\n  - Breathe.\n"),
    ("[@who]", "[@what]"),
    ("Then wait.", "Then wait a day."),
    ("Sit down. [@who]\n\nThen", "Sit down. [@who]\nThen"),
])  # fmt: skip
def test_what_says_something_breaks_it_and_is_told_where_the_seal_stands(old, new):
    assert old in ARTICLE
    text = ARTICLE.replace(old, new)
    article, findings = read(text)
    assert article.seal != SEAL
    line = text[: text.index("reviewed:")].count("\n") + 1
    hint = 'sign it off: build.py review relief/rest --by ID; if it means the same: build.py review --minor "typo" relief/rest'
    told = f"{PATH}:{line}:49: error: this article was changed after its review ({hint})"
    assert told in findings


def test_urgency_and_upgrade_count_and_so_does_the_kind():
    flag = "---\ntitle: T\nsummary: S.\nurgency: same-day\nupgrade:\n- {urgency: emergency, signs: x}\ngeneral: false\n"
    flag += "reviewed: {on: 2026-11-01, by: [editors]}\nchanges: [{on: 2026-11-01, note: N.}]\n---\nSo. [@who]\n"
    path = "content/red-flags/f.md"
    seals = [
        read(text, path)[0].seal
        for text in (flag, flag.replace("same-day", "routine"), flag.replace("signs: x", "signs: y"), flag.replace("general: false", "general: true"))
    ]  # fmt: skip
    assert len(set(seals)) == 4
    assert read(flag.replace("general: false\n", ""), path)[0].seal == seals[0]
    common = "---\ntitle: T\nsummary: S.\nreviewed: {on: 2026-11-01, by: [editors]}\nchanges: [{on: 2026-11-01, note: N.}]\n---\nSo. [@who]\n"
    assert read(common, "content/guides/f.md")[0].seal != read(common, "content/causes/f.md")[0].seal


def test_an_article_without_a_seal_is_no_mistake_of_its_file():
    article, findings = read(ARTICLE.replace(f", seal: {SEAL}", ""))
    assert (article.sealed, findings) == ("", [])
