import json

import pytest

from tests.tools import schema_org
from tests.tools.jsonld import RECOGNISE, check

CONTEXT = {"@context": "https://schema.org"}


def thing(type_: str, **properties: object) -> dict[str, object]:
    return {"@type": type_, **properties}


def page(**properties: object) -> dict[str, object]:
    return CONTEXT | {"@type": "MedicalWebPage", "name": "Leg cramps"} | properties


def condition(**properties: object) -> dict[str, object]:
    return CONTEXT | {"@type": "MedicalCondition", "name": "Leg cramp"} | properties


FULL = {
    "@context": "https://schema.org",
    "@graph": [
        {
            "@type": "MedicalWebPage",
            "@id": "https://example.org/causes/dehydration/#page",
            "url": "https://example.org/causes/dehydration/",
            "inLanguage": "en",
            "dateModified": "2026-03-01",
            "datePublished": "2026-03-01T09:00:00+01:00",
            "lastReviewed": "2026-03-01",
            "isPartOf": {"@id": "https://example.org/#site"},
            "mainEntity": {"@id": "https://example.org/causes/dehydration/#it"},
            "breadcrumb": {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": 1, "name": "Home", "item": {"@id": "https://example.org/"}},
                    {"@type": "ListItem", "position": 2, "name": "Causes"},
                ],
            },
            "citation": [
                {
                    "@type": "ScholarlyArticle",
                    "name": "A trial",
                    "author": [{"@type": "Person", "name": "A. B."}],
                    "sameAs": "https://doi.org/10.1/x",
                    "isPartOf": {"@type": "Periodical", "name": "A journal", "issn": "1234-5678"},
                }
            ],
            "medicalAudience": {"@type": "Patient"},
            "specialty": "https://schema.org/Musculoskeletal",
        },
        {
            "@type": "MedicalCondition",
            "@id": "https://example.org/causes/dehydration/#it",
            "name": "Leg cramp",
            "alternateName": ["Charley horse"],
            "code": {"@type": "MedicalCode", "codeValue": "R25.2", "codingSystem": "ICD-10"},
            "cause": [{"@type": "MedicalCause", "name": "Dehydration"}],
            "riskFactor": {"@type": "MedicalRiskFactor", "name": "Age"},
            "signOrSymptom": [
                {"@type": "MedicalSymptom", "name": "Pain"},
                {"@type": "MedicalSign", "name": "Swelling"},
            ],
            "possibleTreatment": {"@type": "MedicalTherapy", "name": "Stretching", "contraindication": "An injury"},
            "relevantSpecialty": "PrimaryCare",
        },
        {
            "@type": "WebSite",
            "@id": "https://example.org/#site",
            "name": "Leg cramps",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {"@type": "EntryPoint", "urlTemplate": "https://example.org/search/?q={query}"},
                "query-input": "required name=query",
            },
            "publisher": {"@type": "Organization", "name": "Us", "logo": "https://example.org/logo.png"},
        },
        {
            "@type": ["FAQPage", "MedicalWebPage"],
            "name": "Questions",
            "mainEntity": [
                {"@type": "Question", "name": "Why?", "acceptedAnswer": {"@type": "Answer", "text": "Nobody knows."}}
            ],
            "audience": {"@type": "PeopleAudience", "suggestedMinAge": 18},
        },
        {
            "@type": "CollectionPage",
            "name": "Glossary",
            "mainEntity": {
                "@type": "DefinedTermSet",
                "name": "Glossary",
                "hasDefinedTerm": [{"@type": "DefinedTerm", "name": "Calf", "description": "A muscle"}],
            },
        },
    ],
}

SILENT = [
    FULL,
    json.loads(json.dumps(FULL)),
    [page(), condition()],
    {"@context": "http://schema.org/", "@type": "Thing"},
    page(about=thing("Drug", nonProprietaryName="quinine", isProprietary=False)),
    page(timeRequired="PT5M", wordCount=900, version=1.5),
    # Another page may say what stands behind a reference.
    page(about={"@id": "https://example.org/other/#it"}),
]

