"""The command line in a small project of its own: as a real process, ``python build.py …``, where exit codes, streams,
encodings, folders or what a process leaves behind are asked for; else in this one.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from healthsite import arguments, checks, desk, kinds
from healthsite.cli import main
from tests.helpers import Told
from tests.small_site import ROOT, TODAY, change, tree, write, write_site

BUILD = ROOT / "build.py"


class Project:
    """A small project, and the command line in it."""

    def __init__(self, root: Path, commands: Callable[..., Told]) -> None:
        self.root = write_site(root)
        self._commands = commands
        shutil.copy(BUILD, root / "build.py")

    def run(self, *arguments: str, today: str = TODAY) -> Told:
        """Run a command in this process, as on a fixed day."""
        return self._commands(self.root, *_common(today), *arguments)

    def process(self, *arguments: str, cwd: Path | None = None, today: str = TODAY, **environment: str) -> Told:
        """Likewise, in a process of its own."""
        done = subprocess.run(
            [sys.executable, self.root / "build.py", *_common(today), *arguments],
            cwd=cwd or self.root,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            timeout=120,
            check=False,
        )
        out, err = (data.decode("utf-8", "replace").splitlines() for data in (done.stdout, done.stderr))
        assert "Traceback" not in "".join(err), "\n".join(err)
        return Told(done.returncode, out, err)

    def public(self, folder: str = "public") -> dict[str, bytes]:
        """What is published, by path."""
        return {path: data for path, data in tree(self.root / folder).items() if not path.startswith(".healthsite/")}

    def edit(self, name: str, old: str, new: str) -> None:
        change(self.root, f"content/{name}.md", old, new)


def _common(today: str) -> list[str]:
    return ["--jobs", "1", "--no-search", *(["--today", today] if today else [])]


@pytest.fixture
def project(tmp_path, commands) -> Project:
    return Project(tmp_path / "project", commands)


def without_time(line: str) -> str:
    """An end line, the seconds left out, which must be there."""
    found, count = re.subn(r" \(\d+\.\d\d s\)", "", line)
    assert count == 1, line
    return found


# --- build -------------------------------------------------------------------------------------------------------------


def test_the_end_lines_figures_are_true(project):
    first = project.process()
    made = project.public()
    assert first.code == 0
    assert [without_time(line) for line in first.out] == [
        f"11 articles: {len(made)} files written, 0 unchanged, 0 removed"
    ]

    again = project.process("build")
    assert [without_time(line) for line in again.out] == [
        f"11 articles: 0 files written, {len(made)} unchanged, 0 removed"
    ]
    assert project.public() == made

    project.edit("relief/drinking", "Drink when you are thirsty.", "Drink when you feel thirsty.")
    edited = project.process()
    now = project.public()
    assert {path for path in now if now[path] != made[path]} == {"relief/drinking/index.html"}
    assert [without_time(line) for line in edited.out] == [
        f"11 articles: 1 files written, {len(made) - 1} unchanged, 0 removed"
    ]

    (project.root / "content/guides/pregnancy.md").unlink()
    project.edit("relief/calf-stretch", ', "guides/pregnancy"', "")
    removed = project.process()
    then = project.public()
    written = sum(then[path] != now.get(path) for path in then)
    assert set(now) - set(then) == {"guides/pregnancy/index.html"}
    figures = f"10 articles: {written} files written, {len(then) - written} unchanged, 1 removed; 1 warning"
    assert "/guides/pregnancy/ was published, and is gone" in removed.out[0]
    assert [without_time(line) for line in removed.out[1:]] == [figures]


def test_every_reason_for_a_rebuild_is_told(project):
    def reasons(*options: str) -> dict[str, str]:
        told = project.run("--explain", *options)
        assert told.code == 0, told
        return dict(line.split(": ", 1) for line in told.out[:-1])

    first = reasons()
    assert set(first.values()) == {"new"}
    assert {"/", "/causes/thirst/", "/sitemap.xml"} <= set(first)
    assert reasons() == {}

    project.edit("causes/tired-muscle", "The calf works hard.", "The calf works very hard.")
    (project.root / "public/about/index.html").unlink()
    assert reasons() == {"/causes/tired-muscle/": "its text", "/about/": "its file was changed or removed"}

    project.edit("relief/drinking", "Drinking enough", "To drink enough")
    write(project.root, "content/guides/another.md", (project.root / "content/guides/pregnancy.md").read_bytes())
    found = reasons()
    assert found.pop("/relief/drinking/") == "its text"
    assert found.pop("/guides/another/") == "new"
    assert set(found.values()) == {"what it shows of others"}
    assert {"/causes/thirst/", "/relief/", "/a-z/", "/guides/"} <= set(found)
    assert "/causes/tired-muscle/" not in found

    change(project.root, "templates/privacy.html", "It sets no cookies.", "It sets no cookie.")
    assert set(reasons().values()) == {"template privacy.html"}
    change(project.root, "config.yaml", "tagline:", "tagline: More and")
    assert set(reasons().values()) == {"the configuration, an asset or the address"}


def test_output_base_url_and_any_working_directory(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = project.process("--output", str(elsewhere / "site"), "--base-url", "https://example.org/sub", cwd=elsewhere)
    assert told.code == 0
    assert not (project.root / "public").exists()
    page = (elsewhere / "site/causes/thirst/index.html").read_text("utf-8")
    assert 'href="/sub/red-flags/cold-leg/"' in page
    assert '<link rel="canonical" href="https://example.org/sub/causes/thirst/">' in page
    assert b"https://example.org/sub/sitemap.xml" in (elsewhere / "site/robots.txt").read_bytes()


def test_a_foreign_folder_is_refused_and_can_be_adopted(project):
    write(project.root, "public/mine.txt", "mine")
    write(project.root, "public/robots.txt", "mine")
    refused = project.process()
    assert (refused.code, refused.out) == (2, [])
    assert refused.err == [
        f"build.py: {project.root / 'public'} holds files that no build made; "
        "empty it, choose another --output, or say --adopt to build into it"
    ]
    assert project.public() == {"mine.txt": b"mine", "robots.txt": b"mine"}
    assert project.process("--adopt").code == 0
    assert project.public()["mine.txt"] == b"mine"
    assert project.public()["robots.txt"] != b"mine"


# --- findings ----------------------------------------------------------------------------------------------------------

BROKEN = "content/guides/pregnancy.md"
ERROR = {
    "path": BROKEN,
    "line": 10,
    "column": 19,
    "severity": "error",
    "check": "citation",
    "message": "no source is called “two-2013” in content/references.yaml",
    "hint": "did you mean “two-2012”?",
}
LINE = f"{BROKEN}:10:19: error: no source is called “two-2013” in content/references.yaml (did you mean “two-2012”?)"


def test_errors_stop_the_build_before_anything_is_published(project):
    project.run()
    before = tree(project.root / "public")
    project.edit("guides/pregnancy", "[@two-2012]", "[@two-2013]")
    text = project.process()
    assert text.code == 1
    assert text.out[0] == LINE
    assert without_time(text.out[-1]) == "nothing published: 1 error in 11 articles"
    assert tree(project.root / "public") == before

    checked = project.run("check")
    assert (checked.code, checked.out[0]) == (1, LINE)
    assert without_time(checked.out[-1]) == "checked 11 articles: 1 error"

    as_json = project.process("check", "--format", "json")
    assert as_json.code == 1
    assert json.loads("\n".join(as_json.out)) == [ERROR]
    assert as_json.err[:-1] == ["linking and checking"]
    assert without_time(as_json.err[-1]) == "checked 11 articles: 1 error"

    as_annotation = project.process("check", "--format", "github", "--quiet")
    assert as_annotation.code == 1
    assert as_annotation.err == []
    assert as_annotation.out == [
        f"::error file={BROKEN},line=10,col=19,title=citation::{ERROR['message']} ({ERROR['hint']})"
    ]
    assert tree(project.root / "public") == before


def test_every_mistake_of_every_file_is_told_in_one_run_in_order(project):
    project.edit("guides/pregnancy", "[@two-2012]", "[@two-2013] [x](x.md)")
    project.edit("causes/thirst", 'group: "everyday"', 'group: "everyday"\ngrup: "everyday"')
    write(project.root, "content/causes/empty.md", "")
    write(project.root, "content/causes/latin.md", b"---\ntitle: caf\xe9\n---\n")
    change(project.root, "templates/home.html", "{% block main %}", "{% block main")
    told = project.run("check")
    places = [line.split(": ")[0] for line in told.out[:-1]]
    assert told.code == 1
    assert [place.rsplit(":", 2)[0] for place in places] == [
        "content/causes/empty.md",
        "content/causes/latin.md",
        "content/causes/thirst.md",
        "content/guides/pregnancy.md",
        "content/guides/pregnancy.md",
    ]
    assert without_time(told.out[-1]).endswith(": 5 errors")


def test_warnings_fail_only_when_told_to_and_then_nothing_is_published(project):
    write(project.root, "content/notes.txt", "mine")
    warning = (
        "content/notes.txt:1:1: warning: nothing is made of this file (articles end in .md; pictures belong in static/)"
    )
    checked = project.run("--strict", "check")
    assert (checked.code, checked.out[0]) == (1, warning)
    assert without_time(checked.out[-1]) == "checked 11 articles: 1 warning"
    strict = project.run("build", "--strict")
    assert (strict.code, strict.out[0]) == (1, warning)
    assert project.public() == {}
    built = project.run()
    assert built.code == 0
    assert without_time(built.out[-1]).endswith("; 1 warning")


def test_check_writes_nothing_into_the_output_and_finds_mistakes_in_templates(project):
    assert project.run("check").code == 0
    assert not (project.root / "public").exists()
    change(project.root, "templates/index.html", "{{ view.title }}", "{{ view.titel }}")
    told = project.run("check")
    assert told.code == 1
    assert len(told.out) == 2
    assert told.out[0].startswith("templates/index.html:8:1: error: ")
    assert "titel" in told.out[0]
    assert not (project.root / "public").exists()


# --- checks ------------------------------------------------------------------------------------------------------------


def test_every_check_is_listed_with_its_severity_on_this_site_and_its_reason(project):
    change(project.root, "config.yaml", "checks: {}", "checks: {reading-grade: off, abbreviation: error}")
    told = project.run("check", "--list")
    assert (told.code, told.err) == (0, [])
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in told.out}
    assert rows["reading-grade"][0] == "off"
    assert rows["abbreviation"][0] == "error"
    assert rows["dose"] == ["error", "a reader may act on a dose, so it has its source (docs/writing.md, Sources)"]
    assert list(rows) == sorted(rows) == list(checks.RULES)
    as_json = project.run("check", "--list", "--format", "json")
    assert [row["id"] for row in json.loads("\n".join(as_json.out))] == list(rows)


def test_check_lists_what_an_article_silences_and_a_build_does_not(project):
    title = "A muscle that tightens, with all that is known of it until today, and more"
    silenced = "silenced: [{check: title-length, reason: readers ask for it in these words}]"
    project.edit("guides/what-is-it", 'title: "What a cramp is"', f"title: {title}\n{silenced}")
    hint = "(because: readers ask for it in these words)"
    told = project.run("check", "--strict")
    assert told.code == 0
    assert told.out[0] == f"content/guides/what-is-it.md:4:8: silenced: this title has 74 letters: “{title}” {hint}"
    assert without_time(told.out[1]) == "checked 11 articles: nothing to mend, 1 silenced"
    (found,) = json.loads("\n".join(project.run("check", "--format", "json").out))
    assert (found["severity"], found["check"], found["line"]) == ("silenced", "title-length", 4)
    (annotation,) = project.run("check", "--format", "github").out
    assert annotation.startswith(
        "::notice file=content/guides/what-is-it.md,line=4,col=8,title=title-length::silenced: "
    )
    assert project.run("check", "--quiet").out == []
    assert [line for line in project.run("--strict").out if "silenced" in line] == []


@pytest.mark.parametrize("text, expected", [
    (None, "config.yaml:1:1: error: this file can't be read (there is no such file)"),
    ("", "config.yaml:1:1: error: the configuration is empty"),
])  # fmt: skip
def test_without_a_configuration_there_is_no_site_and_the_findings_say_why(project, text, expected):
    if text is None:
        (project.root / "config.yaml").unlink()
    else:
        write(project.root, "config.yaml", text)
    told = project.run("check")
    assert (told.code, told.out[0]) == (1, expected)


def test_words_that_the_terminal_can_not_show_break_nothing(project):
    project.edit("guides/pregnancy", "[@two-2012]", "[@two-2013]")
    plain = project.process("check", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert plain.code == 1
    assert plain.out[0].startswith(f"{BROKEN}:10:19: error: no source is called ")
    as_json = project.process("check", "--format", "json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert json.loads("\n".join(as_json.out)) == [ERROR]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_a_file_name_that_is_not_unicode_is_a_finding(project):
    name = os.fsencode(project.root / "content/causes") + b"/caf\xe9.md"
    Path(os.fsdecode(name)).write_bytes(b"---\n---\n")
    told = project.process("check")
    assert told.code == 1
    assert len(told.out) == 2
    assert re.match(r"content/causes/caf\S+:1:1: error: ", told.out[0])
    assert [found["severity"] for found in json.loads("\n".join(project.process("check", "--format", "json").out))] == [
        "error"
    ]


# --- days and drafts ---------------------------------------------------------------------------------------------------


def test_drafts_and_scheduled_articles_are_published_when_their_day_has_come_or_on_request(project):
    project.edit("guides/pregnancy", "---\n", "---\npublish_on: 2027-01-01\n")
    project.edit("relief/drinking", "---\n", "---\ndraft: true\n")
    hidden = {"guides/pregnancy/index.html", "relief/drinking/index.html"}

    told = project.run("-v", today="2026-12-31")
    assert told.code == 0
    assert not hidden & set(project.public())
    notices = [line for line in told.out if "notice" in line]
    assert any(
        "“guides/pregnancy” is not published yet (scheduled), so “cautions” leaves it out" in line for line in notices
    )
    assert any("“relief/drinking” is not published yet (draft), so “relief” leaves it out" in line for line in notices)

    assert project.run(today="2027-01-01").code == 0
    assert hidden & set(project.public()) == {"guides/pregnancy/index.html"}

    assert project.run("--drafts", today="2026-12-31").code == 0
    assert hidden <= set(project.public())
    assert b"Not published yet:</strong> draft" in project.public()["relief/drinking/index.html"]
    assert b"Not published yet:</strong> scheduled" in project.public()["guides/pregnancy/index.html"]


def test_an_overdue_review_is_a_warning_and_a_banner_from_its_day_on(project):
    assert project.run("check", "-q", today="2029-11-21").out == []
    told = project.run(today="2029-11-22")
    assert told.code == 0
    assert len([line for line in told.out if "warning: the last review, on 2026-11-22" in line]) == 11
    assert b"due for a new check" in project.public()["causes/thirst/index.html"]


def test_without_a_day_it_is_today(project):
    project.edit("guides/pregnancy", "---\n", "---\npublish_on: 9999-12-31\n")
    project.edit("relief/drinking", "---\n", "---\npublish_on: 2000-01-01\n")
    told = project.run("check", "-v", today="")
    assert any("“guides/pregnancy” is not published yet" in line for line in told.out)
    assert not any("“relief/drinking” is not published yet" in line for line in told.out)


# --- how much is told --------------------------------------------------------------------------------------------------


def test_quiet_tells_findings_only_and_verbose_notices_too_and_each_step_has_a_line(project):
    quiet = project.run("-q")
    assert quiet == Told(0, [], [])
    project.edit("guides/pregnancy", "---\n", "---\ndraft: true\n")
    verbose = project.run("--verbose")
    assert verbose.err == [
        "reading articles (1)",
        "linking and checking",
        verbose.err[2],
        "publishing",
    ]
    assert re.fullmatch(r"rendering pages \(\d+\)", verbose.err[2])
    assert any(": notice: " in line for line in verbose.out)
    assert project.run("--verbose").err == []  # nothing was done
    plain = project.run()
    assert (len(plain.out), plain.err) == (1, [])


# --- show --------------------------------------------------------------------------------------------------------------


def test_show_prints_relations_of_both_sides_with_their_places(project):
    told = project.run("show", "content/relief/calf-stretch.md")
    assert (told.code, told.err) == (0, [])
    lines = (project.root / "content/relief/calf-stretch.md").read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("cautions"))
    assert told.out[0] == "relief/calf-stretch: Calf stretch (relief)"
    words = [line.split() for line in told.out]
    assert ["causes/narrow-artery", "declared", "in", f"content/relief/calf-stretch.md:{number}:12"] in words
    derived = [line for line in words if line[:2] == ["causes/tired-muscle", "derived"]]
    assert len(derived) == 1
    path, row, column = derived[0][3].split(":")
    assert (
        (project.root / path)
        .read_text("utf-8")
        .splitlines()[int(row) - 1][int(column) - 1 :]
        .startswith('"calf-stretch"')
    )


def test_show_says_what_was_probably_meant(project):
    told = project.run("show", "causes/thrist")
    assert told == Told(2, [], ["build.py: there is no content/causes/thrist.md (did you mean “causes/thirst”?)"])


def test_show_of_an_article_that_can_not_be_read_says_why(project):
    write(project.root, "content/causes/thirst.md", "no front matter\n")
    told = project.run("show", "causes/thirst")
    assert told.code == 1
    assert told.out == [
        "content/causes/thirst.md:1:1: error: this article has no front matter"
        " (the first line is ---, then the front matter, then --- again)"
    ]


# --- new ---------------------------------------------------------------------------------------------------------------


def test_a_new_article_of_every_kind_is_accepted_as_a_draft(project):
    before = tree(project.root / "content")
    for kind in kinds.KINDS.values():
        told = project.run("new", kind.name, "brand-new")
        path = f"content/{kind.folder}/brand-new.md"
        assert told == Told(0, [f"{path} is a draft: write it, then run: python build.py check"], [])
        assert (project.root / path).is_file()
    checked = project.run("check", "--strict")
    assert checked.code == 0, checked
    assert without_time(checked.out[-1]) == "checked 11 articles: nothing to mend"
    assert {path: data for path, data in tree(project.root / "content").items() if "brand-new" not in path} == before


# --- clean -------------------------------------------------------------------------------------------------------------


def test_clean_removes_what_builds_made_and_nothing_else(project):
    before = tree(project.root)
    project.process()
    count = len(project.public())
    write(project.root, "public/causes/mine.txt", "mine")
    told = project.process("clean")
    assert told == Told(0, [f"removed {count} files from public, and what builds remember"], [])
    assert tree(project.root) == before | {"public/causes/mine.txt": b"mine"}
    (project.root / "public/causes/mine.txt").unlink()
    (project.root / "public/causes").rmdir()
    assert project.process("clean").out == ["removed 0 files from public, and what builds remember"]
    assert not (project.root / "public").exists()


# --- arguments ---------------------------------------------------------------------------------------------------------

WRONG: list[tuple[list[str], str]] = [
    (["bulid"], "argument COMMAND: invalid choice: 'bulid'"),
    (["--today", "22.11.2026"], "argument --today: “22.11.2026” is not a day; write it as YYYY-MM-DD"),
    (["--today", "2026-02-29"], "argument --today: “2026-02-29” is not a day; write it as YYYY-MM-DD"),
    (["--today", "20261122"], "argument --today: “20261122” is not a day; write it as YYYY-MM-DD"),
    (["--jobs", "0"], "argument --jobs: “0” is not a number of workers; it is 1 or more"),
    (["--jobs", "-1"], "argument --jobs"),
    (["--jobs", "many"], "argument --jobs: “many” is not a number of workers; it is 1 or more"),
    (["--jobs", "²"], "argument --jobs"),
    (["--base-url", "example.org"], "argument --base-url: “example.org” is not an address; write it whole"),
    (["--base-url", "https://"], "argument --base-url: “https://” is not an address; write it whole"),
    (["--base-url", "ftp://example.org"], "argument --base-url: “ftp://example.org” is not an address; write it whole"),
    (["--format", "xml"], "argument --format: invalid choice: 'xml'"),
    (["--output"], "argument --output: expected one argument"),
    (["--what"], "unrecognized arguments: --what"),
    (["show"], "the following arguments are required: article"),
    (["new", "cause"], "the following arguments are required: slug"),
    (["check", "extra"], "unrecognized arguments: extra"),
]


@pytest.mark.parametrize("arguments, message", WRONG)
def test_wrong_use_is_told_with_what_to_write(tmp_path, capsys, arguments, message):
    with pytest.raises(SystemExit) as ended:
        main(arguments, tmp_path)
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.match(rf"build\.py( \w+)?: error: {re.escape(message)}", err.splitlines()[-1])
    assert list(tmp_path.iterdir()) == []


NOT_NEW: list[tuple[list[str], str]] = [
    (["causes", "Too Little Water"], "“Too Little Water” can't be an address; did you mean “too-little-water”?"),
    (["cause", "—"], "“—” can't be an address"),
    (["cause", "../../x"], "“../../x” can't be an address; did you mean “x”?"),
    (["cuase", "x"], "there is no kind “cuase” (did you mean “cause”?)"),
    (["thing", "x"], "there is no kind “thing” (it can be: cause, guide, red-flag, relief, symptom)"),
]


@pytest.mark.parametrize("arguments, message", NOT_NEW)
def test_what_can_not_be_a_new_article_is_told(tmp_path, capsys, arguments, message):
    assert main(["new", *arguments], tmp_path) == 2
    assert capsys.readouterr() == ("", f"build.py: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_options_may_stand_before_and_after_the_command(tmp_path, capsys):
    for order in (["--today", "2026-02-03", "new", "cause", "a"], ["new", "cause", "b", "--today", "2026-02-03"]):
        assert main(["-q", *order], tmp_path) == 0
    assert capsys.readouterr() == ("", "")
    texts = [(tmp_path / f"content/causes/{name}.md").read_text("utf-8") for name in "ab"]
    assert all("2026-02-03" in text for text in texts)


def test_the_help_names_every_command_and_option():
    done = subprocess.run(
        [sys.executable, BUILD, "--help"], capture_output=True, text=True, encoding="utf-8", check=True, cwd=ROOT
    )
    named = [
        "build",
        "check",
        "serve",
        "show",
        "clean",
        "new",
        "review",
        "rename",
        "worklist",
        "schema",
        "--output",
        "--base-url",
        "--drafts",
        "--today",
        "--adopt",
    ]
    named += ["--jobs", "--strict", "--explain", "--format", "--quiet", "--verbose", "exit codes: 0", "examples:"]
    assert [word for word in named if word not in done.stdout] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no file that is always full")
def test_findings_that_cannot_be_written_are_told_and_no_success(project):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, project.root / "build.py", "check", "--today", TODAY],
            cwd=project.root,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_commands_of_the_desk_are_those_that_can_be_asked_for():
    assert {*arguments.DESK} == {*desk.COMMANDS}
