"""What a finding counts as in the end."""

import pytest

from healthsite.checks.rule import Rule
from healthsite.model import Finding, Silenced
from healthsite.settling import settle
from tests.linked import Linked, article, lines

RULES = {
    rule.id: rule
    for rule in (
        Rule("long", "warning", "because"),
        Rule("safe", "error", "because", is_safety=True),
        Rule("yaml", "error", "because", is_fixed=True),
    )
}
PATH = "content/causes/c.md"


def found(*findings, silenced=(), severities=None):
    (outline,) = Linked({"causes/c": article("cause")}).site.outlines.values()
    outline = outline._replace(silenced=silenced)
    chosen = {name: (severity, 3, 1) for name, severity in (severities or {}).items()}
    return lines(settle(findings, [outline], chosen, RULES, "config.yaml"))


def of(check, severity="warning", path=PATH):
    return Finding(path, 9, 1, severity, check, "it is so", "mend it")


@pytest.mark.parametrize("severities, finding, expected", [
    ({}, of("long"), [f"{PATH}:9:1: warning: it is so (mend it)"]),
    ({"long": "error"}, of("long"), [f"{PATH}:9:1: error: it is so (mend it)"]),
    ({"long": "notice"}, of("long"), [f"{PATH}:9:1: notice: it is so (mend it)"]),
    ({"long": "off"}, of("long"), []),
    ({"long": "error"}, of("long", "notice"), [f"{PATH}:9:1: notice: it is so (mend it)"]),
    ({"long": "off"}, of("long", "notice"), []),
    ({"long": "off"}, of("safe", "error"), [f"{PATH}:9:1: error: it is so (mend it)"]),
    ({"safe": "warning"}, of("safe", "error"), [f"{PATH}:9:1: warning: it is so (mend it)"]),
    (
        {"lomg": "off"},
        of("long"),
        [
            "config.yaml:3:1: error: no check is called “lomg” (did you mean “long”?)",
            f"{PATH}:9:1: warning: it is so (mend it)",
        ],
    ),
    (
        {"yaml": "off"},
        of("yaml", "error"),
        [
            "config.yaml:3:1: error: “yaml” is always an error (what it finds can't be used at all)",
            f"{PATH}:9:1: error: it is so (mend it)",
        ],
    ),
])  # fmt: skip
def test_the_configuration_decides_how_much_a_finding_counts(severities, finding, expected):
    assert found(finding, severities=severities) == expected


REASON = Silenced("long", "it is a quotation", 4, 8)


@pytest.mark.parametrize("finding, silenced, severities, expected", [
    (of("long"), [REASON], {}, [f"{PATH}:9:1: silenced: it is so (because: it is a quotation)"]),
    (of("long"), [REASON], {"long": "error"}, [f"{PATH}:9:1: silenced: it is so (because: it is a quotation)"]),
    (of("long"), [REASON], {"long": "off"}, []),
    (
        of("long", path="content/causes/other.md"),
        [REASON],
        {},
        [
            "content/causes/other.md:9:1: warning: it is so (mend it)",
            f"{PATH}:4:8: notice: “long” is silenced here, but finds nothing (delete the entry)",
        ],
    ),
    (
        of("safe", "error"),
        [Silenced("safe", "I know better", 4, 8)],
        {},
        [
            f"{PATH}:9:1: error: it is so (mend it)",
            f"{PATH}:4:8: error: “safe” can't be silenced: it keeps readers safe (mend what it found)",
        ],
    ),
    (
        of("yaml", "error"),
        [Silenced("yaml", "never mind", 4, 8)],
        {},
        [
            f"{PATH}:9:1: error: it is so (mend it)",
            f"{PATH}:4:8: error: “yaml” can't be silenced: what it finds can't be used (mend what it found)",
        ],
    ),
    (
        of("long"),
        [Silenced("lang", "a typing mistake", 4, 8)],
        {},
        [
            f"{PATH}:9:1: warning: it is so (mend it)",
            f"{PATH}:4:8: error: no check is called “lang” (did you mean “long”?)",
        ],
    ),
])  # fmt: skip
def test_an_article_silences_a_finding_with_a_reason(finding, silenced, severities, expected):
    assert found(finding, silenced=silenced, severities=severities) == expected
