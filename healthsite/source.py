"""One file → :class:`Parsed`: its bytes, its front matter and its text. Knows nothing of any other file.

Runs in worker processes: the result depends on the path and the bytes, and on nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from healthsite import drawings, kinds, urls
from healthsite.fields import Reporter, entries, read_record, read_yaml
from healthsite.markup import Markup, Text
from healthsite.model import (
    NUMBERS,
    URGENCIES,
    Article,
    Body,
    Change,
    Mention,
    Parsed,
    Question,
    Relation,
    Silenced,
    Steps,
    Upgrade,
)
from healthsite.plainyaml import Node
from healthsite.seal import seal_of
from healthsite.suggest import nearest

LARGEST = 1_000_000
"""Bytes: far above any article; a larger file is some other file in the wrong place."""

_FENCE = re.compile(r"-{3}[ \t]*$")
_WORD = re.compile(r"\{ *([A-Za-z][\w-]*) *\}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""Those of them that are ASCII."""


def parse(path: str, data: bytes, key: str) -> Parsed:
    """Parse one article. Never raises for anything an author can write: what is wrong becomes findings."""
    report = Reporter(path)
    article = body = None
    text = _decode(data, report)
    kind = _kind(path, report)
    if text is not None and kind is not None:
        split = _split(text, report)
        if split is not None:
            front, front_line, markdown, body_line = split
            article, body = _article(path, key, kind, front, front_line, markdown, body_line, report)
    if not _is_named_well(path, report):
        article = body = None
    return Parsed(article, body, tuple(sorted(set(report.findings))))


