"""Markdown → safe HTML with slots, and what the text says of itself: headings, links, citations, words, pictures.

Knows one text only: whether a link's target or a cited source exists is decided when the site is linked.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import Treeprocessor

from healthsite import drawings, marks, quick, quickinline, rawhtml
from healthsite.fields import Reporter
from healthsite.marks import PAGE_ID, Job
from healthsite.model import CARE_CARDS, NUMBERS, Heading, Link, Mention
from healthsite.quickinline import Marked
from healthsite.sourcetext import SourceText
from healthsite.suggest import nearest

_WIDE = 4
"""Columns of a table that are too many for a telephone."""
_TAG = re.compile(r"<[^>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_CODE = re.compile(r"<(pre|code)[ >].*?</\1>", re.DOTALL)
_LEFTOVER = re.compile(
    r"\[\^[^\]\n]*\](?P<note>)"
    r"|\[[^\]\n]*(?<!\w)@\w[^\]\n]*\]?(?P<cite>)"
    r"|\[[^\]\n]*\](?:[(\[][^\]\s]*\]?| \([^)\s]*(?:\.md|/)[^)\s]*\))(?P<link>)"
    r"|\{(?:" + "|".join(NUMBERS) + r")\}(?P<word>)"
    r"|!!! ?[\w-]+[^\n]*(?P<card>)"
    r"|(?:`{3,}|~{3,})(?P<fence>)"
    r"|<!--(?P<comment>)"
)
_NO_HEADING = re.compile(r"(?:^|\n) *#{1,6} .+")
_HEADING_HINT = "put a blank line before it, and indent it by four spaces, or not at all"
_MARK = "\0"
"""Stands where a tag stood, or code."""
_BEGINNINGS = (("[", "["), ("{", "{"), ("!", "!!!"), ("`", "```"), ("~", "~~~"), ("&", "&lt;!--"), ("#", "# "))
"""What one of these begins with, and its first character, which is found more quickly."""
_LEFTOVERS = {
    "note": ("is not a footnote here", "cite a source: [@id]"),
    "cite": ("is not understood as a citation", "write [@id], or several as [@id; @id], and not inside raw HTML"),
    "link": (
        "is not understood as a link",
        "write [text](address), with no space before or in the address, and not inside raw HTML",
    ),
    "word": ("is not filled in here", "write it in Markdown, not inside raw HTML"),
    "card": (
        "is not understood as a care card",
        '!!! emergency "Title", a blank line before it, its text indented by four spaces',
    ),
    "fence": ("begins code that never ends", "put the same marks alone on a line after the code"),
    "comment": ("begins a comment that never ends", "end it with -->"),
}
_NUMBER = re.compile(r"\{[ ]*([A-Za-z][\w-]*)[ ]*\}")
_NESTED = 4
"""How deep an author's own phrase markup can be nested."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Text(NamedTuple):
    """What a text gives."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Mention, ...]
    words: tuple[Mention, ...]
    pictures: tuple[Mention, ...]
    outside: tuple[Mention, ...]
    anchors: tuple[str, ...]


class Markup:
    """A Markdown processor, made once and used for many texts: making one takes longer than a short text."""

    def __init__(self) -> None:
        self.job = Job("", Reporter(""))
        extensions = [
            TableExtension(),
            SaneListExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            _OurMarkdown(self),
        ]
        self._markdown = Markdown(extensions=extensions, output_format="html")
        self._markdown.serializer = quick.serialize

    def begin(self, path: str, report: Reporter) -> Markup:
        """Begin an article: its citations are numbered, and its fragment ids kept apart, over all its texts."""
        self.job = Job(path, report)
        return self

    def convert(self, text: str, first_line: int, first_column: int = 1) -> str:
        """One text of the article as HTML with slots. It begins in the file at ``first_line`` and ``first_column``."""
        job = self.job
        job.source = SourceText(text, first_line, first_column)
        job.cards = []
        for misread in job.source.misread_lists():
            job.report((misread.line, misread.column), misread.check, misread.message, misread.hint)
        if too_deep := job.source.too_deep():  # the library would recurse into it without end
            job.report(too_deep, "nested", "this is nested too deep", "can it be said with fewer lists in lists?")
            return ""
        html = self._markdown.reset().convert(text)
        _collect_anchors(html, job)
        _report_leftovers(html, job)
        return html

    def heading_id(self, text: str) -> str:
        """A fragment id for a heading that the page itself gives the article."""
        return self.job.new_id(text, "section")

    def finish(self, htmls: tuple[str, ...]) -> Text:
        """What all the texts of the article said of themselves; ``htmls`` are what they were converted to."""
        job = self.job
        return Text(
            html=htmls[0],
            headings=tuple(job.headings),
            links=tuple(job.links),
            citations=tuple(job.citations),
            words=tuple(job.words),
            pictures=tuple(job.pictures),
            outside=tuple(job.outside),
            anchors=tuple(job.anchors | dict.fromkeys(sorted(job.ids))),
        )


def _collect_anchors(html: str, job: Job) -> None:
    before, *parts = html.split(' id="')
    for part in parts:
        is_attribute = before.rfind("<") > before.rfind(">")
        before = part
        if not is_attribute:
            continue
        anchor = part.partition('"')[0]
        if anchor.split() != [anchor]:
            place = job.source.locate(f'"{anchor}"', f"'{anchor}'", "id=")
            message, hint = f"the id “{anchor}” is empty, or holds a space", "use letters, digits and hyphens"
            job.report(place, "raw-html", message, hint)
            continue
        if anchor in job.anchors or (PAGE_ID.fullmatch(anchor) and anchor not in job.ids):
            place = job.source.locate(f'"{anchor}"', f"'{anchor}'", anchor)
            job.report(place, "duplicate-id", f"the id “{anchor}” is used twice in this article")
        job.anchors[anchor] = None
        job.ids.add(anchor)


def _report_leftovers(html: str, job: Job) -> None:
    """Report what looks like Markdown but came through as text, because Markdown says nothing of it."""
    if not any(first in html and mark in html for first, mark in _BEGINNINGS):
        return
    for match in _LEFTOVER.finditer(unescape(_TAG.sub("", _CODE.sub("", html)))):
        if job.source.is_escaped(match[0]):
            continue
        message, hint = _LEFTOVERS[match.lastgroup or ""]
        tail = match[0][match[0].rfind("](") + 1 or match[0].rfind("][") + 1 :]
        job.report(job.source.locate(match[0], tail), "not-understood", f"“{match[0]}” {message}", hint)
    # In a cell, or a card's title, a # is text: there another tag stands before it.
    for match in _NO_HEADING.finditer(_TAG.sub(_MARK, _CODE.sub(_MARK, html).replace("<p>", "\n"))):
        wording = unescape(match[0].replace(_MARK, "")).strip()
        place = job.source.locate_unread_heading(wording)
        if place:
            job.report(place, "not-understood", f"“{wording}” is not understood as a heading", _HEADING_HINT)


class _OurMarkdown(Extension):
    """What an article's Markdown has beyond the common one, and what it does without."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self._markup = markup

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(_CareCards(md.parser, self._markup), "care", 105)
        patterns = md.inlinePatterns
        patterns.register(_Citation(r"\[@([^\]]*)\]", md, self._markup), "citation", 175)
        patterns.deregister("html")
        for level in range(_NESTED):  # what stands in an element is read by the patterns after the one that found it
            patterns.register(_Html(_HTML, md, self._markup), f"html{level}", 90 - level)
        patterns.register(_NestedTooDeep(_HTML, md, self._markup), "nested", 90 - _NESTED)
        patterns.register(_Word(_NUMBER.pattern, md, self._markup), "word", 85)
        patterns.deregister("automail")
        md.treeprocessors.register(_Tree(md, self._markup), "article", -5)
        md.postprocessors.register(_CleanHtml(md, self._markup), "raw_html", 30)
        quick.hasten(md)
        quickinline.hasten(md, _TRIGGERS, marks.SIMPLE, _KEPT)


