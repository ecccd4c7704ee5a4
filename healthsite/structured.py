"""Structured data (schema.org, JSON-LD) from the same view that the page shows: it can say only what the page says."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from healthsite import kinds, urls
from healthsite.articleview import ArticleView, Reviewer
from healthsite.model import Card
from healthsite.siteview import Link, View

CONTEXT = "https://schema.org"
_SYSTEMS = {"icd10": "ICD-10", "icd10cm": "ICD-10-CM", "icd11": "ICD-11", "mesh": "MeSH", "snomed": "SNOMED CT"}
_TAGS = re.compile(r"<[^>]*>")
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_ld(view: View) -> str:
    """The page's structured data as JSON that can stand inside an HTML page; empty where there is nothing to say."""
    data = _data(view)
    if not data:
        return ""
    text = _json({"@context": CONTEXT, "@graph": data})
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _data(view: View) -> list[dict[str, Any]]:
    if isinstance(view, ArticleView):
        page = _page(view)
        questions = _questions(view)
        return [page, *([questions] if questions else []), _breadcrumb(view)]
    if view.address == view.site.to("/"):
        config = view.site.config
        publisher = {"@type": "Organization", "name": config.publisher}
        return [
            {
                "@type": "WebSite",
                "name": config.title,
                "description": config.description,
                "url": view.canonical,
                "inLanguage": config.language,
                "publisher": publisher,
            }
        ]
    return [_breadcrumb(view)] if view.breadcrumb and view.title else []


def _page(view: ArticleView) -> dict[str, Any]:
    config = view.site.config
    page: dict[str, Any] = {
        "@type": "MedicalWebPage",
        "@id": view.canonical,
        "url": view.canonical,
        "name": view.title,
        "description": view.description,
        "inLanguage": config.language,
        "lastReviewed": view.reviewed_on,
        "dateModified": view.changed_on,
        "publisher": {"@type": "Organization", "name": config.publisher},
    }
    about = [_entity(view)] if view.kind.schema_type else [_named(card, view) for card in view.cards.get("about", ())]
    if about:
        page["about"] = about
    people = [_person(reviewer) for reviewer in view.reviewers if reviewer.link]
    if people:
        page["reviewedBy"] = people
    if view.sources:
        page["citation"] = [_citation(source.title, source.links) for source in view.sources]
    return page


def _person(reviewer: Reviewer) -> dict[str, Any]:
    role = {"jobTitle": reviewer.role} if reviewer.role else {}
    return {"@type": "Person", "name": reviewer.name, "url": reviewer.link, **role}


def _entity(view: ArticleView) -> dict[str, Any]:
    """The thing that an article is about, with its other names, its codes and its relations."""
    entity: dict[str, Any] = {"@type": view.kind.schema_type, "name": view.title}
    if view.also_called:
        entity["alternateName"] = list(view.also_called)
    if view.codes:
        entity["code"] = [
            {"@type": "MedicalCode", "codeValue": code, "codingSystem": _SYSTEMS[system]} for system, code in view.codes
        ]
    for relation in view.kind.relations:
        cards = view.cards.get(relation.field, ())
        if relation.schema and cards:
            entity[relation.schema] = [_named(card, view) for card in cards]
    return entity


def _named(card: Card, view: ArticleView) -> dict[str, Any]:
    url = urls.absolute(view.site.base_url, urls.local(card.id))
    return {
        "@type": kinds.KINDS[card.kind].schema_type or "MedicalWebPage",
        "name": view.site.words(card.title),
        "url": url,
    }


def _citation(title: str, links: tuple[Link, ...]) -> dict[str, Any]:
    """A source in the fewest bytes that find it: its address, or its title. All else stands on the page."""
    return {"@type": "CreativeWork"} | ({"url": links[0].address} if links else {"name": title})


def _questions(view: ArticleView) -> dict[str, Any] | None:
    if not view.questions:
        return None
    return {
        "@type": "FAQPage",
        "@id": f"{view.canonical}#questions",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.question,
                "acceptedAnswer": {
                    "@type": "Answer",
                    "text": " ".join(unescape(_TAGS.sub("", question.answer)).split()),
                },
            }
            for question in view.questions
        ],
    }


def _breadcrumb(view: View) -> dict[str, Any]:
    """The way to the page, as its breadcrumb shows it."""
    base = view.site.base_url.removesuffix(view.site.base)
    steps = [*view.breadcrumb, Link(view.address, view.title)]
    items = [
        {"@type": "ListItem", "position": position, "name": step.text, "item": {"@id": base + step.address}}
        for position, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
