"""The pages of changed texts come from kept plans; where more was changed, the site is linked. The bytes are the same."""

import contextlib
import json
import sqlite3

import pytest

from healthsite import graph, making, routing
from healthsite.pipeline import build
from healthsite.run import COMPILE_ALL, SHOW, STORE, Options, Progress
from healthsite.store import Store
from tests.small_site import (
    ARTICLES,
    TODAY,
    article_text,
    build_site,
    change,
    clean_build,
    differences,
    tree,
    write,
    write_site,
)

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


def test_what_all_pages_show_goes_ahead_of_them_where_all_are_to_be_made(tmp_path, workers, monkeypatch):
    prepared: list[str] = []
    monkeypatch.setattr(workers, "prepare", lambda function, context: prepared.append(function))
    root = write_site(tmp_path / "site")
    build_site(root, workers)
    assert prepared == [COMPILE_ALL, SHOW]
    change(root, THIRST, 'title: "Too little water"', 'title: "Zero water"')
    build_site(root, workers)
    assert prepared == [COMPILE_ALL, SHOW, COMPILE_ALL]


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


RENAMED = [
    (THIRST, 'title: "Too little water"', 'title: "Too little to drink"'),
    ("content/relief/calf-stretch.md", 'title: "Calf stretch"', 'title: "Calf stretches"'),
    (FLAG, 'title: "Your urine is brown"', 'title: "Your urine is brown or black"'),
    ("content/guides/what-is-it.md", 'summary: "A muscle tightens', 'summary: "In short, a muscle tightens'),
]


@pytest.mark.parametrize("path, old, new", RENAMED, ids=[path.split("/", 1)[1] for path, _, _ in RENAMED])
def test_nor_does_a_title_that_stands_where_the_old_one_stood(root, workers, linked, path, old, new):
    change(root, path, old, new)
    reasons = [reason for _, reason in same_as_clean(root, workers).reasons]
    assert reasons.count("its text") == 1
    assert set(reasons) == {"its text", "what it shows of others"}
    change(root, "content/guides/pregnancy.md", 'title: "Cramps in pregnancy"', 'title: "Cramps in a pregnancy"')
    change(root, "content/guides/pregnancy.md", "They are common. [", "They are rather common. [")
    change(root, path, new[:-1], f"{new[:-1]}, often")
    same_as_clean(root, workers, "again")
    assert len(linked) == 2, "the clean ones"


def test_several_titles_at_once_and_the_texts_of_others(root, workers, linked):
    for path, old, new in (*RENAMED, *TEXTS[:2]):
        change(root, path, old, new)
    same_as_clean(root, workers)
    assert len(linked) == 1, "the clean one"


def test_a_title_that_is_put_back(root, workers, linked):
    change(root, *RENAMED[0])
    build_site(root, workers)
    change(root, THIRST, 'title: "Too little to drink"', 'title: "Too little water"')
    same_as_clean(root, workers)
    assert len(linked) == 1, "the clean one"


def test_a_title_while_the_page_that_shows_it_was_removed(root, workers, linked):
    change(root, *RENAMED[0])
    (root / "public/causes/index.html").unlink()
    (root / "public/privacy/index.html").unlink()
    same_as_clean(root, workers)
    assert len(linked) == 1, "the clean one"


def test_many_titles_are_quicker_with_the_linked_site(root, workers, linked, monkeypatch):
    monkeypatch.setattr(routing, "FEW", 1)
    change(root, *RENAMED[0])
    change(root, *RENAMED[1])
    build_site(root, workers)
    assert linked.pop()
    same_as_clean(root, workers)


def test_so_are_many_pages(root, workers, linked, monkeypatch):
    monkeypatch.setattr(routing, "MANY", 1)
    change(root, *RENAMED[0])
    build_site(root, workers)
    assert linked.pop()
    same_as_clean(root, workers)


def test_the_text_that_the_last_build_knew_is_asked_for_the_old_title(root, workers, linked):
    change(root, *RENAMED[0])
    with Store(root / STORE) as store:
        store._db.execute("DELETE FROM outlines WHERE instr(value, CAST('Too little water' AS BLOB))")
    build_site(root, workers)
    assert linked.pop()
    same_as_clean(root, workers)


