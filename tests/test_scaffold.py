"""A new article: a draft with every field of its kind explained."""

import re
from pathlib import Path

import pytest

from healthsite import kinds, source
from healthsite.scaffold import ScaffoldError, scaffold
from tests.small_site import tree, write

EVERY = [(kind.name, field) for kind in kinds.KINDS.values() for field in kind.fields]


def made(root: Path, kind: str, slug: str = "brand-new", today: str = "2026-02-03") -> tuple[str, str]:
    path = scaffold(root, kind, slug, today)
    return path, (root / path).read_text("utf-8")


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=kinds.KINDS)
def test_it_is_an_article_without_a_mistake_and_a_draft(tmp_path, kind):
    path, text = made(tmp_path, kind.name)
    assert path == f"content/{kind.folder}/brand-new.md"
    parsed = source.parse(path, text.encode(), "key")
    assert parsed.findings == ()
    assert parsed.article
    assert (parsed.article.kind, parsed.article.draft, parsed.article.title) == (kind.name, True, "Brand new")
    assert parsed.article.citations == ()  # whoever looks at the draft sees it at once
    assert (parsed.article.reviewed_on, parsed.article.changed_on) == ("2026-02-03", "2026-02-03")


@pytest.mark.parametrize("kind, field", EVERY)
def test_every_field_is_there_and_explained_and_said_to_be_optional_if_it_is(tmp_path, kind, field):
    _, text = made(tmp_path, kind)
    found = kinds.KINDS[kind].fields[field]
    assert found.help
    optional = "" if found.required else r" \(optional\)"
    assert re.search(rf"^# {re.escape(found.help)}{optional}\n(# )?{field}:", text, re.MULTILINE)


@pytest.mark.parametrize(
    "kind, field", [(kind, field) for kind, field in EVERY if kinds.KINDS[kind].fields[field].required]
)
def test_no_required_field_is_left_out(tmp_path, kind, field):
    assert re.search(rf"^{field}: \S", made(tmp_path, kind)[1], re.MULTILINE)


@pytest.mark.parametrize("slug", ["no", "true", "2026", "1-30", "x"])
def test_a_slug_that_yaml_would_take_for_something_else_is_a_title_all_the_same(tmp_path, slug):
    path, text = made(tmp_path, "cause", slug)
    parsed = source.parse(path, text.encode(), "key")
    assert parsed.findings == ()
    assert parsed.article
    assert parsed.article.title == slug.replace("-", " ").capitalize()


def test_a_folder_names_its_kind_too(tmp_path):
    assert made(tmp_path, "red-flags")[0] == "content/red-flags/brand-new.md"


def test_it_never_overwrites(tmp_path):
    write(tmp_path, "content/causes/brand-new.md", "mine")
    with pytest.raises(ScaffoldError, match=r"^content/causes/brand-new\.md is there already$"):
        scaffold(tmp_path, "cause", "brand-new", "2026-02-03")
    assert tree(tmp_path) == {"content/causes/brand-new.md": b"mine"}


@pytest.mark.parametrize("kind, slug, message", [
    ("cause", "Brand New", "“Brand New” can't be an address; did you mean “brand-new”?"),
    ("cause", "brand_new.md", "“brand_new.md” can't be an address; did you mean “brand-new-md”?"),
    ("cause", "../x", "“../x” can't be an address; did you mean “x”?"),
    ("cause", "", "“” can't be an address"),
    ("relif", "x", "there is no kind “relif” (did you mean “relief”?)"),
    ("", "x", "there is no kind “” (it can be: cause, guide, red-flag, relief, symptom)"),
])  # fmt: skip
def test_what_it_can_not_be_called_is_told(tmp_path, kind, slug, message):
    with pytest.raises(ScaffoldError) as failed:
        scaffold(tmp_path, kind, slug, "2026-02-03")
    assert str(failed.value) == message
    assert list(tmp_path.iterdir()) == []
