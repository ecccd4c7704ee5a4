"""Structured data: what the vocabulary allows, and nothing that the page does not say."""

import json
import re
from html import unescape
from typing import Any

import pytest

from healthsite.render import environment, render
from healthsite.structured import json_ld
from tests.linked import TEMPLATES, TODAY, Linked, article, config
from tests.tools.jsonld import check

REFERENCES = """\
who: {type: review, authors: [A B], title: What is so, url: 'https://example.org/so', year: 2020}
print: {type: review, title: In print, container: J, year: 2020, pages: "1"}
"""
SITE = {
    "causes/thirst": article(
        "cause", "So. [@who; @print]\n", title="Thirst", also_called=["dryness", "lack of water"], symptoms=["pain"], relief=["drink"],
        red_flags=["clot"], codes={"mesh": ["D003681"], "icd10": ["E86"], "snomed": ["1"], "icd11": ["2"], "icd10cm": ["3"]},
    ),
    "symptoms/pain": article("symptom", title="Pain", relief=["drink"]),
    "relief/drink": article("relief", title="Drink", cautions=["causes/thirst"]),
    "relief/calf-stretch": article("relief", title="Calf stretch"),
    "red-flags/clot": article("red-flag", title="Swollen & warm", general=True, urgency="emergency", also_called=["DVT"]),
    "guides/basics": article(
        "guide", title="Basics", about=["causes/thirst", "guides/more"], aliases=["guides/old"],
        questions=[{"question": "How long? Call {advice-line}", "answer": "Less than **5** & more. The calf, `a < b`. [@who]\n"}],
    ),
    "guides/more": article("guide", title="More"),
}  # fmt: skip
LINKED = Linked(SITE, references=REFERENCES, glossary="calf: {definition: A muscle.}")
ADDRESSES = [address for address in LINKED.pages() if address.endswith("/")]


def data(address: str, linked: Linked = LINKED, **options: Any) -> Any:
    text = json_ld(linked.view(address, **options))
    return json.loads(text) if text else None


def node(address: str, kind: str, **options: Any) -> Any:
    (found,) = (item for item in data(address, **options)["@graph"] if item["@type"] == kind)
    return found


