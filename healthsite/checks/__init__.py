"""The table of checks. One check is one function in a file of its own, with a test file of its own.

A check of an article's *words* gets its :class:`~healthsite.prose.Prose` and the house style, and runs in a worker. A
check of an *article* gets the :class:`~healthsite.model.Article` and a :class:`~healthsite.checks.subject.Subject`;
of others it may look only at what :func:`surroundings` names, for what it found is remembered under that. A check of
the *site* gets the subject. All yield findings. Each file names in ``RULES`` what it finds. Mistakes inside one file
are found where the file is parsed (:mod:`healthsite.source`); :data:`READING` names them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from healthsite.checks import (
    abbreviations,
    addresses,
    after_cards,
    card_rows,
    chances,
    citations,
    claims,
    clicks,
    contradictions,
    doses,
    elsewhere,
    fears,
    flattened,
    grade,
    home,
    language,
    language_parts,
    late_cards,
    lengths,
    link_texts,
    links,
    look_alikes,
    number_style,
    outside,
    paragraphs,
    picture_texts,
    pictures,
    plain_words,
    promises,
    question_headings,
    ratings,
    relations,
    retracted,
    review,
    sections,
    sentences,
    sheets,
    source_age,
    sources,
    stopping,
    strength,
    table_heads,
    telephone,
    uncited,
    warned,
    warnings,
)
from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style, Subject
from healthsite.digest import of_bytes
from healthsite.model import Article, Finding
from healthsite.prose import Prose

_OF_SAFETY = (promises, fears, doses, stopping, telephone, warned, card_rows, after_cards, late_cards)
_OF_EVIDENCE = (claims, strength)
_OF_WORDS = (
    grade,
    sentences,
    paragraphs,
    plain_words,
    abbreviations,
    chances,
    number_style,
    question_headings,
    clicks,
    lengths,
)
_OF_ACCESS = (picture_texts, table_heads, link_texts, language_parts)
_OF_TEXTS = (*_OF_SAFETY, *_OF_EVIDENCE, *_OF_WORDS, *_OF_ACCESS)
_OF_ARTICLES = (
    addresses,
    citations,
    flattened,
    links,
    look_alikes,
    outside,
    pictures,
    relations,
    review,
    sections,
    sources,
    warnings,
)
_OF_SITES = (contradictions, elsewhere, home, language, ratings, retracted, sheets, source_age, uncited)

TEXT_CHECKS: tuple[Callable[[Prose, Style], Iterator[Finding]], ...] = tuple([each.check for each in _OF_TEXTS])
ARTICLE_CHECKS: tuple[Callable[[Article, Subject], Iterator[Finding]], ...] = tuple(
    [each.check for each in _OF_ARTICLES]
)
SITE_CHECKS: tuple[Callable[[Subject], Iterator[Finding]], ...] = tuple([each.check for each in _OF_SITES])

READING = (
    Rule("care-card", "error", "a care card is whole, and leads a person in danger nowhere (docs/writing.md)", True),
    Rule("duplicate-id", "error", "an id is used once in a page (HTML standard)"),
    Rule("file", "error", "a file can be read (docs/writing.md)", is_fixed=True),
    Rule("flattened-list", "error", "Markdown would flatten the list (docs/writing.md, Lists)", True),
    Rule("front-matter", "error", "the front matter says what it must (docs/writing.md)", is_fixed=True),
    Rule("glossary", "error", "a form belongs to one term (docs/writing.md, Sources and words)", is_fixed=True),
    Rule("heading", "error", "headings begin at ## and skip no level (WCAG 1.3.1)"),
    Rule("indented-code", "error", "Markdown would show the text as code (docs/writing.md, Indented text)"),
    Rule("missing-key", "error", "the front matter has what it must (docs/writing.md)", is_fixed=True),
    Rule("nested", "error", "no reader follows lists in lists in lists", is_fixed=True),
    Rule("not-understood", "error", "what looks like Markdown is Markdown (docs/writing.md)"),
    Rule("raw-html", "error", "only plain text markup reaches a page (docs/writing.md, Raw HTML)", is_fixed=True),
    Rule("reference", "error", "a reader can find every source (docs/writing.md, Sources and words)"),
    Rule("person", "error", "readers can see who a clinician is (docs/writing.md, Who checks)", is_fixed=True),
    Rule("seal", "error", "what was changed after its review is signed off again (docs/writing.md, Signing off)"),
    Rule("slug", "error", "a file's name is its address (docs/writing.md)", is_fixed=True),
    Rule("stray", "warning", "every file in content/ becomes a page"),
    Rule("swallowed-list", "error", "Markdown would swallow the list (docs/writing.md, Lists)", True),
    Rule("swallowed-table", "error", "Markdown would swallow the table (docs/writing.md, Tables)", True),
    Rule("unknown-key", "error", "a field is one that is known (docs/writing.md)", is_fixed=True),
    Rule("unknown-word", "error", "config.yaml has the word (docs/writing.md, Words from the configuration)"),
    Rule("yaml", "error", "the front matter is YAML (docs/writing.md)", is_fixed=True),
)
"""What is found where a file is read."""

RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in sorted((*READING, *(rule for each in (*_OF_TEXTS, *_OF_ARTICLES, *_OF_SITES) for rule in each.RULES)))
}
"""Everything that can be found, by its id."""


def check_text(prose: Prose, style: Style) -> tuple[Finding, ...]:
    """All findings of one article's words."""
    return tuple([finding for check in TEXT_CHECKS for finding in check(prose, style)])


def check_article(article: Article, subject: Subject) -> tuple[Finding, ...]:
    """All findings of one article."""
    return tuple([finding for check in ARTICLE_CHECKS for finding in check(article, subject)])


def is_sound(article: Article, subject: Subject) -> bool:
    """Whether nothing is to be found in an article."""
    return not any(True for check in ARTICLE_CHECKS for _ in check(article, subject))


def check_site(subject: Subject) -> tuple[Finding, ...]:
    """All findings of the site."""
    return tuple([finding for check in SITE_CHECKS for finding in check(subject)])


def surroundings(subject: Subject) -> str:
    """A digest of all that a check of an article may know besides the article itself."""
    site = subject.site
    missing = sorted(fragment for fragment in site.asked if not _is_there(fragment, subject))
    flagged = [article_id for article_id, edges in site.edges.items() if "red_flags" in edges]
    general = [card.id for card in site.of_kind("red-flag") if card.facets["general"]]
    urgencies = [(card.id, card.facets["urgency"]) for card in site.of_kind("red-flag")]
    known = (
        subject.config.digest,
        subject.today,
        sorted(subject.pictures),
        sorted(site.outlines),
        sorted(site.unpublished.items()),
        sorted(site.sources),
        sorted(site.people),
        sorted(set(outside.addresses(subject))),
        sorted(subject.alias_owners.items()),
        missing,
        [anchors_of(fragment, subject) for fragment in missing],
        sorted(flagged),
        general,
        urgencies,
    )
    return of_bytes(repr(known).encode("utf-8", "surrogatepass"))


def _is_there(fragment: str, subject: Subject) -> bool:
    target, _, name = fragment.partition("#")
    return f" {name} " in anchors_of(fragment, subject) and target.strip("/") in subject.site.outlines


def anchors_of(fragment: str, subject: Subject) -> str:
    """The fragment ids of the article that an ``id#fragment`` names, between spaces."""
    outline = subject.site.outlines.get(fragment.partition("#")[0].strip("/"))
    return outline.anchors if outline else ""
