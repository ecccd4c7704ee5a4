"""What the marks of an article's own text say and become: citations, links, words of the configuration.

Most of them stand in plain words: those become HTML right there (:func:`finished`). Where a mark stands in another one,
or in raw HTML, :mod:`healthsite.markup` makes elements of both.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from healthsite import urls
from healthsite.fields import Reporter
from healthsite.model import NUMBERS, Heading, Link, Mention
from healthsite.quick import Finished, escaped
from healthsite.quickinline import PLAIN, Marked
from healthsite.sourcetext import SourceText
from healthsite.suggest import nearest

SIMPLE = {"citation": rf"\[@{PLAIN}*\]", "word": r"\{[A-Za-z][A-Za-z-]*\}"}
"""What our patterns match where nothing but words stands in it."""

PAGE_ID = re.compile(
    "contents|main|sources|steps|urgency|cause-emergencies|(?:cause-)?signs-(?:emergency|same-day|routine)"
    r"|related-(?:about|cautions|related|relief|symptoms)|word-.+|(?:source|upgrade)-\d+"
)
"""The fragment ids that an article's page can have by itself."""

_SAFE_SCHEMES = ("http", "https", "mailto", "tel")
_SOURCE = re.compile(r"@[A-Za-z0-9][\w.:-]*")
_NEIGHBOUR = re.compile(r"\.\./([a-z0-9-]+/[a-z0-9-]+)\.md(?:#([\w-]+))?", re.ASCII)
"""A link to another article, as it is written from any article."""


class Job:
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
        self.outside: list[Mention] = []
        self.cards: list[str] = []
        self.anchors: dict[str, None] = {}
        self.ids: set[str] = set()
        self.numbers: dict[str, int] = {}

    def find(self, wording: str, check: str, message: str, hint: str = "") -> None:
        """Report something at the next place of a wording."""
        # What the library has already taken out of a wording is not to be found in the source as it is.
        self.report(self.source.locate(wording.partition("\x02")[0]), check, message, hint)

    def new_id(self, text: str, otherwise: str) -> str:
        """A fragment id that the article does not have yet."""
        stem = urls.slugify(text) or re.sub(r"[^\w]+", "-", text.lower()).strip("-") or otherwise
        wanted, count = stem, 1
        while wanted in self.ids or (count == 1 and PAGE_ID.fullmatch(wanted)):
            count += 1
            wanted = f"{stem}-{count}"
        self.ids.add(wanted)
        return wanted


def finished(text: Marked, card: str, job: Job) -> Finished:
    """The HTML of words with simple marks. ``card`` is the care card around them."""
    escape = escaped if ">" in text else str  # a text with simple marks has no other mark of HTML
    parts: list[str] = []
    words, done = "", 0
    for name, start, end in text.marks:
        words += text[done:start]
        done = end
        made = _made(name, text[start:end], text[end : end + 1], card, job)
        if type(made) is not Finished:
            words += made
            continue
        if name == "citation" and (parts or words.strip()):
            words = held(words)
        parts += (escape(words), made)
        words = ""
    parts.append(escape(words + text[done:]))
    return Finished("".join(parts))


def held(before: str) -> str:
    """The words before a citation, which stays on the line of the last one: the space between them does not break."""
    return f"{before.rstrip()}\xa0" if before[-1:].isspace() else before


def _made(name: str, written: str, following: str, card: str, job: Job) -> str:
    """What becomes of one mark: HTML, or words that stay such. ``following`` is the character after it."""
    if name == "citation":
        names = cited(written, following, job)
        return Finished(f'<sup class="cite">{" ".join(map(_numeral, numbered(names, job)))}</sup>') if names else ""
    if name == "link":
        words, _, href = written[1:-1].partition("](")
        target = address(href, job.source.locate_link(href), card, job)
        return Finished(f"<a>{escaped(words)}</a>" if target is None else f'<a href="{target}">{escaped(words)}</a>')
    if name == "word":
        if not is_word(written, written[1:-1], job):
            return written
        note_word(written[1:-1], job)
        return Finished(f'<x-word name="{written[1:-1]}"></x-word>')
    tag = "strong" if written.startswith("**") else "em"
    return Finished(f"<{tag}>{escaped(written.strip('*'))}</{tag}>")


