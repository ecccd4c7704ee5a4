"""Slots: the places in a parsed text that only the whole site can fill.

A parsed text is HTML with five kinds of slot, none of which an author's own HTML can forge, because the
clean-up lets no such element or scheme through:

- ``href="article:folder/slug#fragment"`` and ``href="page:/address/"``: links within the site;
- ``src="static:path"``: a picture;
- ``<x-picture alt="…" name="slug"></x-picture>``: a drawing (see :mod:`healthsite.drawings`);
- ``<x-word name="emergency-number"></x-word>``: a word that the configuration gives (``x-plain-word`` inside a link);
- ``<x-urgency name="emergency"></x-urgency>``: a care card's urgency in words.

The first use of a glossary term is no slot: it is looked for in the text outside headings, links and code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

from healthsite.model import Term

_TAGS = re.compile(r'(<[^">]*(?:"[^"]*"[^">]*)*>)')
_RUN = re.compile(r"[\w-]+")
SLOT = re.compile(  # what each begins with stands apart: the search goes from one < to the next
    r'<(?:(?P<attribute>[a-z][^<>]* (?:href|src)=")(?P<scheme>article|page|static):(?P<target>[^"]*)"'
    r'|x-picture alt="(?P<alt>[^"]*)" name="(?P<drawing>[^"]*)"></x-picture>'
    r'|x-(?P<element>word|plain-word|urgency) name="(?P<name>[^"]*)"></x-(?P=element)>(?P<marks>[.,;:!?)]*))'
)
_NO_TERMS = ("a", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "summary", "th")
_STEPS = dict.fromkeys([f"<{name}{end}" for name in _NO_TERMS for end in ("", ">")], 1)
_STEPS |= {f"</{name}>": -1 for name in _NO_TERMS}
"""What a tag that closes texts to terms, or opens them again, adds to how deep they are closed."""
_NEUTRAL = frozenset(
    f"<{end}{name}>" for name in ("p", "li", "ul", "ol", "tr", "td", "strong", "em") for end in ("", "/")
)


def fill(html: str, resolve: Callable[[str, str], str]) -> str:
    """Fill every slot with ``resolve(kind, name)``, kind being article, page, static, picture, word, plain-word
    or urgency. A picture's name is the drawing's and the text that says what it shows: ``slug#text``.

    What ``resolve`` returns for an address is plain text and is escaped here; for a picture, a word and an urgency
    it is HTML. A number may be shown as a button: the marks after a word are held on its line.
    """

    def replace(match: re.Match[str]) -> str:
        if match["attribute"]:
            return f'<{match["attribute"]}{escape(resolve(match["scheme"], match["target"]))}"'
        if match["drawing"]:
            return resolve("picture", f"{match['drawing']}#{unescape(match['alt'])}")
        filled, marks = resolve(match["element"], match["name"]), match["marks"]
        return f'<span class="held">{filled}{marks}</span>' if marks and match["element"] == "word" else filled + marks

    return SLOT.sub(replace, html)


class Place(NamedTuple):
    """Where a term is first used: the number of the text, the term's name, and the offsets of the words in the text."""

    text: int
    name: str
    start: int
    end: int


