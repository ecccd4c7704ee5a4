"""The search in a real browser: what is found, what is an emergency, what the keyboard can do, and where there is no script."""

import re

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import Served, everywhere, line, tab_to
from tests.helpers import ROOT

URGENT = re.compile(r"^urgency: emergency$", re.MULTILINE)


def front_matter(folder: str) -> dict[str, str]:
    """The front matter of each published article of a folder, by slug."""
    texts = {
        path.stem: path.read_text("utf-8").split("\n---\n")[0] for path in (ROOT / "content" / folder).glob("*.md")
    }
    return {slug: text for slug, text in texts.items() if "\ndraft: true" not in text}


def two_words_apart() -> tuple[str, str]:
    """Two words that no article has both of, whatever their endings."""
    files = [path.read_text("utf-8").lower() for path in sorted((ROOT / "content").glob("*/*.md"))]
    found = [set(re.findall("[a-z]{10,}", text.split("\n---\n")[1])) for text in files]
    for place, words in enumerate(found):
        for one in sorted(words):
            for other in sorted(found[place - 1]):
                if not any(one[:6] in text and other[:6] in text for text in files):
                    return one, other
    raise AssertionError("every two words stand together somewhere")


def search(page: Page, words: str) -> None:
    page.locator("#search").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator(".search-status")).to_contain_text(f"“{words}”")


@everywhere
def test_from_home_to_a_warning_sign_by_keyboard_alone(page: Page, complaints: list[str], site: Served):
    page.goto(site.url)
    tab_to(page, page.locator(".site-search input"))
    page.keyboard.type("charley horse")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/#q=charley%20horse$"))
    expect(page.locator(".search-status")).to_contain_text("“charley horse”")
    first = page.locator(".found li a").first
    title = first.inner_text()
    tab_to(page, first, most=8)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    tab_to(page, page.locator("summary", has_text="Read about these signs").first)
    page.keyboard.press("Enter")
    sign = page.locator("details[open] a[href*='/red-flags/']").first
    name = sign.inner_text()
    tab_to(page, sign)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    page.go_back()
    page.go_back()
    expect(page.locator("#search")).to_have_value("charley horse")
    expect(page.locator(".found li a").first).to_have_text(title)
    assert complaints == []


def test_a_result_has_its_kind_its_summary_and_the_words_marked(page: Page, complaints: list[str], site: Served):
    page.goto(site.to("/search/#q=magnesium"))
    result = page.locator(".found li", has=page.get_by_role("link", name="Magnesium", exact=True)).first
    expect(result.locator("mark").first).to_have_text(re.compile("magnesium", re.IGNORECASE))
    expect(result.locator(".kind")).to_have_text("Relief")
    page.goto(result.get_by_role("link").evaluate("link => link.href"))
    summary = page.locator("main .summary").first.inner_text()
    page.go_back()
    expect(result.locator(".card-summary")).to_have_text(summary)
    assert complaints == []


# Looks for each name as a reader does, and gives those that do not bring their pages among the first results. Nobody looks at
# the page meanwhile, so it is not drawn.
LOST = """
async (names) => {
  document.body.style.display = "none";
  const [input, status, list] = ["#search", ".search-status", ".found ol"].map((name) => document.querySelector(name));
  const told = () => new Promise((done) => new MutationObserver((_, observer) => {
    observer.disconnect();
    done();
  }).observe(status, { childList: true }));
  const lost = [];
  for (const [words, pages] of names) {
    input.value = words;
    const answer = told();
    input.form.requestSubmit();
    await answer;
    const found = [...list.querySelectorAll("a")].map((link) => link.pathname);
    lost.push(...pages.filter((page) => !found.includes(page)).map((page) => `${words}: ${page}`));
  }
  return lost;
}
"""


def test_every_name_brings_its_article_among_the_first_results(page: Page, complaints: list[str], site: Served):
    names: dict[str, list[str]] = {}
    for folder in ("causes", "symptoms", "relief", "red-flags", "guides"):
        for slug, text in front_matter(folder).items():
            fields = yaml.safe_load(text.removeprefix("---\n"))
            for name in (fields["title"], *fields.get("also_called", [])):
                names.setdefault(name, []).append(f"{site.base}{folder}/{slug}/")
    assert len(names) > 500
    assert any(" " not in name for name in names)
    page.goto(site.to("/search/"))
    search(page, "magnesium")
    expect(page.locator(".found li")).to_have_count(10)
    assert page.evaluate(LOST, list(names.items())) == []
    assert page.evaluate(LOST, [("magnesium", ["/nowhere/"])]) == ["magnesium: /nowhere/"]
    assert complaints == []