MORE = [
    (THIRST, 'title: "Too little water"', 'title: "A dry throat"'),
    (THIRST, 'title: "Too little water"', 'title: "Your thirst"'),  # it stands where it stood among the causes only
    ("content/symptoms/dark-urine.md", 'title: "Dark urine"', 'title: "Drinking enough"'),  # as another is called
    ("content/guides/what-is-it.md", 'title: "What a cramp is"', 'title: "Über cramps"'),  # another letter
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


@pytest.mark.parametrize("page", ["map/index.html", "sitemap.xml", "feed.xml", "index.html", "sources/index.html"])
def test_a_page_that_no_article_stands_behind_comes_from_its_plan_too(root, workers, linked, page):
    (root / "public" / page).unlink()
    assert same_as_clean(root, workers).written == 1
    assert len(linked) == 1, "the clean one"


LOST = ["DELETE FROM plans", "UPDATE plans SET value = 'x'", "DELETE FROM shown", "UPDATE shown SET value = ''"]


@pytest.mark.parametrize("edit", [TEXTS[0], RENAMED[0]], ids=["a text", "a title"])
@pytest.mark.parametrize("statement", LOST)
def test_plans_that_are_lost_are_made_again(root, workers, linked, statement, edit):
    with Store(root / STORE) as store:
        store._db.execute(statement)
    change(root, *edit)
    same_as_clean(root, workers)
    change(root, *TEXTS[1])
    change(root, "content/guides/pregnancy.md", "Cramps in pregnancy", "Cramps in a pregnancy")
    build_site(root, workers)
    change(root, "content/guides/pregnancy.md", "Cramps in a pregnancy", "Cramps in the pregnancy")
    linked.clear()
    same_as_clean(root, workers, "again")
    assert len(linked) == 1, "the clean one"


@pytest.mark.parametrize("edit", [TEXTS[0], RENAMED[0]], ids=["a text", "a title"])
@pytest.mark.parametrize("statement", LOST[::2])
def test_nor_does_a_check_need_them(root, workers, statement, edit):
    with Store(root / STORE) as store:
        store._db.execute(statement)
    change(root, *edit)
    result = build_site(root, workers, writes=False)
    assert (result.findings, len(result.reasons) > 0) == ((), True)
    same_as_clean(root, workers)


@pytest.mark.parametrize("edit", [TEXTS[0], RENAMED[0]], ids=["a text", "a title"])
def test_a_plan_that_shows_what_is_not_there_is_not_believed(root, workers, edit):
    with Store(root / STORE) as store:
        rows = store.all("plans")
        store.put("plans", [(key, row.replace(b"causes/thirst", b"causes/first")) for key, row in rows.items()])
    change(root, *edit)
    (root / "public/index.html").unlink()
    same_as_clean(root, workers)


@pytest.mark.parametrize("edit", [TEXTS[0], RENAMED[0]], ids=["a text", "a title"])
@pytest.mark.parametrize("alike", [True, False], ids=["of the same kind", "of any kind"])
def test_a_plan_that_is_not_the_one_that_was_kept_is_not_believed(root, workers, edit, alike):
    with Store(root / STORE) as store:
        rows = store.all("plans")
        kinds: dict[object, list[str]] = {}
        for key, row in rows.items():
            kinds.setdefault(len(json.loads(row)) if alike else "any", []).append(key)
        for keys in kinds.values():
            store.put("plans", [(key, rows[other]) for key, other in zip(keys, [*keys[1:], keys[0]], strict=True)])
    change(root, *edit)
    if edit in TEXTS:
        (root / "public/about/index.html").unlink()
    same_as_clean(root, workers)


def test_another_output_has_its_own_pages(root, workers, linked):
    build_site(root, workers, root / "other", drafts=True)
    change(root, THIRST, "Nobody has shown", "Nobody ever has shown")
    build_site(root, workers, root / "other", drafts=True)
    same_as_clean(root, workers)
    assert "Nobody ever has shown" in (root / "other/causes/thirst/index.html").read_text("utf-8")


def test_an_old_address_where_a_draft_is_to_stand_is_no_articles_page(root, workers, linked, monkeypatch):
    front, text = ARTICLES["causes/thirst"]
    write(root, "content/causes/old.md", article_text({**front, "title": "Old", "draft": True}, text))
    silenced = [{"check": "address", "reason": "it moved for good"}]
    moved = {**front, "aliases": ["causes/old"], "silenced": silenced}
    write(root, THIRST, article_text(moved, text))
    assert build_site(root, workers).published
    monkeypatch.setattr(Store, "begin_anew", None)
    for number, edit in enumerate((TEXTS[0], RENAMED[1])):
        change(root, *edit)
        linked.clear()
        same_as_clean(root, workers, f"fresh-{number}")
        assert len(linked) == 1, "the clean one"


def test_other_builds_can_use_the_store_while_pages_are_rendered(root, workers, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 3)
    change(root, "templates/base.html", "</footer>", "<p>More.</p></footer>")
    free: list[bool] = []

    def look(progress: Progress) -> None:
        if progress.step == "rendering pages":
            other = sqlite3.connect(root / STORE, timeout=0)
            with contextlib.suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
                free.append(True)
            other.close()
            free.append(False)

    build(Options(root, root / "public", today=TODAY, search=False), workers, look)
    assert len(free) > 8
    assert free == [True, False] * (len(free) // 2)
