"""How the pages look and behave in a real browser: no barrier, nothing sideways, nothing that jumps, large enough to touch."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.barriers import barriers, colour_barriers, shorten
from tests.browser.kinds_of_page import articles, one_of_each
from tests.browser.sites import Served, without_worker

NewContext = Callable[..., BrowserContext]

pytestmark = without_worker

PHONE = ViewportSize(width=360, height=640)
WIDE = ViewportSize(width=1280, height=800)

SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.shifts.push(entry.value)))
  .observe({ type: "layout-shift", buffered: true });
"""


# The pictures that are in sight have come, and two frames were drawn since.
SETTLED = """async () => {
  const seen = [...document.images].filter((picture) => picture.getBoundingClientRect().top < innerHeight);
  await Promise.all(seen.map((picture) => picture.decode().catch(() => undefined)));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


@pytest.mark.parametrize("half", [0, 1])
def test_no_page_has_a_barrier(page: Page, site: Served, half: int):
    """Light and dark differ in colours only: in the dark, only what is about colours is looked at again."""
    found = {}
    for address in one_of_each(site.output)[half::2]:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
        page.goto(site.to(address))
        shorten(page)
        for size in (PHONE, WIDE):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme="light")
            found[address, size["width"], "light"] = barriers(page)
            page.emulate_media(color_scheme="dark")
            found[address, size["width"], "dark"] = colour_barriers(page)
    assert {state: wrong for state, wrong in found.items() if wrong} == {}


def test_a_barrier_would_be_noticed(page: Page, site: Served):
    page.goto(site.to("about/"))
    page.evaluate("document.querySelector('main').style.color = 'rgb(200 200 200)'")
    assert any(item.startswith("color-contrast") for item in barriers(page))
    page.evaluate("document.querySelector('main').style.color = ''")
    page.emulate_media(color_scheme="dark")
    assert colour_barriers(page) == []
    page.evaluate("document.querySelector('main').style.color = 'rgb(60 60 60)'")
    assert any(item.startswith("color-contrast") for item in colour_barriers(page))


def test_a_barrier_anywhere_in_a_long_list_would_be_noticed(page: Page, site: Served):
    page.goto(site.to("sources/"))
    entries = page.locator("main li:has(a)")
    before = entries.count()
    entries.last.evaluate("entry => { entry.querySelector('a').textContent = '' }")
    entries.nth(before // 2).evaluate("entry => { entry.style.color = 'rgb(200 200 200)' }")
    shorten(page)
    assert entries.count() < before / 4
    assert {"color-contrast", "link-name"} <= {item.partition(":")[0] for item in barriers(page)}


SMALL = {"320": ViewportSize(width=320, height=640), "1280 at 400 %": ViewportSize(width=320, height=256)}


@pytest.mark.browser_context_args(service_workers="allow")
def test_no_page_of_any_kind_complains_or_scrolls_sideways(page: Page, complaints: list[str], site: Served):
    wide = {}
    for address in one_of_each(site.output):
        page.goto(site.to(address))
        for name, size in SMALL.items():
            page.set_viewport_size(size)
            width = page.evaluate("document.scrollingElement.scrollWidth")
            if width > size["width"]:
                wide[f"{address} at {name}"] = width
    assert wide == {}
    assert complaints == []


# The numbers of sources that do not stand on the line of their word, and the marks that do not stand on that of their telephone number.
APART = """() => {
  const place = (text, offset) => {
    const range = document.createRange();
    range.setStart(text, offset);
    range.setEnd(text, offset + 1);
    return range.getBoundingClientRect();
  };
  const isBeside = (one, other) => one.top < other.bottom && other.top < one.bottom;
  const found = [];
  for (const cite of document.querySelectorAll(".cite")) {
    const text = cite.previousSibling;
    const length = text?.nodeType === Node.TEXT_NODE ? text.data.trimEnd().length : 0;
    if (length && !isBeside(place(text, length - 1), cite.getBoundingClientRect())) found.push(text.data.slice(-40));
  }
  for (const phone of document.querySelectorAll(".phone")) {
    const text = phone.nextSibling;
    if (text?.nodeType === Node.TEXT_NODE && /^[.,;:!?)]/.test(text.data) && !isBeside(place(text, 0), phone.getBoundingClientRect()))
      found.push(phone.parentElement.innerText.slice(-40));
  }
  return found;
}"""


def test_no_number_of_a_source_and_no_full_stop_stands_alone_on_a_line(new_context: NewContext, site: Served):
    page = new_context().new_page()
    found = {}
    for address in [*sorted(articles(site.output))[::8], "guides/three-in-the-morning/"]:
        page.goto(site.to(address))
        for width in (320, 360, 412):
            page.set_viewport_size({"width": width, "height": 640})
            found[address, width] = page.evaluate(APART)
    assert {place: texts for place, texts in found.items() if texts} == {}


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["360", "1280"])
def test_nothing_moves_while_a_page_loads_and_is_read(new_context: NewContext, site: Served, size):
    page = new_context(viewport=size).new_page()
    page.add_init_script(SHIFTS)
    moved = {}
    for address in one_of_each(site.output):
        page.goto(site.to(address))
        for _ in range(3):
            page.mouse.wheel(0, 600)
            page.evaluate(SETTLED)
        shifts = page.evaluate("window.shifts")
        if sum(shifts):
            moved[address] = shifts
    assert moved == {}


def test_what_matters_in_an_emergency_is_large_enough_to_touch(new_context: NewContext, site: Served):
    page = new_context(viewport=PHONE).new_page()
    wanted = ".care .phone, .site-emergency .phone, .care-more > summary, .button, .theme-switch, .site-search button, .site-search input"
    small = {}
    for address in one_of_each(site.output):
        page.goto(site.to(address))
        wrong = page.evaluate(
            """(wanted) => [...document.querySelectorAll(wanted)]
              .filter((item) => item.checkVisibility({ visibilityProperty: true }))
              .filter((item) => { const box = item.getBoundingClientRect(); return box.width < 44 || box.height < 43.99; })
              .map((item) => item.outerHTML.slice(0, 80))""",
            wanted,
        )
        if wrong:
            small[address] = wrong
    assert small == {}


def test_whatever_has_the_focus_shows_it(new_context: NewContext, site: Served):
    page = new_context(viewport=WIDE, reduced_motion="reduce").new_page()
    hidden: dict[str, list[str]] = {}
    for address in ("", "red-flags/", *[name for name in one_of_each(site.output) if name.startswith("relief/")]):
        page.goto(site.to(address))
        seen = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            shown = page.evaluate(
                """() => {
                  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
                  return { name: element.outerHTML.slice(0, 80), body: element === document.body, width: parseFloat(style.outlineWidth),
                    style: style.outlineStyle, inside: box.bottom > 0 && box.top < innerHeight };
                }"""
            )
            if shown["body"]:
                break
            seen.add(shown["name"])
            if shown["style"] == "none" or shown["width"] < 2 or not shown["inside"]:
                hidden.setdefault(address, []).append(shown["name"])
        assert len(seen) > 10
    assert hidden == {}


def test_the_first_stop_leads_past_the_header(page: Page, site: Served):
    page.goto(site.to("about/"))
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_first_screen_of_the_home_page_says_what_to_do_and_where_the_emergencies_are(
    new_context: NewContext, site: Served
):
    page = new_context(viewport=PHONE).new_page()
    page.goto(site.url, wait_until="networkidle")
    steps = page.locator(".now-steps li")
    assert steps.count() == 3
    for wanted in (
        *steps.locator("img").all(),
        *steps.all(),
        page.locator(".emergencies h2"),
        page.locator(".care-emergency .phone"),
    ):
        box = wanted.bounding_box()
        assert box
        assert box["y"] + box["height"] <= PHONE["height"], wanted
        assert box["width"] > 40
    drawn = page.evaluate("[...document.querySelectorAll('.now-steps img')].map((image) => image.naturalWidth)")
    assert all(width > 40 for width in drawn)


def test_the_first_screen_of_an_emergency_says_whom_to_call(new_context: NewContext, site: Served):
    page = new_context(viewport=PHONE).new_page()
    below = []
    urgent = [name for name, path in articles(site.output).items() if b"urgency:emergency" in path.read_bytes()]
    assert len(urgent) > 8
    for address in urgent:
        page.goto(site.to(address))
        box = page.locator("main .phone").first.bounding_box()
        if not box or box["y"] + box["height"] > PHONE["height"]:
            below.append(address)
    assert below == []


def test_an_article_has_its_contents_beside_it_where_there_is_room(new_context: NewContext, site: Served):
    address = next(name for name in one_of_each(site.output) if name.startswith("guides/") and name != "guides/")
    page = new_context(viewport=WIDE).new_page()
    page.goto(site.to(address))
    page.mouse.wheel(0, 2500)
    expect(page.locator(".contents")).to_be_in_viewport()
    text, contents = page.locator(".text").bounding_box(), page.locator(".contents").bounding_box()
    assert text
    assert contents
    assert contents["x"] >= text["x"] + text["width"]
    page.set_viewport_size(PHONE)
    page.goto(site.to(address))
    text, contents = page.locator(".text").bounding_box(), page.locator(".contents").bounding_box()
    assert text
    assert contents
    assert contents["y"] + contents["height"] <= text["y"]


def test_a_line_of_text_is_neither_too_long_nor_too_short(new_context: NewContext, site: Served):
    address = next(name for name in one_of_each(site.output) if name.startswith("guides/") and name != "guides/")
    page = new_context(viewport=WIDE).new_page()
    page.goto(site.to(address))
    longest = page.evaluate(
        """() => Math.max(...[...document.querySelectorAll(".text > p, .question > p")].map((paragraph) => {
          const lines = Math.round(paragraph.clientHeight / parseFloat(getComputedStyle(paragraph).lineHeight));
          return lines > 2 ? paragraph.innerText.length / lines : 0;
        }))"""
    )
    assert 50 <= longest <= 76


# --- colours -----------------------------------------------------------------------------------------------------------

LUMINANCE = """(element) => {
  const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map((part) => {
    const value = part / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_emergency_stands_out_in_grey_too(new_context: NewContext, site: Served, theme):
    page = new_context(viewport=WIDE, color_scheme=theme).new_page()
    address = next(name for name in one_of_each(site.output) if name.startswith("symptoms/") and name != "symptoms/")
    page.goto(site.to(address))
    head = page.locator(".care-emergency > .care-title").first.evaluate(LUMINANCE)
    others = [
        page.locator(name).first.evaluate(LUMINANCE) for name in (".care-emergency", ".care-same-day", ".care-routine")
    ]
    ratios = [(max(head, other) + 0.05) / (min(head, other) + 0.05) for other in others]
    assert min(ratios) > (4.5 if theme == "light" else 1.6)


@pytest.mark.parametrize("theme, chosen", itertools.product(("light", "dark"), repeat=2))
def test_a_chosen_theme_wins_over_the_systems(new_context: NewContext, site: Served, theme, chosen):
    page = new_context(color_scheme=theme).new_page()
    page.goto(site.url)
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", chosen)
    dark = page.locator("body").evaluate(LUMINANCE) < 0.2
    assert dark == (chosen == "dark")


def test_with_forced_colours_every_card_keeps_its_border_and_every_button_its_shape(
    new_context: NewContext, site: Served
):
    page = new_context(viewport=PHONE, forced_colors="active").new_page()
    for address in one_of_each(site.output):
        page.goto(site.to(address))
        bare = page.evaluate(
            """() => [...document.querySelectorAll(".care, .card, .button, .phone, .theme-switch, .site-search button, .chips a")]
              .filter((item) => item.checkVisibility())
              .filter((item) => item.matches(".care, .care .phone, .site-emergency .phone, .card, .button, button, .chips a"))
              .filter((item) => ["Top", "Bottom"].some((side) => parseFloat(getComputedStyle(item)[`border${side}Width`]) < 1))
              .map((item) => item.outerHTML.slice(0, 80))"""
        )
        assert bare == [], address
        if address in ("", "red-flags/", "map/"):
            assert colour_barriers(page) == []


def test_with_more_contrast_quiet_text_is_quiet_no_more(new_context: NewContext, site: Served):
    page = new_context(contrast="more").new_page()
    page.goto(site.to("red-flags/"))
    colours = page.evaluate(
        "['.card-summary', '.site-footer'].map((name) => getComputedStyle(document.querySelector(name)).color)"
    )
    assert set(colours) == {"rgb(0, 0, 0)"}


def test_nothing_glides_for_who_wants_no_motion(new_context: NewContext, site: Served):
    found = []
    for motion in ("reduce", "no-preference"):
        page = new_context(reduced_motion=motion).new_page()
        page.goto(site.url)
        found.append(page.evaluate("getComputedStyle(document.documentElement).scrollBehavior"))
    assert found == ["auto", "smooth"]
