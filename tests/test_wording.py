"""The words by which the checks of a text know what they look for."""

from healthsite.fields import Reporter, read_yaml
from healthsite.wording import Warned, Wording, wording
from tests.linked import config


def read(text):
    report = Reporter("config.yaml")
    node = read_yaml(text, report)
    assert node
    return wording(node, report), [str(finding) for finding in report.findings]


def test_words_are_in_lower_case_but_abbreviations():
    found, findings = read(
        "promises: [Cure]\nabbreviations: [NHS]\nhedges: {strong: [Does], moderate: [], weak: [], contested: [],"
        " expert-opinion: [], unknown: []}\nplain_words: {Myalgia: Muscle pain}\n"
        "warnings: [{terms: [Powder], says: [Harm], because: It harms}]\n"
    )
    assert findings == []
    assert (found.promises, found.abbreviations) == (("cure",), ("NHS",))
    assert found.hedges
    assert found.hedges["strong"] == ("does",)
    assert found.plain_words == {"myalgia": "muscle pain"}
    assert found.warnings == (Warned(("powder",), ("harm",), (), "It harms"),)


def test_a_list_left_out_is_not_looked_for():
    assert read("promises: []\n") == (Wording(), [])


def test_a_mistake_is_told():
    _, findings = read("promise: [cure]\nwarnings: [{terms: [x], says: [y]}]\n")
    assert findings == [
        "config.yaml:1:1: error: “promise” is not a field here (did you mean “promises”?)",
        "config.yaml:2:12: error: “because” is missing (why, for the editor)",
    ]


def test_this_sites_words_are_all_there():
    empty = [name for name in Wording.__dataclass_fields__ if not getattr(config().wording, name)]
    assert empty == []
