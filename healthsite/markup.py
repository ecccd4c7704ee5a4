"""Markdown → safe HTML with slots, and what the text says of itself: headings, links, citations, words, pictures.

Knows one text only: whether a link's target or a cited source exists is decided when the site is linked.
"""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as etree
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import RawHtmlPostprocessor
from markdown.treeprocessors import Treeprocessor

from healthsite import rawhtml, urls
from healthsite.fields import Reporter
from healthsite.model import CARE_CARDS, NUMBERS, Heading, Link, Mention
from healthsite.slots import open_text
from healthsite.sourcetext import SourceText
from healthsite.suggest import nearest

_SAFE_SCHEMES = ("http", "https", "mailto", "tel")
_TAG = re.compile(r"<[^>]*>")
_ID = re.compile(r'<[a-z][^>]*? id="([^"]*)"')
_ENTITY = re.compile(r"&#?\w+;")
_LEFTOVER = re.compile(r"\[(?P<note>\^)[^\]]*\]|\[[^\]\n]*\](?P<open>\(|\[)|!!! ?[\w-]+(?P<card>)")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Text(NamedTuple):
    """What a text gives."""

    html: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Mention, ...]
    words: tuple[Mention, ...]
    pictures: tuple[Mention, ...]
    anchors: tuple[str, ...]


class _Job:
    """What is gathered while one text, or several of one article, are converted."""

    def __init__(self, path: str, report: Reporter) -> None:
        self.folder = posixpath.dirname(path)
        self.report = report
        self.source = SourceText("", 1)
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self.citations: list[Mention] = []
        self.words: list[Mention] = []
        self.pictures: list[Mention] = []
        self.ids: set[str] = set()
        self.numbers: dict[str, int] = {}

    def find(self, wording: str, check: str, message: str, hint: str = "") -> None:
        self.report(self.source.locate(wording), check, message, hint)

    def new_id(self, text: str, otherwise: str) -> str:
        """A fragment id that the article does not have yet."""
        stem = urls.slugify(text) or re.sub(r"[^\w]+", "-", text.lower()).strip("-") or otherwise
        wanted, count = stem, 1
        while wanted in self.ids:
            count += 1
            wanted = f"{stem}-{count}"
        self.ids.add(wanted)
        return wanted


class Markup:
    """A Markdown processor, made once and used for many texts: making one takes longer than a short text."""

    def __init__(self) -> None:
        self.job = _Job("", Reporter(""))
        extensions = [
            TableExtension(),
            SaneListExtension(),
            DefListExtension(),
            FencedCodeExtension(),
            _OurMarkdown(self),
        ]
        self._markdown = Markdown(extensions=extensions, output_format="html")

    def begin(self, path: str, report: Reporter) -> None:
        """Begin an article: its citations are numbered, and its fragment ids kept apart, over all its texts."""
        self.job = _Job(path, report)

    def convert(self, text: str, first_line: int) -> str:
        """One text of the article as HTML with slots. ``first_line`` is its first line's number in the file."""
        job = self.job
        job.source = SourceText(text, first_line)
        for misread in job.source.misread_lists():
            job.report((misread.line, misread.column), misread.check, misread.message, misread.hint)
        html = self._markdown.reset().convert(text)
        _report_leftovers(html, job)
        return html

    def heading_id(self, text: str) -> str:
        """A fragment id for a heading that the page itself gives the article."""
        return self.job.new_id(text, "section")

    def finish(self, htmls: tuple[str, ...]) -> Text:
        """What all the texts of the article said of themselves; ``htmls`` are what they were converted to."""
        job = self.job
        anchors = [anchor for html in htmls for anchor in _ID.findall(html)]
        for anchor in sorted({anchor for anchor in anchors if anchors.count(anchor) > 1}):
            job.find(f'"{anchor}"', "duplicate-id", f"the id “{anchor}” is used twice in this article")
        return Text(
            html=htmls[0],
            headings=tuple(job.headings),
            links=tuple(job.links),
            citations=tuple(job.citations),
            words=tuple(job.words),
            pictures=tuple(job.pictures),
            anchors=tuple(dict.fromkeys((*anchors, *sorted(job.ids)))),
        )


