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

from healthsite.blocks import FENCED, FILL, Block, filled, mask, read_blocks
from healthsite.model import Article, Body

_CODE = re.compile(r"`[^`]*`")
_LINK = re.compile(r"\[(?P<text>[^\[\]]{0,800})\]\((?P<target>[^)]{0,800})\)")
_PICTURE = re.compile(r"!\[(?P<text>[^\]]{0,800})\]\(")
_TELEPHONE = re.compile(r"\(tel:(?P<number>[^)\s]*)")
_TABLE = re.compile(r"<table\b(?:(?!<th\b).){0,5000}?</table>", re.DOTALL | re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?P<name>\w+)[^>]*\blang=[^>]*>.*?</(?P=name)>", re.DOTALL | re.IGNORECASE)
_AFTER = rf"[”\"’')\]{FILL}]*(?:\s[\s{FILL}]*(?![a-z\s{FILL}])|$)"
_END = re.compile(rf"[.!?]{_AFTER}")
_STOP = re.compile(rf"\.{_AFTER}")  # where there is no other mark: one letter is found more quickly than any of three
_CELL = re.compile(r"\|")
_FIGURE = re.compile(r"\d[\d.,]*(?<=\d)")
_DIGITS = bytes(48 if 48 <= byte < 58 else 32 for byte in range(256))
"""What makes a digit a 0, and all else a space."""
_NO_END = frozenset(("dr", "mr", "mrs", "ms", "st", "vs", "e.g", "i.e"))
_IN_NO_END = frozenset(("dr", "mr", "mrs", "ms", "st", "vs", "e"))
"""The words of which a text must have one for it to have any of these."""
_TAG = re.compile(r"<[^>]*>")
_FENCE = re.compile(r"^-{3}[ \t]*$", re.MULTILINE)
_SPOKEN = frozenset(("paragraph", "item", "row", "front"))
_CITE = '<sup class="cite">'
_CITED = re.compile(rf"{_CITE}.*?</sup>")
_SLOT = re.compile(r'<x-word name="([^"]*)"[^>]*>')
_PUNCTUATION = str.maketrans(dict.fromkeys('\x00.,;:!?()[]{}|"*#/\n\t<>=', " "))
_TYPOGRAPHY = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "=", "—": "=", "…": ".", "\xa0": " "}


class Sentence(NamedTuple):
    """A sentence: its offsets, the position of its block, and its number of words."""

    start: int
    end: int
    block: int
    words: int


