"""The bibliography, the glossary and the people who check: the YAML files of ``content/``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from healthsite import urls
from healthsite.digest import of_value
from healthsite.fields import Field, Reporter, choice, entries, flag, listing, read_record, read_yaml, text
from healthsite.model import EDITORS, REFERENCE_TYPES, Finding, Person, Reference, Source, Term, Word
from healthsite.plainyaml import Node

REFERENCE: Mapping[str, Field] = {
    "type": Field(choice(*REFERENCE_TYPES), "the kind of source", required=True, default=""),
    "authors": Field(listing(text), "as published: family name, initials", default=()),
    "title": Field(text, "as published", required=True, default=""),
    "container": Field(text, "the journal or site", default=""),
    "year": Field(text, "the year of publication", default=""),
    "volume": Field(text, "", default=""),
    "issue": Field(text, "", default=""),
    "pages": Field(text, "", default=""),
    "doi": Field(text, "without an address before it", default=""),
    "pmid": Field(text, "", default=""),
    "url": Field(text, "", default=""),
}
TERM: Mapping[str, Field] = {
    "forms": Field(listing(text), "plurals and other forms", default=()),
    "definition": Field(text, "one plain sentence", required=True, default=""),
}
PERSON: Mapping[str, Field] = {
    "name": Field(text, "as readers should see it", required=True, default=""),
    "role": Field(text, "what makes this person fit to check, like: pharmacist", default=""),
    "link": Field(text, "where a reader can see that it is so, with https://", default=""),
    "clinician": Field(flag, "true: a clinician; needs a role and a link", default=False),
}
_ID = re.compile(r"[A-Za-z0-9][\w.:-]*")


def read_references(path: str, source: str) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
    """The bibliography, in order of its ids."""
    report = Reporter(path)
    found = []
    for name, place, node in _entries(source, report):
        if not _ID.fullmatch(name):
            report(place, "reference", f"“{name}” can't be cited", "use letters, digits, hyphens, dots and underscores")
        values = read_record(node, REFERENCE, report)
        _check_findable(values, place, name, report)
        found.append(Reference(id=name, **values, line=place[0], column=place[1]))
    return tuple(sorted(found)), tuple(report.findings)


def _check_findable(values: dict[str, Any], place: tuple[int, int], name: str, report: Reporter) -> None:
    """A source that a reader can't look up is no source."""
    in_print = values["container"] and values["year"] and values["pages"]
    if not (values["doi"] or values["pmid"] or values["url"] or in_print):
        hint = "give a doi, a pmid or a url, or else container, year and pages"
        report(place, "reference", f"a reader can't find the source “{name}”", hint)
    if values["url"] and urls.scheme(values["url"]) not in ("http", "https"):
        report(place, "reference", f"“{values['url']}” is not an address", "write it whole, with https://")
    if values["doi"] and not re.fullmatch(r"10\.\d{4,9}/\S+", values["doi"]):
        report(
            place, "reference", f"“{values['doi']}” is not a doi", "a doi begins with 10. and has no address before it"
        )
    if values["pmid"] and not values["pmid"].isdigit():
        report(place, "reference", f"“{values['pmid']}” is not a PMID", "a PMID has digits only")


def read_glossary(path: str, source: str) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """The glossary, in order of its terms."""
    report = Reporter(path)
    found = []
    seen: dict[str, str] = {}
    for name, place, node in _entries(source, report):
        values = read_record(node, TERM, report)
        for form in (name, *values["forms"]):
            # Capitals after the first letter are all that tells two forms apart in a text.
            told_by = form if form[1:] != form[1:].lower() else form.lower()
            if seen.setdefault(told_by, name) != name:
                report(
                    place,
                    "glossary",
                    f"“{form}” is given to two terms: “{seen[told_by]}” and “{name}”",
                    "a form belongs to one term",
                )
        found.append(Term(name=name, **values, line=place[0], column=place[1]))
    return tuple(sorted(found, key=lambda term: (term.name.casefold(), term.name))), tuple(report.findings)


def read_people(path: str, source: str) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    """The people who check articles, in order of their ids. Readers must be able to see who a clinician is."""
    report = Reporter(path)
    found = []
    for name, place, node in _entries(source, report):
        if name == EDITORS or not urls.is_slug(name):
            hint = f"“{EDITORS}” needs no entry" if name == EDITORS else "use lower-case letters, digits and hyphens"
            report(place, "person", f"“{name}” can't be the id of a person", hint)
        values = read_record(node, PERSON, report)
        missing = [field for field in ("role", "link") if not values[field]]
        if values["clinician"] and missing:
            message = f"“{name}” is named as a clinician without a {' and a '.join(missing)}"
            report(place, "person", message, "readers must be able to see who it is, and that it is so")
        if values["link"] and urls.scheme(values["link"]) not in ("http", "https"):
            report(place, "person", f"“{values['link']}” is not an address", "write it whole, with https://")
        found.append(Person(name, values["name"], values["role"], values["link"], values["clinician"]))
    return tuple(sorted(found)), tuple(report.findings)


def _entries(source: str, report: Reporter) -> list[tuple[str, tuple[int, int], Node]]:
    node = read_yaml(source, report)
    if node is None:
        return []
    listed = entries(node)
    if listed is None:
        report.node(node, "a mapping (name: fields) is needed here")
        return []
    return [(entry.key, (entry.key_line, entry.key_column), entry.node) for entry in listed]


def dump(items: tuple[Reference, ...] | tuple[Term, ...], findings: tuple[Finding, ...]) -> bytes:
    """A read file as JSON, for the store; each entry with its digest."""
    digested = [(item, of_value(item[:-2])) for item in items]
    return json.dumps((digested, findings), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load_references(data: bytes) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """What :func:`dump` wrote of references."""
    items, findings = json.loads(data)
    return tuple([Source(Reference._make(row), digest) for row, digest in items]), _findings(findings)


def load_glossary(data: bytes) -> tuple[tuple[Word, ...], tuple[Finding, ...]]:
    """What :func:`dump` wrote of terms."""
    items, findings = json.loads(data)
    return tuple([Word(Term._make(row), digest) for row, digest in items]), _findings(findings)


def dump_people(people: tuple[Person, ...], findings: tuple[Finding, ...]) -> bytes:
    """People as JSON, for the store."""
    return json.dumps((people, findings), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def load_people(data: bytes) -> tuple[tuple[Person, ...], tuple[Finding, ...]]:
    """What :func:`dump_people` wrote."""
    people, findings = json.loads(data)
    return tuple([Person._make(row) for row in people]), _findings(findings)


def _findings(rows: list[list[Any]]) -> tuple[Finding, ...]:
    return tuple(Finding._make(row) for row in rows)
