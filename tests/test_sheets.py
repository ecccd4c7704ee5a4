"""Pages to print: what stands on them, in the site's words, and who is told of them."""

from dataclasses import replace

import pytest

from healthsite import others, pages, views
from healthsite.config import read_config
from healthsite.sheets import Sheet, SheetPart
from tests.helpers import ROOT
from tests.linked import Linked, article, config, site_view

NUMBERS = {"emergency-number": "000", "advice-line": "<5>"}
PART = SheetPart("", "", False, (), (), (), 10)
SIGNS = {
    f"red-flags/{name}": article("red-flag", title=name.upper(), urgency=urgency)
    for name, urgency in (("a", "routine"), ("b", "emergency"), ("c", "emergency"))
}


def view_of(*parts: SheetPart, source: str = ""):
    """The view of a sheet with these parts, on a site with three warning signs and a guide."""
    linked = Linked({**SIGNS, "guides/g": article("guide", title="G")})
    sheets = {"x": Sheet("Ring {advice-line}", "For {advice-line}.", (source, 1, 1), parts)}
    (page,) = [
        page for page in others.others(linked.site, replace(config(), sheets=sheets)) if page.template == "sheet.html"
    ]
    assert page.address == "/sheets/x/"
    return views.view(page, site_view(sheets=sheets, numbers=NUMBERS), None)


def test_a_sheet_has_the_sites_numbers_filled_in():
    view = view_of(replace(PART, title="{advice-line}", text="<b>{emergency-number}", ticks=("{advice-line}",)))
    assert (view.title, view.description) == ("Ring <5>", "For <5>.")
    (part,) = view.parts
    assert (part.title, part.ticks) == ("<5>", ("<5>",))
    assert part.text_html == '&lt;b&gt;<a class="phone" href="tel:000">000</a>'


def test_all_warning_signs_stand_where_a_part_asks_for_them_the_most_urgent_first():
    asked, other = view_of(replace(PART, signs=True), PART).parts
    assert [(card.urgency, [flag.link.text for flag in card.flags]) for card in asked.cards] == [
        ("emergency", ["B", "C"]),
        ("routine", ["A"]),
    ]
    assert other.cards == ()


def test_a_sheet_without_warning_signs_does_not_hang_on_them():
    linked = Linked(SIGNS)
    scopes = {page.address: page.scope for page in others.others(linked.site, config())}
    diary, signs = scopes["/sheets/cramp-diary/"], scopes["/sheets/warning-signs/"]
    assert isinstance(diary, pages.SheetScope)
    assert isinstance(signs, pages.SheetScope)
    assert diary.flags == ()
    assert len(signs.flags) == 3


@pytest.mark.parametrize("source, expected", [("guides/g", "G"), ("", None)])
def test_a_sheet_leads_to_the_article_that_holds_its_sources(source, expected):
    article_link = view_of(PART, source=source).article
    assert (article_link.text if article_link else None) == expected


@pytest.mark.parametrize(
    "columns, wide, rows", [((), False, 0), (tuple("abcdef"), False, 10), (tuple("abcdefg"), True, 10)]
)
def test_a_table_of_many_columns_is_printed_across_the_paper(columns, wide, rows):
    view = view_of(replace(PART, columns=columns))
    assert (view.is_wide, view.parts[0].rows) == (wide, rows)


def test_every_page_may_name_the_sheets():
    sheets = site_view("https://e.org/health").sheets
    assert [link.address for link, _ in sheets] == [f"/health/sheets/{name}/" for name in config().sheets]
    assert all(link.text and summary for link, summary in sheets)


SOURCE = (ROOT / "config.yaml").read_text("utf-8")


@pytest.mark.parametrize("old, new, message", [
    ("  cramp-diary:\n", "  Cramp diary:\n", "“Cramp diary” is no name for an address"),
    ("      rows: 17\n", "      rows: many\n", "a whole number is needed here, 0 or more"),
    ("    - signs: true\n", "    - signs: maybe\n", "this is true or false"),
    ("    - signs: true\n", "    - sings: true\n", "“sings” is not a field here"),
    ("    title: Cramp diary\n", "", "“title” is missing"),
])  # fmt: skip
def test_a_mistake_in_a_sheet_is_told(old, new, message):
    assert SOURCE.count(old) == 1
    found, findings = read_config("config.yaml", SOURCE.replace(old, new))
    assert found is None
    assert [finding.message for finding in findings] == [message]


def test_a_site_needs_no_sheets():
    before, rest = SOURCE.split("sheets:\n", 1)
    found, findings = read_config("config.yaml", before + rest[rest.index("\nfeatures:") :])
    assert findings == ()
    assert found is not None
    assert found.sheets == {}