class Prose:
    """The texts of one article: ``text`` is its body, and after it the texts of its front matter; ``words`` are those
    in it, ``words_of`` those of each block, in lower case, without the marks around them.
    """

    def __init__(self, article: Article, body: Body | None, source: str) -> None:
        front, self._first_line, self._raw = _split(source)
        self.article = article
        self.path = article.path
        self._front = front
        self._masked = mask(self._raw)
        self.blocks: list[Block] = list(read_blocks(self._masked, self._raw))
        self.body_blocks = len(self.blocks)
        parts = [self._masked]
        length = len(self._masked)
        for field, text, is_cited in _front_texts(article, body):
            parts += ("\n\n", text)
            block = Block("front", length + 2, length + 2 + len(text), field=field, is_cited=is_cited)
            self.blocks.append(block)
            length = block.end
        self.text = "".join(parts)
        self._lower = _plain(self.text.lower())
        self._starts = [block.start for block in self.blocks]
        bare = self._lower.translate(_PUNCTUATION)
        self.words_of: tuple[list[str], ...] = tuple([bare[block.start : block.end].split() for block in self.blocks])
        ends = (0, *[block.end for block in self.blocks])
        between = " ".join([bare[end:start] for end, start in zip(ends, self._starts, strict=False)])
        self.words = frozenset(between.split()).union(*self.words_of)
        self._sentences: dict[int, list[Sentence]] = {}

    @property
    def sentences(self) -> Iterator[Sentence]:
        """The sentences of paragraphs, items, rows and the front matter's texts; the title and headings have none."""
        for position in range(len(self.blocks)):
            yield from self.sentences_of(position)

    def sentences_of(self, position: int) -> list[Sentence]:
        """The sentences of a block."""
        if position not in self._sentences:
            block = self.blocks[position]
            self._sentences[position] = (
                list(_sentences(self.text, block, position, self._no_end)) if _is_spoken(block) else []
            )
        return self._sentences[position]

    @cached_property
    def lengths(self) -> tuple[Sequence[int], ...]:
        """The number of words of each sentence, a block at a time. Where they stand is asked of few."""
        return tuple([self._lengths(position, block) for position, block in enumerate(self.blocks)])

    def _lengths(self, position: int, block: Block) -> Sequence[int]:
        if not _is_spoken(block):
            return ()
        if self._no_end:
            return [sentence.words for sentence in self.sentences_of(position)]
        text = self.text[block.start : block.end].replace(FILL, "")
        counts = [len(part.split()) for part in _ends(block, text).split(text)]
        return counts if 0 not in counts else list(filter(None, counts))

    @cached_property
    def _no_end(self) -> frozenset[str]:
        """The words after which a full stop is no end, where the text has any."""
        return frozenset() if self.words.isdisjoint(_IN_NO_END) else _NO_END

    @cached_property
    def figures(self) -> tuple[tuple[int, int], ...]:
        """The offsets of the numbers in figures; what is a part of a name (B12) or of a path is none."""
        found = [match.span() for match in _figures(self.text)]
        return tuple([span for span in found if not _is_within(self.text[span[0] - 1 : span[0]])])

    @cached_property
    def _source(self) -> str:
        """The body with its markup, code left out."""
        return _CODE.sub(filled, FENCED.sub(filled, self._raw)) if "`" in self._raw else self._raw

    @cached_property
    def links(self) -> tuple[tuple[int, str, str], ...]:
        """The links of the body: offset of the bracket, which may stand before its sentence, text, target."""
        source = self._source
        if "](" not in source:
            return ()
        found = [match for match in _LINK.finditer(source) if source[match.start() - 1 : match.start()] != "!"]
        return tuple([(match.start(), match["text"], "".join(match["target"].split()[:1])) for match in found])

    def leads_to(self, position: int, folder: str) -> bool:
        """Whether a block of the body has a link to an article of a folder."""
        block = self.blocks[position]
        return any(
            folder in target and block.start <= offset + len(text) < block.end for offset, text, target in self.links
        )

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
        if "</table" in self._source:
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
        position = self.block_at(offset)
        for sentence in self.sentences_of(position):
            if sentence.start <= offset < sentence.end:
                return sentence
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
        """Each use of some words or phrases (in lower case), in order: its offset, and how it is written."""
        for start, end in sorted(self._uses(words, 0, len(self.text))):
            yield start, self.text[start:end].replace(FILL, "")

    def uses(self, words: tuple[str, ...], start: int = 0, end: int | None = None) -> bool:
        """Whether any of some words or phrases stands between two offsets."""
        return any(True for _ in self._uses(words, start, len(self.text) if end is None else end))

    def _uses(self, words: tuple[str, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
        phrases, lower = _phrases(words), self._lower
        for first in self.words.intersection(phrases):  # which goes through the few
            pattern, whole = phrases[first]
            if not any(map(self.words.issuperset, whole)):
                continue
            at = lower.find(first, start, end)
            while at >= 0:
                match = pattern.match(lower, at, end)
                if match:
                    yield at, match.end()
                at = lower.find(first, at + 1, end)


def _figures(text: str) -> Iterator[re.Match[str]]:
    """The numbers in figures. In a text of ASCII alone they are found in a fifth of the time."""
    if not text.isascii():
        yield from _FIGURE.finditer(text)
        return
    digits = text.encode().translate(_DIGITS)
    start = digits.find(b"0")
    while start >= 0 and (match := _FIGURE.match(text, start)):
        yield match
        start = digits.find(b"0", match.end())


def _is_within(before: str) -> bool:
    """Whether a figure goes on with the letter before it."""
    return before.isalnum() or (before != "" and before in ".,/_-–")


def _split(source: str) -> tuple[str, int, str]:
    """The front matter, the line on which the body begins, and the body; line ends as ``\\n``."""
    text = source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source
    close = _FENCE.search(text, text.find("\n") + 1)
    if close is None:
        return "", 1, ""
    front = text[text.find("\n") + 1 : close.start()]
    return front, text.count("\n", 0, close.end()) + 2, text[close.end() + 1 :]


def _plain(text: str) -> str:
    """A text with plain marks for typographic ones, each of one letter: every offset stays."""
    if not text.isascii():
        for mark, plain in _TYPOGRAPHY.items():
            text = text.replace(mark, plain)
    return text


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, without the marks around them."""
    return _plain(text.lower()).translate(_PUNCTUATION).split()


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
        actions = [step.text for step in (steps.position, *steps.actions)]
        for text in (*actions, steps.hold, steps.repeats, *steps.mistakes):
            if text:
                yield "steps", text, False
    for question in body.questions:
        yield "questions", question.question, False
        for part in re.split(r"</(?:p|li|h\d|tr)>", question.answer):
            text = unescape(_TAG.sub("", _SLOT.sub(r"{\1}", _CITED.sub("", part)))).strip()
            if text:
                yield "questions", " ".join(text.split()), _CITE in part


def _is_spoken(block: Block) -> bool:
    """Whether a block has sentences."""
    return block.kind in _SPOKEN and block.field != "title"


def _ends(block: Block, text: str) -> re.Pattern[str]:
    """What ends the sentences of a block's text, or the cells of a row."""
    return _CELL if block.kind == "row" else _END if "?" in text or "!" in text else _STOP


def _sentences(text: str, block: Block, position: int, no_end: frozenset[str]) -> Iterator[Sentence]:
    """The sentences of a block, or the cells of a row. The full stop after a word of ``no_end`` is no end."""
    start, stop = block.start, block.end
    for match in _ends(block, text[start:stop]).finditer(text, start, stop):
        end = match.end()
        mark = match.start()
        if no_end and text[mark] == "." and text[max(mark - 4, start) : mark].rpartition(" ")[2].lower() in no_end:
            continue
        words = len(text[start:mark].replace(FILL, "").split())
        if words:
            yield Sentence(start, end, position, words)
        start = end
    if start < stop and (words := len(text[start:stop].replace(FILL, "").split())):
        yield Sentence(start, stop, position, words)


@lru_cache(maxsize=256)
def _phrases(words: tuple[str, ...]) -> dict[str, tuple[re.Pattern[str], list[frozenset[str]]]]:
    """By a word: an expression for the phrases that begin with it, and the words of each of them."""
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(words, key=len, reverse=True):
        first = words_of(phrase)[:1]
        if first:
            by_first.setdefault(first[0], []).append(phrase)
    return {
        first: (re.compile(_alternatives(phrases)), [frozenset(words_of(phrase)) for phrase in phrases])
        for first, phrases in by_first.items()
    }


def _alternatives(phrases: Sequence[str]) -> str:
    gap = rf"[\s{FILL}]+"
    spelled = (gap.join(re.escape(word) for word in _plain(phrase).split()) for phrase in phrases)
    return rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w-])"
