"""Steps of the Markdown library as it does them, without the work that finds nothing.

Most of a text is plain: paragraphs and words without any mark. The library tries every one of its processors and
patterns on them. What stands here gives the same result (``tests/test_quick.py`` holds it against the library's) in
half of the time.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import HTML_EMPTY

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

_PARAGRAPH = re.compile(r"[^\W\d_][^\n|]*(?:\n[^\W\d_][^\n|]*)*\Z")
"""A block of which each line begins with a letter, without the mark of a table: all it can be is a paragraph."""

_BOOLEAN = BOOLEAN_ATTRIBUTES["html"]


def hasten(md: Markdown, triggers: Mapping[str, tuple[str, ...]]) -> None:
    """Make a processor quick, once all its patterns are registered.

    ``triggers`` names for each inline pattern the pieces of which a text must hold one for the pattern to match it.
    """
    md.treeprocessors.register(QuickInline(md, triggers), "inline", 20)
    md.treeprocessors.register(QuickUnescape(md), "unescape", 0)
    setattr(md.parser, "parseBlocks", QuickBlocks(md.parser))  # noqa: B010 (a method, for this one parser)


class QuickBlocks:
    """Takes blocks that can only be paragraphs for that, and leaves all others to the library's processors."""

    def __init__(self, parser: BlockParser) -> None:
        self._registered = parser.blockprocessors
        self._processors = tuple(parser.blockprocessors)
        self._paragraph = parser.blockprocessors["paragraph"]

    def __call__(self, parent: etree.Element, blocks: list[str]) -> None:
        """Parse blocks, and leave none of them in the list."""
        if len(self._processors) != len(self._registered):
            self._processors = tuple(self._registered)
        while blocks:
            if _PARAGRAPH.match(blocks[0]):
                self._paragraph.run(parent, blocks)
                continue
            for processor in self._processors:
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break


class QuickInline(InlineProcessor):
    """The library's inline processor, which does not try a pattern on a text that has none of its triggers.

    The library tries each of its patterns on each piece of text, which is half of its time. It keeps the method that
    does so to itself: where a later version has none of that name, this class just changes nothing.
    """

    def __init__(self, md: Markdown, triggers: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(md)
        patterns = md.inlinePatterns
        names = {patterns.get_index_for_name(name): name for name in triggers if name in patterns}
        self._tried = [(pattern, *_two(triggers.get(names.get(at, ""), ()))) for at, pattern in enumerate(patterns)]
        pieces = {piece for _, *both in self._tried for piece in both}
        self._any = re.compile("|".join(re.escape(piece) for piece in sorted(pieces)))

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString) or not self._any.search(data):
            return data
        start, count = 0, len(self._tried)
        while patternIndex < count:
            pattern, trigger, other = self._tried[patternIndex]
            if start == 0 and trigger not in data and other not in data:
                patternIndex += 1
                continue
            data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                pattern, data, patternIndex, start
            )
            if not matched:
                patternIndex += 1
        return data


def _two(pieces: tuple[str, ...]) -> tuple[str, str]:
    """The two pieces of which a text must hold one; for a pattern without any, what every text holds."""
    return (pieces[0], pieces[-1]) if pieces else ("", "")


class QuickUnescape(UnescapeTreeprocessor):
    """Puts escaped characters back where there are some."""

    def run(self, root: etree.Element) -> None:
        """Put them back in every text and attribute."""
        for element in root.iter():
            if element.text and STX in element.text and element.tag != "code":
                element.text = self.unescape(element.text)
            if element.tail and STX in element.tail:
                element.tail = self.unescape(element.tail)
            for key, value in element.attrib.items():
                if value and STX in value:
                    element.set(key, self.unescape(value))


def serialize(root: etree.Element) -> str:
    """A tree of elements as HTML. It has no script, style or comment: the clean-up lets none of them through."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: etree.Element, write: Callable[[str], object]) -> None:
    tag = element.tag
    attributes = "".join([_attribute(name, value) for name, value in sorted(element.attrib.items())])
    text, tail = element.text, element.tail
    write(f"<{tag}{attributes}>{_escaped(text) if text else ''}")
    for child in element:
        _write(child, write)
    end = "" if tag in HTML_EMPTY else f"</{tag}>"
    write(f"{end}{_escaped(tail)}" if tail else end)


def _attribute(name: str, value: str | None) -> str:
    if value is None or (name == value and name in _BOOLEAN):
        return f" {name}"
    if '"' in value:
        value = value.replace('"', "&quot;")
    return f' {name}="{_escaped(value)}"'


def _escaped(text: str) -> str:
    """A text with its markup as entities; entities in it are left as they are."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