_TRIGGERS = {
    name: (first,)
    for first, names in {
        "`": ("backtick",),
        "\\": ("escape",),
        "[@": ("citation",),
        "](": ("link",),
        "[": ("reference", "short_reference"),
        "![": ("image_link", "image_reference", "short_image_ref"),
        "<": ("autolink", "nested", *(f"html{level}" for level in range(_NESTED))),
        "  \n": ("linebreak",),
        "{": ("word",),
        "&": ("entity",),
    }.items()
    for name in names
} | {"em_strong": ("*", "_")}
"""What a text must hold for an inline pattern to match it: one of two pieces."""

_KEPT = frozenset(("dd", "li", "p", "td"))
"""What holds words only, so that its simple marks need not become elements."""


_HTML = (
    r"(?s:<!--.*?-->)|<(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"""(?P<attributes>(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*?)?)\s*/?>"""
)


class _Inline(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, markup: Markup) -> None:
        super().__init__(pattern, md)
        self._markup = markup

    @property
    def _job(self) -> Job:
        return self._markup.job


class _Citation(_Inline):
    """``[@id; @id]``: an element that holds the ids. The tree is the place to number them, for it has their order."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        names = marks.cited(m[0], data[m.end(0) : m.end(0) + 1], self._job, self.unescape(m[0]))
        return etree.Element("x-cite", {"names": " ".join(names)}) if names else "", m.start(0), m.end(0)


class _Word(_Inline):
    """``{emergency-number}`` → a slot for what the configuration says."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        is_word = marks.is_word(m[0], m[1], self._job)
        return etree.Element("x-word", {"name": m[1]}) if is_word else m[0], m.start(0), m.end(0)


class _Html(_Inline):
    """An author's own phrase markup (``<sup>2</sup>``): an element of the tree, so that it can't stay unclosed."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str | None, int, int]:  # type: ignore[override]
        name = (m["name"] or "").lower()
        if not name:
            return "", m.start(0), m.end(0)
        job, written, shown = self._job, m[0], self.unescape(m[0])
        if m["end"]:
            job.find(written, "raw-html", f"“{shown}” closes nothing")
            return "", m.start(0), m.end(0)
        if "\x02" in m["attributes"] or _NUMBER.search(m["attributes"]):
            job.find(written, "raw-html", f"“{shown}” holds Markdown", "an attribute holds plain text only")
            return "", m.start(0), m.end(0)
        place = job.source.locate(written)
        attributes, flaws = rawhtml.clean_tag(name, m["attributes"])
        for flaw in flaws:
            job.report(place, "raw-html", flaw.message, _HTML_HINT, "warning")
        if name in rawhtml.VOID:
            return ("" if attributes is None else etree.Element(name, attributes)), m.start(0), m.end(0)
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(data, m.end(0))
        if closing is None:
            job.report(place, "raw-html", f"“{shown}” is never closed")
            return "", m.start(0), m.end(0)
        inner = data[m.end(0) : closing.start()]
        if name in rawhtml.UNREAD:
            return "", m.start(0), closing.end()
        # Of what is not allowed, the tag goes, and what it holds stays.
        element = etree.Element("span") if attributes is None else etree.Element(name, attributes)
        element.text = inner or None
        return element, m.start(0), closing.end()


class _NestedTooDeep(_Inline):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]
        if m["name"]:
            message = f"“{self.unescape(m[0])}” is nested too deep"
            self._job.find(m[0], "raw-html", message, f"at most {_NESTED} elements can stand in each other")
        return "", m.start(0), m.end(0)


