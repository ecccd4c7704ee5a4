"""Drawings in a real browser: loaded when they are needed, in the colours of the theme, named for who can't see them."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.sites import Served, attribute

STRETCH, DEEP = "/relief/calf-stretch/", "/guides/what-is-a-leg-cramp/"
PAGES = ("/", STRETCH, "/relief/stand-and-walk/", DEEP)
NEAR = 3000
"""A browser may load what is nearer than this below the screen, in pixels: Chromium's limit is 2500 on a slow network."""


def opened(page: Page, site: Served, local: str) -> Locator:
    """The drawings of a page."""
    page.goto(site.to(local), wait_until="networkidle")
    found = page.locator("img.picture")
    expect(found).not_to_have_count(0)
    return found


def shown(drawing: Locator) -> Locator:
    """A drawing once it is there, and its reader before it."""
    drawing.scroll_into_view_if_needed()
    expect(drawing).not_to_have_js_property("naturalWidth", 0)
    return drawing


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses of the drawings that a page asked for so far."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/assets/pictures/" in request.url else None)
    return found


@pytest.mark.parametrize("local", PAGES)
def test_every_drawing_is_shown_and_named(page: Page, complaints: list[str], site: Served, local: str):
    for drawing in opened(page, site, local).all():
        expect(shown(drawing)).to_have_accessible_name(re.compile(r".{20,}", re.DOTALL))
        assert f"{site.base}assets/pictures/" in attribute(drawing, "src")
    assert complaints == []


# --- when it is loaded -------------------------------------------------------------------------------------------------


def test_a_drawing_far_below_is_loaded_when_its_reader_comes_near(page: Page, site: Served, asked: list[str]):
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 at 400 %
    far = opened(page, site, DEEP).last
    box = far.bounding_box()
    assert box
    assert box["y"] > 256 + NEAR, "no drawing is so far below any more: take another page"
    source = far.evaluate("image => image.src")
    assert source not in asked
    shown(far)
    assert source in asked


def test_the_home_page_asks_for_its_drawings_at_once_and_for_no_others(page: Page, site: Served, asked: list[str]):
    drawings = opened(page, site, "/")
    assert sorted(asked) == sorted(drawings.evaluate_all("images => images.map((image) => image.src)"))
    assert drawings.evaluate_all("images => images.map((image) => image.loading)") == ["auto"] * 3
    assert opened(page, site, STRETCH).evaluate_all("images => [...new Set(images.map((image) => image.loading))]") == [
        "lazy"
    ]


def test_what_is_printed_has_its_drawings_though_nobody_came_near_them(page: Page, site: Served, asked: list[str]):
    page.set_viewport_size({"width": 320, "height": 256})
    far = opened(page, site, DEEP).last
    source = far.evaluate("image => image.src")
    assert source not in asked
    page.pdf()
    assert source in asked
    expect(far).not_to_have_js_property("naturalWidth", 0)


def test_without_script_the_drawings_are_there(browser: Browser, site: Served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status) if "/assets/pictures/" in answer.url else None)
    count = opened(page, site, STRETCH).count()
    context.close()
    assert answers == [200] * count


def test_a_drawing_has_its_place_before_its_file_comes(browser: Browser, site: Served):
    page = browser.new_page(service_workers="block")  # a worker would answer from what it keeps
    drawings = opened(page, site, STRETCH)
    boxes = [shown(drawings.nth(number)).evaluate(BOX) for number in range(3)]
    page.route("**/pictures/*", lambda route: None)  # it never comes
    page.goto(site.to(STRETCH), wait_until="domcontentloaded")
    assert [drawings.nth(number).evaluate(BOX) for number in range(3)] == boxes
    expect(drawings.first).to_have_js_property("naturalWidth", 0)
    page.close()


BOX = "(image) => [image.offsetLeft, image.offsetTop, image.offsetWidth, image.offsetHeight]"


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


# --- colours -----------------------------------------------------------------------------------------------------------


def painted(page: Page, site: Served, *, system: str, chosen: str = "", media: str = "screen") -> bytes:
    """What the inside of a drawing looks like, by the system's colours and the reader's own choice."""
    page.emulate_media(color_scheme=system, media=media, reduced_motion="reduce")  # type: ignore[arg-type]
    drawing = shown(opened(page, site, STRETCH).nth(1))
    if chosen and page.locator("html").get_attribute("data-theme") != chosen:
        page.locator(".theme-switch").evaluate("button => button.click()")
        expect(page.locator("html")).to_have_attribute("data-theme", chosen)
    box = drawing.bounding_box()
    assert box
    edge = 20  # its round corners show what is behind it
    width, height = box["width"] - 2 * edge, box["height"] - 2 * edge
    return page.screenshot(clip={"x": box["x"] + edge, "y": box["y"] + edge, "width": width, "height": height})


def test_a_drawing_has_the_colours_of_the_theme_whoever_chose_it(page: Page, site: Served):
    light, dark = (painted(page, site, system=system) for system in ("light", "dark"))
    assert light != dark
    assert painted(page, site, system="light", chosen="dark") == dark
    assert painted(page, site, system="dark", chosen="dark") == dark  # remembered
    assert painted(page, site, system="dark", chosen="light") == light
    assert painted(page, site, system="light", chosen="light") == light


def test_on_paper_a_drawing_is_ink_on_white_whatever_the_theme(page: Page, site: Served):
    light = painted(page, site, system="light", media="print")
    assert painted(page, site, system="dark", media="print") == light
    assert painted(page, site, system="light", chosen="dark", media="print") == light


def test_with_forced_colours_a_drawing_has_those(page: Page, site: Served):
    own = painted(page, site, system="dark")
    page.emulate_media(forced_colors="active")
    assert painted(page, site, system="dark") != own
