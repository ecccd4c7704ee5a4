"""The repository's own site, built at the root of a host and under a path: what must hold on every page of it."""

import gzip
import itertools
import json
import re
import shutil
import xml.etree.ElementTree as etree
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from healthsite.kinds import FOLDERS
from tests.helpers import ROOT, build_site, published
from tests.tools import dom, html_validity, jsonld, links
from tests.tools.dom import Element

ORIGIN = "https://example.org"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ANYWHERE = ("404.html", "offline.html")  # pages that stand for others, at any address
ADDRESSES = ("href", "src", "action", "poster")


class Built(NamedTuple):
    """A built site: its folder, the path that it is built for, and its pages as trees, redirects apart."""

    folder: Path
    base: str
    pages: dict[str, Element]
    redirects: dict[str, Element]

    @property
    def articles(self) -> dict[str, Element]:
        """The pages of articles."""
        return {name: page for name, page in self.pages.items() if page.all("article")}


@pytest.fixture(scope="session")
def project(tmp_path_factory) -> Path:
    """A copy of what the site is built from, with a store of its own."""
    root: Path = tmp_path_factory.mktemp("project")
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "config.yaml", root / "config.yaml")
    return root


@pytest.fixture(scope="session", params=["/", "/health/"], ids=["at the root", "under a path"])
def built(request, project, workers) -> Built:
    base: str = request.param
    folder = project / f"public{base.replace('/', '-')}"
    # The last day that any article names: nothing is still to come then, and nothing depends on the day of the test.
    texts = "\n".join(path.read_text("utf-8") for path in (project / "content").glob("*/*.md"))
    today = max(re.findall(r"\b20\d\d-\d\d-\d\d\b", texts))
    result = build_site(project, workers, output=folder, base_url=ORIGIN + base, today=today)
    assert [str(finding) for finding in result.findings if finding.severity == "error"] == []
    assert result.published
    read = {name: dom.read(data.decode()) for name, data in published(folder).items() if name.endswith(".html")}
    redirects = {name for name, page in read.items() if page.all("meta", http_equiv="refresh")}
    pages = {name: page for name, page in read.items() if name not in redirects}
    return Built(folder, base, pages, {name: read[name] for name in redirects})


def complaints(pages: dict[str, Element], complain) -> dict[str, object]:
    """What is wrong with each page, where anything is."""
    found = {name: complain(page) for name, page in pages.items()}
    return {name: wrong for name, wrong in found.items() if wrong}


# --- the whole site ------------------------------------------------------------------------------------------------


def test_every_article_has_a_page(built):
    files = {
        path.relative_to(ROOT / "content").with_suffix("").as_posix() for path in (ROOT / "content").glob("*/*.md")
    }
    drafts = {
        name for name in files if re.search(r"^draft: true", (ROOT / f"content/{name}.md").read_text("utf-8"), re.M)
    }
    assert len(files - drafts) >= 24
    assert {name.removesuffix("/index.html") for name in built.articles} == files - drafts


def test_every_link_and_fragment_leads_somewhere(built):
    assert links.check(built.folder, built.base, ORIGIN) == []


@pytest.mark.parametrize("built", ["/"], indirect=True)  # the base path changes addresses only
def test_every_page_is_valid_html(built):
    assert html_validity.check(built.folder) == []


def test_every_address_is_under_the_base_path(built):
    def strays(page: Element) -> list[str]:
        given = [element.attributes[name] for element in page.all() for name in ADDRESSES if name in element.attributes]
        return [address for address in given if address.startswith("/") and not address.startswith(built.base)]

    assert complaints(built.pages | built.redirects, strays) == {}
    whole = re.compile(rf"{re.escape(ORIGIN)}(?!{re.escape(built.base)})[^\s\"<]*")
    texts = {
        name: data.decode()
        for name, data in published(built.folder).items()
        if name.endswith((".html", ".xml", ".txt"))
    }
    assert {name: whole.findall(text) for name, text in texts.items() if whole.search(text)} == {}


def test_no_page_holds_a_placeholder(built):
    placeholder = re.compile(r"lorem|ipsum|\bTODO\b|\bFIXME\b|\bXXX\b|x-word|x-urgency|x-plain-word|\{[a-z]+-[a-z-]+\}")
    assert complaints(built.pages, lambda page: placeholder.findall(page.text)) == {}


