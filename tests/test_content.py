"""The site's own content: how much of the subject it covers, and how well it reads. No article may be lost unnoticed."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import median

import pytest

from healthsite.checks.grade import estimate
from healthsite.model import Parsed
from healthsite.prose import Prose
from healthsite.source import parse
from tests.helpers import ROOT

AT_LEAST = {"cause": 36, "symptom": 17, "relief": 44, "red-flag": 28, "guide": 33}
"""How many articles of each kind there are. Raise it when there are more."""

URGENCY = {
    "back-pain-with-leg-symptoms": "routine",
    "both-legs-swollen-breathless": "emergency",
    "cauda-equina": "emergency",
    "child": "same-day",
    "cold-pale-leg": "emergency",
    "compartment-syndrome": "emergency",
    "confusion-or-seizure": "emergency",
    "cramp-over-ten-minutes": "same-day",
    "cramps-after-dirty-wound-or-poison": "same-day",
    "dark-urine": "emergency",
    "fever-or-infection": "same-day",
    "heat-illness": "same-day",
    "leg-clot-with-breathlessness": "emergency",
    "lockjaw": "emergency",
    "muscle-pain-on-statin": "same-day",
    "muscle-wasting-twitching": "routine",
    "new-weakness-numbness": "same-day",
    "one-swollen-calf": "same-day",
    "pain-on-walking": "routine",
    "palpitations-with-cramps": "emergency",
    "persistent-frequent-cramps": "routine",
    "pregnancy": "same-day",
    "quinine-reaction": "same-day",
    "rest-pain-or-foot-sore": "same-day",
    "severe-dehydration": "emergency",
    "skin-colour-change": "same-day",
    "stroke-signs": "emergency",
    "tingling-mouth-hand-spasms": "same-day",
}
"""Every warning sign of the evidence, with its urgency. A sign may be added here; none may go, or become less urgent."""

HARDEST, USUAL = 10, 8
"""Estimated school grades: of the hardest article, and of the median of all."""

LONGEST_SENTENCE = 30
QUICK = 450
"""Words of a warning sign's text: two minutes, read slowly, at three in the morning."""

ARTICLES = sorted((ROOT / "content").glob("*/*.md"))


@cache
def read(path: Path) -> Parsed:
    return parse(path.relative_to(ROOT).as_posix(), path.read_bytes(), "key")


@cache
def prose(path: Path) -> Prose:
    found = read(path)
    assert found.article is not None
    return Prose(found.article, found.body, path.read_text("utf-8"))


def articles(kind: str) -> list[Path]:
    return [path for path in ARTICLES if (article := read(path).article) is not None and article.kind == kind]


@pytest.mark.parametrize("kind", AT_LEAST)
def test_no_article_is_lost(kind):
    assert len(articles(kind)) >= AT_LEAST[kind]


def test_every_warning_sign_has_the_urgency_of_the_evidence():
    found = {path.stem: (article := read(path).article) and article.facets["urgency"] for path in articles("red-flag")}
    assert {name: urgency for name, urgency in found.items() if name in URGENCY} == URGENCY


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_article_is_sourced_linked_and_readable(path):
    article = read(path).article
    assert article is not None
    assert article.citations
    assert not article.draft
    assert article.reviewed_by
    if article.kind == "cause":
        assert [relation for relation in article.relations if relation.name == "symptoms"]
    assert (estimate(prose(path)) or 0) <= HARDEST
    assert max(sentence.words for sentence in prose(path).sentences) <= LONGEST_SENTENCE
    if article.kind == "red-flag":
        body = read(path).body
        assert body is not None
        assert [heading.level for heading in body.headings].count(2) == 4
        assert sum(sentence.words for sentence in prose(path).sentences) <= QUICK


def test_the_articles_read_easily_as_a_whole():
    grades = [grade for path in ARTICLES if (grade := estimate(prose(path))) is not None]
    assert len(grades) > len(ARTICLES) * 0.9
    assert median(grades) <= USUAL
