"""Parsed articles as the store keeps them: plain JSON, in three parts.

The outline is what the rest of the site must know, and the checks to find whether an article is sound; the article what
they must know to tell where it is not; the body what its own page shows besides its card.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from healthsite.digest import of_bytes
from healthsite.model import (
    Article,
    Body,
    Card,
    Change,
    Finding,
    Heading,
    Link,
    Mention,
    Outline,
    Parsed,
    Question,
    Relation,
    Silenced,
    Step,
    Steps,
    Upgrade,
    latest,
)

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_Row = TypeVar("_Row", bound=tuple[Any, ...])


def _all(cls: type[_Row], rows: Iterable[Iterable[Any]]) -> tuple[_Row, ...]:
    """What ``_make`` gives for each, in one step of the interpreter's own: a large site has a million of these."""
    make: Callable[[Iterable[Any]], _Row] = partial(tuple.__new__, cls)
    return tuple(map(make, rows))


def _digest(value: object) -> str:
    """A digest of plain data, by way of its JSON: quicker than :func:`~healthsite.digest.of_value`."""
    return of_bytes(_json(value).encode("utf-8", "surrogatepass"))


def outline_of(article: Article) -> Outline:
    """What the rest of the site must know of an article."""
    shown = (
        article.id,
        article.kind,
        article.title,
        article.summary,
        article.also_called,
        article.facets,
        article.possible_condition,
        article.upgrades,
    )
    relations: dict[str, list[str]] = {}
    for relation in article.relations:
        relations.setdefault(relation.name, []).append(relation.target)
    change = latest(article.changes, article.reviewed_on)
    return Outline(
        card=Card(*shown, digest=_digest(shown)),
        path=article.path,
        key=article.key,
        relations=relations,
        citations=tuple(dict.fromkeys(mention.name for mention in article.citations)),
        aliases=tuple(alias.name for alias in article.aliases),
        links=tuple(dict.fromkeys((link.target, link.fragment, link.card) for link in article.links)),
        pictures=tuple(mention.name for mention in article.pictures),
        outside=tuple(mention.name for mention in article.outside),
        anchors=f" {' '.join(article.anchors)} ",
        reviewed_on=article.reviewed_on,
        reviewed_by=article.reviewed_by,
        is_sealed=bool(article.sealed),
        changed_on=change.on,
        change_note=change.note,
        draft=article.draft,
        publish_on=article.publish_on,
        silenced=article.silenced,
    )


def sketch_of(outline: Outline) -> Article:
    """An article as its outline tells of it, without places: its checks find in it what they find in the article. It
    takes a third of the time that it takes to load that, and nothing is found in most.
    """
    card = outline.card
    return Article(
        path=outline.path,
        kind=card.kind,
        id=card.id,
        key=outline.key,
        title=card.title,
        summary=card.summary,
        also_called=(),
        aliases=_mentions(outline.aliases),
        facets=card.facets,
        possible_condition=card.possible_condition,
        upgrades=(),
        relations=tuple([Relation(name, to, 1, 1) for name, targets in outline.relations.items() for to in targets]),
        links=tuple([Link(target, fragment, 1, 1, urgency) for target, fragment, urgency in outline.links]),
        citations=_mentions(outline.citations),
        words=(),
        pictures=_mentions(outline.pictures),
        anchors=tuple(outline.anchors.split()),
        reviewed_on=outline.reviewed_on,
        reviewed_by=tuple(outline.reviewed_by),
        changes=(),
        draft=outline.draft,
        publish_on=outline.publish_on,
        places={},
        seal="",
        sealed="sealed" if outline.is_sealed else "",
        outside=_mentions(outline.outside),
        silenced=(),
    )


def _mentions(names: Iterable[str]) -> tuple[Mention, ...]:
    return tuple([Mention(name, 1, 1) for name in names])


def meaning_of(article: Article) -> str:
    """A digest of all that the site and its checks know of an article, its title and its summary left out, and the
    places in its file.

    An edit that leaves it as it is (a sentence put better) changes no link and no finding but those of the file itself;
    and no other page, unless it is one of the title or the summary.
    """
    named = (*article[:3], article.also_called, [alias.name for alias in article.aliases], *article[8:11])
    mentions = (article.citations, article.words, article.pictures, article.outside)
    listed: list[Any] = [[item.name for item in items] for items in mentions]
    listed += [[item[:2] for item in items] for items in (article.relations, article.silenced)]
    linked = [(link.target, link.fragment, link.card) for link in article.links]
    return _digest((named, listed, linked, article[16:22], bool(article.sealed)))


