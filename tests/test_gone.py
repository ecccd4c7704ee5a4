"""An address that was published and is gone is told of, once; an alias keeps it."""

from healthsite.workers import Workers
from tests.helpers import build_site, lay_site


def rename(root, *, alias: bool) -> None:
    """Give the cause another file name, and what names it the new one; with an alias or without."""
    old = root / "content/causes/moon-dust.md"
    new = old.with_name("fine-dust.md")
    text = old.read_text("utf-8")
    new.write_text(text.replace("---\n", "---\naliases: [causes/moon-dust]\n", 1) if alias else text, "utf-8")
    old.unlink()
    for path in (*root.glob("content/**/*.md"), root / "config.yaml"):
        told = path.read_text("utf-8")
        if path != new:
            path.write_text(told.replace("moon-dust", "fine-dust"), "utf-8")


def gone(root, workers: Workers) -> list[str]:
    result = build_site(root, workers)
    assert result.published, result.findings
    return [str(finding) for finding in result.findings if finding.check == "gone"]


def test_a_renamed_article_asks_for_an_alias_once(tmp_path, workers):
    root = lay_site(tmp_path, "minimal", "base")
    assert gone(root, workers) == []
    rename(root, alias=False)
    assert gone(root, workers) == [
        "content/causes/moon-dust.md:1:1: warning: /causes/moon-dust/ was published, and is gone "
        "(if the article has a new name, give it the alias causes/moon-dust)"
    ]
    assert gone(root, workers) == []


def test_an_article_with_its_old_address_is_not_told_of(tmp_path, workers):
    root = lay_site(tmp_path, "minimal", "base")
    assert gone(root, workers) == []
    rename(root, alias=True)
    assert gone(root, workers) == []
    assert "fine-dust" in (root / "public/causes/moon-dust/index.html").read_text("utf-8")


def test_other_pages_that_go_are_no_addresses_of_articles(tmp_path, workers):
    root = lay_site(tmp_path, "minimal", "base")
    (root / "static/root").mkdir(exist_ok=True)
    (root / "static/root/proof.txt").write_text("x", "utf-8")
    assert gone(root, workers) == []
    (root / "static/root/proof.txt").unlink()
    assert gone(root, workers) == []
