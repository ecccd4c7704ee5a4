"""The words by which the checks of a text know a promise, a dose, a hedge: ``wording:`` in ``config.yaml``.

A word that is not given is not looked for, so a site in another language, or about another topic, brings its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from healthsite.fields import Field, Reporter, listing, read_record, record, table, text
from healthsite.model import CERTAINTIES
from healthsite.plainyaml import Node


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that goes with some words: an article that uses one of ``terms`` must use one of ``says``, or lead
    to one of ``leads_to`` (ids of articles). ``because`` is told to the editor.
    """

    terms: tuple[str, ...]
    says: tuple[str, ...]
    leads_to: tuple[str, ...]
    because: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Words and phrases, in lower case, every form of a word by itself. ``hedges`` go by certainty; ``plain_words``
    gives a medical term's plain word.
    """

    promises: tuple[str, ...] = ()
    fears: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()
    complaint: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    hedges: Mapping[str, tuple[str, ...]] | None = None
    denials: tuple[str, ...] = ()
    stopping: tuple[str, ...] = ()
    asking: tuple[str, ...] = ()
    calling: tuple[str, ...] = ()
    emergency_numbers: tuple[str, ...] = ()
    doses: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    number_words: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    clicks: tuple[str, ...] = ()
    empty_links: tuple[str, ...] = ()
    empty_pictures: tuple[str, ...] = ()
    plain_words: Mapping[str, str] | None = None
    abbreviations: tuple[str, ...] = ()
    warnings: tuple[Warned, ...] = ()


_words = listing(text)


def _list(help_text: str) -> Field:
    return Field(_words, help_text, default=())


_WARNED = record(
    {
        "terms": Field(_words, "the words that ask for the warning", required=True, default=()),
        "says": Field(_words, "words of which the article must use one", required=True, default=()),
        "leads_to": Field(_words, "folder/slug of articles that say it: a link to one will do", default=()),
        "because": Field(text, "why, for the editor", required=True, default=""),
    }
)

_FIELDS: Mapping[str, Field] = {
    "promises": _list("words that promise too much"),
    "fears": _list("words that frighten"),
    "vague": _list("chances without figures"),
    "complaint": _list("names of the complaint"),
    "claims": _list("words that say that something works"),
    "causes": _list("words that say that something is the cause"),
    "hedges": Field(table(_words, keys=CERTAINTIES), "by certainty: words that say how sure it is", default=None),
    "denials": _list("words that turn a sentence round"),
    "stopping": _list("words that tell to stop a medicine"),
    "asking": _list("words by which that becomes a question to ask first"),
    "calling": _list("words for making a telephone call"),
    "emergency_numbers": _list("emergency numbers of any country"),
    "doses": _list("units of a dose"),
    "facts": _list("words that only a sentence about evidence has"),
    "number_words": _list("numbers in words that are figures here"),
    "counted": _list("what such a number counts"),
    "clicks": _list("phrases that only a mouse understands"),
    "empty_links": _list("texts of links that say nothing"),
    "empty_pictures": _list("how a picture's text must not begin"),
    "plain_words": Field(table(text), "a medical term's plain word, which comes first", default=None),
    "abbreviations": _list("abbreviations that every reader knows"),
    "warnings": Field(listing(_WARNED), "warnings that go with some words", default=()),
}


def wording(node: Node, report: Reporter) -> Wording:
    """A reader of all the words, in lower case where case says nothing."""
    values: dict[str, Any] = read_record(node, _FIELDS, report)
    for name, value in values.items():
        if isinstance(value, tuple) and name not in ("warnings", "abbreviations"):
            values[name] = _lower(value)
    hedges, plain = values["hedges"], values["plain_words"]
    values["hedges"] = hedges and {name: _lower(words) for name, words in hedges.items()}
    values["plain_words"] = plain and {term.lower(): word.lower() for term, word in plain.items()}
    values["warnings"] = tuple(
        Warned(**{**item, "terms": _lower(item["terms"]), "says": _lower(item["says"])}) for item in values["warnings"]
    )
    return Wording(**values)


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
