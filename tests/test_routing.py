"""The pages of changed texts come from kept plans; where more was changed, the site is linked. The bytes are the same."""

import sqlite3

import pytest

from healthsite import graph
from healthsite.run import STORE
from healthsite.store import Store
from tests.small_site import build_site, change, clean_build, differences, tree, write_site

FLAG = "content/red-flags/brown-urine.md"
THIRST = "content/causes/thirst.md"
PLAIN = "It can be muscle that breaks down."


@pytest.fixture
def root(tmp_path, workers):
    site = write_site(tmp_path / "site")
    assert not build_site(site, workers).has_errors
    return site


@pytest.fixture
def linked(monkeypatch):
    """What was linked, by the number of its articles."""
    times: list[int] = []
    make_site = graph.Site.__init__

    def spying(self, *arguments, **options):
        make_site(self, *arguments, **options)
        times.append(len(self.outlines))

    monkeypatch.setattr(graph.Site, "__init__", spying)
    return times


def same_as_clean(root, workers, name="fresh", **options):
    """Build, and hold all that came of it against a clean build."""
    result = build_site(root, workers, **options)
    after = tree(root / "public")
    clean, expected = clean_build(root, root.parent / name, workers, **options)
    assert not differences(expected, after)
    assert (result.findings, result.articles, result.published) == (clean.findings, clean.articles, True)
    return result


TEXTS = [
    (FLAG, PLAIN, "It may be muscle."),
    (THIRST, "Nobody has shown it.", "Nobody has shown that yet."),
    ("content/relief/calf-stretch.md", "Pull gently,", "Pull gently and long,"),
    ("content/symptoms/night-waking.md", "The calf pulls tight.", "The calf pulls very tight."),
    ("content/guides/what-is-it.md", "The calf is sore.", "The calf is sore then."),
]


@pytest.mark.parametrize("path, old, new", TEXTS, ids=[path.split("/", 1)[1] for path, _, _ in TEXTS])
def test_a_changed_text_needs_no_linked_site(root, workers, linked, path, old, new):
    change(root, path, old, new)
    result = build_site(root, workers)
    assert linked == []
    assert [reason for _, reason in result.reasons] == ["its text"]
    assert result.written
    change(root, "content/guides/pregnancy.md", "They are common. [", "They are rather common. [")
    same_as_clean(root, workers)
    assert len(linked) == 1, "the clean one"


def test_nor_does_a_page_that_someone_removed(root, workers, linked):
    (root / "public/causes/thirst/index.html").unlink()
    assert build_site(root, workers).written == 1
    assert linked == []


def test_nor_do_several_texts(root, workers, linked):
    for path, old, new in TEXTS:
        change(root, path, old, new)
    assert len(build_site(root, workers).reasons) == len(TEXTS)
    assert linked == []


MORE = [
    (THIRST, "Too little water", "Too little to drink"),
    (THIRST, 'symptoms: ["dark-urine", ', "symptoms: ["),
    (THIRST, "Nobody has shown it. [@one-2020;", "Nobody has shown it. [@three; @one-2020;"),
    (FLAG, "[@three; @two-2012]", "In an artery. [@three; @two-2012]"),
    ("content/glossary.yaml", "A tube for blood.", "A tube of blood."),
    ("templates/base.html", "</footer>", "<p>More.</p></footer>"),
    ("config.yaml", "offline: true", "offline: false"),
]


@pytest.mark.parametrize("path, old, new", MORE)
def test_where_more_was_changed_the_site_is_linked(root, workers, linked, path, old, new):
    change(root, path, old, new)
    build_site(root, workers)
    assert linked
    same_as_clean(root, workers)


def test_a_page_that_no_article_stands_behind_needs_the_linked_site(root, workers, linked):
    (root / "public/map/index.html").unlink()
    assert build_site(root, workers).written == 1
    assert linked
    same_as_clean(root, workers)


@pytest.mark.parametrize("statement", ["DELETE FROM plans", "UPDATE plans SET value = 'x'"])
def test_plans_that_are_lost_are_made_again(root, workers, linked, statement):
    db = sqlite3.connect(root / STORE)
    db.execute(statement)
    db.commit()
    db.close()
    change(root, *TEXTS[0])
    same_as_clean(root, workers)
    assert linked.pop()
    change(root, *TEXTS[1])
    linked.clear()
    build_site(root, workers)
    assert linked == []


def test_a_plan_that_is_not_the_one_that_was_kept_is_not_believed(root, workers):
    with Store(root / STORE) as store:
        rows = store.all("plans")
        store.put("plans", zip(rows, [*rows.values()][::-1], strict=True))
    change(root, *TEXTS[0])
    same_as_clean(root, workers)


def test_another_output_has_its_own_pages(root, workers, linked):
    build_site(root, workers, root / "other", drafts=True)
    change(root, THIRST, "Nobody has shown", "Nobody ever has shown")
    build_site(root, workers, root / "other", drafts=True)
    same_as_clean(root, workers)
    assert "Nobody ever has shown" in (root / "other/causes/thirst/index.html").read_text("utf-8")