def test_the_feed_names_whole_addresses_and_days(built):
    feed = etree.fromstring((built.folder / "feed.xml").read_bytes())
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in (feed, *entries):
        assert entry.findtext(f"{ATOM}title")
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT00:00:00Z", entry.findtext(f"{ATOM}updated", ""))
        assert entry.findtext(f"{ATOM}id", "").startswith("tag:")
        addresses = [link.get("href", "") for link in entry.findall(f"{ATOM}link")]
        assert addresses
        assert all(address.startswith(ORIGIN + built.base) for address in addresses)
    names = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(names)) == len(names)


def test_the_sitemap_names_every_page_once_by_its_whole_address(built):
    sitemap = etree.fromstring((built.folder / "sitemap.xml").read_bytes())
    assert sitemap.tag == f"{SITEMAP}urlset"
    named = [url.findtext(f"{SITEMAP}loc", "") for url in sitemap.findall(f"{SITEMAP}url")]
    expected = {ORIGIN + built.base + name.removesuffix("index.html") for name in built.pages if name not in ANYWHERE}
    assert len(named) == len(set(named))
    assert set(named) == expected
    dates = {url.findtext(f"{SITEMAP}lastmod") for url in sitemap.findall(f"{SITEMAP}url")} - {None}
    assert dates
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", str(date)) for date in dates)


def test_robots_are_told_where_the_sitemap_is(built):
    assert f"Sitemap: {ORIGIN}{built.base}sitemap.xml" in (built.folder / "robots.txt").read_text("utf-8").splitlines()


# --- every page ----------------------------------------------------------------------------------------------------


def test_a_strict_policy_stands_before_all_that_it_governs(built):
    def wrong(item: tuple[str, Element]) -> str:
        name, page = item
        head = page.all("head")[0]
        policies = head.all("meta", http_equiv="Content-Security-Policy")
        if len(policies) != 1:
            return f"{len(policies)} policies"
        policy = policies[0].attributes["content"]
        if name == "search/index.html":  # the search's index is read by WebAssembly, which no other page may run
            policy = policy.replace("script-src 'self' 'wasm-unsafe-eval';", "script-src 'self';")
        order = head.all("link", "script", "style", "meta")
        before = [item.tag for item in order[: order.index(policies[0])] if item.tag != "meta"]
        if before or "default-src 'none'" not in policy or "unsafe" in policy or "http" in policy or "*" in policy:
            return f"{before} {policy}"
        return ""

    pages = built.pages | built.redirects
    assert {item[0]: wrong(item) for item in pages.items() if wrong(item)} == {}
    assert "'wasm-unsafe-eval'" in str(
        built.pages["search/index.html"].all("meta", http_equiv="Content-Security-Policy")[0].attributes
    )


def test_the_colours_are_chosen_before_anything_is_drawn(built):
    """The script that does it blocks: it stands in the head, and neither waits nor comes later."""

    def wrong(page: Element) -> str:
        scripts = [item for item in page.all("head")[0].all("script") if item.attributes.get("src")]
        first = scripts[0].attributes if scripts else {}
        is_right = "/js/theme." in (first.get("src") or "") and not {"defer", "async", "type"} & first.keys()
        return "" if is_right else str(first)

    assert complaints(built.pages, wrong) == {}


def test_the_scripts_that_every_page_needs_are_small(built):
    """Gzip, level 6; the others are loaded on the page that uses them."""

    def weight(page: Element) -> int:
        sources = [item.attributes.get("src") or "" for item in page.all("script") if item.attributes.get("src")]
        files = [built.folder / source.removeprefix(built.base) for source in sources]
        return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)

    assert {name: weight(page) for name, page in built.articles.items() if weight(page) > 1536} == {}


def test_nothing_inline_that_the_policy_would_block(built):
    def inline(page: Element) -> list[str]:
        data = ("application/ld+json", "application/json")
        scripts = [
            item
            for item in page.all("script")
            if not item.attributes.get("src") and item.attributes.get("type") not in data
        ]
        by_attribute = [
            f"{item.tag} {name}"
            for item in page.all()
            for name in item.attributes
            if name == "style" or name.startswith("on")
        ]
        return [*(item.tag for item in (*scripts, *page.all("style"))), *by_attribute]

    assert complaints(built.pages | built.redirects, inline) == {}


