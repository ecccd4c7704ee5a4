"""Hold structured data against the schema.org vocabulary: its types, which property belongs to which, and what each may hold.

Stricter than the vocabulary's own advice, which lets a plain text stand in for any thing: here a thing has its type.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from difflib import get_close_matches

from tests.tools.schema_org import DATA_TYPES, MEMBERS, PARENTS, PROPERTIES, properties_of, with_all_above

CONTEXT = re.compile(r"https?://schema\.org/?")
URL = re.compile(r"https?://[^\s/]+\S*|(mailto|tel|urn):\S+")
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")
DISTANCE = re.compile(r"\d+(\.\d+)? \w+")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\S+")

# By the @id of a node, the types that the document gives it.
Known = dict[str, set[str]]


def check(data: object) -> list[str]:
    """Return what is wrong with `data`, a parsed JSON-LD block, as `place: message`; none if the vocabulary allows all of it."""
    documents = data if isinstance(data, list) else [data]
    found: list[str] = []
    for document in documents:
        found += _document(document)
    return found if documents else ["the document is empty"]


def _document(document: object) -> Iterator[str]:
    if not isinstance(document, dict):
        yield f"a document is an object with a type, not {document!r}"
        return
    if not CONTEXT.fullmatch(str(document.get("@context"))):
        yield f"@context is {document.get('@context')!r} instead of https://schema.org"
    nodes = document["@graph"] if "@graph" in document else {k: v for k, v in document.items() if k != "@context"}
    known = _known(nodes)
    for node in nodes if isinstance(nodes, list) else [nodes]:
        if isinstance(node, dict):
            yield from _node(node, str(node.get("@type", "node")), known)
        else:
            yield f"a node is an object with a type, not {node!r}"


def _known(value: object) -> Known:
    """The types of every node below `value` that has both an @id and a @type."""
    known: Known = {}
    if isinstance(value, dict):
        if "@id" in value and "@type" in value:
            known.setdefault(str(value["@id"]), set()).update(_types(value))
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            for key, types in _known(item).items():
                known.setdefault(key, set()).update(types)
    return known


def _types(node: dict[str, object]) -> list[str]:
    given = node.get("@type")
    return [str(item) for item in given] if isinstance(given, list) else [] if given is None else [str(given)]


def _node(node: dict[str, object], place: str, known: Known) -> Iterator[str]:
    unknown = [type_ for type_ in _types(node) if type_ not in PARENTS]
    yield from (f"{place}: there is no type “{type_}”{_meant(type_, PARENTS)}" for type_ in unknown)
    types = [type_ for type_ in _types(node) if type_ in PARENTS]
    if not types:
        if not unknown:
            yield f"{place}: has no @type"
        return
    if node.get("@id") == "":
        yield f"{place}: an @id is empty"
    allowed = {name: ranges for type_ in types for name, ranges in properties_of(type_).items()}
    for name, value in node.items():
        if name in {"@id", "@type"}:
            continue
        ranges = allowed.get(name) or _annotation(name, types, allowed)
        if ranges is None:
            yield f"{place}: {_stranger(name, types, allowed)}"
            continue
        values = value if isinstance(value, list) else [value]
        if not values:
            yield f"{place}.{name}: is an empty list"
        for position, item in enumerate(values):
            suffix = f"[{position}]" if isinstance(value, list) else ""
            yield from _value(item, ranges, f"{place}.{name}{suffix}", known)


def _annotation(name: str, types: list[str], allowed: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """What an action says about its own parameters: `query-input` describes `query`."""
    parameter, _, kind = name.rpartition("-")
    is_action = any("Action" in with_all_above(type_) for type_ in types)
    return (
        ("PropertyValueSpecification", "Text")
        if is_action and kind in {"input", "output"} and parameter in allowed
        else None
    )


def _value(value: object, ranges: tuple[str, ...], place: str, known: Known) -> Iterator[str]:
    expected = f"expected {' or '.join(ranges)}"
    things = {range_ for range_ in ranges if range_ not in DATA_TYPES}
    if isinstance(value, dict) and set(value) == {"@id"}:
        types = known.get(str(value["@id"]), set()) & set(PARENTS)
        if not things:
            yield f"{place}: {expected}, found a reference"
        elif types and not _fits(types, things):
            yield f"{place}: {expected}, found a reference to {' and '.join(sorted(types))}"
    elif isinstance(value, dict):
        types = set(_types(value)) & set(PARENTS)
        if types and not _fits(types, things):
            yield f"{place}: {expected}, found {' and '.join(sorted(types))}"
        yield from _node(value, place, known)
    elif value is None or (isinstance(value, str) and not value.strip()):
        yield f"{place}: is empty"
    elif not _is_member(value, things) and not any(
        RECOGNISE[range_](value) for range_ in ranges if range_ in DATA_TYPES
    ):
        yield f"{place}: {expected}, found {value!r}"


def _fits(types: set[str], things: set[str]) -> bool:
    return any(with_all_above(type_) & things for type_ in types)


def _is_member(value: object, things: set[str]) -> bool:
    enumeration = MEMBERS.get(re.sub(r"^https?://schema\.org/", "", value)) if isinstance(value, str) else None
    return enumeration is not None and _fits({enumeration}, things)


def _stranger(name: str, types: list[str], allowed: dict[str, tuple[str, ...]]) -> str:
    owners = sorted(type_ for type_, own in PROPERTIES.items() if name in own)
    where = f", it belongs to {' and '.join(owners)}" if owners else _meant(name, allowed)
    return f"{' and '.join(types)} has no property “{name}”{where}"


def _meant(word: str, words: dict[str, tuple[str, ...]]) -> str:
    near = get_close_matches(word, words, n=1)
    return f"; “{near[0]}” is meant?" if near else ""


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_time(pattern: re.Pattern[str], read: Callable[[str], object]) -> Callable[[object], bool]:
    def recognise(value: object) -> bool:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            return False
        try:
            read(value)
        except ValueError:
            return False
        return True

    return recognise


# How a value of each data type is recognised. Text takes every string, as the vocabulary's URL is a Text too.
RECOGNISE: dict[str, Callable[[object], bool]] = {
    "Boolean": lambda value: isinstance(value, bool),
    "CssSelectorType": _is_text,
    "Date": _is_time(DATE, date.fromisoformat),
    "DateTime": _is_time(DATE_TIME, datetime.fromisoformat),
    "Distance": _matches(DISTANCE),
    "Duration": _matches(DURATION),
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Number": _is_number,
    "Text": _is_text,
    "URL": _matches(URL),
}
