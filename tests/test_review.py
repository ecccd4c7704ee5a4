"""Signing off: the seal through its whole life, on the command line and in the file."""

import difflib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from healthsite.review import needs_review, reseal
from tests.helpers import Told
from tests.small_site import PEOPLE, TODAY, article_text, change, mapping_text, tree, write, write_site

PATH = "content/causes/thirst.md"
DAY = "2026-12-01"


@pytest.fixture
def site(tmp_path) -> Path:
    """The small site, whose articles need a seal."""
    root = write_site(tmp_path)
    change(root, "config.yaml", "seals: false", "seals: true")
    return root


class Desk:
    """The command line in a project, as on a day."""

    def __init__(self, root: Path, commands: Callable[..., Told]) -> None:
        self.root = root
        self._commands = commands

    def __call__(self, *arguments: str, today: str = DAY) -> tuple[int, list[str]]:
        """Exit code and lines, those of errors too."""
        told = self._commands(self.root, "--today", today, *arguments)
        return told.code, [*told.out, *told.err]

    def build(self, *arguments: str, today: str = TODAY) -> Told:
        """Build without the search's index."""
        return self._commands(self.root, "--no-search", "--today", today, *arguments)

    def findings(self, *options: str, today: str = DAY) -> list[str]:
        """What ``check`` says of the one article."""
        told = self.build("check", "--quiet", *options, today=today)
        return [line for line in told.out if line.startswith(PATH)]

    def text(self, path: str = PATH) -> str:
        return (self.root / path).read_text("utf-8")


@pytest.fixture
def desk(site, commands) -> Desk:
    return Desk(site, commands)


