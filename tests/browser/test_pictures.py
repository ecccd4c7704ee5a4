"""Drawings in a real browser: shown under the policy, in the page's colours, named for who can't see them."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.sites import Served

STRETCH = "/relief/calf-stretch/"
PAGES = ("/", STRETCH, "/relief/stand-and-walk/", "/guides/what-is-a-leg-cramp/")


def opened(page: Page, site: Served, local: str) -> Locator:
    """The drawings of a page, once their files have come."""
    page.goto(site.to(local), wait_until="networkidle")
    found = page.locator("svg.picture")
    expect(found).not_to_have_count(0)
    return found


@pytest.mark.parametrize("local", PAGES)
def test_every_drawing_is_shown_and_named(page: Page, complaints: list[str], site: Served, local: str):
    for drawing in opened(page, site, local).all():
        expect(drawing).to_have_accessible_name(re.compile(r".{20,}", re.DOTALL))
        assert drawing.locator("use").evaluate("use => use.getBBox().width") > 20, "nothing is drawn"
        assert f"{site.base}assets/pictures/" in (drawing.locator("use").get_attribute("href") or "")
    assert complaints == []


def test_a_drawing_that_does_not_come_would_be_seen(page: Page, site: Served):
    """The control of the test above."""
    page.route("**/pictures/*", lambda route: route.abort())
    first = opened(page, site, STRETCH).first
    assert first.locator("use").evaluate("use => use.getBBox().width") == 0


def test_a_drawing_has_its_place_before_its_file_comes(page: Page, site: Served):
    boxes = [opened(page, site, STRETCH).nth(number).bounding_box() for number in range(3)]
    page.route("**/pictures/*", lambda route: route.abort())
    assert [opened(page, site, STRETCH).nth(number).bounding_box() for number in range(3)] == boxes


def test_a_drawing_follows_the_theme_and_its_colours(page: Page, site: Served):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    drawing = opened(page, site, STRETCH).nth(1)
    light = drawing.screenshot()
    assert drawing.screenshot() == light
    page.emulate_media(color_scheme="dark")
    dark = drawing.screenshot()
    assert dark != light
    page.evaluate("document.documentElement.style.setProperty('--picture-muscle', 'rgb(0, 0, 255)')")
    assert drawing.screenshot() != dark


def test_the_theme_switch_turns_a_drawing_too(page: Page, site: Served):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    drawing = opened(page, site, "/").first
    light = drawing.screenshot()
    page.locator(".theme-switch").click()
    assert drawing.screenshot() != light


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_drawing_is_wider_than_the_page(page: Page, site: Served, width: int):
    page.set_viewport_size({"width": width, "height": 640})
    for local in PAGES:
        for drawing in opened(page, site, local).all():
            box = drawing.bounding_box()
            assert box
            assert box["width"] >= 70, "too small to be understood"
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
