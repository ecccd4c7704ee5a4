"""On paper: how many pages, and what stands on them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.kinds_of_page import articles, sheets
from tests.browser.sites import Served, without_worker

pytestmark = without_worker

A4 = (595, 842)


def pages_of(page: Page, address: str) -> list[tuple[int, int]]:
    """The size of each page that is printed, in points."""
    page.goto(address)
    data = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", data)
    assert len(boxes) == len(re.findall(rb"/Type\s*/Page\b", data)), "every page says its size"
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def test_an_article_takes_at_most_two_pages(page: Page, site: Served):
    found = articles(site.output)
    heaviest = sorted(found, key=lambda address: found[address].stat().st_size)[-12:]
    printed = {address: pages_of(page, site.to(address)) for address in heaviest}
    assert {address: len(sizes) for address, sizes in printed.items() if len(sizes) > 2} == {}
    assert {size for sizes in printed.values() for size in sizes} == {A4}


def test_a_sheet_takes_just_one_page(page: Page, site: Served):
    printed = {address: pages_of(page, site.to(address)) for address in sheets(site.output)}
    assert len(printed) == 3
    assert {address: len(sizes) for address, sizes in printed.items() if len(sizes) != 1} == {}
    assert {size for sizes in printed.values() for size in sizes} == {A4, A4[::-1]}


def test_a_printed_article_keeps_its_sources_its_warnings_and_its_address(page: Page, site: Served):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site.to(next(address for address in articles(site.output) if address.startswith("symptoms/"))))
    for wanted in (".sources li", ".care-emergency", ".review", ".on-paper"):
        expect(page.locator(wanted).first).to_be_visible()
    expect(page.locator(".on-paper")).to_contain_text("http://127.0.0.1")
    for unwanted in (
        ".site-nav",
        ".site-search",
        ".theme-switch",
        ".contents",
        ".care-more",
        ".site-footer",
        ".feedback",
    ):
        expect(page.locator(unwanted).first).to_be_hidden()
    border = page.locator(".care-emergency").first.evaluate(
        "(card) => parseFloat(getComputedStyle(card).borderTopWidth)"
    )
    others = page.locator(".care-same-day").first.evaluate(
        "(card) => parseFloat(getComputedStyle(card).borderTopWidth)"
    )
    assert border > others
    assert page.locator("body").evaluate("(body) => getComputedStyle(body).color") == "rgb(42, 35, 51)"


def test_on_paper_the_emergencies_of_the_index_are_headed_in_black(page: Page, site: Served):
    """Printers leave backgrounds out: a white heading would be lost."""
    page.emulate_media(media="print")
    page.goto(site.to("/red-flags/"))
    heading = page.locator(".group-emergency > h2")
    assert heading.evaluate("(heading) => getComputedStyle(heading).color") == "rgb(0, 0, 0)"