def test_nothing_is_asked_of_another_host(built):
    def elsewhere(page: Element) -> list[str]:
        loaded = list(page.all("script", "img", "source", "iframe", "video", "audio", "use", "object", "embed"))
        loaded += [item for item in page.all("link") if item.attributes.get("rel") not in ("canonical", "alternate")]
        given = [item.attributes.get("src") or item.attributes.get("href") or "" for item in loaded]
        return [address for address in given if "//" in address]

    assert complaints(built.pages | built.redirects, elsewhere) == {}


def test_one_title_and_headings_that_do_not_skip(built):
    def wrong(page: Element) -> str:
        levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        steps = itertools.pairwise(levels)
        return (
            ""
            if levels.count(1) == 1 and levels[0] == 1 and all(after <= before + 1 for before, after in steps)
            else str(levels)
        )

    assert complaints(built.pages, wrong) == {}


def test_each_page_has_a_title_and_a_description_of_its_own(built):
    assert complaints(built.pages, lambda page: "" if page.all("title")[0].text else "no title") == {}
    articles = built.articles.values()
    for words in (
        [page.all("title")[0].text for page in built.pages.values()],
        [page.all("meta", name="description")[0].attributes["content"] for page in articles],
    ):
        assert sorted(text for text in set(words) if words.count(text) > 1 or not text) == []


def test_a_page_names_its_own_address(built):
    def wrong(item: tuple[str, Element]) -> str:
        name, page = item
        address = page.all("link", rel="canonical")[0].attributes["href"]
        return "" if address == ORIGIN + built.base + name.removesuffix("index.html") else address

    assert {item[0]: wrong(item) for item in built.pages.items() if wrong(item)} == {}


def test_structured_data_keeps_to_the_vocabulary(built):
    def wrong(page: Element) -> list[str]:
        blocks = page.all("script", type="application/ld+json")
        return [problem for block in blocks for problem in jsonld.check(json.loads("".join(map(str, block.children))))]

    assert complaints(built.pages, wrong) == {}
    assert complaints(built.articles, lambda page: not page.all("script", type="application/ld+json")) == {}


FIRST_VIEW = 14 * 1024
"""Bytes, compressed, of all that the first view of an article needs."""


def test_the_first_view_of_any_article_is_light(built):
    def weight(name: str, page: Element) -> int:
        sheets = [link for link in page.all("link", rel="stylesheet") if link.attributes.get("media") != "print"]
        needed = [link.attributes["href"] for link in sheets]
        needed += [script.attributes["src"] for script in page.all("script") if "src" in script.attributes]
        assert needed
        files = [built.folder / name, *(built.folder / address.removeprefix(built.base) for address in needed)]
        return sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)

    weights = {name: weight(name, page) for name, page in built.articles.items()}
    assert {name: size for name, size in weights.items() if size > FIRST_VIEW} == {}


def test_a_page_that_is_passed_on_has_a_card(built):
    def wrong(page: Element) -> list[str]:
        found = {
            item.attributes["property"]: item.attributes["content"]
            for item in page.all("meta")
            if "property" in item.attributes
        }
        problems = [
            name for name in ("title", "description", "url", "image", "site_name") if not found.get(f"og:{name}")
        ]
        image = found.get("og:image", "").removeprefix(ORIGIN + built.base)
        if not (built.folder / image).is_file():
            problems.append(f"no picture {image}")
        if found.get("og:url") != page.all("link", rel="canonical")[0].attributes["href"]:
            problems.append("another address")
        return problems

    assert complaints(built.pages, wrong) == {}


def test_the_manifest_names_pictures_that_are_there(built):
    manifest = json.loads((built.folder / "site.webmanifest").read_text("utf-8"))
    assert manifest["start_url"] == manifest["scope"] == built.base
    icons = [built.folder / icon["src"].removeprefix(built.base) for icon in manifest["icons"]]
    assert len(icons) >= 3
    assert [icon.name for icon in icons if not icon.is_file()] == []
    assert {(icon["sizes"], icon.get("purpose", "")) for icon in manifest["icons"]} >= {
        ("192x192", ""),
        ("512x512", "maskable"),
    }


