"""Articles written in a line, parsed and linked in this process: what the tests of the upper floors look at."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from healthsite import (
    articleview,
    assets,
    graph,
    kinds,
    others,
    pages,
    plans,
    records,
    siteview,
    slots,
    source,
    urls,
    views,
)
from healthsite.checks.subject import Style, Subject, subject_of
from healthsite.config import Config, read_config
from healthsite.digest import of_bytes, of_value
from healthsite.library import (
    dump,
    dump_people,
    load_glossary,
    load_people,
    load_references,
    read_glossary,
    read_people,
    read_references,
)
from healthsite.model import Article, Finding, Outline, Parsed, Retraction
from healthsite.prose import Prose
from healthsite.sayings import Saying
from healthsite.wording import Wording
from tests.small_site import unsealed

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-11-22"
TEXT = "Something is so. [@who]\n"
REFERENCES = "who: {type: review, title: What is so, url: 'https://example.org/so'}\n"

TEMPLATES = tuple(
    (path.relative_to(ROOT / "templates").as_posix(), path.read_text("utf-8"))
    for path in sorted((ROOT / "templates").rglob("*.*"))
)
"""The repository's templates: names with texts."""

_COMMON: Mapping[str, Any] = {
    "title": "A title",
    "summary": "It is so.",
    "reviewed": {"on": "2026-11-01", "by": ["editors"]},
    "changes": [{"on": "2026-11-01", "note": "First published."}],
}
_OWN: Mapping[str, Mapping[str, Any]] = {
    "cause": {"group": "everyday", "link": "associated", "certainty": "weak"},
    "symptom": {"ordinary": True},
    "relief": {"approach": "now", "effect": "helps", "certainty": "weak"},
    "red-flag": {"urgency": "same-day"},
    "guide": {"topic": "basics"},
}


def article(kind: str, text: str = TEXT, /, **fields: Any) -> str:
    """An article's file. The fields given stand first, from line 2 on, one a line, then what the kind must have."""
    front = fields | {name: value for name, value in {**_COMMON, **_OWN[kind]}.items() if name not in fields}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in front.items()]
    return "\n".join(["---", *lines, "---", text])


@cache
def config() -> Config:
    """The repository's own configuration, but that articles need no seal."""
    found, findings = read_config("config.yaml", unsealed((ROOT / "config.yaml").read_text("utf-8")))
    assert found, findings
    return found