def _decode(data: bytes, report: Reporter) -> str | None:
    """The text with line ends as ``\\n`` and without a byte order mark."""
    if len(data) > LARGEST:
        hint = f"it has at most {LARGEST // 1000:,} KB; is this another file, in the wrong place?"
        report((1, 1), "file", "this file is too large for an article", hint)
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report((1, 1), "file", "this file is UTF-16", "save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
        report(_end(_lines(before)), "file", "this file is not UTF-8 from here on", "save it as UTF-8")
        return None
    text = _lines(text)
    if not text.strip():
        report((1, 1), "file", "this file is empty")
        return None
    control = _CONTROL.search(text) if _may_control(data) else None
    if control:
        message = f"there is an invisible control character here (U+{ord(control[0]):04X})"
        report(_end(text[: control.start()]), "file", message, "delete it")
        return None
    return text


def _may_control(data: bytes) -> bool:
    """Whether a text may hold a control character: to look through bytes takes a tenth of the time of the search."""
    return not data.isascii() or len(data.translate(None, _CONTROLS)) < len(data)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _end(text: str) -> tuple[int, int]:
    """Line and column of what comes right after a text."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _kind(path: str, report: Reporter) -> kinds.Kind | None:
    """The kind that the folder says."""
    pure = PurePosixPath(path)
    folder = pure.parent.name
    if len(pure.parts) != 3 or folder not in kinds.FOLDERS:
        report((1, 1), "file", f"no kind of article has the folder “{pure.parent}”", nearest(folder, kinds.FOLDERS))
        return None
    return kinds.FOLDERS[folder]


def _is_named_well(path: str, report: Reporter) -> bool:
    """Whether the file name is a slug. What is wrong in the file is told even if it is not."""
    pure = PurePosixPath(path)
    if urls.is_slug(pure.stem) and pure.suffix == ".md":
        return True
    proposal = urls.slugify(pure.stem)
    hint = f"name it {proposal}.md" if proposal else "use lower-case letters a to z, digits and hyphens"
    report((1, 1), "slug", f"“{pure.name}” can't be an address", hint)
    return False


def _split(text: str, report: Reporter) -> tuple[str, int, str, int] | None:
    """Front matter and text, each with the number of its first line."""
    lines = text.split("\n")
    if not _FENCE.match(lines[0]):
        hint = "the first line is ---, then the front matter, then --- again"
        report((1, 1), "front-matter", "this article has no front matter", hint)
        return None
    for index, line in enumerate(lines[1:], 1):
        if _FENCE.match(line):
            return "\n".join(lines[1:index]), 2, "\n".join(lines[index + 1 :]), index + 2
    report((1, 1), "front-matter", "the front matter is never closed", "put a line --- where the text begins")
    return None


def _article(
    path: str, key: str, kind: kinds.Kind, front: str, front_line: int, markdown: str, body_line: int, report: Reporter
) -> tuple[Article | None, Body | None]:
    node = read_yaml(front, report, line=front_line)
    if node is None:
        if not report.findings:
            report((1, 1), "front-matter", "the front matter is empty", f"it needs {', '.join(_required(kind))}")
        _markup().begin(path, report).convert(markdown, body_line)  # for its findings
        return None, None
    values = read_record(node, kind.fields, report)
    places = _places(node)
    codes = _codes(values["codes"] or {}, places, report)
    text, questions = _texts(_markup().begin(path, report), markdown, body_line, values.get("questions") or ())
    words = (*text.words, *_front_words(kind, front, values, places, report))
    steps, drawn = _steps(values.get("steps"))
    seal, sealed = _seals(kind, node, values, markdown, report)
    article = Article(
        path=path,
        kind=kind.name,
        id=f"{kind.folder}/{PurePosixPath(path).stem}",
        key=key,
        title=values["title"] or "",
        summary=values["summary"] or "",
        also_called=tuple(values["also_called"]),
        aliases=_aliases(values["aliases"], kind.folder, report),
        facets=_facets(kind, values),
        possible_condition=values.get("possible_condition") or "",
        upgrades=_upgrades(values, report),
        relations=_relations(kind, values, report),
        links=text.links,
        citations=text.citations,
        words=words,
        pictures=(*text.pictures, *drawn),
        anchors=(*text.anchors, *(("steps",) if steps else ())),
        reviewed_on=(values["reviewed"] or {}).get("on") or "",
        reviewed_by=tuple((values["reviewed"] or {}).get("by") or ()),
        changes=tuple(Change(item["on"] or "", item["note"] or "", item["minor"]) for item in values["changes"]),
        draft=values["draft"],
        publish_on=values["publish_on"] or "",
        places=places,
        seal=seal,
        sealed=sealed,
        outside=text.outside,
        silenced=_silenced(values["silenced"]),
    )
    reviewed = (article.reviewed_on, article.reviewed_by, article.changes)
    return article, Body(text.html, text.headings, steps, questions, codes, *reviewed)


def _silenced(values: Iterable[dict[str, Any]]) -> tuple[Silenced, ...]:
    return tuple(Silenced(item["check"][0], item["reason"], *item["check"][1:]) for item in values)


def _steps(values: dict[str, Any] | None) -> tuple[Steps | None, tuple[Mention, ...]]:
    """Steps, and the drawings that they name."""
    if not values:
        return None, ()
    position, actions = values["position"], values["actions"]
    steps = Steps(**values | {"position": position[0], "actions": tuple(action for action, *_ in actions)})
    return steps, drawings.named((position, *actions))


def _seals(kind: kinds.Kind, node: Node, values: dict[str, Any], markdown: str, report: Reporter) -> tuple[str, str]:
    """The seal of what the article says, and the one that its last review left. A field that says no more than leaving
    it out would is left out.
    """
    said = {name for name, field in kind.fields.items() if values[name] != field.default}.difference(kinds.UNSEALED)
    fields = {entry.key: entry.node for entry in entries(node) or () if entry.key in said}
    seal = seal_of(kind.name, fields, markdown)
    sealed, line, column = (values["reviewed"] or {}).get("seal") or ("", 1, 1)
    if sealed and sealed != seal:
        name = report.path.removeprefix("content/").removesuffix(".md")
        hint = (
            f'sign it off: build.py review {name} --by ID; if it means the same: build.py review --minor "typo" {name}'
        )
        report((line, column), "seal", "this article was changed after its review", hint)
    return seal, sealed


def _texts(
    markup: Markup, markdown: str, line: int, questions: tuple[dict[str, Any], ...]
) -> tuple[Text, tuple[Question, ...]]:
    """The article's text and its answers: one numbering of sources, one set of fragment ids."""
    html = markup.convert(markdown, line)
    answered = []
    for entry in questions:
        converted = markup.convert(*entry["answer"])
        answered.append(Question(markup.heading_id(entry["question"] or ""), entry["question"] or "", converted))
    return markup.finish((html, *(question.answer for question in answered))), tuple(answered)


@cache
def _markup() -> Markup:
    """This process's Markdown processor."""
    return Markup()


def _required(kind: kinds.Kind) -> tuple[str, ...]:
    return tuple(name for name, field in kind.fields.items() if field.required)


def _places(node: Any) -> dict[str, tuple[int, int]]:
    return {entry.key: (entry.node.line, entry.node.column) for entry in entries(node) or ()}


def _codes(
    codes: dict[str, tuple[str, ...]], places: dict[str, tuple[int, int]], report: Reporter
) -> tuple[tuple[str, str], ...]:
    for system in codes:
        if system not in kinds.CODE_SYSTEMS:
            hint = nearest(system, kinds.CODE_SYSTEMS)
            report(places["codes"], "front-matter", f"“{system}” is not a system of codes known here", hint)
    return tuple((system, code) for system, listed in codes.items() for code in listed)


def _front_words(
    kind: kinds.Kind, front: str, values: dict[str, Any], places: dict[str, tuple[int, int]], report: Reporter
) -> list[Mention]:
    """The configured words in the front matter, such as ``{emergency-number}`` in a summary."""
    found: list[Mention] = []
    if "\\" not in front and not _WORD.search(front):  # an escape in a quoted string can be a brace, too
        return found
    wanted = {f"{{{word}}}" for word in NUMBERS}
    for name in kind.fields:
        if name == "questions" or not values[name]:
            continue
        shown = json.dumps(values[name], ensure_ascii=False)
        for match in _WORD.finditer(shown):
            word = match[1]
            if match[0] in wanted:
                found.append(Mention(word, *places[name]))
            else:
                message = f"“{match[0]}” is not a word of the configuration"
                report(places[name], "unknown-word", message, nearest(word, NUMBERS))
    return found


def _aliases(values: tuple[tuple[str, int, int], ...], folder: str, report: Reporter) -> tuple[Mention, ...]:
    for alias, line, column in values:
        parts = alias.strip("/").split("/")
        if not all(urls.is_slug(part) for part in parts) or len(parts) != 2 or alias != "/".join(parts):
            proposal = f"{folder}/{urls.slugify(parts[-1]) or 'old-name'}"
            report(
                (line, column), "alias", f"“{alias}” is not an old address", f"write it as folder/slug, like {proposal}"
            )
    return tuple(Mention(*alias) for alias in values)


def _facets(kind: kinds.Kind, values: dict[str, Any]) -> dict[str, str]:
    def shown(value: object) -> str:
        return ("true" if value else "") if isinstance(value, bool) else str(value or "")

    return {name: shown(values[name]) for name in kind.facets}


def _upgrades(values: dict[str, Any], report: Reporter) -> tuple[Upgrade, ...]:
    upgrades = []
    urgency = values.get("urgency")
    for entry in values.get("upgrade") or ():
        higher, *place = entry["urgency"]
        if urgency and higher and URGENCIES.index(higher) >= URGENCIES.index(urgency):
            message = f"“{higher}” is not more urgent than “{urgency}”"
            report((place[0], place[1]), "front-matter", message, "an upgrade names a higher urgency")
        upgrades.append(Upgrade(higher, entry["signs"]))
    return tuple(sorted(upgrades, key=lambda item: URGENCIES.index(item.urgency) if item.urgency else 9))


def _relations(kind: kinds.Kind, values: dict[str, Any], report: Reporter) -> tuple[Relation, ...]:
    """The declared relations, each target as an article's id."""
    found = []
    specs = (*kind.relations, kinds.RelationSpec(kinds.RELATED, (kind.name,), kinds.RELATED))
    for spec in specs:
        seen: dict[str, int] = {}
        for name, line, column in values[spec.field]:
            target = _target(name, spec, (line, column), report)
            if not target:
                continue
            if target in seen:
                report(
                    (line, column),
                    "relation",
                    f"“{name}” is named twice in “{spec.field}”",
                    f"also in line {seen[target]}",
                )
            seen.setdefault(target, line)
            found.append(Relation(spec.field, target, line, column))
    return tuple(found)


def _target(name: str, spec: kinds.RelationSpec, place: tuple[int, int], report: Reporter) -> str:
    """The id that a relation names: a slug where it can be of one kind only, else folder/slug. Empty if it is
    neither.
    """
    if not name:
        return ""  # told already
    folder, _, slug = name.rpartition("/")
    folders = tuple(kinds.KINDS[target].folder for target in spec.targets)
    if not urls.is_slug(slug):
        report(place, "relation", f"“{name}” is not a slug", f"did you mean “{urls.slugify(slug)}”?" if slug else "")
        return ""
    if len(folders) == 1:
        if folder and folder != folders[0]:
            report(place, "relation", f"“{spec.field}” names articles in {folders[0]}/, not in {folder}/")
            return ""
        return f"{folders[0]}/{slug}"
    if folder not in folders:
        hint = nearest(folder, folders) if folder else f"write folder/slug, like {folders[0]}/{slug}"
        report(place, "relation", f"“{name}”: “{spec.field}” names articles in {', '.join(folders)}", hint)
        return ""
    return name