def test_every_page_says_how_to_report_a_mistake_and_names_itself_in_it(built):
    def wrong(item: tuple[str, Element]) -> str:
        name, page = item
        address = quote(ORIGIN + built.base + name.removesuffix("index.html"), safe="")
        reports = [link.attributes["href"] for part in page.all("p", class_="feedback") for link in part.all("a")]
        return "" if len(reports) == 1 and address in reports[0] and "&body=" in reports[0] else str(reports)

    assert {item[0]: wrong(item) for item in built.pages.items() if wrong(item)} == {}


# --- articles ------------------------------------------------------------------------------------------------------


def test_an_article_leads_back_to_its_index_and_to_the_first_page(built):
    def wrong(item: tuple[str, Element]) -> list[str]:
        name, page = item
        trail = [link.attributes["href"] for nav in page.all("nav", class_="breadcrumb") for link in nav.all("a")]
        return [] if trail == [built.base, f"{built.base}{name.split('/')[0]}/"] else trail or ["no breadcrumb"]

    assert {item[0]: wrong(item) for item in built.articles.items() if wrong(item)} == {}


def test_an_article_says_in_one_sentence_what_it_is_about(built):
    assert (
        complaints(built.articles, lambda page: [p.text for p in page.all("p", class_="summary")][:1] in ([], [""]))
        == {}
    )


def test_warning_signs_stand_before_the_text_of_a_cause_and_of_a_symptom(built):
    def wrong(page: Element) -> str:
        order = page.all("section", "div")
        first_card = next((place for place, item in enumerate(order) if item.matches(class_="care")), None)
        text = next(place for place, item in enumerate(order) if item.matches(class_="text"))
        return "" if first_card is not None and first_card < text else "no warning sign before the text"

    pages = {
        name: page for name, page in built.articles.items() if FOLDERS[name.split("/")[0]].name in ("cause", "symptom")
    }
    assert len(pages) > 10
    assert complaints(pages, wrong) == {}


def test_a_warning_sign_says_first_how_fast_help_is_needed(built):
    def wrong(page: Element) -> str:
        sections = page.all("article")[0].all("section", "div")
        return "" if sections[0].matches(class_="care") and sections[0].all(class_="care-label") else "no urgency first"

    assert (
        complaints({name: page for name, page in built.articles.items() if name.startswith("red-flags/")}, wrong) == {}
    )


def test_an_article_names_its_sources_and_each_is_cited(built):
    def wrong(page: Element) -> list[str]:
        listed = [
            item.attributes["id"] for section in page.all("section", class_="sources") for item in section.all("li")
        ]
        cited = {link.attributes["href"].removeprefix("#") for link in page.all("a", role="doc-noteref")}
        return [] if listed and set(listed) == cited else [f"listed {listed}", f"cited {sorted(cited)}"]

    assert complaints(built.articles, wrong) == {}


def test_an_article_says_when_it_was_checked_and_how_to_report_a_mistake(built):
    def wrong(page: Element) -> list[str]:
        lines = page.all(class_="review")
        days = [time.attributes.get("datetime", "") for line in lines for time in line.all("time")]
        reports = [link for link in page.all("a") if link.attributes.get("href", "").startswith("mailto:")]
        return [] if len(lines) == 1 and days and days[0] and reports else [*days, f"{len(reports)} ways to report"]

    assert complaints(built.articles, wrong) == {}


def test_an_article_leads_to_others(built):
    def wrong(page: Element) -> str:
        linked = [link for section in page.all("section", class_="related") for link in section.all("a")]
        return "" if linked else "no related article"

    assert complaints(built.articles, wrong) == {}


def test_an_emergency_card_holds_no_link_but_the_telephone(built):
    def wrong(page: Element) -> list[str]:
        cards = page.all("section", class_="care-emergency")
        given = [link.attributes.get("href", "") for card in cards for link in card.all("a")]
        return [address for address in given if not address.startswith("tel:")]

    assert any(page.all("section", class_="care-emergency") for page in built.articles.values())
    assert complaints(built.pages, wrong) == {}


def test_urgency_is_said_in_words(built):
    def wrong(page: Element) -> list[str]:
        cards = page.all("section", class_="care")
        return [card.text[:40] for card in cards if not any(label.text for label in card.all(class_="care-label"))]

    assert complaints(built.pages, wrong) == {}
