"""An article's new name: everything that names it follows, or nothing changes."""

import shutil
from pathlib import Path

import pytest

from healthsite.cli import main
from healthsite.rename import NotRenamedError, rename
from healthsite.source import parse
from tests.helpers import ROOT
from tests.linked import article
from tests.small_site import change, run, tree, write, write_site

CONFIG = (ROOT / "config.yaml").read_bytes()
FRONT = "---\ntitle: T\nsummary: S.\nreviewed: {on: 2026-11-01, by: [editors]}\nchanges: [{on: 2026-11-01, note: N.}]\n"


def renamed(old: str, new: str, files: dict[str, str]) -> dict[str, str | None]:
    """What changes, by path; ``None`` where a file goes."""
    named = {f"content/{name}.md": text.encode() for name, text in files.items()} | {"config.yaml": CONFIG}
    changes = rename(old, new, named)
    assert all(named.get(change.path) == change.before for change in changes)
    return {
        change.path.removeprefix("content/").removesuffix(".md"): None
        if change.after is None
        else change.after.decode()
        for change in changes
    }


def cause(body: str = "So. [@who]\n", front: str = "") -> str:
    return f"{FRONT}{front}group: everyday\nlink: cause\ncertainty: weak\n---\n{body}"


def guide(body: str, front: str = "") -> str:
    return f"{FRONT}{front}topic: basics\n---\n{body}"


@pytest.mark.parametrize("before, after", [
    ("[a](old.md)", "[a](new.md)"),
    ("[a](old.md) and [b](old.md#part), [c](./old.md 'Title')", "[a](new.md) and [b](new.md#part), [c](./new.md 'Title')"),
    ("[a](../causes/old.md)", "[a](../causes/new.md)"),
    ("[a](<old.md>)", "[a](<new.md>)"),
    ("[a][x] and [b][x]\n\n[x]: old.md#part", "[a][x] and [b][x]\n\n[x]: new.md#part"),
    ("`[a](old.md)` [a](old.md)", "`[a](old.md)` [a](new.md)"),
    ("old.md [a](old.md) old", "old.md [a](new.md) old"),
    ("[a](old-one.md) [b](old.md) [c](cold.md)", "[a](old-one.md) [b](new.md) [c](cold.md)"),
    ("é𝄞 [a](old.md)", "é𝄞 [a](new.md)"),
    ("| a | b |\n|---|---|\n| [a](old.md) | [b](../causes/old.md) |", "| a | b |\n|---|---|\n| [a](new.md) | [b](../causes/new.md) |"),
    ('!!! routine "T"\n\n    [a](old.md)', '!!! routine "T"\n\n    [a](new.md)'),
    ("[a](../relief/old.md)", "[a](../relief/old.md)"),
    ("Nothing of old here.", "Nothing of old here."),
])  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_links_follow(before, after, end):
    files = {"causes/old": cause(), "causes/other": cause(f"{before}\n").replace("\n", end)}
    found = renamed("causes/old", "causes/new", files)
    assert found.get("causes/other", files["causes/other"]) == cause(f"{after}\n").replace("\n", end)
    assert ("causes/other" in found) == (before != after)


@pytest.mark.parametrize("before, after", [
    ("related: [old]\n", "related: [new]\n"),
    ("related: [a, 'old', \"b\"] # old\n", "related: [a, 'new', \"b\"] # old\n"),
    ("related:\n- older\n- old\n", "related:\n- older\n- new\n"),
    ("related: [causes/old]\n", "related: [causes/new]\n"),
    ("symptoms: [old]\n", "symptoms: [old]\n"),
])  # fmt: skip
def test_relations_follow(before, after):
    found = renamed("causes/old", "causes/new", {"causes/old": cause(), "causes/other": cause(front=before)})
    assert found.get("causes/other", cause(front=before)) == cause(front=after)


