"""An author's own HTML: cleaned by an allow-list, and what was dropped is told."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

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
VOID = {"br", "col", "hr", "wbr"}
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


class _Inventory(HTMLParser):
    """Counts a fragment's tags and attributes, and keeps the attributes of its first tag."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.seen:
            self.first = {name: value or "" for name, value in attrs}
        self.seen[f"<{tag}>"] += 1
        for name, value in attrs:
            shown = f'="{value}"' if name in ("href", "src") else ""
            self.seen[f"{name}{shown} of <{tag}>"] += 1

    def handle_pi(self, data: str) -> None:
        self.seen[f"<{data}>"] += 1

    def handle_decl(self, decl: str) -> None:
        self.seen[f"<!{decl}>"] += 1


def clean(html: str) -> tuple[str, tuple[str, ...]]:
    """The fragment with only what is allowed, and what was dropped from it (``<script>``, ``onclick of <b>``)."""
    cleaned = nh3.clean(
        html,
        tags=BLOCKS | PHRASES,
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes=SCHEMES,
        url_relative="deny",
        clean_content_tags={"script", "style", "template"},
    )
    before, after = _Inventory(html).seen, _Inventory(cleaned).seen
    # A tbody that the clean-up adds is no loss; only what is fewer than before was dropped.
    return cleaned, tuple(what for what in before if before[what] > after[what])


def clean_tag(name: str, attributes: str) -> tuple[dict[str, str] | None, tuple[str, ...]]:
    """The allowed attributes of a single tag, ``None`` where the tag itself is not allowed; and what was dropped."""
    if name not in PHRASES:
        return None, (f"<{name}>",)
    cleaned, dropped = clean(f"<{name} {attributes}>" + ("" if name in VOID else f"</{name}>"))
    return _Inventory(cleaned).first, dropped
