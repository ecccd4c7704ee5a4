"""An article's new name: the file moves, whatever names it is rewritten where the parser saw it, the old address stays
as an alias.

Nothing is guessed. A place that does not hold what the parser made of it (an address with ``%20`` in it, say) is told
of, and then nothing is changed at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from healthsite import urls
from healthsite.config import read_config
from healthsite.edits import Edit, EditError, FrontMatter, apply, offset_of
from healthsite.fields import Reporter, entries, read_yaml
from healthsite.files import Change
from healthsite.model import Article, Finding
from healthsite.plainyaml import Node
from healthsite.review import reseal
from healthsite.run import CONFIG
from healthsite.source import parse
from healthsite.suggest import nearest

_ALIAS_AFTER = ("title", "summary", "also_called")


class NotRenamedError(Exception):
    """The article can't be renamed; the message says why, and ``findings`` what is to be mended first."""

    def __init__(self, message: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


def rename(old: str, new: str, files: Mapping[str, bytes]) -> tuple[Change, ...]:
    """What gives the article ``old`` the name ``new`` (both ``folder/slug``). ``files`` are the articles and the
    configuration, by path. Raises :class:`NotRenamedError`.

    The seals of other articles are made anew where they held: what they say has not changed, only an address in it.
    """
    paths = {f"content/{old}.md": f"content/{new}.md"}
    _check_names(old, new, files)
    changes = []
    for path, before in files.items():
        after = _rewritten(path, before, old, new)
        if path in paths:
            changes += [Change(path, before, None), Change(paths[path], None, after)]
        elif after != before:
            changes.append(Change(path, before, after))
    return tuple(changes)


def _check_names(old: str, new: str, files: Mapping[str, bytes]) -> None:
    ids = {path.removeprefix("content/").removesuffix(".md") for path in files if path != CONFIG}
    if old not in ids:
        raise NotRenamedError(f"there is no content/{old}.md" + _in_brackets(nearest(old, ids)))
    folder, _, slug = new.rpartition("/")
    if not urls.is_slug(slug):
        meant = f"did you mean “{folder}/{urls.slugify(slug)}”?" if urls.slugify(slug) else ""
        raise NotRenamedError(f"“{slug}” can't be an address" + _in_brackets(meant))
    if folder != old.rpartition("/")[0]:
        kept = f"{old.rpartition('/')[0]}/{slug}"
        raise NotRenamedError(f"an article keeps its kind; its new name can be {kept}, not {new}")
    if new in ids:
        raise NotRenamedError("that is its name already" if new == old else f"there is a content/{new}.md already")


def _in_brackets(hint: str) -> str:
    return f" ({hint})" if hint else ""


def _rewritten(path: str, before: bytes, old: str, new: str) -> bytes:
    """A file that names the new article where it named the old one."""
    is_own = path == f"content/{old}.md"
    if not is_own and not any(mark in before for mark in (_slug(old).encode(), new.encode(), b"%", b"\\")):
        return before  # an address may be written with escapes; without any, it would be seen
    if path == CONFIG:
        return _configuration(before, old, new)
    article = _read(path, before)
    text = before.decode()
    try:
        edits = [*_mentions(article, text, old, new), *(_own_alias(article, text, old, new) if is_own else ())]
    except EditError as error:
        raise NotRenamedError(f"{path} can't be changed by itself: {error}") from error
    if not is_own and new in [mention.name for mention in article.aliases]:
        raise NotRenamedError(f"{new} is an old address of {path}")
    after = apply(text, edits).encode()
    _check(path, after, article, old, new)
    return reseal(path, before, after)


def _read(path: str, data: bytes) -> Article:
    parsed = parse(path, data, "")
    if parsed.article is None:
        raise NotRenamedError(f"{path} may name the article, and can't be read; mend it first", parsed.findings)
    return parsed.article


def _mentions(article: Article, text: str, old: str, new: str) -> Iterator[Edit]:
    """Where an article declares a relation to the old name, or links to it."""
    for relation in article.relations:
        if relation.target == old:
            yield _relation(article.path, text, (relation.line, relation.column), old, new)
    for link in article.links:
        if link.target == old:
            yield _link(article.path, text, (link.line, link.column), old, new)


def _link(path: str, text: str, place: tuple[int, int], old: str, new: str) -> Edit:
    """The file's name in a link's address."""
    line = offset_of(text, place[0], 1)
    indent = len(text[line:]) - len(text[line:].lstrip(" "))
    for start in (line + place[1] - 1, line + place[1] - 1 + indent):  # a block in the front matter is read without it
        end = text.find(".md", start)
        address = text[start:end] if end >= 0 else ""
        if address.endswith(_slug(old)) and not set(address) & set(" \t\r\n()[]<>\"'"):
            return Edit(end - len(_slug(old)), end, _slug(new))
    raise NotRenamedError(_not_there(path, *place))


def _relation(path: str, text: str, place: tuple[int, int], old: str, new: str) -> Edit:
    """The name in a relation: whole, or the slug alone where its kind is clear."""
    start = _inside(text, place)
    for written, meant in ((old, new), (_slug(old), _slug(new))):
        end = start + len(written)
        if text[start:end] == written and text[end : end + 1] in ("", *",]'\" \t\r\n"):
            return Edit(start, end, meant)
    raise NotRenamedError(_not_there(path, *place))


def _inside(text: str, place: tuple[int, int]) -> int:
    """The offset of a YAML value, inside its quotation marks."""
    start = offset_of(text, *place)
    return start + (text[start : start + 1] in ("'", '"'))


def _slug(name: str) -> str:
    return name.rpartition("/")[2]


def _not_there(path: str, line: int, column: int) -> str:
    return f"{path}:{line}:{column}: the name is written here in a way that only you can change"


def _own_alias(article: Article, text: str, old: str, new: str) -> Iterator[Edit]:
    """The old address among the article's aliases; in the place of the new one, if it had that name before."""
    for alias in article.aliases:
        if alias.name == new:
            start = _inside(text, (alias.line, alias.column))
            if text[start : start + len(new)] != new:
                raise NotRenamedError(_not_there(article.path, alias.line, alias.column))
            yield Edit(start, start + len(new), old)
            return
    yield FrontMatter(text).end_list("aliases", old, _ALIAS_AFTER)


def _check(path: str, after: bytes, before: Article, old: str, new: str) -> None:
    """Read the new text as a build will: it leads to the same places, and to the new name instead of the old one."""
    is_own = before.id == old
    parsed = parse(f"content/{new}.md" if is_own else path, after, "")
    article = parsed.article

    def meant(target: str) -> str:
        return new if target == old else target

    if article is not None:
        relations = [(item.name, meant(item.target)) for item in before.relations]
        links = [(meant(item.target), item.fragment) for item in before.links]
        aliases = {item.name for item in before.aliases} | ({old} if is_own else set())
        if (
            [item[:2] for item in article.relations] == relations
            and [item[:2] for item in article.links] == links
            and {item.name for item in article.aliases} == aliases - ({new} if is_own else set())
        ):
            return
    raise NotRenamedError(f"{path} can't be changed by itself; change the name there by hand", parsed.findings)


def _configuration(before: bytes, old: str, new: str) -> bytes:
    """The configuration, which may name articles: on the home page, in sheets, for warnings."""
    try:
        text = before.decode()
    except UnicodeDecodeError:
        raise NotRenamedError(f"{CONFIG} is not UTF-8; mend it first") from None
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    config, findings = read_config(CONFIG, lines)
    node = read_yaml(lines, Reporter(CONFIG))
    if config is None or node is None:
        raise NotRenamedError(f"{CONFIG} has mistakes; mend them first", findings)
    edits = []
    for place in _named(node, old):
        start = _inside(text, place)
        if text[start : start + len(old)] != old:
            raise NotRenamedError(_not_there(CONFIG, *place))
        edits.append(Edit(start, start + len(old), new))
    return apply(text, edits).encode()


def _named(node: Node, name: str) -> Iterator[tuple[int, int]]:
    """Line and column of every value that is just a name."""
    inner = entries(node)
    if inner is not None:
        for entry in inner:
            yield from _named(entry.node, name)
    elif isinstance(node.value, tuple):
        for item in node.value:
            if isinstance(item, Node):
                yield from _named(item, name)
    elif node.text == name:
        yield node.line, node.column
