"""The map of causes and symptoms: what is ticked decides what is left of it, stands in the address, and comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Served, attribute, everywhere, lay_built, served, tab_to, without_worker

pytestmark = without_worker

WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
TABLE, LISTS = ".map-table", ".map-by-symptom"


def shown(page: Page, selector: str) -> list[str]:
    return page.locator(selector).locator("visible=true").all_inner_texts()


@everywhere
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_by_keyboard_what_is_ticked_leaves_what_goes_with_it(page: Page, complaints: list[str], site: Served, size):
    page.set_viewport_size(size)
    page.goto(site.to("/map/"))
    boxes, status = page.locator(".map-filter input"), page.locator(".map-status")
    all_signs = page.locator(".care-emergency li").count()
    expect(status).to_contain_text("Nothing is ticked")
    tab_to(page, boxes.first)
    page.keyboard.press("Space")
    first = boxes.first.get_attribute("value")
    expect(page).to_have_url(site.to(f"/map/#notice={first}"))
    row = page.locator(f"dl [data-symptom='symptoms/{first}']")
    causes = attribute(row, "data-causes").split()
    expect(status).to_contain_text(f"You ticked 1. Causes that this can go with: {len(causes)}.")
    expect(status).to_have_attribute("role", "status")
    assert 0 < page.locator(".care-emergency li").locator("visible=true").count() < all_signs
    if size == WIDE:
        assert len(shown(page, f"{TABLE} tbody tr")) == 1
        assert len(shown(page, f"{TABLE} thead [data-cause]")) == len(causes)
        assert set(shown(page, f"{TABLE} tbody td")) == {"yes"}
        expect(page.locator(LISTS)).to_be_hidden()
    else:
        assert len(shown(page, f"{LISTS} dt")) == 1
        expect(page.locator(TABLE)).to_be_hidden()
    assert complaints == []


def test_emergencies_stand_before_the_causes_and_hold_no_link_but_the_telephone(page: Page, site: Served):
    page.goto(site.to("/map/"))
    order = page.locator(f".care-emergency, {TABLE}, .care-same-day").evaluate_all(
        "all => all.map(one => one.className)"
    )
    assert [name.split()[0] for name in order] == ["care", "table", "care"]
    assert "care-emergency" in order[0]
    expect(page.locator(".care-emergency a:not([href^='tel:'])")).to_have_count(0)


def test_a_sign_is_left_where_a_cause_or_the_symptom_itself_has_it(page: Page, complaints: list[str], site: Served):
    page.goto(site.to("/map/"))
    expect(page.locator(".map-status")).to_contain_text("Nothing")
    looked = "all => all.map(item => [item.textContent, item.dataset.of ?? '', item.checkVisibility()])"
    for box in page.locator(".map-filter input").all():
        box.check()
        symptom = f"symptoms/{box.get_attribute('value')}"
        own = attribute(page.locator(f"dl [data-symptom='{symptom}']"), "data-causes").split()
        signs = page.locator(".care-emergency li, .care-same-day li").evaluate_all(looked)
        wanted = [(text, not of or bool({*own, symptom} & {*of.split()})) for text, of, _ in signs]
        assert [(text, is_visible) for text, _, is_visible in signs] == wanted, symptom
        box.uncheck()
    assert complaints == []


def test_what_is_ticked_comes_back(page: Page, complaints: list[str], site: Served):
    page.goto(site.to("/map/"))
    boxes, status = page.locator(".map-filter input"), page.locator(".map-status")
    boxes.nth(0).check()
    boxes.nth(2).check()
    address = page.url
    told = status.inner_text()
    page.locator(".map-list a, .map th a").locator("visible=true").first.click()
    expect(page.locator("article")).to_be_visible()
    page.go_back()
    expect(boxes.nth(2)).to_be_checked()
    expect(status).to_have_text(told)
    page.go_back()
    expect(boxes.nth(2)).not_to_be_checked()
    expect(boxes.nth(0)).to_be_checked()
    page.go_forward()
    expect(status).to_have_text(told)
    page.goto(site.url)
    page.goto(address)
    expect(status).to_have_text(told)
    page.get_by_role("button", name="Untick all").click()
    expect(status).to_contain_text("Nothing is ticked")
    expect(page).to_have_url(site.to("/map/"))
    assert complaints == []


def test_what_is_ticked_is_not_sent_to_the_server(page: Page, complaints: list[str], site: Served):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.to("/map/"))
    page.locator(".map-filter input").first.check()
    page.reload()
    expect(page.locator(".map-filter input").first).to_be_checked()
    assert not [address for address in asked if "notice" in address.partition("#")[0]]
    assert complaints == []


@pytest.mark.parametrize("size, there", [(WIDE, TABLE), (NARROW, LISTS)], ids=["wide", "narrow"])
def test_without_script_the_table_or_the_lists_are_there_in_full(browser: Browser, site: Served, size, there):
    context = browser.new_context(java_script_enabled=False, viewport=size)
    page = context.new_page()
    page.goto(site.to("/map/"))
    expect(page.locator(there)).to_be_visible()
    expect(page.locator(".map-filter")).to_be_hidden()
    expect(page.locator(".care-emergency")).to_be_visible()
    expect(page.locator("main [hidden]")).to_have_count(0)
    context.close()


@pytest.fixture(scope="module")
def divided(site, tmp_path_factory, workers) -> Iterator[Served]:
    """The site with so low a limit of cells that its map is a page a group."""
    project, output = lay_built(site, tmp_path_factory.mktemp("divided"))
    config = (project / "config.yaml").read_text("utf-8")
    assert "map_cells: 5000" in config
    (project / "config.yaml").write_text(config.replace("map_cells: 5000", "map_cells: 20"), "utf-8")
    with served(project, output, site.base, workers) as found:
        yield found


def test_from_group_to_group_what_is_ticked_goes_along(page: Page, complaints: list[str], divided: Served):
    page.goto(divided.to("/map/"))
    groups = page.locator(".map-groups a")
    assert groups.count() > 1
    with page.expect_navigation():
        groups.first.click()
    boxes = page.locator(".map-filter input")
    expect(boxes.first).to_be_visible()
    here = [box.get_attribute("value") for box in boxes.all()]
    first = here[0]
    boxes.first.check()
    with page.expect_navigation():
        groups.last.click()
    expect(boxes.first).to_be_visible()
    there = [box.get_attribute("value") for box in boxes.all()]
    other = next(value for value in there if value != first)
    page.locator(f".map-filter input[value={other}]").check()
    groups.first.click()
    expect(boxes.first).to_be_checked()
    assert {first, other} <= set(page.url.partition("#notice=")[2].split(","))
    assert complaints == []
