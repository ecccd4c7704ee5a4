"""The bibliography, the glossary and the people: what is read, and what a reader could not use."""

import pytest

from healthsite.library import (
    dump,
    dump_people,
    load_glossary,
    load_people,
    load_references,
    read_glossary,
    read_people,
    read_references,
)
from healthsite.model import Finding, Person, Reference, Term
from tests.helpers import ROOT

FULL = """\
b-2020:
  type: rct
  authors: [Doe J, Roe R]
  title: A trial
  container: Journal
  year: 2020
  volume: "14"
  issue: "010"
  pages: 1-5
  doi: 10.1186/s13047-021-00000-0
a.site:
  type: patient-information
  title: Cramp
  url: https://example.org/cramp
"""


def reference_findings(source: str) -> list[str]:
    return [str(item).removeprefix("r.yaml:") for item in read_references("r.yaml", source)[1]]


def glossary_findings(source: str) -> list[str]:
    return [str(item).removeprefix("g.yaml:") for item in read_glossary("g.yaml", source)[1]]


def test_references_are_read_in_order_of_their_ids_with_their_places():
    references, findings = read_references("r.yaml", FULL)
    assert findings == ()
    assert references == (
        Reference("a.site", "patient-information", (), "Cramp", "", "", "", "", "", "", "", "https://example.org/cramp", 11, 1),
        Reference("b-2020", "rct", ("Doe J", "Roe R"), "A trial", "Journal", "2020", "14", "010", "1-5", "10.1186/s13047-021-00000-0", "", "", 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize("fields", [
    "doi: 10.1000/x", "pmid: 123", "url: http://example.org", "container: J\n  year: 2020\n  pages: 5",
])  # fmt: skip
def test_a_source_that_a_reader_can_find_is_silent(fields):
    assert reference_findings(f"a:\n  type: review\n  title: T\n  {fields}\n") == []


UNFINDABLE = (
    "error: a reader can't find the source “a” (give a doi, a pmid or a url, or else container, year and pages)"
)
SOURCES_WRONG = [
    ("", [f"1:1: {UNFINDABLE}"]),
    ("container: J\n  year: 2020", [f"1:1: {UNFINDABLE}"]),
    ("doi: https://doi.org/10.1000/x", ["1:1: error: “https://doi.org/10.1000/x” is not a doi (a doi begins with 10. and has no address before it)"]),
    ("doi: 10.1000/a b", ["1:1: error: “10.1000/a b” is not a doi (a doi begins with 10. and has no address before it)"]),
    ("pmid: PMC123", ["1:1: error: “PMC123” is not a PMID (a PMID has digits only)"]),
    ("url: example.org", ["1:1: error: “example.org” is not an address (write it whole, with https://)"]),
    ("url: https://[", ["1:1: error: “https://[” is not an address (write it whole, with https://)"]),
    ("url: 'https:'", ["1:1: error: “https:” is not an address (write it whole, with https://)"]),
    ("url: javascript:x", ["1:1: error: “javascript:x” is not an address (write it whole, with https://)"]),
    ("pmid: 1\n  titel: T", ["5:3: error: “titel” is not a field here (did you mean “title”?)"]),
    ("pmid: 1\n  authors: Doe J", ["5:12: error: a list is needed here (write [Doe J])"]),
]  # fmt: skip


@pytest.mark.parametrize("fields, findings", SOURCES_WRONG)
def test_a_source_that_a_reader_can_not_look_up_is_an_error(fields, findings):
    assert reference_findings(f"a:\n  type: review\n  title: T\n  {fields}\n") == findings


def test_a_type_and_a_title_are_needed():
    assert reference_findings("a:\n  type: trial\n  pmid: 1\n") == [
        "2:9: error: “trial” is not one of: systematic-review, review, guideline, regulator, rct, cohort, patient-information",
        "2:3: error: “title” is missing (as published)",
    ]


@pytest.mark.parametrize("name", ["a b", "ä", "-a", "'@a'", "a;b", "''", "a]"])
def test_an_id_that_no_text_could_cite_is_an_error(name):
    findings = reference_findings(f"{name}:\n  type: review\n  title: T\n  pmid: 1\n")
    shown = name.strip("'")
    assert findings == [f"1:1: error: “{shown}” can't be cited (use letters, digits, hyphens, dots and underscores)"]


def test_an_id_given_twice_is_an_error():
    entry = "a:\n  type: review\n  title: T\n  pmid: 1\n"
    assert reference_findings(entry * 2) == [
        "5:1: error: a is given twice; the first is on line 1 (keep one of the two)"
    ]


@pytest.mark.parametrize("source, findings", [
    ("", []), ("# none yet\n", []), ("{}\n", []),
    ("- a\n", ["1:1: error: a mapping (name: fields) is needed here"]),
    ("a: b\n", ["1:4: error: a mapping (name: value) is needed here", "1:1: error: a reader can't find the source “a” (give a doi, a pmid or a url, or else container, year and pages)"]),
])  # fmt: skip
def test_files_without_entries(source, findings):
    assert reference_findings(source) == findings


def test_terms_are_read_in_the_order_of_the_alphabet():
    source = "Zinc:\n  definition: A metal.\naorta:\n  forms: [aortas]\n  definition: The big artery.\nDVT:\n  definition: A clot.\n"
    terms, findings = read_glossary("g.yaml", source)
    assert findings == ()
    assert terms == (
        Term("aorta", ("aortas",), "The big artery.", 3, 1),
        Term("DVT", (), "A clot.", 6, 1),
        Term("Zinc", (), "A metal.", 1, 1),
    )


TERMS_WRONG = [
    ("a:\n  forms: [as]\n", ["2:3: error: “definition” is missing (one plain sentence)"]),
    ("a:\n  definition: ''\n", ["2:15: error: this text is empty"]),
    ("a:\n  form: [as]\n  definition: D.\n", ["2:3: error: “form” is not a field here (did you mean “forms”?)"]),
    ("a:\n  forms: [x]\n  definition: D.\nb:\n  forms: [y, x]\n  definition: D.\n", ["4:1: error: “x” is given to two terms: “a” and “b” (a form belongs to one term)"]),
    ("a:\n  definition: D.\nb:\n  forms: [a]\n  definition: D.\n", ["3:1: error: “a” is given to two terms: “a” and “b” (a form belongs to one term)"]),
    ("Cramp:\n  definition: D.\ncramp:\n  definition: D.\n", ["3:1: error: “cramp” is given to two terms: “Cramp” and “cramp” (a form belongs to one term)"]),
    ("AIDS:\n  definition: D.\naids:\n  definition: D.\n", []),  # capitals tell these apart in a text
    ("a:\n  forms: [a, x, x]\n  definition: D.\n", []),
]  # fmt: skip


@pytest.mark.parametrize("source, findings", TERMS_WRONG)
def test_a_term_that_can_not_be_explained_or_told_from_another_is_an_error(source, findings):
    assert glossary_findings(source) == findings


PEOPLE = """\
zoe: {name: Zoe Z}
dr-may:
  name: Dr May
  role: pharmacist
  link: https://example.org/may
  clinician: true
"""
UNSEEN = "(readers must be able to see who it is, and that it is so)"
PEOPLE_WRONG = [
    (PEOPLE, []),
    ("", []),
    ("zoe: {name: Zoe, clinician: false}", []),
    ("zoe: {}", ["1:6: error: “name” is missing (as readers should see it)"]),
    ("zoe: {name: Z, clinician: true}", [f"1:1: error: “zoe” is named as a clinician without a role and a link {UNSEEN}"]),
    ("zoe: {name: Z, clinician: true, role: nurse}", [f"1:1: error: “zoe” is named as a clinician without a link {UNSEEN}"]),
    ("zoe: {name: Z, clinician: true, link: 'https://e.org/'}", [f"1:1: error: “zoe” is named as a clinician without a role {UNSEEN}"]),
    ("zoe: {name: Z, link: e.org}", ["1:1: error: “e.org” is not an address (write it whole, with https://)"]),
    ("zoe: {name: Z, link: 'javascript:x'}", ["1:1: error: “javascript:x” is not an address (write it whole, with https://)"]),
    ("Zoe Z: {name: Z}", ["1:1: error: “Zoe Z” can't be the id of a person (use lower-case letters, digits and hyphens)"]),
    ("editors: {name: Us}", ["1:1: error: “editors” can't be the id of a person (“editors” needs no entry)"]),
    ("zoe: {name: Z, rôle: nurse}", ["1:16: error: “rôle” is not a field here (did you mean “role”?)"]),
    ("zoe: {name: Z, clinician: yes}", ["1:27: error: this is true or false (did you mean true?)"]),
]  # fmt: skip


@pytest.mark.parametrize("source, findings", PEOPLE_WRONG)
def test_a_person_whom_readers_can_not_know_is_an_error(source, findings):
    assert [str(item).removeprefix("p.yaml:") for item in read_people("p.yaml", source)[1]] == findings


def test_people_are_read_in_order_of_their_ids_and_the_store_gives_them_back():
    read = read_people("p.yaml", PEOPLE)
    assert read == (
        (
            Person("dr-may", "Dr May", "pharmacist", "https://example.org/may", True),
            Person("zoe", "Zoe Z", "", "", False),
        ),
        (),
    )
    assert load_people(dump_people(*read)) == read
    wrong = read_people("p.yaml", "zoe: {}")
    assert load_people(dump_people(*wrong)) == wrong


def test_the_store_gives_back_what_was_read():
    references, findings = read_references("r.yaml", FULL + "broken: {}\n")
    assert findings
    loaded, found = load_references(dump(references, findings))
    assert [item.reference._replace(authors=tuple(item.reference.authors)) for item in loaded] == list(references)
    assert found == findings
    terms = (Term("é\ud800", ("x", "y"), "D.", 1, 2), Term("z", (), "", 3, 1))
    words, nothing = load_glossary(dump(terms, ()))
    assert [(item.term.name, tuple(item.term.forms), item.term.definition, item.term.line) for item in words] == [
        ("é\ud800", ("x", "y"), "D.", 1),
        ("z", (), "", 3),
    ]
    assert nothing == ()
    assert isinstance(found[0], Finding)


def test_an_entrys_digest_leaves_out_where_it_stands():
    here = load_references(dump(read_references("r.yaml", FULL)[0], ()))[0]
    lower = load_references(dump(read_references("r.yaml", "# a comment\n\n" + FULL)[0], ()))[0]
    other = load_references(dump(read_references("r.yaml", FULL.replace("A trial", "The trial"))[0], ()))[0]
    assert [item.digest for item in here] == [item.digest for item in lower]
    assert [old.digest == new.digest for old, new in zip(here, other, strict=True)] == [True, False]


@pytest.mark.parametrize("name, read", [("references.yaml", read_references), ("glossary.yaml", read_glossary)])
def test_the_sites_own_files_are_read_without_a_finding(name, read):
    items, findings = read(f"content/{name}", (ROOT / "content" / name).read_text("utf-8"))
    assert findings == ()
    assert items