_HTML_HINT = "it was left out of the page"


class _CareCards(AdmonitionProcessor):
    """``!!! emergency "Title"``: the block is the library's; what it becomes is decided in the tree."""

    def __init__(self, parser: BlockParser, markup: Markup) -> None:
        super().__init__(parser)
        self._markup = markup

    def test(self, parent: etree.Element, block: str) -> bool:
        # The library searches every block by an expression that begins nowhere in particular.
        return ("!!!" in block and super().test(parent, block)) or self.parse_content(parent, block)[0] is not None

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        self._markup.job.cards.append(match[0].strip())
        return match[1].lower(), match[2] or "\N{NO-BREAK SPACE}"


class _CleanHtml(RawHtmlPostprocessor):
    """Cleans each block of raw HTML as it is put back."""

    def __init__(self, md: Markdown, markup: Markup) -> None:
        super().__init__(md)
        self._markup = markup

    def stash_to_string(self, text: str) -> str:
        html = str(text)
        if _ENTITY.fullmatch(html):
            return html
        cleaned, flaws = rawhtml.clean(html)
        job = self._markup.job
        line, column = job.source.locate_html(html)
        for flaw in flaws:
            place = (line + flaw.line - 1, flaw.column + (column - 1 if flaw.line == 1 else 0))
            if flaw.is_dropped:
                job.report(place, "raw-html", flaw.message, _HTML_HINT, "warning")
            else:
                job.report(place, "raw-html", flaw.message)
        return cleaned