def _report_leftovers(html: str, job: _Job) -> None:
    """Report what looks like Markdown but came through as text, because Markdown says nothing of it."""
    if "[" not in html and "!!!" not in html:
        return
    for text in open_text(html):
        for match in _LEFTOVER.finditer(unescape(text)):
            if match["note"]:
                job.find(match[0], "not-understood", f"“{match[0]}” is not a footnote here", "cite a source: [@id]")
            elif match["open"]:
                hint = "write [text](address), with no space in the address"
                job.find(match[0], "not-understood", f"“{match[0]}…” is not understood as a link", hint)
            else:
                hint = '!!! emergency "Title", a blank line before it, its text indented by four spaces'
                job.find(match[0], "not-understood", f"“{match[0]}” is not understood as a care card", hint)


class _OurMarkdown(Extension):
    """What an article's Markdown has beyond the common one, and what it does without."""

    def __init__(self, markup: Markup) -> None:
        super().__init__()
        self._markup = markup

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(_CareCards(md.parser), "care", 105)
        patterns = md.inlinePatterns
        patterns.register(_Citation(r"\[@([^\]]*)\]", md, self._markup), "citation", 175)
        patterns.register(_Word(r"\{([a-z][a-z-]*)\}", md, self._markup), "word", 172)
        patterns.register(_Html(_HTML, md, self._markup), "html", 90)
        patterns.deregister("automail")
        md.treeprocessors.register(_Tree(md, self._markup), "article", -5)
        md.postprocessors.register(_CleanHtml(md, self._markup), "raw_html", 30)


_HTML = r"<!--.*?-->|<(?P<end>/)?(?P<name>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\s[^<>]*?)?)\s*/?>"


class _Inline(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, markup: Markup) -> None:
        super().__init__(pattern, md)
        self._markup = markup

    @property
    def _job(self) -> _Job:
        return self._markup.job


class _Citation(_Inline):
    """``[@id; @id]`` → the numbers of the sources, in order of first use in the article."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        job = self._job
        group = etree.Element("sup", {"class": "cite"})
        for part in ("@" + m[1]).split(";"):
            name = part.strip().removeprefix("@").strip()
            if not re.fullmatch(r"[A-Za-z0-9][\w.:-]*", name):
                job.find(m[0], "citation", f"“{m[0]}” is not a citation", "write [@id], or several as [@id; @id]")
                continue
            line, column = job.source.locate("@" + name)
            job.citations.append(Mention(name, line, column))
            number = job.numbers.setdefault(name, len(job.numbers) + 1)
            link = etree.SubElement(group, "a", {"href": f"#source-{number}", "role": "doc-noteref"})
            if f"cite-{number}" not in job.ids:
                job.ids.add(f"cite-{number}")
                link.set("id", f"cite-{number}")
            link.text = str(number)
        return group, m.start(0), m.end(0)


class _Word(_Inline):
    """``{emergency-number}`` → a slot for what the configuration says."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]
        job = self._job
        if m[1] not in NUMBERS:
            job.find(m[0], "unknown-word", f"“{m[0]}” is not a word of the configuration", nearest(m[1], NUMBERS))
            return escape(m[0]), m.start(0), m.end(0)
        line, column = job.source.locate(m[0])
        job.words.append(Mention(m[1], line, column))
        return etree.Element("x-word", {"name": m[1]}), m.start(0), m.end(0)