def changed(before: str, after: str) -> list[str]:
    """The lines that went and came."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


HINT = 'sign it off: build.py review causes/thirst --by ID; if it means the same: build.py review --minor "typo" causes/thirst'


def test_the_seal_through_its_whole_life(site, desk):
    by_hand = desk.text().replace(
        'reviewed: {"on": "2026-11-22", "by": ["editors"]}', "reviewed:\n  on: 2026-11-22  # by hand\n  by: [editors]\n"
    )
    by_hand = by_hand.replace(
        'changes: [{"on": "2026-11-22", "note": "First published."}]',
        "changes:\n- {on: 2026-11-22, note: First published.}",
    )
    write(site, PATH, by_hand)

    # It is published without ever having been signed off: a warning, which --strict makes fail.
    assert desk.findings() == [
        f"{PATH}:3:3: warning: this article was never signed off"
        " (check it against its sources, then: build.py review causes/thirst --by ID)"
    ]
    assert desk.build("check", "--strict").code == 1

    # The first seal: a day, a name, a seal, and nothing else.
    assert desk("review", "causes/thirst", "--by", "editors") == (0, [f"{PATH}: signed off by editors on {DAY}"])
    sealed = desk.text()
    seal = sealed.partition("seal: ")[2].partition("\n")[0]
    assert changed(by_hand, sealed) == [
        "-  on: 2026-11-22  # by hand",
        "+  on: 2026-12-01  # by hand",
        f"+  seal: {seal}",
    ]
    assert desk.findings() == []

    # A change of the meaning breaks it: an error, and nothing is published.
    write(site, PATH, sealed.replace("Nobody has shown it.", "Everybody has shown it."))
    assert desk.findings() == [f"{PATH}:5:9: error: this article was changed after its review ({HINT})"]
    blocked = desk.build()
    assert (blocked.code, (site / "public/causes/thirst/index.html").exists()) == (1, False)

    # Undone, it fits again.
    write(site, PATH, sealed)
    assert desk.findings() == []

    # A small change keeps the review, and the history says so.
    small = sealed.replace("Nobody has shown it.", "Nobody has ever shown it.")
    write(site, PATH, small)
    assert desk("review", "--minor", "clearer words", "causes/thirst", today="2026-12-05")[0] == 0
    kept = desk.text()
    new = kept.partition("seal: ")[2].partition("\n")[0]
    assert changed(small, kept) == [
        f"-  seal: {seal}",
        f"+  seal: {new}",
        "+- {on: 2026-12-05, note: clearer words, minor: true}",
    ]
    assert desk.findings(today="2026-12-05") == []

    # A change that matters is signed off by somebody with a name, and both stand in the history.
    matters = kept.replace("Studies disagree", "Many studies disagree")
    write(site, PATH, matters)
    arguments = ("review", f"./{PATH}", "--by", "dr-may", "--by", "editors", "--note", "A new study: read again.")
    assert desk(*arguments, today="2026-12-09")[0] == 0
    signed = desk.text()
    assert '- {on: 2026-12-09, note: "A new study: read again."}\n- {on: 2026-12-05' in signed
    assert "on: 2026-12-09  # by hand\n  by: [dr-may, editors]\n" in signed

    # Readers see who, when, and both changes.
    assert desk.build(today="2026-12-09").code == 0
    page = (site / "public/causes/thirst/index.html").read_text("utf-8")
    assert '<a href="https://example.com/may">Dr May</a> (doctor), the editors on' in page
    assert "Reviewed by a clinician." in page
    assert "Not yet reviewed by a clinician." not in page
    assert "clearer words (A small change: the meaning is the same.)" in page
    assert "A new study: read again.</p>" in page
    other = (site / "public/causes/tired-muscle/index.html").read_text("utf-8")
    assert "Not yet reviewed by a clinician." in other

    # It grows old: a notice first, then a warning and a banner; a new review ends it.
    assert desk.findings("-v", today="2029-10-09") == []
    assert (
        ": notice: the last review, on 2026-12-09, will be too old on 2029-12-09"
        in desk.findings("-v", today="2029-10-10")[0]
    )
    assert ": warning: the last review" in desk.findings(today="2029-12-09")[0]
    assert desk("review", "causes/thirst", "--by", "editors", today="2029-12-09")[0] == 0
    assert desk.findings("-v", today="2029-12-09") == []
    assert "- {on: 2029-12-09, note: Checked again against its sources.}\n" in desk.text()


def test_all_that_need_it_are_signed_off_and_no_other(site, desk):
    change(site, "content/guides/pregnancy.md", "---\n", "---\ndraft: true\n")
    assert desk("review", "causes/thirst", "--by", "dr-may", today="2026-11-30")[0] == 0
    before = tree(site / "content")
    code, said = desk("review", "--all", "--by", "editors")
    after = tree(site / "content")
    untouched = {"causes/thirst.md", "guides/pregnancy.md", "references.yaml", "glossary.yaml", "people.yaml"}
    assert code == 0
    assert {path for path in after if after[path] == before[path]} == untouched
    assert len(said) == len(after) - len(untouched)
    assert desk("review", "--all", "--by", "editors") == (0, ["every published article is signed off"])
    assert desk.build("check", "--strict").code == 0
    change(site, PATH, "Nobody has shown it.", "Nobody has shown that.")
    assert desk("review", "--all", "--by", "editors") == (0, [f"{PATH}: signed off by editors on {DAY}"])


def test_a_folder_means_its_articles(site, desk):
    code, said = desk("review", "content/causes/", "relief", "causes/thirst", "--by", "editors")
    assert code == 0
    assert len(said) == len([path for path in tree(site / "content") if path.startswith(("causes/", "relief/"))])


MISUSED = [
    (["causes/thirst"], 'say who checked (--by ID), or why no new check is needed (--minor "typo")'),
    (
        ["causes/thirst", "--by", "editors", "--minor", "typo"],
        'say who checked (--by ID), or why no new check is needed (--minor "typo")',
    ),
    (["causes/thirst", "--minor", "typo", "--note", "x"], "--minor goes with articles, and with nothing else"),
    (["--all", "--minor", "typo"], "--minor goes with articles, and with nothing else"),
    (["--by", "editors"], "name the articles, or say --all"),
    (["--all", "causes/thirst", "--by", "editors"], "name the articles, or say --all"),
    (["causes/thirst", "--by", "dr-mya"], "content/people.yaml names no “dr-mya” (did you mean “dr-may”?)"),
    (["causes/thrist", "--by", "editors"], "there is no content/causes/thrist.md (did you mean “causes/thirst”?)"),
    (["../../etc/passwd", "--by", "editors"], "there is no content/../../etc/passwd.md"),
]


@pytest.mark.parametrize("arguments, message", MISUSED)
def test_wrong_use_is_told_and_writes_nothing(site, desk, arguments, message):
    before = tree(site)
    code, said = desk("review", *arguments)
    assert (code, said[0].partition(" (it can be")[0]) == (2, f"build.py: {message}")
    assert tree(site) == before


REFUSED = [
    (["causes/thirst", "--minor", "typo"], f"{PATH} was never signed off, so there is no review to keep: use --by"),
    (["relief/drinking", "--minor", "typo"], "content/relief/drinking.md was not changed since its review"),
    (
        ["relief/drinking", "causes/narrow-artery", "--by", "editors"],
        "content/causes/narrow-artery.md has mistakes; mend them first",
    ),
    (
        ["relief/drinking", "--by", "editors", "--note", "Call {emergency}."],
        "content/relief/drinking.md is not signed off: it would have a mistake then",
    ),
    (
        ["relief/drinking", "--by", "editors", "--note", "odd \x07 sign"],
        "content/relief/drinking.md is not signed off: it would have a mistake then",
    ),
]


@pytest.mark.parametrize("arguments, message", REFUSED)
def test_what_can_not_be_signed_off_is_told_and_nothing_is_written(site, desk, arguments, message):
    desk("review", "relief/drinking", "--by", "editors")
    change(site, "content/causes/narrow-artery.md", '"look-alike"', '"lookalike"')
    before = tree(site)
    code, said = desk("review", *arguments)
    assert code == 1
    assert said[-2:] == [f"build.py: {message}", "build.py: nothing was written"]
    assert tree(site) == before


def test_mistakes_in_the_configuration_and_in_the_people_come_first(site, desk):
    write(site, "content/people.yaml", "dr-may: {name: Dr May, clinician: true}\n")
    code, said = desk("review", "causes/thirst", "--by", "dr-may")
    assert (code, len(said)) == (1, 1)
    assert said[0].startswith(
        "content/people.yaml:1:1: error: “dr-may” is named as a clinician without a role and a link"
    )
    write(site, "config.yaml", "titel: x\n")
    assert desk("review", "causes/thirst", "--by", "editors")[0] == 1
    (site / "config.yaml").unlink()
    assert desk("review", "causes/thirst", "--by", "editors") == (
        1,
        ["config.yaml:1:1: error: this file can't be read (there is no such file)"],
    )


def test_without_people_there_are_the_editors(site, desk):
    (site / "content/people.yaml").unlink()
    assert desk("review", "causes/thirst", "--by", "editors")[0] == 0
    assert desk("review", "causes/thirst", "--by", "dr-may")[0] == 2


def test_a_file_of_another_system_keeps_its_bytes(site, desk):
    text = "\ufeff" + desk.text().replace("\n", "\r\n")
    write(site, PATH, text.encode())
    assert desk("review", "causes/thirst", "--by", "editors")[0] == 0
    after = (site / PATH).read_bytes().decode()
    assert after.startswith("\ufeff---\r\n")
    assert after.count("\r\n") == after.count("\n") == text.count("\n")
    assert changed(text, after) == [line for line in changed(text, after) if "reviewed:" in line]


def test_a_new_seal_for_new_addresses_stands_only_where_the_old_one_held():
    unsealed = article_text({"title": "T", "summary": "S.", "ordinary": True}, "So. [@one]\n").encode()
    path = "content/symptoms/a.md"
    other = unsealed.replace(b"So.", b"Thus.")
    assert reseal(path, unsealed, other) == other
    wrong = unsealed.replace(b'"by": ["editors"]', b'"by": ["editors"], "seal": "s1-0"')
    assert reseal(path, wrong, wrong.replace(b"So.", b"Thus.")) == wrong.replace(b"So.", b"Thus.")
    assert needs_review(path, wrong)
    assert needs_review(path, unsealed)
    assert not needs_review(path, b"no front matter\n")


def test_people_are_an_input_of_every_page_that_names_them_and_of_no_other(site, desk):
    desk("review", "--all", "--by", "editors")
    desk("review", "causes/thirst", "--by", "dr-may", "--note", "Read.")
    assert desk.build().code == 0
    people = json.loads(json.dumps(PEOPLE))
    people["dr-may"]["name"] = "Dr June"
    write(site, "content/people.yaml", mapping_text(people))
    told = desk.build("--explain")
    assert told.out[:-1] == ["/causes/thirst/: what it shows of others"]
    assert "Dr June" in (site / "public/causes/thirst/index.html").read_text("utf-8")


def test_who_changes_an_article_sees_it_before_it_is_signed_off_again(site, desk):
    assert desk("review", "causes/thirst", "--by", "editors", "-q") == (0, [])
    change(site, PATH, "Nobody has shown it.", "Everybody has shown it.")
    assert desk.build(today="2026-12-02").code == 1
    preview = desk.build("--drafts", "--output", "preview", today="2026-12-02")
    assert preview.code == 0
    assert "warning: this article was changed after its review" in "\n".join(preview.out)
    assert "Everybody has shown it." in (site / "preview/causes/thirst/index.html").read_text("utf-8")


def test_a_preview_makes_nothing_worse_of_a_broken_seal_than_the_configuration_does(site, desk):
    assert desk("review", "causes/thirst", "--by", "editors", "-q") == (0, [])
    change(site, PATH, "Nobody has shown it.", "Everybody has shown it.")
    change(site, "config.yaml", "\nchecks: {}\n", "\nchecks: {seal: notice}\n")
    preview = desk.build("--drafts", "--output", "preview", "--verbose", today="2026-12-02")
    assert "notice: this article was changed after its review" in "\n".join(preview.out)
    assert "warning: this article was changed" not in "\n".join(preview.out)
