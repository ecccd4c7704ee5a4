"""The table of kinds: what folder an article stands in, what it may say of itself, and how it is linked with others.

A new kind is an entry here, its template, and its words in ``config.yaml``. No words of the site stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from healthsite.fields import Field, choice, date, flag, listing, markdown, placed, record, step, table, text
from healthsite.model import CERTAINTIES, URGENCIES, Step

LINKS = ("cause", "associated", "doubtful", "look-alike")
EFFECTS = ("helps", "no-difference", "unclear", "harms")
APPROACHES = ("now", "prevention", "supplement", "treatment")
CODE_SYSTEMS = ("icd10", "icd10cm", "icd11", "mesh", "snomed")
RELATED = "related"


@dataclass(frozen=True, slots=True)
class RelationSpec:
    """A relation: the field that declares it, the kinds it may point at, and the name it has on the other side.

    ``schema`` is the schema.org property that says the same, empty where there is none.
    """

    field: str
    targets: tuple[str, ...]
    inverse: str
    schema: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of article.

    ``facets`` are the fields whose value sorts the article, ``worded`` those whose words are in ``config.yaml``;
    ``sections`` is the facet by which the kind's index is divided, ``listed_with`` the relation that the index shows.
    ``schema_type`` is the schema.org type of what an article is about, empty where it is about other articles.
    """

    name: str
    folder: str
    fields: Mapping[str, Field]
    relations: tuple[RelationSpec, ...]
    facets: tuple[str, ...]
    sections: str
    worded: tuple[str, ...]
    schema_type: str
    listed_with: str = ""

    @property
    def template(self) -> str:
        """The template of the kind's articles."""
        return f"{self.name}.html"


_slugs = listing(placed(text))

_reviewed = record(
    {
        "on": Field(date, "the day of the last check, as YYYY-MM-DD", required=True),
        "by": Field(listing(text), "who checked: editors, or ids of people.yaml", required=True, default=()),
        "seal": Field(placed(text), "written by the review command, never by hand", default=("", 1, 1)),
    }
)
_change = record(
    {
        "on": Field(date, "the day of the change", required=True),
        "note": Field(text, "what changed, for readers", required=True),
        "minor": Field(flag, "true: the meaning stayed as it was, and nobody signed it off", default=False),
    }
)

UNSEALED = ("reviewed", "changes", "draft", "publish_on", "aliases", "silenced")
"""The fields that say nothing of the article's subject: all others are under the review seal."""
_SILENCED = record(
    {
        "check": Field(placed(text), "the name of a check", required=True, default=("", 1, 1)),
        "reason": Field(text, "why the finding stands", required=True, default=""),
    }
)

COMMON: dict[str, Field] = {
    "title": Field(text, "what the article is about, in plain words", "A title in plain words", required=True),
    "summary": Field(text, "one plain sentence that tells the answer", "One sentence that says it all.", required=True),
    "also_called": Field(listing(text), "other names that people search for", "[]", default=()),
    "aliases": Field(listing(placed(text)), "old addresses of this article, as folder/slug", "[]", default=()),
    "related": Field(_slugs, "slugs of the same kind; written on one side, shown on both", "[]", default=()),
    "codes": Field(
        table(listing(text), keys=None), f"standard codes, by system: {', '.join(CODE_SYSTEMS)}", "{}", default=None
    ),
    "reviewed": Field(_reviewed, "the last check against the sources", "{on: TODAY, by: [editors]}", required=True),
    "changes": Field(
        listing(_change),
        "what readers are told of its history; newest first",
        "[{on: TODAY, note: First published.}]",
        required=True,
        default=(),
    ),
    "draft": Field(flag, "true: not published", "true", default=False),
    "publish_on": Field(date, "not published before this day", default=""),
    "silenced": Field(listing(_SILENCED), "findings that stand, each with its check and the reason", "[]", default=()),
}

_RED_FLAGS = Field(_slugs, "slugs in red-flags/: what can go with it and needs help", "[]", default=())
_RELIEF = Field(_slugs, "slugs in relief/: what helps with it, where the evidence says so", "[]", default=())
_CERTAINTY = Field(choice(*CERTAINTIES), "how sure the evidence is: " + ", ".join(CERTAINTIES), "weak", required=True)