def test_relations_by_folder_and_links_in_answers_follow():
    front = (
        "about: [relief/old, causes/old]\nquestions:\n- question: Why?\n  answer: |\n    See.\n\n    Or [it](../causes/old.md). [@who]\n"
        '- {question: How?, answer: "As [there](../causes/old.md#x). [@who]"}\n'
    )
    found = renamed("causes/old", "causes/new", {"causes/old": cause(), "guides/g": guide("So. [@who]\n", front)})
    assert found["guides/g"] == guide("So. [@who]\n", front.replace("causes/old", "causes/new"))


@pytest.mark.parametrize("before, after", [
    ("", "aliases: [causes/old]\n"),
    ("aliases: []\n", "aliases: [causes/old]\n"),
    ("aliases: [causes/x]\n", "aliases: [causes/x, causes/old]\n"),
    ("aliases:\n- causes/x\n", "aliases:\n- causes/x\n- causes/old\n"),
    ("aliases: [causes/new, 'causes/x']\n", "aliases: [causes/old, 'causes/x']\n"),
])  # fmt: skip
def test_the_article_moves_and_keeps_its_old_address(before, after):
    text = cause("[me](old.md#x) [@who]\n\n## X\n").replace("summary: S.\n", f"summary: S.\n{before}")
    expected = cause("[me](new.md#x) [@who]\n\n## X\n").replace("summary: S.\n", f"summary: S.\n{after}")
    assert renamed("causes/old", "causes/new", {"causes/old": text}) == {"causes/old": None, "causes/new": expected}


def test_the_home_page_follows():
    files = {"relief/calf-stretch": article("relief")}
    found = renamed("relief/calf-stretch", "relief/stretch-of-the-calf", files)
    config = found["config.yaml"]
    assert config == CONFIG.decode().replace("relief/calf-stretch", "relief/stretch-of-the-calf")


def sealed(path: str, text: str) -> str:
    found = parse(path, text.encode(), "").article
    assert found
    return text.replace("by: [editors]}", f"by: [editors], seal: {found.seal}}}")


@pytest.mark.parametrize("broken", [False, True])
def test_seals_hold_where_they_held_and_are_not_mended_where_they_did_not(broken):
    files = {
        "causes/old": sealed("content/causes/old.md", cause("[me](old.md) [@who]\n")),
        "causes/other": sealed("content/causes/other.md", cause("[it](old.md) [@who]\n", "related: [old]\n")),
    }
    if broken:
        files = {name: text.replace("S.", "Something else.") for name, text in files.items()}
    found = renamed("causes/old", "causes/new", files)
    for name in ("causes/new", "causes/other"):
        parsed = parse(f"content/{name}.md", str(found[name]).encode(), "")
        assert [finding.check for finding in parsed.findings] == ["seal"] * broken
        assert str(found[name]).count("note:") == 1  # what readers are told of has not changed


REFUSED = [
    ("causes/odl", "causes/new", {}, "there is no content/causes/odl.md (did you mean “causes/old”?)"),
    ("causes/old", "causes/old", {}, "that is its name already"),
    ("causes/old", "causes/New One", {}, "“New One” can't be an address (did you mean “causes/new-one”?)"),
    ("causes/old", "relief/new", {}, "an article keeps its kind; its new name can be causes/new, not relief/new"),
    ("causes/old", "causes/other", {"causes/other": cause()}, "there is a content/causes/other.md already"),
    (
        "causes/old",
        "causes/new",
        {"causes/other": cause(front="aliases: [causes/new]\n")},
        "causes/new is an old address of content/causes/other.md",
    ),
    (
        "causes/old",
        "causes/new",
        {"causes/other": "no front matter, but old\n"},
        "content/causes/other.md may name the article, and can't be read; mend it first",
    ),
    (  # a link in raw HTML is none: it stands in the way of finding the one behind it
        "causes/old",
        "causes/new",
        {"causes/other": cause('<a href="old.md">a</a> [b](old.md)\n')},
        "content/causes/other.md can't be changed by itself; change the name there by hand",
    ),
    (
        "causes/old",
        "causes/new",
        {"causes/other": cause("[a](%6Fld.md)\n")},
        "content/causes/other.md:10:5: the name is written here in a way that only you can change",
    ),
    (
        "causes/old",
        "causes/new",
        {"causes/other": cause(front='related: ["\\x6Fld"]\n')},
        "content/causes/other.md:6:11: the name is written here in a way that only you can change",
    ),
]


