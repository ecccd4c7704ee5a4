"""Write with the site before you: what an editor's browser shows while files are saved."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.serving import Served, lay_project, serving
from tests.small_site import ARTICLES, change, run, tree, write

THIRST = "content/causes/thirst.md"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return lay_project(tmp_path / "project")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for many tests, as an editor's is for many edits: to start one takes longer than most tests."""
    with serving(lay_project(tmp_path_factory.mktemp("served") / "project")) as opened:
        opened.built()
        yield opened


@pytest.fixture
def served(server: Served, page: Page) -> Iterator[Served]:
    """A served project that a test may change: it is as it was laid, and all that the server told of it is read."""
    before = inputs(server.root)
    yield server
    page.goto("about:blank")  # it need not follow what comes now
    after = inputs(server.root)
    for path in after.keys() - before.keys():
        (server.root / path).unlink()
    for path in before:
        if after.get(path) != before[path]:
            write(server.root, path, before[path])
    # Of how many builds it tells now, nobody knows. So a file that is told of comes after all that is laid again, and goes.
    last = f"content/last-{next(counted)}.txt"
    write(server.root, last, "nothing is made of this")
    server.until(last)
    (server.root / last).unlink()
    server.until(rf"^{len(ARTICLES)} articles: .* s\)$")  # without a warning


counted = itertools.count()


def inputs(root: Path) -> dict[str, bytes]:
    """The files that builds read, by path."""
    return {path: data for path, data in tree(root).items() if not path.startswith(".cache/")}


def panel(page: Page) -> Locator:
    """What the last build found, in the page."""
    return page.locator("live-findings details")


def test_each_save_shows_in_the_open_page_however_soon_after_the_last(
    page: Page, complaints: list[str], served: Served
):
    page.goto(f"{served.address}causes/thirst/")
    text = "Nobody has shown it."
    for number in range(6):
        change(served.root, THIRST, text, f"Nobody, {number} times.")
        text = f"Nobody, {number} times."
        expect(page.get_by_text(text)).to_be_visible()
    expect(panel(page)).to_have_count(0)
    assert complaints == []


def test_a_burst_of_saves_ends_with_the_last_of_them(page: Page, complaints: list[str], served: Served):
    page.goto(f"{served.address}causes/thirst/")
    text = "Nobody has shown it."
    for number in range(40):
        change(served.root, THIRST, text, f"Nobody, {number} times.")
        text = f"Nobody, {number} times."
    expect(page.get_by_text(text)).to_be_visible()
    assert complaints == []


@pytest.mark.parametrize(
    "path, old, new, seen",
    [
        ("templates/base.html", "Skip to the content", "Go to the content", "Go to the content"),
        ("config.yaml", "title: Leg Cramp Guide", "title: Another name", "Another name"),
        ("content/glossary.yaml", "It makes you pass water.", "It makes water go.", "It makes water go."),
        ("content/references.yaml", "On one", "On number one", "On number one"),
        ("content/causes/tired-muscle.md", "title: \"A tired muscle\"", "title: Tiredness", "Tiredness"),
    ],
    ids=lambda value: value if "/" in value or value == "config.yaml" else "",
)  # fmt: skip
def test_whatever_the_page_shows_is_followed(
    page: Page, complaints: list[str], served: Served, path: str, old: str, new: str, seen: str
):
    page.goto(f"{served.address}causes/thirst/")
    expect(page.locator("body")).not_to_contain_text(seen)
    change(served.root, path, old, new)
    expect(page.locator("body")).to_contain_text(seen)
    assert complaints == []


def test_a_style_sheet_is_followed(page: Page, complaints: list[str], served: Served):
    page.goto(f"{served.address}causes/thirst/")
    style = served.root / "static/css/article.css"
    write(served.root, "static/css/article.css", style.read_text("utf-8") + "\nh1 { letter-spacing: 7px }\n")
    expect(page.locator("h1")).to_have_css("letter-spacing", "7px")
    assert complaints == []


