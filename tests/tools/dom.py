"""A page as a tree of elements, with the little that the tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name, attributes and children; text is a child too."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str, **attributes: str) -> list[Element]:
        """The elements below, in document order, with one of these names (any if none) and these attributes; ``class_`` asks for one class."""
        return [item for item in self._below() if (not tags or item.tag in tags) and item.matches(**attributes)]

    def matches(self, **attributes: str) -> bool:
        for name, value in attributes.items():
            given = self.attributes.get(name.rstrip("_").replace("_", "-"))
            if given is None or (value not in given.split() if name == "class_" else given != value):
                return False
        return True

    @property
    def text(self) -> str:
        """All text below, its white space folded."""
        return " ".join("".join(self._texts()).split())

    def _below(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child._below()

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                yield from child._texts()
            else:
                yield child


def read(html: str) -> Element:
    """The tree of a page that is valid HTML."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        names = [element.tag for element in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