class Linked:
    """A site of articles by ``folder/slug``, each the text of its file. All goes through the shape that the store keeps."""

    def __init__(
        self,
        articles: Mapping[str, str],
        *,
        today: str = TODAY,
        drafts: bool = False,
        references: str = REFERENCES,
        glossary: str = "{}",
        broken: tuple[str, ...] = (),
        people: str = "{}",
    ) -> None:
        self.today = today
        self.articles: dict[str, Article] = {}
        self.texts: dict[str, articleview.Text] = {}
        sources, wrong = load_references(dump(*read_references("content/references.yaml", references)))
        words, mistaken = load_glossary(dump(*read_glossary("content/glossary.yaml", glossary)))
        persons, odd = load_people(dump_people(*read_people("content/people.yaml", people)))
        assert not (*wrong, *mistaken, *odd), (*wrong, *mistaken, *odd)
        finder = slots.TermFinder(slots.forms_of(word.term for word in words))
        self.outlines: list[Outline] = []
        terms_in = {}
        for name, text in articles.items():
            parsed = _parsed(f"content/{name}.md", text)
            assert parsed.article, parsed.findings
            assert parsed.body, parsed.findings
            ((outline, found),) = records.load_outlines([records.dump_outline(parsed)])
            assert outline, found
            assert not found, found
            self.outlines.append(outline)
            self.articles[name] = records.load_article(records.dump_article(parsed.article))
            body = records.load_body(records.dump_body(parsed.body))
            places = finder.first_uses((body.html, *(item.answer for item in body.questions)))
            self.texts[name] = articleview.Text(body, places)
            terms_in[name] = tuple(place.name for place in places)
        self.site = graph.link(
            self.outlines, sources, words, terms_in, persons, today=today, drafts=drafts, broken=broken
        )

    def found(self, check: Callable[[Article, Subject], Iterator[Finding]], **options: Any) -> list[str]:
        """What a check finds in all the articles, as an editor reads it, by place; and in what their outlines tell of
        them the same, but for the places.
        """
        subject = self.subject(**options)
        found = sorted(finding for article in self.articles.values() for finding in check(article, subject))
        sketched = {finding for outline in self.outlines for finding in check(records.sketch_of(outline), subject)}
        assert {finding._replace(line=1, column=1) for finding in found} == sketched
        return lines(found)

    def subject(
        self,
        *,
        pictures: tuple[str, ...] = (),
        retracted: tuple[Retraction, ...] = (),
        said: tuple[Saying, ...] = (),
        **changes: Any,
    ) -> Subject:
        """What the checks look at; ``changes`` are to the configuration."""
        by_key = {article.key: article for article in self.articles.values()}
        changed = replace(config(), **changes)
        return subject_of(self.site, changed, "config.yaml", pictures, self.today, by_key.__getitem__, retracted, said)

    def pages(self, **policy: Any) -> dict[str, pages.Page]:
        """Every page by its address; ``policy`` changes the configuration's."""
        changed = replace(config(), policy=replace(config().policy, **policy))
        shown = graph.named(self.site)
        articles = [plans.article_page(plan, shown) for plan in plans.planned(self.site, changed, today=self.today)]
        routes = [*articles, *others.others(self.site, changed)]
        assert len({page.address for page in routes}) == len(routes)
        return {page.address: page for page in routes}

    def view(self, address: str, *, base_url: str = "", policy: Mapping[str, int] | None = None, **changes: Any) -> Any:
        """The view of a page; ``changes`` are to the configuration."""
        page = self.pages(**(policy or {}))[address]
        return views.view(page, site_view(base_url, **changes), self.texts.get(address.strip("/")))


def _parsed(path: str, text: str) -> Parsed:
    data = text.encode()
    return source.parse(path, data, of_value((path, of_bytes(data))))


def site_view(base_url: str = "", **changes: Any) -> siteview.SiteView:
    """What every page sees of the site, with the repository's assets."""
    changed = replace(config(), **changes)
    whole = changed.base_url(base_url)
    base = urls.base_path(whole)
    addresses = {asset.name: base + asset.output for asset in _assets()}
    sizes = {asset.name: asset.size for asset in _assets() if asset.size}
    return siteview.SiteView(changed, whole, base, addresses, "digest", sizes)


@cache
def _assets() -> tuple[assets.Asset, ...]:
    folder = ROOT / "static"
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    digests = {name: of_bytes(path.read_bytes()) for name, path in files.items()}
    return assets.read_assets(digests, lambda name: files[name].read_bytes())[0]


def lines(findings: tuple[Finding, ...] | list[Finding]) -> list[str]:
    """Findings as an editor reads them."""
    return [str(finding) for finding in findings]


NO_WORDS = Wording()
"""A house style without a word to look for."""


def proofread(
    check: Callable[[Prose, Style], Iterator[Finding]],
    text: str,
    /,
    kind: str = "guide",
    *,
    wording: Wording = NO_WORDS,
    policy: Mapping[str, Any] | None = None,
    numbers: tuple[str, ...] = ("999", "111"),
    abbreviations: tuple[str, ...] = (),
    **fields: Any,
) -> list[str]:
    """What a check of words finds in an article, as ``line:column severity: message``. Lines count from the first of
    the text; those of the front matter have a ``^`` before them, and count from its own first.
    """
    file = article(kind, text, **fields)
    parsed = _parsed(f"content/{kinds.KINDS[kind].folder}/a.md", file)
    assert parsed.article, parsed.findings
    before = file.index("\n---\n")
    first = file.count("\n", 0, before) + 2
    style = Style(replace(config().policy, **(policy or {})), wording, numbers, frozenset(abbreviations))
    found = sorted(check(Prose(parsed.article, parsed.body, file), style))
    places = [f"{line - first}" if line > first else f"^{line - 1}" for _, line, *_ in found]
    return [f"{place}:{item.column} {item.severity}: {item.message}" for place, item in zip(places, found, strict=True)]
