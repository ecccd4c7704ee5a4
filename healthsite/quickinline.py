"""The inline patterns of the Markdown library as it applies them, without the work that finds nothing.

Most pieces of a text hold no mark, or few that stand apart: a citation, a link, a word under stress. The library tries
every one of its patterns on each piece, and hides what one has found from the next. ``tests/test_quick.py`` holds the
result against the library's.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import deque
from collections.abc import Container, Mapping
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.inlinepatterns import LinkInlineProcessor, Pattern, ReferenceInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

_METHODS = ("handleInline", "applyPattern", "processPlaceholders")
PLAIN = r"[^\[\]*_`\\<&{\x02]"
"""A character that no inline pattern begins with, as an expression."""

_STRESSED = rf"(?![\s*]){PLAIN}+(?<!\s)"
_SIMPLE = {
    "link": rf"\[{PLAIN}*\]\((?:(?![()\s>\"']){PLAIN})+\)",
    "em_strong": rf"\*\*{_STRESSED}\*\*(?!\*)|\*{_STRESSED}\*(?!\*)",
}
"""Of the library's own patterns, what they match whole where nothing but words stands in it."""


def hasten(
    md: Markdown, triggers: Mapping[str, tuple[str, ...]], simple: Mapping[str, str], kept: Container[str]
) -> None:
    """Make a processor's inline patterns quick, once all of them are registered.

    ``triggers`` names for each inline pattern the pieces of which a text must hold one for the pattern to match it;
    ``simple`` for some patterns of one's own an expression for what they are sure to match whole, and that holds
    nothing that another pattern asks for (see :data:`PLAIN`). In an element with a tag of ``kept`` a text with simple
    marks alone is left as it is, as a :class:`Marked`, to whoever makes HTML of it.
    """
    is_known = all(hasattr(InlineProcessor, f"_InlineProcessor__{name}") for name in _METHODS)
    if is_known and not any(pattern.ANCESTOR_EXCLUDES for pattern in md.inlinePatterns):
        md.treeprocessors.register(QuickInline(md, triggers, {**_SIMPLE, **simple}, kept), "inline", 20)
    stress: Any = md.inlinePatterns["em_strong"]
    if hasattr(stress, "regions"):  # earlier versions find stress in another way
        stress.handleMatch = QuickStress(stress)
    link: Any = md.inlinePatterns["link"]
    link.handleMatch = QuickLink(link)


class _Tried(NamedTuple):
    """An inline pattern, its position, and the two pieces of which a text must hold one for it to match."""

    at: int
    pattern: Pattern
    trigger: str
    other: str


Mark = tuple[str, int, int]
"""The match of a pattern where that stands apart from all others: the pattern's name, and the match's offsets."""


class Marked(str):
    """A text with the marks in it, in their order: all of them are simple."""

    __slots__ = ("marks",)
    marks: list[Mark]