@pytest.mark.parametrize("fragment", ["", "#what-it-has-to-do-with-tired-muscles"])
def test_the_position_on_the_page_is_kept(page: Page, complaints: list[str], served: Served, fragment: str):
    lines = "\n\n".join(f"Line {number}." for number in range(200))
    article = served.root / THIRST
    write(served.root, THIRST, f"{article.read_text('utf-8')}\n{lines}\n")
    served.built()
    page.emulate_media(reduced_motion="reduce")  # else the page may still glide to its fragment while it is measured
    page.goto(f"{served.address}causes/thirst/{fragment}")
    page.get_by_text("Line 120.").scroll_into_view_if_needed()
    expect(page.get_by_text("Line 120.")).to_be_in_viewport()
    before = page.evaluate("scrollY")
    change(served.root, THIRST, "Line 121.", "Line 121, better.")
    expect(page.get_by_text("Line 121, better.")).to_have_count(1)
    expect(page.get_by_text("Line 120.")).to_be_in_viewport()
    expect(page.locator("h1")).not_to_be_in_viewport()
    assert abs(page.evaluate("scrollY") - before) < 5
    assert complaints == []


# --- findings ----------------------------------------------------------------------------------------------------------

Deed = Callable[[Path], object]

MISTAKES: dict[str, tuple[Deed, str]] = {
    "an unknown source": (
        lambda root: change(root, THIRST, "two-2012", "two-2013"),
        r"content/causes/thirst\.md:\d+:\d+ error: no source is called “two-2013” in content/references\.yaml "
        r"\(did you mean “two-2012”\?\)",
    ),
    "front matter": (
        lambda root: change(root, THIRST, "group: ", "grop: "),
        r"content/causes/thirst\.md:\d+:\d+ error: .*grop.*\(did you mean “group”\?\)",
    ),
    "a template": (
        lambda root: change(root, "templates/base.html", "{% endif %}", "{% endiff %}"),
        r"templates/base\.html:\d+:\d+ error: .*endiff",
    ),
    "the configuration": (
        lambda root: change(root, "config.yaml", "language: en-GB", "language: [en-GB"),
        r"config\.yaml:\d+:\d+ error: ",
    ),
    "no templates": (lambda root: shutil.rmtree(root / "templates"), r"error: there is no templates/"),
    "no configuration": (lambda root: (root / "config.yaml").unlink(), r"config\.yaml:1:1 error: .*no such file"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_lies_over_the_last_good_page_until_it_is_mended(
    page: Page, complaints: list[str], served: Served, tmp_path: Path, mistake: str
):
    deed, told = MISTAKES[mistake]
    shutil.copytree(served.root, tmp_path / "good", ignore=shutil.ignore_patterns(".cache"))
    page.goto(f"{served.address}causes/thirst/")
    page.evaluate("window.isTheSame = true")
    deed(served.root)
    expect(panel(page)).to_have_attribute("open", "")
    expect(panel(page)).to_have_attribute("role", "alert")
    expect(panel(page).locator("li").filter(has_text=re.compile(told)).first).to_be_visible()
    expect(panel(page).locator("summary")).to_contain_text(re.compile(r"\d+ errors?.*: this page is as it was before"))
    expect(panel(page)).to_have_css("border-left-color", "rgb(164, 0, 15)")  # its own style sheet is there
    expect(page.locator("h1")).to_have_text("Too little water")
    assert page.evaluate("window.isTheSame") is True  # it was not reloaded
    # The terminal says the same.
    lines = served.built()
    expect(panel(page).locator("li")).to_have_count(len(lines) - 1)
    shown = [re.sub(r"^(\S+:\d+:\d+) ", r"\1: ", item) for item in panel(page).locator("li").all_text_contents()]
    assert sorted(shown) == sorted(lines[:-1])
    # A page that is opened now says it, too.
    page.goto(f"{served.address}symptoms/night-waking/")
    expect(panel(page)).to_have_attribute("open", "")
    shutil.copytree(tmp_path / "good", served.root, dirs_exist_ok=True)
    expect(panel(page)).to_have_count(0)
    served.until(
        r"^\d+ articles: \d+ files written"
    )  # on a busy machine, a build may see some files mended and others not yet
    assert complaints == []


def test_warnings_are_a_small_badge(page: Page, complaints: list[str], served: Served):
    page.goto(f"{served.address}causes/thirst/")
    write(served.root, "content/odd.txt", "nothing is made of this")
    expect(panel(page).locator("summary")).to_have_text("1 warning")
    expect(panel(page).locator("li")).to_be_hidden()
    box = panel(page).bounding_box()
    assert box is not None
    assert box["width"] < 250
    assert box["height"] < 80
    panel(page).locator("summary").click()
    expect(panel(page).locator("li")).to_have_text(
        re.compile(r"content/odd\.txt:1:1 warning: nothing is made of this file \(articles end in \.md; .*\)")
    )
    (served.root / "content/odd.txt").unlink()
    expect(panel(page)).to_have_count(0)
    assert complaints == []


def test_an_error_stands_before_the_warnings_of_other_files(page: Page, complaints: list[str], served: Served):
    write(served.root, "content/a.txt", "nothing is made of this")
    served.until("1 warning")
    page.goto(f"{served.address}causes/thirst/")
    change(served.root, THIRST, "group: ", "grup: ")
    expect(panel(page).locator("summary")).to_contain_text("error")
    expect(panel(page).locator("li").first).to_contain_text("causes/thirst.md")
    expect(panel(page).locator("li").last).to_contain_text("content/a.txt")
    assert complaints == []


def test_a_finding_is_text_and_never_markup(page: Page, complaints: list[str], served: Served):
    page.goto(f"{served.address}causes/thirst/")
    change(served.root, THIRST, "group: ", '"<img src=x onerror=alert(1)>": 1\ngroup: ')
    expect(panel(page).locator("li").first).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator("live-findings img")).to_have_count(0)
    assert complaints == []


# --- pages -------------------------------------------------------------------------------------------------------------


def test_the_sites_own_page_for_what_is_not_there_gives_way_to_what_comes(page: Page, served: Served):
    article = served.root / THIRST
    answer = page.goto(f"{served.address}causes/heat/")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("h1")).to_have_text("This page is not here")
    write(served.root, "content/causes/heat.md", article.read_text("utf-8").replace("Too little water", "Heat"))
    expect(page.locator("h1")).to_have_text("Heat")