class _Html(_Inline):
    """An author's own phrase markup (``<sup>2</sup>``): an element of the tree, so that it can't stay unclosed."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str | None, int, int]:  # type: ignore[override]
        name = (m["name"] or "").lower()
        if not name:
            return "", m.start(0), m.end(0)
        job, written = self._job, m[0]
        if m["end"]:
            job.find(written, "raw-html", f"“{written}” closes nothing")
            return "", m.start(0), m.end(0)
        start, end = m.end(0), m.end(0)
        closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(data, start)
        attributes, dropped = rawhtml.clean_tag(name, m["attributes"])
        for what in dropped:
            job.report(job.source.locate(written), "raw-html", f"{what} is not allowed here", _HTML_HINT, "warning")
        if name not in rawhtml.VOID:
            if closing is None:
                job.find(written, "raw-html", f"“{written}” is never closed")
                return "", m.start(0), end
            end = closing.end()
        inner = data[start : closing.start()] if closing and name not in rawhtml.VOID else ""
        if attributes is None:
            # The tag goes, what it holds stays, unless that was never meant to be read.
            return ("" if name in ("script", "style", "template") else escape(inner)), m.start(0), end
        element = etree.Element(name, attributes)
        element.text = inner or None
        return element, m.start(0), end


_HTML_HINT = "it was left out of the page"


class _CareCards(AdmonitionProcessor):
    """``!!! emergency "Title"``: the block is the library's; what it becomes is decided in the tree."""

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
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
        cleaned, dropped = rawhtml.clean(html)
        job = self._markup.job
        for what in dropped:
            tag = re.search(r"<[^>]*", what)
            wording = tag[0] if tag else what
            job.report(job.source.locate(wording), "raw-html", f"{what} is not allowed here", _HTML_HINT, "warning")
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
        tables: list[tuple[etree.Element, str]] = []
        for element in root.iter():
            tag = element.tag
            if tag in _HEADINGS:
                level = self._heading(element, _HEADINGS[tag], level, job)
                heading_id = element.get("id", "")
            elif tag == "a":
                _link(element, job)
                for word in element.iter("x-word"):
                    word.tag = "x-plain-word"  # a number that would be a link of its own stands in a link already
            elif tag == "img":
                _picture(element, job)
            elif tag == "div" and (element.get("class") or "").startswith("admonition"):
                self._care_card(element, job)
            elif tag == "table":
                tables.append((element, heading_id))
            elif tag in ("td", "th"):
                _cell(element)
        for table, label in tables:
            _make_scrollable(table, label)

    def _heading(self, element: etree.Element, level: int, before: int, job: _Job) -> int:
        text = " ".join(self._plain(element).split())
        if level == 1:
            job.find(f"# {text[:20]}", "heading", "a text's headings start at ##", "the title is in the front matter")
        elif level > before + 1:
            marks = "#" * level
            job.find(f"{marks} {text[:20]}", "heading", f"“{text}” skips a level", f"write {'#' * (before + 1)}")
        if not text:
            job.find("#" * level, "heading", "this heading is empty")
        element.set("id", job.new_id(text, "section"))
        job.headings.append(Heading(level, element.get("id", ""), text))
        return level

    def _plain(self, element: etree.Element) -> str:
        """The text of an element as a reader sees it, without citation numbers; ``{word}`` for a configured word."""
        parts = [element.text or ""]
        for child in element:
            if child.tag == "x-word":
                parts.append(f"{{{child.get('name')}}}")
            elif child.get("class") != "cite":
                parts.append(self._plain(child))
            parts.append(child.tail or "")
        text = "".join(parts)
        if "\x02" not in text:
            return text
        blocks = self._html_stash.rawHtmlBlocks
        text = re.sub("\x02wzxhzdk:(\\d+)\x03", lambda match: unescape(_TAG.sub("", str(blocks[int(match[1])]))), text)
        return text.replace("\x02amp\x03", "&")

    def _care_card(self, element: etree.Element, job: _Job) -> None:
        name = (element.get("class") or "").removeprefix("admonition").strip()
        title = next(iter(element), None)
        text = " ".join(self._plain(title).split()) if title is not None else ""
        if name not in CARE_CARDS:
            job.find(f"!!! {name}", "care-card", f"“{name}” is not a care card", nearest(name, CARE_CARDS))
        elif not text:
            job.find(f"!!! {name}", "care-card", "this care card has no title", f'write !!! {name} "What to do"')
        elif len(element) < 2:
            hint = "indent its text by four spaces, after a blank line"
            job.find(f"!!! {name}", "care-card", "this care card is empty", hint)
        if title is None or name not in CARE_CARDS:
            return
        if name == "emergency":
            for link in element.iter("a"):
                href = link.get("href", "")
                if not href.startswith(("tel:", "#source-")):
                    hint = "link it right after the card"
                    job.find(f"({href}", "care-card", "an emergency card holds no link but the telephone", hint)
        title.set("class", "care-title")
        title.set("id", job.new_id(f"{name} {text}", name))
        label = etree.Element("x-urgency", {"name": name})
        label.tail = title.text
        title.text = None
        title.insert(0, label)
        element.tag = "section"
        element.set("class", f"care care-{name}")
        element.set("aria-labelledby", title.get("id", ""))


