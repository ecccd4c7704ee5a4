"""A new article: a draft with every field of its kind explained, from the same table that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from healthsite import urls
from healthsite.kinds import KINDS, Kind
from healthsite.suggest import nearest


class ScaffoldError(Exception):
    """The article can't be made; the text says why."""


def scaffold(root: Path, kind_name: str, slug: str, today: str) -> str:
    """Write a new draft. Gives its path relative to the root; never overwrites."""
    kind = KINDS.get(kind_name) or next((kind for kind in KINDS.values() if kind.folder == kind_name), None)
    if kind is None:
        raise ScaffoldError(f"there is no kind “{kind_name}” ({nearest(kind_name, KINDS)})")
    if not urls.is_slug(slug):
        proposal = urls.slugify(slug)
        raise ScaffoldError(f"“{slug}” can't be an address" + (f"; did you mean “{proposal}”?" if proposal else ""))
    path = root / "content" / kind.folder / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(_lines(kind, slug, today)) + "\n")
    except FileExistsError:
        raise ScaffoldError(f"{path.relative_to(root).as_posix()} is there already") from None
    return path.relative_to(root).as_posix()


def _lines(kind: Kind, slug: str, today: str) -> Iterator[str]:
    yield "---"
    for name, field in kind.fields.items():
        example = field.example.replace("TODAY", today)
        if name == "title":
            example = slug.replace("-", " ").capitalize()
        if not field.help:
            continue
        yield f"# {field.help}" + ("" if field.required else " (optional)")
        yield f"{name}: {example}" if example else f"# {name}:"
    yield "---"
    yield ""
    yield from _TEXT


_TEXT = (
    "What needs help now stands first. Then the answer, in short sentences, each fact with its source: `[@source-id]`.",
    "",
    "## A heading",
    "",
    "A list needs a blank line before it:",
    "",
    "- one thing",
    "- another",
    "",
    '!!! self-care "What you can do"',
    "",
    "    Text of a care card, indented by four spaces.",
    "",
    "## Another heading",
    "",
    "See docs/writing.md for links, care cards, tables and pictures.",
)