class _Tree(Treeprocessor):
    """Walks the finished tree once: headings, links, pictures, care cards, tables."""

    def __init__(self, md: Markdown, markup: Markup) -> None:
        super().__init__(md)
        self._markup = markup
        self._html_stash = md.htmlStash

    def run(self, root: etree.Element) -> None:
        job = self._markup.job
        level = 1
        heading_id = ""
        counts = dict.fromkeys(_HEADINGS, 0)
        cards = iter(job.cards)
        cards_of: dict[etree.Element, str] = {}
        tables: list[tuple[etree.Element, str]] = []
        headings: list[etree.Element] = []
        for element in list(root.iter()):
            tag = element.tag
            if type(element.text) is Marked:
                element.text = marks.finished(element.text, cards_of.get(element, ""), job)
            if len(element):
                _hold_citations(element)
            if tag in _HEADINGS:
                level = self._heading(element, level, counts[tag], job)
                heading_id = element.get("id", "")
                headings.append(element)
                counts[tag] += 1
            elif tag == "a":
                _link(element, cards_of.get(element, ""), job)
            elif tag == "x-cite":
                _cite(element, job)
            elif tag in ("x-word", "x-plain-word"):
                marks.note_word(element.get("name") or "", job)
            elif tag == "img":
                _picture(element, job)
            elif tag == "div" and (element.get("class") or "").startswith("admonition"):
                name = self._care_card(element, next(cards), job)
                for inner in element.iter():
                    cards_of.setdefault(inner, name)  # the outer card, where one stands in another
            elif tag == "table":
                self._label_cells(element)
                tables.append((element, heading_id))
            elif tag in ("td", "th"):
                _cell(element)
        for table, label in tables:
            _make_scrollable(table, label)
        for heading in headings:
            if heading not in cards_of:
                _anchor(heading)

    def _heading(self, element: etree.Element, before: int, count: int, job: Job) -> int:
        level = _HEADINGS[element.tag]
        text = " ".join(self._plain(element).split())

        def report(message: str, hint: str = "") -> None:
            job.report(job.source.locate_heading(level, count), "heading", message, hint)

        if level == 1:
            report("a text's headings start at ##", "the title is in the front matter")
        elif level > before + 1:
            report(f"“{text}” skips a level", f"write {'#' * (before + 1)}")
        if not text:
            report("this heading is empty")
        element.set("id", job.new_id(text, "section"))
        job.headings.append(Heading(level, element.get("id", ""), text))
        return level

    def _plain(self, element: etree.Element) -> str:
        """The text of an element as a reader sees it, without citation numbers; ``{word}`` for a configured word."""
        parts = [element.text or ""]
        for child in element:
            if child.tag == "x-word":
                parts.append(f"{{{child.get('name')}}}")
            elif child.tag != "x-cite":
                parts.append(self._plain(child))
            parts.append(child.tail or "")
        text = "".join(parts)
        if element.tag == "code":
            text = unescape(text)  # the library keeps it escaped
        if "\x02" not in text:
            return text
        blocks = self._html_stash.rawHtmlBlocks
        text = re.sub("\x02wzxhzdk:(\\d+)\x03", lambda match: unescape(_TAG.sub("", str(blocks[int(match[1])]))), text)
        return text.replace("\x02amp\x03", "&")

    def _label_cells(self, table: etree.Element) -> None:
        """Where a table is too wide for a telephone, each cell says what column it is of: the columns become lines."""
        labels = [" ".join(self._plain(cell).split()) for cell in table.find("thead/tr") or ()]
        if len(labels) < _WIDE:
            return
        table.set("class", "wide")
        for row in table.iterfind("tbody/tr"):
            for label, cell in list(zip(labels, row, strict=False))[1:]:
                cell.set("data-label", label if label.endswith("?") else f"{label}:")

    def _care_card(self, element: etree.Element, written: str, job: Job) -> str:
        """Make a card of the library's block, and give its name. ``written`` is its first line in the source."""
        name = (element.get("class") or "").removeprefix("admonition").strip()
        title = element[0]
        text = " ".join(self._plain(title).split())
        place = job.source.locate(written, after="\n")
        if name not in CARE_CARDS:
            job.report(place, "care-card", f"“{name}” is not a care card", nearest(name, CARE_CARDS))
            return ""
        if not text:
            job.report(place, "care-card", "this care card has no title", f'write !!! {name} "What to do"')
        if len(element) < 2:
            hint = "indent its text by four spaces, after a blank line"
            job.report(place, "care-card", "this care card is empty", hint)
        title.set("class", "care-title")
        title.set("id", job.new_id(f"{name} {text}", name))
        label = etree.Element("x-urgency", {"name": name})
        label.tail = title.text
        title.text = None
        title.insert(0, label)
        element.tag = "section"
        element.set("class", f"care care-{name}")
        element.set("aria-labelledby", title.get("id", ""))
        return name