def _link(element: etree.Element, job: _Job) -> None:
    """Turn a link within the site into a slot, and refuse what is no link."""
    href = element.get("href", "")
    if href.startswith("#source-"):
        return
    if "{" in href:
        job.find(
            f"({href}", "link", f"“{href}” is not a link", "write {emergency-number} alone: it becomes a telephone link"
        )
    hint = "link to an article's .md file, to an address like /glossary/, or with https:, mailto: or tel:"
    wording = f"({href}"
    try:
        parts = urlsplit(href)
    except ValueError:
        job.find(wording, "link", f"“{href}” is not an address", hint)
        return
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    line, column = job.source.locate(wording)
    place = (line, column + 1)
    if parts.scheme or parts.netloc:
        if parts.scheme not in _SAFE_SCHEMES or (parts.scheme in ("http", "https") and not parts.netloc):
            job.report(place, "link", f"“{href}” is not a link that can be followed", hint)
            element.attrib.pop("href")
    elif not path and fragment:
        job.links.append(Link("", fragment, *place))
    elif path.endswith(".md") and not path.startswith("/"):
        target = posixpath.normpath(posixpath.join(job.folder, path)).removesuffix(".md")
        if not target.startswith("content/"):
            job.report(place, "link", f"“{href}” leads out of content/", hint)
            return
        target = target.removeprefix("content/")
        job.links.append(Link(target, fragment, *place))
        element.set("href", f"article:{target}" + (f"#{fragment}" if fragment else ""))
    elif path.startswith("/"):
        job.links.append(Link(path, fragment, *place))
        element.set("href", f"page:{path}" + (f"#{fragment}" if fragment else ""))
    else:
        job.report(place, "link", f"“{href}” is not a link that can be followed", hint)


def _picture(element: etree.Element, job: _Job) -> None:
    source = element.get("src", "")
    line, column = job.source.locate(f"({source}")
    place = (line, column + 1)
    path = posixpath.normpath(posixpath.join(job.folder, unquote(source)))
    if not (element.get("alt") or "").strip():
        job.report(place, "picture", "this picture has no text that says what it shows", "![what it shows](…)")
    if ":" in source or source.startswith("/") or not path.startswith("static/"):
        job.report(place, "picture", f"“{source}” is not a picture of the site", "write ../../static/…")
        return
    job.pictures.append(Mention(path.removeprefix("static/"), *place))
    element.set("src", f"static:{path.removeprefix('static/')}")
    element.set("loading", "lazy")


def _cell(element: etree.Element) -> None:
    """Alignment as a class: a strict policy blocks ``style=``. A header cell says that it heads a column."""
    style = element.attrib.pop("style", "")
    if style:
        element.set("class", "align-" + style.removeprefix("text-align:").strip(" ;"))
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
