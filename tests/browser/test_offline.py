"""Without a network: what is kept, what is said of the rest, and that nobody who is online gets an old page."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from healthsite.workers import Workers
from tests.browser.sites import Served, everywhere, lay_built, served
from tests.small_site import change

KEPT = ("/", "/red-flags/", "/red-flags/cold-pale-leg/", "/relief/calf-stretch/")
ARTICLE, OTHER = "/causes/dehydration/", "/causes/statins/"

# Waits until the worker of the published version is at work and has tidied up.
SETTLED = """
async (address) => {
  const text = await (await fetch(address, { cache: "no-store" })).text();
  const version = /[0-9a-f]{32}/.exec(text)[0];
  for (;;) {
    const registration = await navigator.serviceWorker.ready;
    const names = await caches.keys();
    const mine = names.filter((name) => name.startsWith(registration.scope) && !name.endsWith("visited"));
    const kept = mine.length === 1 && mine[0].endsWith(version) && (await (await caches.open(mine[0])).keys()).length;
    if (kept && registration.active.state === "activated") return kept;
    await new Promise((done) => setTimeout(done, 20));
  }
}
"""


@pytest.fixture
def own(tmp_path: Path, site: Served, workers: Workers) -> Iterator[Served]:
    """A site that a test may change."""
    project, output = lay_built(site, tmp_path)
    with served(project, output, site.base, workers) as found:
        yield found


def settle(page: Page, site: Served) -> int:
    """Wait until the worker of what is published is at work. Gives how many files it keeps."""
    return int(page.evaluate(SETTLED, site.to("/sw.js")))


def heard(complaints: list[str]) -> list[str]:
    """What pages complained of, besides that there was no network."""
    return [text for text in complaints if "ERR_INTERNET_DISCONNECTED" not in text]


@everywhere
def test_after_a_first_visit_the_pages_that_matter_are_there_without_a_network(
    page: Page, complaints: list[str], site: Served
):
    page.goto(site.to(ARTICLE))
    settle(page, site)
    page.context.set_offline(True)
    for local in (*KEPT, ARTICLE):
        page.goto(site.to(local))
        expect(page).to_have_title(re.compile("Leg Cramp Guide"))
        expect(page.get_by_role("heading", name="You are offline")).to_have_count(0)
        expect(page.locator(".theme-switch")).to_have_attribute("aria-pressed", re.compile("."))  # its script is there
        assert page.locator("body").evaluate("body => getComputedStyle(body).margin") != "8px"  # and its style
    page.goto(site.to(OTHER))
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="When to get help").click()
    expect(page.locator("h1")).to_have_text("When to get help")
    assert heard(complaints) == []


def test_every_visited_page_is_kept(page: Page, complaints: list[str], site: Served):
    page.goto(site.url)
    settle(page, site)
    page.goto(site.to(OTHER))
    page.goto(site.to("/map/"))
    page.context.set_offline(True)
    page.goto(site.to(OTHER))
    expect(page.locator("article h1")).to_be_visible()
    page.goto(site.to("/map/#notice=night-waking"))
    expect(page.locator(".map-status")).to_contain_text("You ticked 1")
    assert heard(complaints) == []


def test_the_drawings_of_a_visited_page_are_kept_before_their_reader_comes_near_them(page: Page, site: Served):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(site.url)
    settle(page, site)
    page.goto(site.to("/relief/wall-lean-programme/"))
    drawings = page.locator("img.picture")
    addresses = drawings.evaluate_all("images => images.map((image) => image.src)")
    kept = """
    async (addresses) => {
      for (;;) {
        const found = await Promise.all(addresses.map((address) => caches.match(address)));
        if (found.every(Boolean)) return true;
        await new Promise((done) => setTimeout(done, 20));
      }
    }
    """
    assert page.evaluate(kept, addresses)
    page.context.set_offline(True)
    page.reload()
    for drawing in drawings.all():
        drawing.scroll_into_view_if_needed()
        expect(drawing).not_to_have_js_property("naturalWidth", 0)


def test_after_a_new_build_the_new_page_shows_and_is_kept(
    page: Page, complaints: list[str], own: Served, workers: Workers
):
    page.goto(own.to(ARTICLE))
    settle(page, own)
    change(own.project, "templates/base.html", "</footer>", "<p>Written anew</p>\n</footer>")
    own.build(workers)
    for local in (ARTICLE, "/red-flags/cold-pale-leg/"):
        page.goto(own.to(local))
        expect(page.get_by_text("Written anew")).to_be_visible()  # at once, by the old worker
    settle(page, own)
    page.context.set_offline(True)
    for local in (ARTICLE, "/red-flags/cold-pale-leg/", "/"):
        page.goto(own.to(local))
        expect(page.get_by_text("Written anew")).to_be_visible()
    assert heard(complaints) == []


def test_a_page_that_is_gone_is_gone_for_those_who_are_online(
    page: Page, complaints: list[str], own: Served, workers: Workers
):
    page.goto(own.to("/about/"))
    settle(page, own)
    page.goto(own.to("/about/"))
    shutil.rmtree(own.output / "about")
    response = page.goto(own.to("/about/"))
    assert response
    assert response.status == 404
    assert [text for text in heard(complaints) if "404" not in text] == []


def test_turned_off_the_worker_takes_itself_away(page: Page, complaints: list[str], own: Served, workers: Workers):
    page.goto(own.url)
    settle(page, own)
    change(own.project, "config.yaml", "offline: true", "offline: false")
    own.build(workers)
    page.goto(own.url)
    left = """
    async () => {
      for (;;) {
        const [workers, names] = [await navigator.serviceWorker.getRegistrations(), await caches.keys()];
        if (!workers.length && !names.length) return true;
        await new Promise((done) => setTimeout(done, 20));
      }
    }
    """
    assert page.evaluate(left)
    page.reload()
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert not (own.output / "offline.html").exists()
    assert heard(complaints) == []
