"""Slots: the places in a parsed text that only the whole site can fill.

A parsed text is HTML with four kinds of slot, none of which an author's own HTML can forge, because the
clean-up lets no such element or scheme through:

- ``href="article:folder/slug#fragment"`` and ``href="page:/address/"``: links within the site;
- ``src="static:path"``: a picture;
- ``<x-word name="emergency-number"></x-word>``: a word that the configuration gives (``x-plain-word`` inside a link);
- ``<x-urgency name="emergency"></x-urgency>``: a care card's urgency in words.

The first use of a glossary term is no slot: it is looked for in the text outside headings, links and code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from healthsite.model import Term

TOKEN = re.compile(r'<(?:"[^"]*"|[^">])*>|[^<]+')
SLOT = re.compile(
    r'(?P<attribute>(?:href|src)=")(?P<scheme>article|page|static):(?P<target>[^"]*)"'
    r'|<x-(?P<element>word|plain-word|urgency) name="(?P<name>[^"]*)"></x-(?P=element)>'
)
_NO_TERMS = {"a", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "pre", "samp", "summary", "th"}


def fill(html: str, resolve: Callable[[str, str], str]) -> str:
    """Fill every slot with ``resolve(kind, name)``, kind being article, page, static, word, plain-word or urgency.

    What ``resolve`` returns for an address is plain text and is escaped here; for a word and an urgency it is HTML.
    """

    def replace(match: re.Match[str]) -> str:
        if match["attribute"]:
            return f'{match["attribute"]}{escape(resolve(match["scheme"], match["target"]))}"'
        return resolve(match["element"], match["name"])

    return SLOT.sub(replace, html)


class TermFinder:
    """Finds glossary terms in a text: whole words, the longest term first, in any case.

    A form written with capitals after its first letter (``AIDS``) is matched only so, lest it meet a common word.
    """

    def __init__(self, forms: Mapping[str, str]) -> None:
        """``forms`` maps each form of each term to the term's name."""
        self._exact = {form: name for form, name in forms.items() if form[1:] != form[1:].lower()}
        self._folded = {form.lower(): name for form, name in forms.items() if form not in self._exact}
        patterns = [(re.escape(form), form in self._exact) for form in (*self._exact, *self._folded)]
        patterns.sort(key=lambda item: (-len(item[0]), item[0]))
        choices = "|".join(text if exact else f"(?i:{text})" for text, exact in patterns)
        self._pattern = re.compile(rf"(?<![\w-])(?:{choices})(?![\w-])") if patterns else None

    def in_text(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and term name of every term in a plain text."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            found = match[0]
            yield match.start(), match.end(), self._exact.get(found) or self._folded[found.lower()]

    def names(self, htmls: Iterable[str]) -> tuple[str, ...]:
        """The names of the terms that texts use, in order of first use."""
        found: dict[str, None] = {}
        for html in htmls:
            for text in open_text(html):
                for _, _, name in self.in_text(text):
                    found.setdefault(name)
        return tuple(found)


def forms_of(terms: Iterable[Term]) -> dict[str, str]:
    """Each form of each term, with the term's name: what a :class:`TermFinder` asks for."""
    return {form: term.name for term in terms for form in (term.name, *term.forms)}


def open_text(html: str) -> Iterator[str]:
    """The pieces of text in which a term may be explained: outside headings, links and code."""
    return (token for token, is_open in _tokens(html) if is_open)


def explain_terms(html: str, finder: TermFinder, explain: Callable[[str, str], str], seen: set[str]) -> str:
    """Replace the first use of each term by ``explain(name, the words as written)``, and add its name to ``seen``."""
    parts: list[str] = []
    for token, is_open in _tokens(html):
        if not is_open:
            parts.append(token)
            continue
        end = 0
        for start, stop, name in finder.in_text(token):
            if name not in seen:
                seen.add(name)
                parts += (token[end:start], explain(name, token[start:stop]))
                end = stop
        parts.append(token[end:])
    return "".join(parts)


def _tokens(html: str) -> Iterator[tuple[str, bool]]:
    """Tags and texts in order; the flag says of a text whether a term may be explained in it."""
    closed = 0
    for match in TOKEN.finditer(html):
        token = match[0]
        if token[0] != "<":
            yield token, closed == 0
            continue
        name = token[1:].lstrip("/").split(">")[0].split(" ")[0].rstrip("/")
        if name in _NO_TERMS:
            closed += -1 if token[1] == "/" else 1
        yield token, False
