"""An article's text as its reader reads it, for the checks of its words: blocks and sentences, each with its place.

Read from the Markdown source, for Python-Markdown keeps no positions. Markup is blanked, character for character, so
that an offset in the text is an offset in the source. What an author may write wrongly is told elsewhere
(:mod:`healthsite.markup`): here it only must not break anything.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple

from healthsite.model import Article, Body

FILL = "\x00"
"""Stands where markup stood: no letter, no space, nothing to count."""

_FENCED = re.compile(r"^(?P<mark>`{3,}|~{3,})[^\n]*\n.*?^(?P=mark)[ \t]*$", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(
    r"\[@[^\]]*\]|!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|\[(?=[^\]]*\]\()|<!--.*?-->|</?[a-zA-Z][^>]*>|`[^`]*`|\*+", re.DOTALL
)
_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]*)\]\((?P<target>[^)\s]*)[^)]*\)")
_PICTURE = re.compile(r"!\[(?P<text>[^\]]*)\]\(")
_TELEPHONE = re.compile(r"\(tel:(?P<number>[^)\s]*)")
_TABLE = re.compile(r"<table\b(?:(?!<th\b).)*?</table>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?P<name>\w+)[^>]*\blang=[^>]*>.*?</(?P=name)>", re.DOTALL | re.IGNORECASE)
_DELIMITER = re.compile(r"[\s|:-]+$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]+")
_CARD = re.compile(r'!!! ?(?P<name>[\w-]+)(?: +"(?P<title>[^"]*)")?')
_END = re.compile(rf"[.!?][”\"’')\]{FILL}]*(?:\s[\s{FILL}]*(?![a-z\s{FILL}])|$)|\|")
_NO_END = frozenset(("dr", "mr", "mrs", "ms", "st", "vs", "e.g", "i.e"))
_TAG = re.compile(r"<[^>]*>")
_CITE = '<sup class="cite">'
_CITED = re.compile(rf"{_CITE}.*?</sup>")
_SLOT = re.compile(r'<x-word name="([^"]*)"[^>]*>')
_PUNCTUATION = str.maketrans(dict.fromkeys('\x00.,;:!?()[]{}|"“”‘*#/\n\t<>=–—…', " ") | {"’": "'"})


class Block(NamedTuple):
    """A heading, a paragraph, an item of a list, a row of a table, the title of a card, or a field of the front matter.

    ``start`` and ``end`` are offsets in the whole text. ``card`` is the urgency of the care card that it stands in,
    ``cards`` how many cards begin before its end. ``section`` counts the headings of the second level before it.
    ``lead`` is the position of the paragraph right before a list or table, or -1. ``field`` names the front matter's.
    """

    kind: str
    start: int
    end: int
    level: int = 0
    card: str = ""
    cards: int = 0
    section: int = 0
    lead: int = -1
    field: str = ""
    is_cited: bool = False


class Sentence(NamedTuple):
    """A sentence: its offsets, the position of its block, and its number of words."""

    start: int
    end: int
    block: int
    words: int


class Prose:
    """The texts of one article: ``text`` is its body, and after it the texts of its front matter."""

    def __init__(self, article: Article, body: Body | None, source: str) -> None:
        front, self._first_line, self._raw = _split(source)
        self.article = article
        self.path = article.path
        self._front = front
        self._masked = _mask(self._raw)
        self.blocks: list[Block] = list(_blocks(self._masked, self._raw))
        self.body_blocks = len(self.blocks)
        parts = [self._masked]
        length = len(self._masked)
        for field, text, is_cited in _front_texts(article, body):
            parts += ("\n\n", text)
            block = Block("front", length + 2, length + 2 + len(text), field=field, is_cited=is_cited)
            self.blocks.append(block)
            length = block.end
        self.text = "".join(parts)
        self.words: frozenset[str] = frozenset(self.text.lower().translate(_PUNCTUATION).split())
        self._starts = [block.start for block in self.blocks]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of paragraphs, items, rows and the front matter's texts; the title and headings have none."""
        return tuple(
            sentence
            for position, block in enumerate(self.blocks)
            if block.kind in ("paragraph", "item", "row", "front") and block.field != "title"
            for sentence in _sentences(self.text, block, position)
        )

    @cached_property
    def _source(self) -> str:
        """The body with its markup, code left out."""
        return _CODE.sub(_filled, _FENCED.sub(_filled, self._raw)) if "`" in self._raw else self._raw

    def links(self) -> Iterator[tuple[int, str, str]]:
        """The links of the body: offset, text, target."""
        if "](" in self._source:
            for match in _LINK.finditer(self._source):
                yield match.start(), match["text"], match["target"]

    def pictures(self) -> Iterator[tuple[int, str]]:
        """The pictures of the body: offset and text."""
        if "![" in self._source:
            for match in _PICTURE.finditer(self._source):
                yield match.start(), match["text"]

    def telephone_links(self) -> Iterator[tuple[int, str]]:
        """The telephone links of the body: offset and number."""
        if "(tel:" in self._source:
            for match in _TELEPHONE.finditer(self._source):
                yield match.start(), match["number"]

    def tables_without_headers(self) -> Iterator[int]:
        """Where the body has a table of raw HTML without a header cell."""
        if "<table" in self._source:
            for match in _TABLE.finditer(self._source):
                yield match.start()

    def has_language(self, offset: int) -> bool:
        """Whether what stands at an offset is in an element that says its language."""
        return any(match.start() < offset < match.end() for match in _LANGUAGE.finditer(self._source))

    def block_at(self, offset: int) -> int:
        """The position of the block that an offset stands in."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that an offset stands in, or its whole block where that has none."""
        for sentence in self.sentences:
            if sentence.start <= offset < sentence.end:
                return sentence
        position = self.block_at(offset)
        return Sentence(self.blocks[position].start, self.blocks[position].end, position, 0)

    def quote(self, sentence: Sentence) -> str:
        """A sentence as its reader sees it, on one line, its middle left out where it is very long."""
        words = self.text[sentence.start : sentence.end].replace(FILL, "").split()
        shown = words if len(words) <= 40 else [*words[:30], "…", *words[-6:]]
        return " ".join(shown).replace(" .", ".").replace(" ,", ",")

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset; for a text of the front matter, of the words there if they are found."""
        if offset < len(self._masked):
            line = self._raw.count("\n", 0, offset)
            return self._first_line + line, offset - self._raw.rfind("\n", 0, offset)
        block = self.blocks[self.block_at(offset)]
        place = self.article.place(block.field)
        begin = sum(len(line) + 1 for line in self._front.split("\n")[: place[0] - 2])
        for wanted in (self.text[offset : offset + 40], *self.text[offset : block.end].split()[:1]):
            found = self._front.find(wanted.partition(FILL)[0].strip(), begin)
            if found >= 0:
                return 2 + self._front.count("\n", 0, found), found - self._front.rfind("\n", 0, found)
        return place

    def is_supported(self, position: int) -> bool:
        """Whether a block has a source: its own, or that of the sentence that leads into its list or table."""
        block = self.blocks[position]
        if block.is_cited or (block.lead >= 0 and self.blocks[block.lead].is_cited):
            return True
        if block.kind != "row":
            return False
        following = position
        while following < self.body_blocks and self.blocks[following].kind == "row":
            following += 1
        after = self.blocks[following] if following < self.body_blocks else block
        return after.kind == "paragraph" and after.is_cited

    def find(self, words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        """Each use of some words or phrases (in lower case): its offset, and how it is written."""
        phrases = _phrases(words)
        for first in phrases.keys() & self.words:
            for match in phrases[first].finditer(self.text):
                yield match.start(), match[0].replace(FILL, "")

    def uses(self, words: tuple[str, ...], start: int = 0, end: int | None = None) -> bool:
        """Whether any of some words or phrases stands between two offsets."""
        phrases = _phrases(words)
        stop = len(self.text) if end is None else end
        return any(phrases[first].search(self.text, start, stop) for first in phrases.keys() & self.words)


def _split(source: str) -> tuple[str, int, str]:
    """The front matter, the line on which the body begins, and the body; line ends as ``\\n``."""
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    close = re.compile(r"^-{3}[ \t]*$", re.MULTILINE).search(text, text.find("\n") + 1)
    if close is None:
        return "", 1, ""
    front = text[text.find("\n") + 1 : close.start()]
    return front, text.count("\n", 0, close.end()) + 2, text[close.end() + 1 :]


def _filled(match: re.Match[str]) -> str:
    found = match[0]
    if "\n" not in found:
        return FILL * len(found)
    return "".join(["\n" if letter == "\n" else FILL for letter in found])


def _mask(text: str) -> str:
    """The text without markup: what is taken out is filled, so that every offset stays."""
    if "```" in text or "~~~" in text:
        text = _FENCED.sub(_filled, text)
    return _MARKUP.sub(_filled, text)


def _blocks(masked: str, raw: str) -> Iterator[Block]:
    """The blocks of a body, in order."""
    reader = _Reader(masked, raw)
    offset = 0
    for line in masked.split("\n"):
        reader.read(line, offset)
        offset += len(line) + 1
    reader.close()
    return iter(reader.blocks)


class _Reader:
    """Reads a body line by line into blocks."""

    def __init__(self, masked: str, raw: str) -> None:
        self.blocks: list[Block] = []
        self._masked, self._raw = masked, raw
        self._open: tuple[str, int, int] | None = None  # kind, start and level of the block being read
        self._end = 0
        self._card = ""
        self._cards = self._section = 0
        self._lead = -1
        self._in_table = False

    def close(self) -> None:
        """The block being read has ended."""
        if self._open:
            kind, start, level = self._open
            self._open = None
            cited = "[@" in self._raw[start : self._end]
            lead = self._lead if kind in ("item", "row") else -1
            self.blocks.append(
                Block(kind, start, self._end, level, self._card, self._cards, self._section, lead, "", cited)
            )
            if kind in ("paragraph", "heading"):
                self._lead = len(self.blocks) - 1 if kind == "paragraph" else -1

    def _begin(self, kind: str, start: int, end: int, level: int = 0) -> None:
        self.close()
        self._open, self._end = (kind, start, level), end

    def read(self, line: str, offset: int) -> None:
        """The next line."""
        text = line.strip(" \t>" + FILL)
        if not text:
            if not line.strip():
                self.close()
                self._in_table = False
            return
        indent = len(line) - len(line.lstrip(" \t"))
        start, end = offset + line.index(text[0]), offset + len(line)
        first = self._raw[offset : offset + indent + 3].lstrip()[:3]
        if self._card and indent < 4 and not (self._open and self._open[0] == "paragraph"):
            self.close()
            self._card, self._lead = "", -1
        if first[:1] == "#":
            level = len(text) - len(text.lstrip("#"))
            self._begin("heading", start + level, end, level)
            self._section += level == 2
            self.close()
        elif first == "!!!" and (card := _CARD.match(text)):
            self._read_card(card, start)
        elif first[:1] == "|":
            self._read_row(text, start, end)
        elif item := _ITEM.match(self._raw, offset + indent):
            self._begin("item", item.end(), end)
        elif self._open:
            self._end = end
        else:
            self._begin("paragraph", start, end)

    def _read_card(self, card: re.Match[str], start: int) -> None:
        self.close()
        self._card, self._cards, self._lead = card["name"].lower(), self._cards + 1, -1
        if card["title"]:
            self._begin("title", start + card.start("title"), start + card.end("title"))
            self.close()

    def _read_row(self, text: str, start: int, end: int) -> None:
        if not _DELIMITER.match(text):
            self._begin("row" if self._in_table else "head", start, end)
            self.close()
        self._in_table = True


def _front_texts(article: Article, body: Body | None) -> Iterator[tuple[str, str, bool]]:
    """The texts of the front matter that readers see: field, text, and whether it holds a citation."""
    yield "title", article.title, False
    yield "summary", article.summary, False
    if article.possible_condition:
        yield "possible_condition", article.possible_condition, False
    for upgrade in article.upgrades:
        yield "upgrade", upgrade.signs or "", False
    if body is None:
        return
    if body.steps:
        steps = body.steps
        for text in (steps.position, *steps.actions, steps.hold, steps.repeats, *steps.mistakes):
            if text:
                yield "steps", text, False
    for question in body.questions:
        yield "questions", question.question, False
        for part in re.split(r"</(?:p|li|h\d|tr)>", question.answer):
            text = unescape(_TAG.sub("", _SLOT.sub(r"{\1}", _CITED.sub("", part)))).strip()
            if text:
                yield "questions", " ".join(text.split()), _CITE in part


def _sentences(text: str, block: Block, position: int) -> Iterator[Sentence]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        piece = text[start : match.end()]
        if match[0][0] == "." and piece[: match.start() - start].rpartition(" ")[2].lower() in _NO_END:
            continue
        words = len(piece.replace(FILL, "").strip("| \n").split())
        if words:
            yield Sentence(start, match.end(), position, words)
        start = match.end()
    words = len(text[start : block.end].replace(FILL, "").split())
    if words:
        yield Sentence(start, block.end, position, words)


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """An expression for the phrases that begin with a word, by that word."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(words, key=len, reverse=True):
        first = phrase.translate(_PUNCTUATION).split()[:1]
        if first:
            by_first.setdefault(first[0], []).append(phrase)
    return {first: re.compile(_alternatives(phrases), re.IGNORECASE) for first, phrases in by_first.items()}


def _alternatives(phrases: Sequence[str]) -> str:
    gap = rf"[\s{FILL}]+"
    spelled = (gap.join(re.escape(word) for word in phrase.split()).replace("'", "['’]") for phrase in phrases)
    return rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w-])"
