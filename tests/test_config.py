"""The configuration: the real one is read; what is missing, misspelt or impossible is told."""

import re

import pytest

from healthsite.config import Config, read_config
from healthsite.kinds import relation_words
from healthsite.model import CARE_CARDS, CERTAINTIES, NUMBERS, REFERENCE_TYPES
from tests.helpers import ROOT

SOURCE = (ROOT / "config.yaml").read_text("utf-8")


def good(source: str = SOURCE) -> Config:
    config, findings = read_config("config.yaml", source)
    assert findings == ()
    assert config is not None
    return config


def told(old: str, new: str) -> list[str]:
    """The findings after one change to the real configuration, each as its line's text, its column, message and hint."""
    assert SOURCE.count(old) == 1, old
    source = SOURCE.replace(old, new)
    config, findings = read_config("config.yaml", source)
    assert (config is None) == bool(findings)
    lines = source.split("\n")
    return [
        f"{lines[item.line - 1].strip()[:24]}|{item.column}|{item.message}" + (f" ({item.hint})" if item.hint else "")
        for item in sorted(findings)
    ]


def test_the_sites_own_configuration_is_read_without_a_finding():
    config = good()
    assert set(config.numbers) == set(NUMBERS)
    assert set(config.relations) == set(relation_words())
    assert set(config.urgency) == set(CARE_CARDS)
    assert set(config.certainty) == set(CERTAINTIES)
    assert set(config.source_types) == set(REFERENCE_TYPES)
    assert all(set(phrases) == set(CERTAINTIES) for phrases in (*config.effects.values(), *config.links.values()))


def test_numbers_stay_text():
    assert good(SOURCE.replace('"999"', "0112")).numbers["emergency-number"] == "0112"


def test_sections_keep_their_order():
    assert list(good().sections["group"]) == re.findall(
        r"^    ([a-z-]+):", SOURCE.split("  group:\n")[1].split("  topic:")[0], re.M
    )


def test_the_policy_has_defaults():
    policy = good(SOURCE.split("policy:")[0]).policy
    assert (policy.review_years, policy.index_entries, policy.map_cells, policy.parse_seconds) == (3, 400, 5000, 10)
    assert good(SOURCE.split("policy:")[0] + "policy: {review_years: 5}\n").policy.review_years == 5


def test_the_digest_names_everything_in_it():
    assert good().digest == good().digest
    assert good().digest != good(SOURCE.replace("Leg Cramp Guide", "Leg Cramp Guides", 1)).digest


def test_the_command_line_may_give_another_address():
    config = good()
    assert config.base_url("") == "https://example.org/"
    assert config.base_url("https://example.org/health") == "https://example.org/health/"
    assert config.base_url("https://example.org/health/") == "https://example.org/health/"


CHANGES = [
    ("tagline: ", "tagliine: ", [
        "title: Leg Cramp Guide|1|“tagline” is missing (a few words under it)",
        "tagliine: What to do now|1|“tagliine” is not a field here (did you mean “tagline”?)",
    ]),
    ("title: Leg Cramp Guide", "title:", ["title:|7|“title” is empty (the site's name)"]),
    ("url: https://example.org/", "url: example.org", ["url: example.org|6|“example.org” is not an address (write it whole, like https://example.org/)"]),
    ("url: https://example.org/", "url: ftp://example.org", ["url: ftp://example.org|6|“ftp://example.org” is not an address (write it whole, like https://example.org/)"]),
    ("url: https://example.org/", "url: https://[", ["url: https://[|6|“https://[” is not an address (write it whole, like https://example.org/)"]),
    ("mailto:editors@example.org", "editors@example.org", ["report: editors@example.|9|“editors@example.org” is neither a mailto: nor an https: address"]),
    ("mailto:editors@example.org", "javascript:x", ["report: javascript:x|9|“javascript:x” is neither a mailto: nor an https: address"]),
    ("Europe/London", "Europe/Londn", ["time_zone: Europe/Londn|12|there is no time zone “Europe/Londn” (write it like Europe/London)"]),
    ("Europe/London", "../etc/passwd", ["time_zone: ../etc/passwd|12|there is no time zone “../etc/passwd” (write it like Europe/London)"]),
    ("started: 2026-11-22", "started: 2026-02-30", ["started: 2026-02-30     |10|there is no such day: 2026-02-30 (put it in quotes if it is meant as text)"]),
    ("  advice-line: \"111\"\n", "", ['emergency-number: "999"|3|“advice-line” is missing']),
    ("  advice-line: \"111\"", "  advise-line: \"111\"", [
        'emergency-number: "999"|3|“advice-line” is missing',
        'advise-line: "111"|3|“advise-line” is not known here (did you mean “advice-line”?)',
    ]),
    ("    label: Same day\n", "", ["action: Get medical advi|5|“label” is missing (its short label)"]),
    ("    one: Cause\n", "    one: [Cause]\n", ["one: [Cause]|10|a text is needed here"]),
    ("    strong: Does help\n", "", ["moderate: Probably helps|5|“strong” is missing"]),
    ("  cause.related: Other causes close to this one\n", "", ["cause.symptoms: How it c|3|“cause.related” is missing"]),
    ("months: [January, ", "months: [", ["months: [February, March|9|these are 11 months, not 12"]),
    ("  index_entries: 400", "  index_entries: -1", ["index_entries: -1       |18|a whole number is needed here, 0 or more"]),
    ("  now_article: relief/calf-stretch\n", "", ["now_title: Cramp right n|3|“now_article” is missing (folder/slug of the article that they come from)"]),
    ("  seals: true ", "  seals: yes ", ["seals: yes              |10|this is true or false (did you mean true?)"]),
    ("reviewers:\n", "reviewers:\n  dr-may: Dr May\n", ["dr-may: Dr May|3|“dr-may” is not known here (it can be: editors)"]),
    ("title: Leg Cramp Guide\n", "title: Leg Cramp Guide\ntitle: X\n", ["title: X|1|title is given twice; the first is on line 3 (keep one of the two)"]),
]  # fmt: skip


@pytest.mark.parametrize("old, new, findings", CHANGES)
def test_a_mistake_is_told_with_its_place_and_nothing_is_built(old, new, findings):
    assert told(old, new) == findings


def test_every_mistake_is_told_at_once():
    source = (
        SOURCE.replace("tagline:", "tagliine:")
        .replace("Europe/London", "Nowhere")
        .replace('  advice-line: "111"\n', "")
    )
    config, findings = read_config("config.yaml", source)
    assert config is None
    assert len(findings) == 4


@pytest.mark.parametrize("source, message", [
    ("", "1:1: error: the configuration is empty"),
    ("# nothing\n", "1:1: error: the configuration is empty"),
    ("- a\n", "1:1: error: a mapping (name: value) is needed here"),
])  # fmt: skip
def test_no_configuration_at_all(source, message):
    config, findings = read_config("config.yaml", source)
    assert (config, [str(item) for item in findings]) == (None, [f"config.yaml:{message}"])


def test_a_mistake_of_syntax_stops_there():
    config, findings = read_config("config.yaml", SOURCE.replace("tagline:", "\ttagline:"))
    assert config is None
    assert len(findings) == 1
