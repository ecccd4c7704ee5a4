"""No dead rule: each rule of each style sheet is for something that stands on some page."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from healthsite.workers import Workers
from tests.browser.sites import Served, without_worker
from tests.helpers import ROOT, build_site, lay_site, published
from tests.small_site import change

pytestmark = without_worker

# What a script adds to a page, or what a page is only while somebody uses it.
ADDED = {
    ".js": "on the root, by theme.js",
    "[data-theme": "on the root, by theme.js",
    "[aria-current]": "in the contents, by site.js",
    "[aria-pressed": "on the switch of colours, by site.js",
    ".found mark": "in what was found, by search.js",
    ".excerpt": "in what was found, by search.js",
    ".align-": "in a table, where an author asks for it",
}

SELECTORS = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const found = [];
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) found.push(rule.selectorText);
      if (rule.cssRules) walk(rule.cssRules);
    }
  };
  walk(sheet.cssRules);
  return found;
}"""

UNUSED = """([pages, selectors]) => {
  const trees = pages.map((text) => new DOMParser().parseFromString(text, "text/html"));
  const plain = (selector) => selector
    .replace(/::[\\w-]+/g, "")
    .replace(/:(hover|focus-visible|focus|target|empty|active)/g, "")
    .replace(/(^|[\\s>+~])$/, "$1*");
  return selectors.filter((selector) => !trees.some((tree) => tree.querySelector(plain(selector))));
}"""


@pytest.fixture(scope="module")
def pages(site: Served, tmp_path_factory: pytest.TempPathFactory, workers: Workers) -> list[str]:
    """The pages of the real site, and those of little ones that have what it has not: overdue reviews, indexes and a map
    that are divided, groups that go on over several pages, columns that are aligned.
    """
    full = lay_site(tmp_path_factory.mktemp("full"), "minimal", "full")
    shutil.rmtree(full / "content/causes/star-light.md", ignore_errors=True)
    assert build_site(full, workers, today="2031-01-01").published
    divided = lay_site(tmp_path_factory.mktemp("divided"), "other-topic")
    change(divided, "config.yaml", "map_cells: 0", "map_cells: 0\n  index_lines: 1")
    change(divided, "content/causes/plums.md", "group: fruit", "group: calendar")
    assert build_site(divided, workers).published
    folders = (site.output, full / "public", divided / "public")
    return [data.decode() for folder in folders for name, data in published(folder).items() if name.endswith(".html")]


def unused(page: Page, pages: list[str], sheets: Mapping[str, str]) -> dict[str, list[str]]:
    """The selectors of style sheets that nothing on any page answers to, one of a list at a time, by the sheet."""
    wanted = {}
    for name, css in sheets.items():
        selectors = page.evaluate(SELECTORS, css)
        single = sorted({part.strip() for selector in selectors for part in split(selector)})
        wanted[name] = [selector for selector in single if not any(added in selector for added in ADDED)]
    dead = set(page.evaluate(UNUSED, [pages, sorted({selector for part in wanted.values() for selector in part})]))
    found = {name: [selector for selector in part if selector in dead] for name, part in wanted.items()}
    return {name: selectors for name, selectors in found.items() if selectors}


def split(selector: str) -> list[str]:
    """The selectors of a list; a comma inside brackets divides none."""
    parts, depth = [""], 0
    for letter in selector:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


SHEETS = sorted(path.relative_to(ROOT / "static").as_posix() for path in (ROOT / "static").rglob("*.css"))


def test_every_rule_is_for_something(page: Page, pages: list[str]):
    texts = {name: (ROOT / "static" / name).read_text("utf-8") for name in SHEETS}
    found = unused(page, pages, {name: css for name, css in texts.items() if not only_takes_in(css)})
    assert found == {}


def only_takes_in(css: str) -> bool:
    """Whether a style sheet has no rule of its own, and takes in others."""
    return all(line.startswith(("@import", "/*", " ", "")) and "{" not in line for line in css.splitlines())


def test_a_dead_rule_would_be_noticed(page: Page, pages: list[str]):
    css = ".card, .gone > a:hover { color: red } @media print { .lost::before { content: '' } } main { color: red }"
    assert unused(page, pages, {"a.css": css, "b.css": "main {}"}) == {"a.css": [".gone > a:hover", ".lost::before"]}


def test_every_style_sheet_is_linked_or_taken_in():
    texts = [
        path.read_text("utf-8")
        for pattern in ("static/**/*.css", "static/pictures/*.svg", "templates/**/*.html")
        for path in ROOT.glob(pattern)
    ]
    named = "\n".join(texts)
    blocks = [Path(name) for name in SHEETS]
    missing = [
        path.as_posix()
        for path in blocks
        if f'{path.name}"' not in named
        and f"css/{path.name}'" not in named
        and f"block css %}}{path.stem}{{% endblock" not in named
        and f'"{path.stem}"' not in named
    ]
    assert missing == []
