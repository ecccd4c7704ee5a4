"""What readers make of the search page and of the map: as good for everybody as the pages themselves, dark and light, small and large."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.barriers import barriers, colour_barriers, shorten
from tests.browser.sites import Served, without_worker

pytestmark = without_worker

STATES = {
    "search: found": ("/search/#q=magnesium", ".found li"),
    "search: emergency": ("/search/#q=chest pain", ".found li"),
    "search: nothing": ("/search/#q=xyzzyq", ".search-help"),
    "map: ticked": ("/map/#notice=night-waking,leg-swelling", ".map-filter input:checked"),
}

# The sum of all shifts that no reader's own doing brought about, those before the script included.
SHIFT = """
() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})
"""


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("scheme, width", [("light", 360), ("dark", 1280)])
def test_a_state_is_good_for_everybody(page: Page, complaints: list[str], site: Served, name, scheme, width):
    local, there = STATES[name]
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(site.to(local))
    expect(page.locator(there).first).to_be_visible()
    looked = barriers if scheme == "light" else colour_barriers  # light and dark differ in colours only
    assert page.evaluate(SHIFT) == 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": width, "height": 800})
    shorten(page)
    assert looked(page) == []
    assert complaints == []