@pytest.mark.parametrize("old, new, more, message", REFUSED)
def test_what_can_not_be_done_is_refused_with_its_reason(old, new, more, message):
    with pytest.raises(NotRenamedError) as refused:
        renamed(old, new, {"causes/old": cause(), **more})
    assert str(refused.value) == message


@pytest.mark.parametrize("config, message", [
    (CONFIG + b"old: \xff\n", "config.yaml is not UTF-8; mend it first"),
    (CONFIG + b"old: x\n", "config.yaml has mistakes; mend them first"),
])  # fmt: skip
def test_a_configuration_that_can_not_be_read_is_mended_first(config, message):
    with pytest.raises(NotRenamedError, match=message):
        rename("causes/old", "causes/new", {"content/causes/old.md": cause().encode(), "config.yaml": config})


def test_an_article_that_can_not_be_read_is_no_matter_where_it_can_not_name_the_article():
    assert set(renamed("causes/old", "causes/new", {"causes/old": cause(), "causes/other": "broken\n"})) == {
        "causes/old",
        "causes/new",
    }


# --- on the command line ---


@pytest.fixture
def site(tmp_path) -> Path:
    return write_site(tmp_path)


def test_a_renamed_article_is_published_under_its_new_name_and_nothing_is_lost(site, capsys):
    assert run(site, "--jobs", "1").returncode == 0
    pages = set(tree(site / "public"))
    assert main(["rename", "content/relief/calf-stretch.md", "the-calf"], site) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "relief/calf-stretch is relief/the-calf now; its old address leads there"
    assert {line.partition(" ")[0] for line in said[1:]} == {
        "content/causes/tired-muscle.md",
        "content/symptoms/night-waking.md",
        "config.yaml",
    }
    told = run(site, "--jobs", "1", "-v")
    assert (told.returncode, [line for line in told.stdout.splitlines() if ": " in line and "content/" in line]) == (
        0,
        [],
    )
    assert set(tree(site / "public")) == pages | {"relief/the-calf/index.html"}
    assert "/relief/the-calf/" in (site / "public/relief/calf-stretch/index.html").read_text("utf-8")

    # And back again: the alias changes sides.
    assert main(["rename", "relief/the-calf", "relief/calf-stretch"], site) == 0
    assert "aliases: [relief/the-calf]\n" in (site / "content/relief/calf-stretch.md").read_text("utf-8")
    assert run(site, "--jobs", "1", "--strict").returncode == 0


def test_a_refusal_leaves_every_file_as_it_is(site, capsys):
    change(site, "content/causes/thirst.md", "relief: [", "relief: [[")
    before = tree(site)
    assert main(["rename", "relief/drinking", "drink"], site) == 1
    said = capsys.readouterr()
    assert said.out.startswith("content/causes/thirst.md:")
    assert said.err.splitlines() == [
        "build.py: content/causes/thirst.md may name the article, and can't be read; mend it first",
        "build.py: nothing was changed",
    ]
    assert main(["rename", "relief/drnking", "drink"], site) == 2
    assert tree(site) == before


def test_the_whole_site_can_be_renamed_article_by_article(tmp_path, capsys):
    """The repository's own articles, with all the ways in which they name each other."""
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, tmp_path / name)
    write(tmp_path, "config.yaml", CONFIG)
    for folder in ("causes", "symptoms", "relief", "red-flags", "guides"):
        for name in sorted((tmp_path / "content" / folder).glob("*.md"))[::30]:
            assert main(["rename", f"{folder}/{name.stem}", f"{name.stem}-again", "-q"], tmp_path) == 0
    assert capsys.readouterr() == ("", "")
    told = run(tmp_path, "check", "--quiet", "--jobs", "1", "--today", "2026-12-30")
    assert [line for line in told.stdout.splitlines() if "never signed off" not in line] == []
