"""What axe has to say about a page: barriers for readers who see, hear or move otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Where more than twelve entries stand in like lists, three of each shape are left. Two entries are of one shape if they
# have the same elements with the same classes, roles and names of attributes, and if the same elements are empty: one
# that is other in any of these is left. A list may be divided, by letters for instance;
# the rows of a table are a list, too.
SHORTEN = """() => {
  const kind = (element) => [
    element.tagName, element.getAttribute("class"), element.getAttribute("role"), element.getAttributeNames().sort().join(),
  ].join("|");
  const shape = (element) => [
    kind(element), Boolean(element.textContent.trim()), [...new Set([...element.children].map(shape))].sort().join(),
  ].join("|");
  const way = (element) => element.matches("main") ? "" : `${way(element.parentElement)} > ${kind(element)}`;
  const lists = Map.groupBy(document.querySelectorAll("main :is(ul, ol, dl, tbody)"), way);
  for (const like of lists.values()) {
    const entries = like.flatMap((list) => [...list.children]);
    if (entries.length <= 12) continue;
    for (const alike of Map.groupBy(entries, shape).values()) alike.slice(3).forEach((entry) => entry.remove());
  }
}"""


def shorten(page: Page) -> None:
    """Leave of each long list what differs: axe would look at hundreds of like entries, one after the other."""
    page.evaluate(SHORTEN)


def barriers(page: Page, context: str | None = None) -> list[str]:
    """What axe has to say about a page, or about an element of it."""
    return _told(page, {"type": "tag", "values": TAGS}, context)


def colour_barriers(page: Page, context: str | None = None) -> list[str]:
    """What axe has to say about the colours of a page: all that its size leaves as it is."""
    return _told(page, {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, context)


def _told(page: Page, rules: Mapping[str, object], context: str | None) -> list[str]:
    options = {"runOnly": rules, "resultTypes": ["violations"]}  # to describe what passes takes as long as the rest
    # Its script stays in the page for a second look.
    axe = Axe("" if page.evaluate("'axe' in window") else AXE_SCRIPT)
    found = axe.run(page, context=context, options=options).response["violations"]
    return [f"{item['id']}: {node['target']} {node['html'][:90]}" for item in found for node in item["nodes"]]