def test_nothing_built_yet_gives_way_to_the_site(page: Page, project: Path):
    change(project, THIRST, "two-2012", "two-2013")
    with serving(project) as served:
        page.goto(f"{served.address}causes/thirst/")
        expect(page.locator("h1")).to_have_text("Nothing is built yet")
        expect(panel(page)).to_contain_text("no source is called “two-2013”")
        change(project, THIRST, "two-2013", "two-2012")
        expect(page.locator("h1")).to_have_text("Too little water")
        expect(panel(page)).to_have_count(0)


def test_a_draft_is_shown_and_marked(page: Page, complaints: list[str], served: Served):
    page.goto(f"{served.address}causes/thirst/")
    expect(page.get_by_text("Not published yet")).to_have_count(0)
    change(served.root, THIRST, "---\n", "---\ndraft: true\n")
    expect(page.get_by_text("Not published yet: draft")).to_be_visible()
    assert complaints == []


def test_a_page_that_missed_a_build_is_reloaded_when_the_server_is_back(page: Page, project: Path):
    with serving(project) as served:
        served.built()
        address = served.address
        page.goto(f"{address}causes/thirst/")
    change(project, THIRST, "Nobody has shown it.", "Nobody at all.")
    ready = run(project, "--drafts", "--output", ".cache/serve")  # so that the server has nothing new to tell
    assert "1 files written" in ready.stdout
    with serving(project, "--port", address.rstrip("/").rpartition(":")[2]) as again:
        assert again.address == address
        expect(page.get_by_text("Nobody at all.")).to_be_visible()


def test_the_base_path_is_followed(page: Page, complaints: list[str], project: Path):
    with serving(project, "--base-url", "https://example.org/health/") as served:
        served.built()
        page.goto(f"{served.address}causes/thirst/")
        change(project, THIRST, "Nobody has shown it.", "Nobody at all.")
        expect(page.get_by_text("Nobody at all.")).to_be_visible()
        assert page.url.endswith("/health/causes/thirst/")
        assert complaints == []