_STEPS = record(
    {
        "position": Field(step, "how to sit, stand or lie", required=True, default=(Step(""), 1, 1)),
        "actions": Field(listing(step), "what to do, step by step", required=True, default=()),
        "hold": Field(text, "how long to hold", default=""),
        "repeats": Field(text, "how often", default=""),
        "mistakes": Field(listing(text), "what goes wrong", default=()),
    }
)
_HOW_TO = Field(_STEPS, "what to do with the body, step by step", default=None)
_UPGRADE = record(
    {
        "urgency": Field(placed(choice(*URGENCIES)), "the higher urgency", required=True, default=("", 1, 1)),
        "signs": Field(text, "the signs; reads well after “if there is”", required=True, default=""),
    }
)
_QUESTION = record(
    {
        "question": Field(text, "the question", required=True, default=""),
        "answer": Field(markdown, "the answer, in Markdown", required=True, default=("", 1, 1)),
    }
)

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="cause",
            folder="causes",
            fields=COMMON
            | {
                "group": Field(text, "a group of causes, from config.yaml", "everyday", required=True, default=""),
                "link": Field(choice(*LINKS), "how it is linked: " + ", ".join(LINKS), "associated", required=True),
                "certainty": _CERTAINTY,
                "symptoms": Field(_slugs, "slugs in symptoms/: what it can show itself by", "[]", default=()),
                "relief": _RELIEF,
                "red_flags": _RED_FLAGS,
            },
            relations=(
                RelationSpec("symptoms", ("symptom",), "possible_causes", "signOrSymptom"),
                RelationSpec("relief", ("relief",), "helps_with", "possibleTreatment"),
                RelationSpec("red_flags", ("red-flag",), "can_go_with"),
            ),
            facets=("group", "link", "certainty"),
            sections="group",
            worded=("group",),
            schema_type="MedicalCondition",
            listed_with="symptoms",
        ),
        Kind(
            name="symptom",
            folder="symptoms",
            fields=COMMON
            | {
                "ordinary": Field(flag, "true: part of the plain complaint", "true", required=True, default=False),
                "relief": _RELIEF,
                "red_flags": _RED_FLAGS,
            },
            relations=(
                RelationSpec("relief", ("relief",), "helps_with", "possibleTreatment"),
                RelationSpec("red_flags", ("red-flag",), "can_go_with"),
            ),
            facets=("ordinary",),
            sections="ordinary",
            worded=(),
            schema_type="MedicalSymptom",
            listed_with="possible_causes",
        ),
        Kind(
            name="relief",
            folder="relief",
            fields=COMMON
            | {
                "approach": Field(
                    choice(*APPROACHES), "when it is used: " + ", ".join(APPROACHES), "now", required=True
                ),
                "effect": Field(choice(*EFFECTS), "what it does: " + ", ".join(EFFECTS), "unclear", required=True),
                "certainty": _CERTAINTY,
                "steps": _HOW_TO,
                "cautions": Field(_slugs, "folder/slug of those in whom it can do harm", "[]", default=()),
                "red_flags": _RED_FLAGS,
            },
            relations=(
                RelationSpec("cautions", ("cause", "guide"), "take_care_with"),
                RelationSpec("red_flags", ("red-flag",), "can_go_with"),
            ),
            facets=("approach", "effect", "certainty"),
            sections="approach",
            worded=(),
            schema_type="MedicalTherapy",
        ),
        Kind(
            name="red-flag",
            folder="red-flags",
            fields=COMMON
            | {
                "urgency": Field(choice(*URGENCIES), "how fast: " + ", ".join(URGENCIES), "same-day", required=True),
                "upgrade": Field(listing(_UPGRADE), "signs that make it more urgent", "[]", default=()),
                "possible_condition": Field(text, "what it can be", default=""),
                "general": Field(flag, "true: concerns everybody with the complaint", "false", default=False),
            },
            relations=(),
            facets=("urgency", "general"),
            sections="urgency",
            worded=(),
            schema_type="MedicalSignOrSymptom",
        ),
        Kind(
            name="guide",
            folder="guides",
            fields=COMMON
            | {
                "topic": Field(text, "a topic of guides, from config.yaml", "basics", required=True, default=""),
                "about": Field(_slugs, "folder/slug of the articles it is about", "[]", default=()),
                "steps": _HOW_TO,
                "questions": Field(listing(_QUESTION), "questions with their answers", default=()),
            },
            relations=(RelationSpec("about", ("cause", "symptom", "relief", "red-flag", "guide"), "read_more"),),
            facets=("topic",),
            sections="topic",
            worded=("topic",),
            schema_type="",
        ),
    )
}

FOLDERS: Mapping[str, Kind] = {kind.folder: kind for kind in KINDS.values()}


def relation_words() -> tuple[str, ...]:
    """The names under which ``config.yaml`` must give a heading to each relation, on both its sides:
    ``kind.relation``.
    """
    names: dict[str, None] = {}
    for kind in KINDS.values():
        names.setdefault(f"{kind.name}.{RELATED}")
        for relation in kind.relations:
            if relation.targets != ("red-flag",):  # these are shown as care cards, whose words go by urgency
                names.setdefault(f"{kind.name}.{relation.field}")
            for target in relation.targets:
                names.setdefault(f"{target}.{relation.inverse}")
    return tuple(names)
