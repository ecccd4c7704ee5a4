"""JSON Schema of what an author may write, from the tables of fields that read it: for editors' programs.

A schema helps while writing, and knows one file only; ``build.py check`` decides. It is as strict as the reader of the
front matter, or less.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from healthsite import fields
from healthsite.fields import Choice, Field, Listing, Placed, Reader, Record, Table
from healthsite.kinds import KINDS
from healthsite.library import PERSON, REFERENCE, TERM

FOLDER = "schemas"
_DIALECT = "http://json-schema.org/draft-07/schema#"  # the newest that all editors' programs know
_TEXT = {"type": ["string", "number", "boolean"]}  # a number or a date is taken as written


def schemas() -> dict[str, str]:
    """Every schema as JSON, by its path relative to the root."""
    found = {kind.name: _object(kind.fields) for kind in KINDS.values()}
    for name, table in (("references", REFERENCE), ("glossary", TERM), ("people", PERSON)):
        found[name] = {"type": ["object", "null"], "additionalProperties": _object(table)}
    return {f"{FOLDER}/{name}.schema.json": _dumped(name, schema) for name, schema in found.items()}


def _dumped(name: str, schema: dict[str, Any]) -> str:
    named = {"$schema": _DIALECT, "title": name, "$comment": "Written by build.py schema; not by hand.", **schema}
    return json.dumps(named, ensure_ascii=False, indent=2) + "\n"


def _object(table: Mapping[str, Field]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in table.items()},
        "required": [name for name, field in table.items() if field.required],
        "additionalProperties": False,
    }


def _field(field: Field) -> dict[str, Any]:
    """A field with its help. One that may be left out may be left empty, too."""
    schema = of_reader(field.read)
    if not field.required:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        schema["type"] = [*kinds, "null"]
        if "enum" in schema:
            schema["enum"] = [*schema["enum"], None]
    elif "array" in schema["type"]:
        schema["minItems"] = 1
    return {"description": field.help, **schema} if field.help else schema


def of_reader(read: Reader) -> dict[str, Any]:
    """What a reader takes. Raises ``LookupError`` for a reader that nobody has told of here."""
    match read:
        case Choice(names):
            return {"type": "string", "enum": list(names)}
        case Listing(item):
            return {"type": "array", "items": of_reader(item)}
        case Placed(item):
            return of_reader(item)
        case Record(inner):
            return _object(inner)
        case Table(value, None):
            return {"type": "object", "additionalProperties": of_reader(value)}
    if read is fields.step:
        return _object(fields.STEP) | {"type": [*_TEXT["type"], "object"]}
    for known, schema in _plain():
        if read is known:
            return dict(schema)
    raise LookupError(f"no schema is known for {read}")


def _plain() -> tuple[tuple[Reader, dict[str, Any]], ...]:
    return (
        (fields.text, _TEXT),
        (fields.markdown, _TEXT),
        (fields.flag, {"type": "boolean"}),
        (fields.number, {"type": "integer", "minimum": 0}),
        (fields.date, {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    )