def test_an_emergency_stands_before_all_that_is_found(page: Page, complaints: list[str], site: Served):
    titles = [line(text, "title") for text in front_matter("red-flags").values() if URGENT.search(text)]
    assert titles
    page.goto(site.to("/search/"))
    card = page.locator(".search-emergency")
    for title in titles[::4]:
        search(page, title)
        expect(card.get_by_text(title).first).to_be_visible()
        expect(card.get_by_role("link", name=title)).to_be_visible()
        expect(card.locator("section a:visible")).to_have_text(re.compile(r"^\d+$"))  # no link but the telephone
        order = page.locator(".search-emergency:visible, .found:visible")
        expect(order.first).to_have_class("search-emergency")
    search(page, "magnesium")
    expect(page.locator(".found")).to_be_visible()
    expect(card).to_be_hidden()
    assert complaints == []


@pytest.mark.parametrize("words", ["chest pain", "breathless"])
def test_a_word_of_an_emergency_is_enough(page: Page, complaints: list[str], site: Served, words: str):
    page.goto(site.to(f"/search/#q={words}"))
    expect(page.locator(".search-emergency")).to_be_visible()
    expect(page.locator(".search-emergency section")).to_contain_text("999")
    assert complaints == []


def test_that_nothing_is_found_is_said_with_a_way_on(page: Page, complaints: list[str], site: Served):
    page.goto(site.to("/search/"))
    search(page, "xyzzyq")
    expect(page.locator(".search-status")).to_have_text("Nothing was found for “xyzzyq”.")
    expect(page.locator(".search-help").get_by_role("link", name="A to Z")).to_be_visible()
    expect(page.locator(".found, .search-emergency").locator("visible=true")).to_have_count(0)
    assert complaints == []


def test_a_question_in_many_words_finds_pages_with_some_of_them(page: Page, complaints: list[str], site: Served):
    one, other = two_words_apart()
    page.goto(site.to("/search/"))
    search(page, f"{one} {other}")
    expect(page.locator(".search-status")).to_contain_text("No page has all of these words")
    assert page.locator(".found li").count() > 1
    assert complaints == []


def test_more_can_be_shown_and_the_focus_goes_to_it(page: Page, complaints: list[str], site: Served):
    page.goto(site.to("/search/#q=cramp"))
    results = page.locator(".found li")
    expect(results).to_have_count(10)
    page.locator(".found .more").click()
    expect(results).to_have_count(20)
    expect(results.nth(10).get_by_role("link")).to_be_focused()
    assert complaints == []


def test_what_is_asked_for_is_not_sent_to_the_server(page: Page, complaints: list[str], site: Served):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url)
    page.locator(".site-search input").fill("charley")
    page.keyboard.press("Enter")
    expect(page.locator(".found li")).not_to_have_count(0)
    assert not [address for address in asked if "charley" in address.partition("#")[0]]
    assert complaints == []


def test_nothing_of_the_index_is_loaded_before_it_is_used(page: Page, complaints: list[str], site: Served):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url, wait_until="networkidle")
    assert not [address for address in asked if "/pagefind/" in address or "js/search." in address]
    assert complaints == []


def test_without_script_the_search_leads_to_a_to_z(browser: Browser, site: Served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    page.locator(".site-search input").fill("charley")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"^{re.escape(site.url)}a-z/\??$"))
    page.locator(".letters").get_by_role("link", name=re.compile(r"^C\b")).click()
    expect(page.get_by_role("link", name="charley horse", exact=True)).to_be_visible()
    page.goto(site.to("/search/"))
    expect(page.locator("main").get_by_role("link", name="A to Z")).to_be_visible()
    expect(page.locator(".search-form")).to_be_hidden()
    context.close()


def test_a_site_without_its_index_says_that_the_search_does_not_work(page: Page, site: Served):
    page.route("**/pagefind/**", lambda route: route.abort())
    page.goto(site.to("/search/#q=magnesium"))
    expect(page.locator(".search-status")).to_contain_text("does not work")
    expect(page.locator(".search-help").get_by_role("link", name="A to Z")).to_be_visible()