def _hold_citations(parent: etree.Element) -> None:
    """Keep citations on the line of the word that they follow."""
    before: etree.Element | None = None
    for child in parent:
        if child.tag == "x-cite":
            if before is not None:
                before.tail = marks.held(before.tail or "")
            elif parent.text and parent.text.strip():
                parent.text = marks.held(parent.text)
        before = child


def _cite(element: etree.Element, job: Job) -> None:
    """The numbers of the sources as links to them."""
    names = (element.attrib.pop("names") or "").split()
    element.tag = "sup"
    element.set("class", "cite")
    for number, is_first in marks.numbered(names, job):
        link = etree.SubElement(element, "a", {"href": f"#source-{number}", "role": "doc-noteref"})
        if is_first:
            link.set("id", f"cite-{number}")
        link.text, link.tail = str(number), " "
    element[-1].tail = None


def _link(element: etree.Element, card: str, job: Job) -> None:
    """Turn a link within the site into a slot, and refuse what is no link. ``card`` is the care card around it."""
    for word in element.iter("x-word"):
        word.tag = "x-plain-word"  # a number that would be a link of its own stands in a link already
    href = element.get("href")
    if href is None:
        return  # raw HTML, whose address was dropped, and reported
    place = job.source.locate_link(href)
    if element.find(".//x-cite") is not None:
        job.report(place, "citation", "a source can't be cited inside a link", "put the citation after the link")
    if element.find(".//a") is not None:
        job.report(place, "link", "a link can't hold another link", "put them one after the other")
    address = marks.address(href, place, card, job)
    if address is None:
        element.attrib.pop("href")
    else:
        element.set("href", address)


def _picture(element: etree.Element, job: Job) -> None:
    source = element.get("src", "")
    place = job.source.locate_link(source)
    path = posixpath.normpath(posixpath.join(job.folder, unquote(source)))
    if not (element.get("alt") or "").strip():
        job.report(place, "picture", "this picture has no text that says what it shows", "![what it shows](…)")
    if ":" in source or source.startswith("/") or not path.startswith("static/"):
        job.report(place, "picture", f"“{source}” is not a picture of the site", "write ../../static/…")
        element.attrib.pop("src", None)
        return
    if _NUMBER.search((element.get("alt") or "") + (element.get("title") or "")):
        job.report(place, "picture", "the text of a picture can't hold a word of the configuration")
    name = path.removeprefix("static/")
    job.pictures.append(Mention(name, *place))
    if drawings.is_drawing(name):
        alt = element.get("alt") or ""
        element.tag, element.attrib = "x-picture", {"name": drawings.name_of(name), "alt": alt}
        return
    element.set("src", f"static:{name}")
    element.set("loading", "lazy")


def _anchor(heading: etree.Element) -> None:
    """Make a heading's text a link to itself, so that its address can be kept and passed on; not where it holds what
    is, or may become, a link of its own.
    """
    inner = [child for child in heading.iter() if child is not heading]
    texts = [text or "" for child in heading.iter() for text in (child.text, child.tail)]
    if any(child.tag in ("a", "x-cite", "x-word") for child in inner) or any("\x02wzxhzdk" in text for text in texts):
        return
    link = etree.Element("a", {"class": "anchor", "href": f"#{heading.get('id')}"})
    link.text, heading.text = heading.text, None
    link.extend(list(heading))
    for child in list(heading):
        heading.remove(child)
    heading.append(link)


def _cell(element: etree.Element) -> None:
    """Alignment as a class: a strict policy blocks ``style=``. A header cell says that it heads a column."""
    style = element.attrib.pop("style", "")
    if style:
        element.set("class", "align-" + style.removeprefix("text-align:").strip(" ;"))
    if element.tag == "th" and not len(element) and not (element.text or "").strip():
        element.tag = "td"  # the corner over a first column that heads the rows
    if element.tag == "th":
        element.set("scope", "col")


def _make_scrollable(table: etree.Element, heading_id: str) -> None:
    """Wrap a table, so that a wide one scrolls by itself on a phone, by keyboard too."""
    inner = etree.Element("table", table.attrib)
    inner.extend(list(table))
    inner.text, tail = table.text, table.tail
    table.clear()
    table.tag, table.tail = "div", tail
    table.set("class", "table")
    if heading_id:
        table.attrib |= {"role": "group", "aria-labelledby": heading_id, "tabindex": "0"}
    table.append(inner)