class Gist(NamedTuple):
    """What every build must know of a file: the digest of its article's meaning, that of the title and the summary,
    what the article is called (``None`` where none came of the file), and whether something was found in it.
    """

    meaning: str
    shown: str
    names: Sequence[str] | None
    flawed: bool


def dump_outline(parsed: Parsed) -> bytes:
    """A file's outline and findings, for the store, in three lines: the gist; the article's card; and all the rest."""
    article, flawed = parsed.article, bool(parsed.findings)
    gist = Gist(_digest(()), "", None, flawed)
    if article:
        names = (article.title, *article.also_called)
        gist = Gist(meaning_of(article), _digest((article.title, article.summary)), names, flawed)
    card, *rest = outline_of(article) if article else (None,)
    return f"{_json(gist)}\n{_json(card)}\n{_json(rest)},{_json(parsed.findings)}".encode("utf-8", "surrogatepass")


def load_outlines(rows: Iterable[bytes]) -> Iterator[tuple[Outline | None, tuple[Finding, ...]]]:
    """What :func:`dump_outline` wrote, for many files at once."""
    whole = [b"[%s,%s]" % (card, rest) for _, card, rest in [row.split(b"\n", 2) for row in rows]]
    for card, outline, findings in json.loads(b"[%s]" % b",".join(whole)):
        if card is not None:
            outline.insert(0, Card._make(card))
        yield (Outline._make(outline) if outline else None), _all(Finding, findings)


def load_cards(rows: Iterable[bytes]) -> list[Card]:
    """The cards alone of what :func:`dump_outline` wrote of articles."""
    return [Card._make(card) for card in json.loads(b"[%s]" % b",".join([row.split(b"\n", 2)[1] for row in rows]))]


def gist_of(row: bytes) -> Gist:
    """The gist of a file of which :func:`dump_outline` wrote this."""
    return Gist(*json.loads(row[: row.index(b"\n")]))


def dump_article(article: Article) -> bytes:
    """An article as JSON, for the store."""
    return _json(article).encode("utf-8", "surrogatepass")


def load_article(data: bytes) -> Article:
    """What :func:`dump_article` wrote."""
    return _article(json.loads(data))


def load_articles(rows: Iterable[bytes]) -> list[Article]:
    """What :func:`dump_article` wrote, for many articles at once."""
    return [_article(row) for row in json.loads(b"[%s]" % b",".join(rows))]


def _article(row: list[Any]) -> Article:
    row[6] = tuple(row[6])
    row[7] = _all(Mention, row[7])
    row[10] = _all(Upgrade, row[10])
    row[11] = _all(Relation, row[11])
    row[12] = _all(Link, row[12])
    row[13] = _all(Mention, row[13])
    row[14] = _all(Mention, row[14])
    row[15] = _all(Mention, row[15])
    row[16] = tuple(row[16])
    row[18] = tuple(row[18])
    row[19] = _all(Change, row[19])
    row[22] = {name: (line, column) for name, (line, column) in row[22].items()}
    row[25] = _all(Mention, row[25])
    row[26] = _all(Silenced, row[26])
    return Article._make(row)


def dump_body(body: Body) -> bytes:
    """A body, for the store: all but its text as JSON, and the text as it is."""
    return f"{_json(body[1:])}\n{body.html}".encode("utf-8", "surrogatepass")


def load_body(data: bytes) -> Body:
    """What :func:`dump_body` wrote."""
    row, _, html = data.partition(b"\n")
    headings, steps, questions, codes, reviewed_on, reviewed_by, changes = json.loads(row)
    return Body(
        html.decode("utf-8", "surrogatepass"),
        _all(Heading, headings),
        None if steps is None else _steps(steps),
        _all(Question, questions),
        tuple((system, code) for system, code in codes),
        reviewed_on,
        tuple(reviewed_by),
        _all(Change, changes),
    )


def _steps(row: list[Any]) -> Steps:
    position, actions, hold, repeats, mistakes = row
    return Steps(Step._make(position), _all(Step, actions), hold, repeats, tuple(mistakes))
