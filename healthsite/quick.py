"""Steps of the Markdown library as it does them, without the work that finds nothing.

Most of a text is plain: paragraphs and words without any mark. The library tries every one of its processors on them.
What stands here gives the same result (``tests/test_quick.py`` holds it against the library's) in half of the time.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from xml.etree.ElementTree import HTML_EMPTY

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.fenced_code import FencedBlockPreprocessor, FencedCodeExtension
from markdown.preprocessors import HtmlBlockPreprocessor, NormalizeWhitespace
from markdown.serializers import BOOLEAN_ATTRIBUTES, RE_AMP  # type: ignore[attr-defined]
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX

_LETTER = r"[^\W\d_]"
_NO_WORDS = re.compile(rf"\n(?!{_LETTER})")
"""The beginning of a line that no letter begins."""
_LIST = re.compile(rf"- {_LETTER}[^\n]*(?:\n- {_LETTER}[^\n]*)*\Z")
"""A block that can only be a list, and its lines only items that hold nothing but words."""
_HEADING = re.compile(r"(#{1,6}) ([^\\#\n]+)\Z")

_BOOLEAN = BOOLEAN_ATTRIBUTES["html"]


def hasten(md: Markdown) -> None:
    """Make a processor quick: all its steps but the inline patterns."""
    md.treeprocessors.register(QuickPrettify(md), "prettify", 10)
    md.treeprocessors.register(QuickUnescape(md), "unescape", 0)
    setattr(md.parser, "parseBlocks", QuickBlocks(md.parser))  # noqa: B010 (a method, for this one parser)
    md.preprocessors.register(QuickWhitespace(md), "normalize_whitespace", 30)
    md.preprocessors.register(QuickFences(md, FencedCodeExtension().getConfigs()), "fenced_code_block", 25)
    md.preprocessors.register(QuickHtmlBlocks(md), "html_block", 20)


class QuickWhitespace(NormalizeWhitespace):
    """Tidies white space where there is any but single spaces between words and the ends of lines."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without what the library has no use for, and two empty ones."""
        text = "\n".join((*lines, ""))
        return super().run(lines) if any(mark in text for mark in _UNTIDY) else [*lines, "", ""]


_UNTIDY = ("\t", "\r", STX, ETX, " \n")


class QuickFences(FencedBlockPreprocessor):
    """Takes out fenced code where a text has a fence."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without fenced code."""
        text = "\n".join(lines)
        return super().run(lines) if "```" in text or "~~~" in text else lines


class QuickHtmlBlocks(HtmlBlockPreprocessor):
    """Takes out raw HTML where a text has what a tag or an entity begins with."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines without raw HTML."""
        text = "\n".join(lines)
        return super().run(lines) if "<" in text or "&" in text else lines


class QuickBlocks:
    """Takes blocks that can only be paragraphs, headings or plain lists for that, and leaves all others to the
    library's processors.
    """

    def __init__(self, parser: BlockParser) -> None:
        self._registered = parser.blockprocessors
        self._processors = tuple(parser.blockprocessors)
        self._paragraph = parser.blockprocessors["paragraph"]
        self._state = parser.state

    def __call__(self, parent: etree.Element, blocks: list[str]) -> None:
        """Parse blocks, and leave none of them in the list."""
        if len(self._processors) != len(self._registered):
            self._processors = tuple(self._registered)
        while blocks:
            block = blocks[0]
            if is_paragraph(block):
                if self._state.isstate("list"):
                    self._paragraph.run(parent, blocks)
                else:
                    etree.SubElement(parent, "p").text = blocks.pop(0)
            elif heading := _HEADING.match(block):
                etree.SubElement(parent, f"h{len(heading[1])}").text = heading[2].strip()
                del blocks[0]
            elif block.startswith("- ") and _LIST.match(block) and not _goes_on(parent):
                _make_list(parent, block)
                del blocks[0]
            else:
                for processor in self._processors:
                    if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                        break


def is_paragraph(block: str) -> bool:
    """Whether each line of a block begins with a letter: then it can be nothing else. (An expression for the whole of
    it takes four times as long.)
    """
    return block[:1].isalpha() and not _NO_WORDS.search(block)


def _goes_on(parent: etree.Element) -> bool:
    """Whether a list in an element would go on in one that is there."""
    return parent.tag in ("ol", "ul") or (len(parent) > 0 and parent[-1].tag == "ul")


def _make_list(parent: etree.Element, block: str) -> None:
    items = etree.SubElement(parent, "ul")
    for line in block.split("\n"):
        etree.SubElement(items, "li").text = line[2:]


class QuickPrettify(PrettifyTreeprocessor):
    """Puts blocks on lines of their own; which tags are blocks it asks but once."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._blocks = frozenset(md.block_level_elements)

    def _prettifyETree(self, elem: etree.Element) -> None:
        blocks, tag, text, tail = self._blocks, elem.tag, elem.text, elem.tail
        if tag in blocks and tag != "pre":
            if len(elem) and elem[0].tag in blocks and (not text or not text.strip()):
                elem.text = "\n"
            for child in elem:
                if child.tag in blocks:
                    self._prettifyETree(child)
        if not tail or not tail.strip():
            elem.tail = "\n"


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


class Finished(str):
    """A text that is HTML already."""

    __slots__ = ()


def serialize(root: etree.Element) -> str:
    """A tree of elements as HTML. It has no script, style or comment: the clean-up lets none of them through."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: etree.Element, write: Callable[[str], object]) -> None:
    tag, text, tail, attrib = element.tag, element.text, element.tail, element.attrib
    attributes = "".join([_attribute(name, attrib[name]) for name in sorted(attrib)]) if attrib else ""
    begin = f"<{tag}{attributes}>{'' if not text else text if type(text) is Finished else escaped(text)}"
    end = f"{'' if tag in HTML_EMPTY else f'</{tag}>'}{escaped(tail) if tail else ''}"
    if not len(element):  # as most are
        write(begin + end)
        return
    write(begin)
    for child in element:
        _write(child, write)
    write(end)


def _attribute(name: str, value: str | None) -> str:
    if value is None or (name == value and name in _BOOLEAN):
        return f" {name}"
    if '"' in value:
        value = value.replace('"', "&quot;")
    return f' {name}="{escaped(value)}"'


def escaped(text: str) -> str:
    """A text with its markup as entities; entities in it are left as they are."""
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text
