"""An author's own HTML: cleaned by an allow-list, and what was dropped is told."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

import nh3

BLOCKS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "hr", "li", "ol", "p", "pre"}
BLOCKS |= {
    "section",
    "summary",
    "table",
    "caption",
    "col",
    "colgroup",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
}
PHRASES = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q"}
PHRASES |= {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "var", "wbr"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
UNREAD = {"script", "style", "template"}
"""What these elements hold was never meant to be read: it goes with them."""
ATTRIBUTES = {
    "*": {"class", "id", "lang", "title", "dir"},
    "a": {"href"},
    "details": {"open"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}


class Flaw(NamedTuple):
    """Something wrong with a fragment: where in it, counted from 1; whether it was dropped, or is an error."""

    line: int
    column: int
    message: str
    is_dropped: bool


class _Inventory(HTMLParser):
    """Where each of a fragment's tags and attributes stands, what is not closed, and its first tag's attributes."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: dict[str, list[tuple[int, int]]] = {}
        self.first: dict[str, str] = {}
        self.open: list[tuple[str, tuple[int, int]]] = []
        self.strays: list[tuple[str, tuple[int, int]]] = []
        self.feed(html)
        self.close()

    def _place(self) -> tuple[int, int]:
        line, offset = self.getpos()
        return line, offset + 1

    def _see(self, what: str) -> None:
        self.seen.setdefault(what, []).append(self._place())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.seen:
            self.first = {name: value or "" for name, value in attrs}
        self._see(f"<{tag}>")
        for name, value in attrs:
            shown = f'="{value}"' if name in ("href", "src") else ""
            self._see(f"{name}{shown} of <{tag}>")
        if tag not in VOID:
            self.open.append((tag, self._place()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a slash at its end closes nothing in HTML

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                del self.open[index]
                return
        self.strays.append((tag, self._place()))

    def handle_pi(self, data: str) -> None:
        self._see(f"<{data}>")

    def handle_decl(self, decl: str) -> None:
        self._see(f"<!{decl}>")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read what begins with ``<![``: a comment to a browser, and to the clean-up. (The standard library's parser
        raises where the word after that is none that it knows.)
        """
        if self._place() not in self.seen.get("<![", ()):  # one that does not end is read twice
            self._see("<![")
        return self.parse_bogus_comment(i, False)


def clean(html: str) -> tuple[str, tuple[Flaw, ...]]:
    """The fragment with only what is allowed, and what is wrong with it, such as ``<script> is not allowed here``."""
    cleaned = nh3.clean(
        html,
        tags=BLOCKS | PHRASES,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes=SCHEMES,
        url_relative="deny",
        clean_content_tags=UNREAD,
    )
    before, after = _Inventory(html), _Inventory(cleaned).seen
    flaws = [Flaw(*place, f"“<{tag}>” is never closed", is_dropped=False) for tag, place in before.open]
    flaws += [Flaw(*place, f"“</{tag}>” closes nothing", is_dropped=False) for tag, place in before.strays]
    for what, places in before.seen.items():
        # A tbody that the clean-up adds is no loss; only what is fewer than before was dropped.
        kept = len(after.get(what, ()))
        flaws += [Flaw(*place, f"{what} is not allowed here", is_dropped=True) for place in places[kept:]]
    return cleaned, tuple(flaws)


def clean_tag(name: str, attributes: str) -> tuple[dict[str, str] | None, tuple[Flaw, ...]]:
    """The allowed attributes of a single tag, ``None`` where the tag itself is not allowed; and what was dropped."""
    if name not in PHRASES:
        return None, (Flaw(1, 1, f"<{name}> is not allowed here", is_dropped=True),)
    cleaned, flaws = clean(f"<{name} {attributes}>" + ("" if name in VOID else f"</{name}>"))
    return _Inventory(cleaned).first, flaws
