"""The pages of the full little site are, letter by letter, what they were when somebody last looked at them."""

import difflib

import pytest

from tests.helpers import ROOT, SITES, build_site, lay_site, printed, published
from tests.update_golden import GOLDEN, NAMES, SELECTION, build_golden

HINT = "\nIf this is what you meant: make golden, and read the difference before you commit it."


@pytest.fixture(scope="module")
def pages(tmp_path_factory, workers):
    return build_golden(tmp_path_factory.mktemp("golden"), workers)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_as_it_was(name, pages):
    assert (GOLDEN / name).is_file(), f"there is no golden {name}.{HINT}"
    kept = (GOLDEN / name).read_text("utf-8")
    difference = list(
        difflib.unified_diff(kept.splitlines(), pages[name].splitlines(), "golden", "now", n=1, lineterm="")
    )
    assert kept == pages[name], "\n".join(difference) + HINT


def test_no_golden_page_is_left_over():
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()} == set(NAMES)


def test_every_template_has_a_golden_page():
    templates = {path.name for path in (ROOT / "templates").iterdir() if path.is_file()}
    assert templates - {"base.html", "article.html"} == set(SELECTION)


def test_no_fingerprint_is_kept(pages):
    assert "/assets/css/home.css" in pages["index.html"]
    assert "/assets/illustrations/moon.svg" in pages["causes/moon-dust/index.html"]


def test_the_full_site_tells_what_its_editors_should_know(tmp_path, workers):
    result = build_site(lay_site(tmp_path, "minimal", "full"), workers)
    assert printed(result) == (SITES / "full" / "expected.txt").read_text("utf-8").splitlines()
    assert result.published
    assert published(tmp_path / "public")["ownership.txt"] == b"wobble-ownership: proved\n"


def test_drafts_and_scheduled_articles_are_published_when_asked_for_and_when_their_day_comes(tmp_path, workers):
    root = lay_site(tmp_path, "minimal", "full")
    draft, scheduled = "causes/star-light/index.html", "causes/sun-spot/index.html"

    def shown(**options) -> set[str]:
        assert build_site(root, workers, **options).published
        return {draft, scheduled} & set(published(root / "public"))

    assert shown() == set()
    assert shown(today="2026-11-23") == {scheduled}
    (root / "content/causes/star-light.md").write_text(
        (root / "content/causes/star-light.md").read_text("utf-8").replace("no-such-source", "moon-review"), "utf-8"
    )
    assert shown(drafts=True) == {draft, scheduled}
    assert b"Not published yet" in published(root / "public")[draft]
    assert shown() == set()
