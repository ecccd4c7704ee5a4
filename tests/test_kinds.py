"""The table of kinds holds together: folders, relations, facets, and the examples that a new article begins with."""

import pytest

from healthsite import kinds
from healthsite.fields import Reporter, read_yaml
from healthsite.kinds import COMMON, FOLDERS, KINDS, relation_words
from healthsite.plainyaml import Mapping

ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


def test_the_five_kinds_of_the_design_with_their_folders():
    assert {kind.name: kind.folder for kind in KINDS.values()} == {
        "cause": "causes",
        "symptom": "symptoms",
        "relief": "relief",
        "red-flag": "red-flags",
        "guide": "guides",
    }
    assert {folder: kind.name for folder, kind in FOLDERS.items()} == {
        kind.folder: kind.name for kind in KINDS.values()
    }


def test_the_relations_of_the_design_with_their_other_sides():
    declared = {
        (kind.name, spec.field, spec.inverse, spec.targets) for kind in KINDS.values() for spec in kind.relations
    }
    assert declared == {
        ("cause", "symptoms", "possible_causes", ("symptom",)),
        ("cause", "relief", "helps_with", ("relief",)),
        ("cause", "red_flags", "can_go_with", ("red-flag",)),
        ("symptom", "relief", "helps_with", ("relief",)),
        ("symptom", "red_flags", "can_go_with", ("red-flag",)),
        ("relief", "cautions", "take_care_with", ("cause", "guide")),
        ("relief", "red_flags", "can_go_with", ("red-flag",)),
        ("guide", "about", "read_more", ("cause", "symptom", "relief", "red-flag", "guide")),
    }


def test_a_caution_is_never_turned_into_help():
    helping = {spec.field for kind in KINDS.values() for spec in kind.relations if spec.inverse == "helps_with"}
    assert helping == {"relief"}
    cautions = [spec for kind in KINDS.values() for spec in kind.relations if spec.field == "cautions"]
    assert [(spec.inverse, spec.schema) for spec in cautions] == [("take_care_with", "")]


@ALL
def test_what_a_kind_names_is_a_field_of_it(kind):
    assert {spec.field for spec in kind.relations} | {kinds.RELATED} | set(kind.facets) <= set(kind.fields)
    assert kind.sections in kind.facets
    assert set(kind.worded) <= set(kind.facets)
    assert set(COMMON) <= set(kind.fields)
    inverses = {spec.inverse for other in KINDS.values() for spec in other.relations if kind.name in spec.targets}
    assert kind.listed_with in inverses | {spec.field for spec in kind.relations} | {""}


@ALL
def test_relations_point_at_kinds_that_exist_and_never_share_a_name_with_a_field(kind):
    for spec in kind.relations:
        assert set(spec.targets) <= set(KINDS)
        for target in spec.targets:
            assert spec.inverse not in KINDS[target].fields


@ALL
def test_required_fields_say_what_they_are_and_their_examples_can_be_read(kind):
    """``build.py new`` writes them."""
    report = Reporter("x.md")
    for name, field in kind.fields.items():
        assert field.help
        assert field.example or not field.required
        if field.example:
            node = read_yaml(f"{name}: {field.example.replace('TODAY', '2026-11-22')}\n", report)
            assert node is not None
            assert isinstance(node.value, Mapping)
            field.read(node.value[0].node, report)
    assert report.findings == []


def test_a_heading_is_asked_for_on_both_sides_of_each_relation():
    words = relation_words()
    assert len(set(words)) == len(words)
    assert {
        "cause.symptoms",
        "symptom.possible_causes",
        "relief.helps_with",
        "relief.cautions",
        "cause.take_care_with",
        "guide.take_care_with",
    } <= set(words)
    assert {f"{kind}.related" for kind in KINDS} | {f"{kind}.read_more" for kind in KINDS} <= set(words)
    assert "relief.take_care_with" not in words