class QuickInline(InlineProcessor):
    """The library's inline processor, which does not try a pattern on a text that has none of its triggers.

    The library tries each of its patterns on each piece of text, and puts even those together anew in which it has
    found nothing: that is half of its time. It keeps these methods to itself: :func:`hasten` leaves its processor in
    place where a later version has none of their names, or a pattern asks for what it stands in.
    """

    def __init__(
        self, md: Markdown, triggers: Mapping[str, tuple[str, ...]], simple: Mapping[str, str], kept: Container[str]
    ) -> None:
        super().__init__(md)
        self._kept = kept
        patterns = md.inlinePatterns
        names = {patterns.get_index_for_name(name): name for name in triggers if name in patterns}
        self._all = [_Tried(at, one, *_two(triggers.get(names.get(at, ""), ()))) for at, one in enumerate(patterns)]
        self._pieces = tuple(sorted({piece for tried in self._all for piece in (tried.trigger, tried.other)}))
        self._plans: dict[tuple[bool, ...], tuple[_Tried, ...]] = {}
        self._besides = tuple([piece for piece in self._pieces if re.fullmatch(f"{PLAIN}*", piece)])
        self._simple = {name: at for at, name in sorted((patterns.get_index_for_name(name), name) for name in simple)}
        marks = "|".join([f"(?P<{name}>{simple[name]})" for name in self._simple])
        self._next = re.compile(rf"{PLAIN}*+(?:(?<!!)(?:{marks})|\Z)").match

    def _marks(self, text: str) -> list[Mark] | None:
        """The marks of a text; ``None`` where it holds any that are not simple."""
        if any(map(text.__contains__, self._besides)):
            return None
        found: list[Mark] = []
        match = self._next(text)
        while match and (name := match.lastgroup):
            found.append((name, *match.span(name)))
            match = self._next(text, match.end())
        return found if match else None

    def _plan(self, text: str) -> tuple[_Tried, ...]:
        """The patterns that a text can match, in order: what is put in the place of a match holds no trigger."""
        key = (bool(self.md.references), *[piece in text for piece in self._pieces])
        plan = self._plans.get(key)
        if plan is None:
            there = {piece for piece, is_there in zip(self._pieces, key[1:], strict=True) if is_there}
            plan = self._plans[key] = tuple(
                tried
                for tried in self._all
                if not there.isdisjoint((tried.trigger, tried.other))
                and (key[0] or not isinstance(tried.pattern, ReferenceInlineProcessor))
            )
        return plan

    def run(self, tree: etree.Element, ancestors: list[str] | None = None) -> etree.Element:
        """Apply the patterns to a tree, in the library's order. What a pattern stands in is not
        gathered, as none asks.
        """
        self.stashed_nodes = {}
        self.parent_map = {}
        self.ancestors: list[str] = []
        waiting = deque([tree])
        while waiting:
            element = waiting.popleft()
            found: list[tuple[etree.Element, list[etree.Element]]] = []
            for child in element:
                text, tail = child.text, child.tail
                if text and (marks := self._marks(text)) != [] and not isinstance(text, AtomicString):
                    if marks and child.tag in self._kept and "class" not in child.attrib:
                        child.text = Marked(text)
                        child.text.marks = marks
                    else:
                        child.text = None
                        nodes = self._replaced(text, marks, child)
                        waiting += nodes
                        found.append((child, nodes))
                if tail and (marks := self._marks(tail)) != []:
                    self._insert_after(element, child, tail, marks)
                if len(child):
                    waiting.append(child)
            for child, nodes in found:
                for position, node in enumerate(nodes):
                    child.insert(position, node)
        return tree

    def _insert_after(self, element: etree.Element, child: etree.Element, tail: str, marks: list[Mark] | None) -> None:
        holder = etree.Element("d")
        child.tail = None
        nodes = self._replaced(tail, marks, holder)
        if holder.text:
            child.tail = holder.text
        position = list(element).index(child) + 1
        for node in reversed(nodes):
            element.insert(position, node)

    def _replaced(self, text: str, marks: list[Mark] | None, parent: etree.Element) -> list[etree.Element]:
        """The elements that patterns make of a text; what stands before them goes to the parent."""
        if marks is None:
            data = self._applied(text, self._plan(text))
            return [node for node, _ in self._InlineProcessor__processPlaceholders(data, parent)]  # type: ignore[attr-defined]
        return self._simply_replaced(text, marks, parent)

    def _simply_replaced(self, text: str, marks: list[Mark], parent: etree.Element) -> list[etree.Element]:
        """The same where all matches are simple: then none need be hidden from the next pattern."""
        in_order = sorted([(self._simple[name], start) for name, start, _ in marks])
        made = {start: _made(self._all[at].pattern, text, start) for at, start in in_order}
        nodes: list[etree.Element] = []
        words, done = "", 0
        for _, start, end in marks:
            words += text[done:start]
            done = end
            one = made[start]
            if isinstance(one, str):
                words += one
                continue
            _say(words, parent, nodes)
            nodes.append(one)
            words = ""
        _say(words + text[done:], parent, nodes)
        return nodes

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        return data if isinstance(data, AtomicString) else self._applied(data, self._plan(data), patternIndex)

    def _applied(self, data: str, plan: tuple[_Tried, ...], first: int = 0) -> str:
        """A text with a placeholder for each match of the patterns of its plan, from one position on."""
        for at, pattern, trigger, other in plan:
            start, is_there = 0, at >= first
            while is_there and (data.find(trigger, start) >= 0 or data.find(other, start) >= 0):
                data, is_there, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, at, start
                )
        return data


def _made(pattern: Any, text: str, start: int) -> etree.Element | str:
    """What a pattern makes of its match at a place."""
    found: etree.Element | str = pattern.handleMatch(pattern.getCompiledRegExp().match(text, start), text)[0]
    return found


def _say(words: str, parent: etree.Element, nodes: list[etree.Element]) -> None:
    """Put words after the last element, or where there is none, at the beginning of the parent."""
    if nodes:
        nodes[-1].tail = words
    else:
        parent.text = words


def _two(pieces: tuple[str, ...]) -> tuple[str, str]:
    """The two pieces of which a text must hold one; for a pattern without any, what every text holds."""
    return (pieces[0], pieces[-1]) if pieces else ("", "")


_STRESS = re.compile(r"(\*\*?)(?![\s*])([^*_]+)(?<!\s)\1(?!\*)")
"""Words between the same asterisks on both sides, with no other mark of stress among them."""


class QuickStress:
    """Takes simple stress for that, and leaves all other to the library's processor."""

    def __init__(self, processor: Any) -> None:
        self._processor = processor
        self._by_library = processor.handleMatch

    def __call__(self, m: re.Match[str], data: str) -> tuple[etree.Element | None, int | None, int | None]:
        """The element for a match of an asterisk or a line, and where that begins and ends."""
        found = None if self._processor.regions else _STRESS.match(data, m.start())
        if found is None:
            return self._by_library(m, data)  # type: ignore[no-any-return]
        element = etree.Element("strong" if len(found[1]) == 2 else "em")
        element.text = found[2]
        return element, found.start(), found.end()


_LINK = re.compile(r"([^\[\]]*)\]\(([^\s()<>\"'\x02]+)\)")
"""A link after its first bracket: its text has no bracket, its address nothing that could say more, and no title."""


class QuickLink:
    """Takes simple links for that, and leaves all other to the library's processor, which reads them by the letter."""

    def __init__(self, processor: LinkInlineProcessor) -> None:
        self._by_library = processor.handleMatch

    def __call__(self, m: re.Match[str], data: str) -> tuple[etree.Element | str | None, int | None, int | None]:
        """The element for a match of a bracket, and where that begins and ends."""
        found = _LINK.match(data, m.end())
        if found is None:
            return self._by_library(m, data)
        element = etree.Element("a", {"href": found[2]})
        element.text = found[1]
        return element, m.start(), found.end()