class TermFinder:
    """Finds glossary terms in a text: whole words, the longest term first, in any case.

    A form written with capitals after its first letter (``AIDS``) is matched only so, lest it meet a common word.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        """``forms`` maps each form of each term to the term's name."""
        self._exact = {form: name for form, name in forms.items() if form[1:] != form[1:].lower()}
        self._folded = {form.lower(): name for form, name in forms.items() if form not in self._exact}
        by_first: dict[str, list[str]] = {}
        for form in sorted((*self._exact, *self._folded), key=lambda form: (-len(form), form)):
            # A text may have a line break between two words of a term, and holds & as an entity.
            pattern = re.escape(escape(form, quote=False)).replace("\\ ", r"\s+")
            if first := _RUN.match(form):
                by_first.setdefault(first[0].lower(), []).append(pattern if form in self._exact else f"(?i:{pattern})")
        self._by_first = {first: re.compile(rf"(?:{'|'.join(found)})(?![\w-])") for first, found in by_first.items()}
        self._by_word: dict[bytes, list[str]] = {}
        for name in self._by_first:
            self._by_word.setdefault(max(_words(name), default=b"", key=len), []).append(name)

    def in_text(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and term name of every term in a text between tags."""
        return self._terms(text, self._candidates(text))

    def first_uses(self, htmls: Iterable[str]) -> tuple[Place, ...]:
        """Where texts first use each term, in their order."""
        found: dict[str, Place] = {}
        for number, html in enumerate(htmls):
            for start, end, name in self._in_html(html):
                if name not in found:
                    found[name] = Place(number, name, start, end)
        return tuple(found.values())

    def _in_html(self, html: str) -> Iterator[tuple[int, int, str]]:
        texts = list(open_texts(html))
        joined = "<".join([text for _, text in texts])  # no term has a < in it, so none goes on from text to text
        number = begin = 0
        for start, end, name in self.in_text(joined):
            while start > begin + len(texts[number][1]):
                begin += len(texts[number][1]) + 1
                number += 1
            shift = texts[number][0] - begin
            yield start + shift, end + shift, name

    def _terms(self, text: str, candidates: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
        """Those candidates that do not overlap with one before them."""
        free = 0
        for start, end in candidates:
            if start >= free:
                free = end
                found = " ".join(unescape(text[start:end]).split())
                yield start, end, self._exact.get(found) or self._folded[found.lower()]

    def _candidates(self, text: str) -> list[tuple[int, int]]:
        """Start and end of all that reads like a term, in order."""
        lower = text.lower()
        if len(lower) != len(text):  # a letter whose small one is two: every offset after it would be wrong
            lower = "".join([letter.lower() if len(letter.lower()) == 1 else letter for letter in text])
        found: list[tuple[int, int]] = []
        there = self._by_word.keys() & (b"", *_words(lower))
        for first in [first for word in there for first in self._by_word[word]]:
            pattern, start = self._by_first[first], lower.find(first)
            while start >= 0:
                before = lower[start - 1] if start else " "
                if not (before.isalnum() or before in "_-") and (match := pattern.match(text, start)):
                    found.append(match.span())
                start = lower.find(first, start + len(first))
        return sorted(found)


def _words(text: str) -> list[bytes]:
    """The words of a text, of their letters only a to z: quick to gather, to know which terms it can't hold."""
    return text.encode("utf-8", "replace").translate(_LETTERS).split()


_LETTERS = bytes(byte if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))


def forms_of(terms: Iterable[Term]) -> dict[str, str]:
    """Each form of each term, with the term's name: what a :class:`TermFinder` asks for."""
    return {form: term.name for term in terms for form in (term.name, *term.forms)}


def explain_terms(html: str, places: Iterable[Place], explain: Callable[[str, str], str]) -> str:
    """Replace a text's words at some places, in their order, by ``explain(name, the words as written)``."""
    parts: list[str] = []
    end = 0
    for place in places:
        parts += (html[end : place.start], explain(place.name, html[place.start : place.end]))
        end = place.end
    return "".join((*parts, html[end:]))


def open_texts(html: str) -> Iterator[tuple[int, str]]:
    """The texts in which a term may be explained, each with its offset. In an emergency card nothing leads away."""
    closed = emergency = offset = 0
    tokens = _TAGS.split(html)
    for text, tag in zip(tokens[::2], (*tokens[1::2], ""), strict=True):
        if text and not closed and not emergency:
            yield offset, text
        offset += len(text) + len(tag)
        if tag in _NEUTRAL:  # as most are
            continue
        name = tag.partition(" ")[0]
        if name in _STEPS:
            closed += _STEPS[name]
        elif name in ("<section", "<section>") and (emergency or "care-emergency" in tag):
            emergency += 1
        elif emergency and name == "</section>":
            emergency -= 1
