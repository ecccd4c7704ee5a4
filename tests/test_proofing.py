"""What is found in an article's words is remembered as long as the text and the house style are the same."""

from pathlib import Path

import pytest

from tests.helpers import build_site, lay_site, printed

WORDS = "wording:\n  promises: [{}]\n"


@pytest.fixture
def root(tmp_path) -> Path:
    """A site whose only article promises nothing, and whose house style knows no promises."""
    return lay_site(tmp_path / "site", "minimal")


def append(root: Path, path: str, text: str) -> None:
    file = root / path
    file.write_text(file.read_text("utf-8") + text, "utf-8")


def places(result) -> list[str]:
    return [line.split(": ")[0] for line in printed(result)]


def test_a_word_that_the_configuration_learns_is_found_in_what_was_read_before(root, workers):
    assert printed(build_site(root, workers)) == []
    config = (root / "config.yaml").read_text("utf-8")
    (root / "config.yaml").write_text(config + WORDS.format("invented"), "utf-8")
    assert places(build_site(root, workers)) == ["content/relief/rest.md:11:19"]
    (root / "config.yaml").write_text(config + WORDS.format("something else"), "utf-8")
    assert printed(build_site(root, workers)) == []


def test_a_remembered_finding_stays_and_moves_with_its_sentence(root, workers):
    append(root, "config.yaml", WORDS.format("invented"))
    found = printed(build_site(root, workers))
    (root / "content/glossary.yaml").write_text("x:\n  definition: X.\n", "utf-8")
    assert printed(build_site(root, workers, drafts=True)) == found
    article = root / "content/relief/rest.md"
    article.write_text(article.read_text("utf-8").replace("Sit down.", "Sit down.\n\nNow."), "utf-8")
    assert places(build_site(root, workers)) == ["content/relief/rest.md:13:14"]
    article.write_text(article.read_text("utf-8").replace("invented", "so"), "utf-8")
    assert printed(build_site(root, workers)) == []


def test_an_abbreviation_that_the_glossary_explains_is_known(root, workers):
    append(root, "content/relief/rest.md", "\nThe WOB says so. [@wobble-leaflet]\n")
    assert places(build_site(root, workers)) == ["content/relief/rest.md:13:5"]
    (root / "content/glossary.yaml").write_text("WOB:\n  definition: The wobble.\n", "utf-8")
    assert printed(build_site(root, workers)) == []
    (root / "content/glossary.yaml").unlink()
    assert places(build_site(root, workers)) == ["content/relief/rest.md:13:5"]


def test_silencing_and_severities_need_no_text_to_be_looked_at_again(root, workers):
    append(root, "config.yaml", WORDS.format("something else"))
    append(root, "content/relief/rest.md", "\nThe WOB says so. [@wobble-leaflet]\n")
    (line,) = printed(build_site(root, workers))
    assert ": warning: " in line
    append(root, "config.yaml", "checks: {abbreviation: error}\n")
    assert build_site(root, workers).has_errors
    article = root / "content/relief/rest.md"
    text = article.read_text("utf-8")
    silenced = "silenced: [{check: abbreviation, reason: it is its name}]\n"
    article.write_text(text.replace("approach:", f"{silenced}approach:"), "utf-8")
    result = build_site(root, workers)
    assert [line.split(": ")[1] for line in printed(result)] == ["silenced"]
    assert result.published


def test_an_article_that_cant_be_used_keeps_the_others_findings(root, workers):
    append(root, "config.yaml", WORDS.format("invented"))
    (root / "content/relief/other.md").write_text("no front matter\n", "utf-8")
    assert places(build_site(root, workers)) == ["content/relief/other.md:1:1", "content/relief/rest.md:11:19"]
