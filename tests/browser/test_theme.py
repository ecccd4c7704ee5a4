"""The choice of colours: the system's, or the reader's own, which is remembered and is there before anything is drawn."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Served, attribute, everywhere, tab_to

# Notes the theme at the moment when the body begins: nothing can have been drawn before it.
WATCH = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.atFirst = document.documentElement.dataset.theme ?? "system";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def at_first(page: Page) -> str:
    return str(page.evaluate("window.atFirst"))


@everywhere
def test_the_choice_is_made_by_keyboard_remembered_and_there_before_anything_is_drawn(
    page: Page, complaints: list[str], site: Served
):
    page.emulate_media(color_scheme="light")
    page.add_init_script(WATCH)
    page.goto(site.url)
    root, button = page.locator("html"), page.locator(".theme-switch")
    assert at_first(page) == "system"
    expect(button).to_have_attribute("aria-pressed", "false")
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.goto(site.to("/a-z/"))
    assert at_first(page) == "dark"
    expect(button).to_have_attribute("aria-pressed", "true")
    page.emulate_media(color_scheme="dark")
    tab_to(page, button)
    page.keyboard.press("Space")
    page.reload()
    assert at_first(page) == "light"
    expect(button).to_have_attribute("aria-pressed", "false")
    page.go_back()
    expect(root).to_have_attribute("data-theme", "light")
    assert complaints == []


def test_without_a_choice_the_system_decides(page: Page, complaints: list[str], site: Served):
    page.emulate_media(color_scheme="dark")
    page.goto(site.url)
    button = page.locator(".theme-switch")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.emulate_media(color_scheme="light")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("html")).not_to_have_attribute("data-theme", "light")
    assert complaints == []


def test_a_choice_holds_in_other_tabs_at_once(page: Page, complaints: list[str], site: Served):
    page.emulate_media(color_scheme="light")
    page.goto(site.url)
    other = page.context.new_page()
    other.goto(site.to("/a-z/"))
    other.locator(".theme-switch").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert complaints == []


def test_without_script_there_is_no_switch_that_does_nothing(browser: Browser, site: Served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".theme-switch")).to_be_hidden()
    context.close()


def test_the_list_of_contents_follows_the_reading(page: Page, complaints: list[str], site: Served):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(site.to("/guides/what-is-a-leg-cramp/"))
    links, current = page.locator(".contents a"), page.locator(".contents [aria-current]")
    expect(links.nth(1)).to_be_attached()
    expect(current).to_have_count(0)
    for place in (1, 0):
        page.evaluate(
            "id => document.getElementById(id).scrollIntoView()",
            attribute(links.nth(place), "href").removeprefix("#"),
        )
        expect(links.nth(place)).to_have_attribute("aria-current", "location")
        expect(current).to_have_count(1)
    assert complaints == []