def _numeral(numbered: tuple[int, bool]) -> str:
    number, is_first = numbered
    identity = f' id="cite-{number}"' if is_first else ""
    return f'<a href="#source-{number}"{identity} role="doc-noteref">{number}</a>'


def cited(written: str, following: str, job: Job, shown: str = "") -> list[str]:
    """The sources that a citation names, each with its @; none where it is not understood. ``shown`` is the citation as
    its author wrote it, where that is something else.
    """
    names = [part.strip() for part in written[1:-1].split(";")]
    if not all(map(_SOURCE.fullmatch, names)):
        job.find(
            written, "citation", f"“{shown or written}” is not a citation", "write [@id], or several as [@id; @id]"
        )
        return []
    if following == "(":
        job.find(written, "citation", f"“{written}(” is not a link", "put a space after the citation")
    return names


def numbered(names: list[str], job: Job) -> Iterator[tuple[int, bool]]:
    """The number of each cited source, in order of first use in the article; and whether this is its first citation."""
    for name in names:
        line, column = job.source.locate(name, after=";] \t\n")
        job.citations.append(Mention(name[1:], line, column))
        number = job.numbers.setdefault(name, len(job.numbers) + 1)
        identity = f"cite-{number}"
        is_first = identity not in job.ids
        job.ids.add(identity)
        yield number, is_first


def is_word(written: str, name: str, job: Job) -> bool:
    """Whether what stands in braces is a word of the configuration."""
    if name in NUMBERS and written == f"{{{name}}}":
        return True
    meant = f"did you mean “{{{name}}}”?" if name in NUMBERS else nearest(name, NUMBERS)
    job.find(written, "unknown-word", f"“{written}” is not a word of the configuration", meant)
    return False


def note_word(name: str, job: Job) -> None:
    """Note the next use of a word of the configuration."""
    line, column = job.source.locate(f"{{{name}}}")
    job.words.append(Mention(name, line, column))


_LINK_HINT = "link to an article's .md file, to an address like /glossary/, or with https:, mailto: or tel:"


def address(href: str, place: tuple[int, int], card: str, job: Job) -> str | None:
    """What a link's address becomes: a slot, if it leads to somewhere within the site; ``None`` if it can't be
    followed. ``card`` is the care card around it.
    """

    def report(message: str, hint: str = _LINK_HINT, check: str = "link") -> None:
        job.report(place, check, message, hint)

    if card == "emergency" and not href.startswith("tel:"):
        report("an emergency card holds no link but the telephone", "link it right after the card", "care-card")
    if (known := _NEIGHBOUR.fullmatch(href)) and job.folder.count("/") == 1 and job.folder.startswith("content/"):
        target, fragment = known[1], known[2] or ""
        job.links.append(Link(target, fragment, *place, card))
        return f"article:{target}#{fragment}" if fragment else f"article:{target}"
    if "{" in href:
        report(f"“{href}” is not a link", "write {emergency-number} alone: it becomes a telephone link")
        return href
    try:
        parts = urlsplit(href)
    except ValueError:
        report(f"“{href}” is not an address")
        return href
    path, fragment = unquote(parts.path), unquote(parts.fragment)
    behind = f"#{fragment}" if fragment else ""
    if parts.scheme or parts.netloc:
        if urls.scheme(href) not in _SAFE_SCHEMES:
            report(f"“{href}” is not a link that can be followed")
            return None
        if parts.netloc:
            job.outside.append(Mention(href, *place))
    elif not path and fragment:
        job.links.append(Link("", fragment, *place, card))
    elif path.endswith(".md") and not path.startswith("/"):
        target = posixpath.normpath(posixpath.join(job.folder, path)).removesuffix(".md")
        if not target.startswith("content/"):
            report(f"“{href}” leads out of content/")
            return href
        target = target.removeprefix("content/")
        job.links.append(Link(target, fragment, *place, card))
        return f"article:{target}{behind}"
    elif path.startswith("/"):
        job.links.append(Link(path, fragment, *place, card))
        return f"page:{path}{behind}"
    else:
        report(f"“{href}” is not a link that can be followed")
    return href