FIRES = [
    (page(mainEntitty=thing("Thing")), "MedicalWebPage has no property “mainEntitty”; “mainEntity” is meant?"),
    (page(signOrSymptom=thing("MedicalSymptom")), "it belongs to MedicalCondition"),
    (page(about=thing("MedicalSymptoms")), "there is no type “MedicalSymptoms”; “MedicalSymptom” is meant?"),
    (page(about={"name": "Pain"}), "MedicalWebPage.about: has no @type"),
    (page(about=thing("DDxElement", diagnosis=thing("MedicalTherapy"))), "about.diagnosis: expected MedicalCondition"),
    (condition(cause="Dehydration"), "MedicalCondition.cause: expected MedicalCause, found 'Dehydration'"),
    (
        condition(cause=[thing("MedicalCause"), thing("MedicalRiskFactor")]),
        "cause[1]: expected MedicalCause, found Med",
    ),
    (condition(signOrSymptom=thing("MedicalCondition")), "expected MedicalSignOrSymptom, found MedicalCondition"),
    (condition(code="R25.2"), "expected MedicalCode"),
    (condition(relevantSpecialty="Feet"), "expected MedicalSpecialty, found 'Feet'"),
    (condition(relevantSpecialty="Clinician"), "expected MedicalSpecialty, found 'Clinician'"),
    (condition(name=3), "expected Text, found 3"),
    (condition(name=""), "MedicalCondition.name: is empty"),
    (condition(alternateName=[]), "alternateName: is an empty list"),
    (condition(alternateName=[None]), "alternateName[0]: is empty"),
    (condition(url="/causes/"), "expected URL, found '/causes/'"),
    (condition(name={"@id": "#x"}), "expected Text, found a reference"),
    (page(lastReviewed="2026-02-30"), "expected Date"),
    (page(lastReviewed="2026-W01-1"), "expected Date"),
    (page(lastReviewed="2026-03-01T10:00:00Z"), "expected Date"),
    (page(dateModified="yesterday"), "expected Date or DateTime"),
    (page(timeRequired="5 minutes"), "expected Duration"),
    (page(wordCount="900"), "expected Integer"),
    (page(wordCount=True), "expected Integer"),
    (page(isAccessibleForFree="yes"), "expected Boolean"),
    (page(medicalAudience="Patient"), "expected MedicalAudience or MedicalAudienceType"),
    (page(**{"@value": "x"}), "has no property “@value”"),
    (page(**{"@id": ""}), "an @id is empty"),
    (page(**{"about-input": "x"}), "has no property “about-input”"),
    (thing("MedicalWebPage"), "@context is None instead of https://schema.org"),
    (CONTEXT | {"name": "x"}, "has no @type"),
    (CONTEXT | {"@graph": ["x"]}, "a node is an object with a type, not 'x'"),
    ("x", "a document is an object with a type, not 'x'"),
    ([], "the document is empty"),
    (
        CONTEXT
        | {
            "@graph": [
                thing("WebPage", breadcrumb={"@id": "#it"}),
                {"@id": "#it"} | thing("MedicalCondition"),
            ]
        },
        "WebPage.breadcrumb: expected BreadcrumbList or Text, found a reference to MedicalCondition",
    ),
]


@pytest.mark.parametrize("data", SILENT)
def test_silent(data):
    assert check(data) == []


@pytest.mark.parametrize("data, message", FIRES)
def test_fires(data, message):
    found = check(data)
    assert len(found) == 1
    assert message in found[0]


def test_everything_wrong_is_said_at_once():
    assert len(check(condition(cause="x", stage="y", nothing="z"))) == 3


def test_the_table_names_only_what_it_holds():
    known = schema_org.PARENTS.keys() | schema_org.DATA_TYPES
    parents = {parent for above in schema_org.PARENTS.values() for parent in above}
    ranges = {range_ for own in schema_org.PROPERTIES.values() for values in own.values() for range_ in values}
    assert parents | ranges | set(schema_org.MEMBERS.values()) <= known
    assert set(RECOGNISE) == schema_org.DATA_TYPES


def test_the_table_gives_a_property_one_meaning_on_a_type():
    for type_ in schema_org.PARENTS:
        above = schema_org.with_all_above(type_)
        for name, ranges in schema_org.properties_of(type_).items():
            assert all(schema_org.PROPERTIES[owner].get(name, ranges) == ranges for owner in above), (type_, name)


def test_every_type_leads_up_to_thing():
    assert all("Thing" in schema_org.with_all_above(type_) for type_ in schema_org.PARENTS)