@pytest.mark.parametrize("base_url", ["", "https://example.org/a/health"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_vocabulary_allows_all_of_it(address, base_url):
    found = data(address, base_url=base_url)
    if found is not None:
        assert check(found) == []
        assert found["@context"] == "https://schema.org"


def test_every_article_and_every_index_of_a_kind_and_the_home_page_have_some():
    with_data = {address for address in ADDRESSES if data(address)}
    kinds = {f"/{folder}/" for folder in ("causes", "symptoms", "relief", "red-flags", "guides")}
    sheets = {f"/sheets/{name}/" for name in config().sheets}
    assert with_data == {"/", *kinds, *sheets, *(f"/{name}/" for name in SITE)}


@pytest.mark.parametrize("address, kind", [
    ("/causes/thirst/", "MedicalCondition"),
    ("/symptoms/pain/", "MedicalSymptom"),
    ("/relief/drink/", "MedicalTherapy"),
    ("/red-flags/clot/", "MedicalSignOrSymptom"),
])  # fmt: skip
def test_an_articles_page_is_about_its_medical_thing(address, kind):
    page = node(address, "MedicalWebPage")
    assert [(thing["@type"], thing["name"]) for thing in page["about"]] == [(kind, LINKED.view(address).title)]
    assert (page["lastReviewed"], page["dateModified"]) == ("2026-11-01", "2026-11-01")
    assert page["inLanguage"] == config().language


def test_a_cause_names_its_other_names_codes_symptoms_and_treatments():
    (thing,) = node("/causes/thirst/", "MedicalWebPage")["about"]
    assert thing["alternateName"] == ["dryness", "lack of water"]
    assert [(code["codingSystem"], code["codeValue"]) for code in thing["code"]] == [
        ("MeSH", "D003681"),
        ("ICD-10", "E86"),
        ("SNOMED CT", "1"),
        ("ICD-11", "2"),
        ("ICD-10-CM", "3"),
    ]
    assert [(item["@type"], item["name"], item["url"]) for item in thing["signOrSymptom"]] == [
        ("MedicalSymptom", "Pain", "https://example.org/symptoms/pain/")
    ]
    assert [(item["@type"], item["name"]) for item in thing["possibleTreatment"]] == [("MedicalTherapy", "Drink")]


def test_a_caution_is_never_a_treatment():
    linked = Linked({"relief/r": article("relief", cautions=["causes/c"]), "causes/c": article("cause")})
    assert "possibleTreatment" not in json_ld(linked.view("/causes/c/"))
    assert "causes/c" not in json.dumps(data("/relief/r/", linked)["@graph"][0])


def test_a_guide_is_about_other_articles_and_its_questions_are_a_page_of_questions():
    page = node("/guides/basics/", "MedicalWebPage")
    assert [(thing["@type"], thing["name"]) for thing in page["about"]] == [
        ("MedicalCondition", "Thirst"),
        ("MedicalWebPage", "More"),
    ]
    (question,) = node("/guides/basics/", "FAQPage")["mainEntity"]
    assert question["name"] == f"How long? Call {config().numbers['advice-line']}"
    assert question["acceptedAnswer"]["text"].startswith("Less than 5 & more. The calf (A muscle.) , a < b.")
    assert "FAQPage" not in json_ld(LINKED.view("/guides/more/"))


def test_sources_are_citations_with_the_address_at_which_they_are_found():
    assert node("/causes/thirst/", "MedicalWebPage")["citation"] == [
        {"@type": "CreativeWork", "url": "https://example.org/so"},
        {"@type": "CreativeWork", "name": "In print"},
    ]


@pytest.mark.parametrize(
    "base_url, start", [("https://e.org", "https://e.org/"), ("https://e.org/a/b/", "https://e.org/a/b/")]
)
def test_the_breadcrumb_holds_whole_addresses(base_url, start):
    steps = node("/causes/thirst/", "BreadcrumbList", base_url=base_url)["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert re.findall(r'https://[^"]*', json.dumps(steps)) == [start, f"{start}causes/", f"{start}causes/thirst/"]


# --- safe inside a page ------------------------------------------------------------------------------------------------

NASTY = "</script><script>alert(1)</script><!-- & ]]> '\""


def test_no_text_can_end_the_script_that_it_stands_in():
    linked = Linked({"causes/c": article("cause", title=NASTY, summary=NASTY, also_called=[NASTY])})
    text = json_ld(linked.view("/causes/c/"))
    assert not set("<>&") & set(text)
    found = json.loads(text)["@graph"][0]
    assert [found["name"], found["description"], *found["about"][0]["alternateName"]] == [NASTY] * 3
    page = render(environment(TEMPLATES), "cause.html", linked.view("/causes/c/"))
    assert isinstance(page, bytes)
    scripts = re.findall(r"<script(?! src)[^>]*>(.*?)</script>", page.decode(), re.DOTALL)
    assert scripts == [text]


# --- only what the page says -------------------------------------------------------------------------------------------


def texts(value: Any, name: str = "") -> list[tuple[str, str]]:
    """Every text in the data for readers, with its property's name."""
    if isinstance(value, dict):
        return [found for key, item in value.items() for found in texts(item, key)]
    if isinstance(value, list):
        return [found for item in value for found in texts(item, name)]
    return [(name, value)] if isinstance(value, str) else []


UNSAID = {"@type", "@id", "@context", "url", "item", "inLanguage", "codeValue", "codingSystem"}
"""Properties that are for machines: addresses, kinds of thing, codes."""


@pytest.mark.parametrize("address", [f"/{name}/" for name in SITE] + ["/", "/causes/"])
def test_it_says_only_what_the_page_says(address):
    view = LINKED.view(address)
    page = render(environment(TEMPLATES), LINKED.pages()[address].template, view)
    assert isinstance(page, bytes)
    body = re.sub(r"<script.*?</script>", "", page.decode(), flags=re.DOTALL)
    shown = " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())
    dates = re.findall(r'datetime="([^"]*)"', body)
    described = re.findall(r'<meta name="description" content="([^"]*)"', body)
    said = [text for name, text in texts(data(address)) if name not in UNSAID]
    assert said
    publisher = config().publisher  # stands on the page about the site, to which every page links
    for text in said:
        assert text in shown or text in dates or text in map(unescape, described) or text == publisher, text


def test_the_home_page_is_the_site():
    site = node("/", "WebSite")
    assert (site["name"], site["url"]) == (config().title, "https://example.org/")
    assert TODAY not in json.dumps(site)


def test_somebody_whom_readers_can_look_up_is_named_as_the_one_who_checked():
    people = "may: {name: Dr May, role: nurse, link: 'https://e.org/may', clinician: true}\nzoe: {name: Zoe}\n"
    text = article("cause", reviewed={"on": "2026-11-01", "by": ["editors", "zoe", "may"]})
    linked = Linked({"causes/a": text, "causes/b": article("cause")}, people=people)
    page, other = (data(address, linked)["@graph"][0] for address in ("/causes/a/", "/causes/b/"))
    assert page["reviewedBy"] == [
        {"@type": "Person", "name": "Dr May", "url": "https://e.org/may", "jobTitle": "nurse"}
    ]
    assert check(data("/causes/a/", linked)) == []
    assert "reviewedBy" not in other
