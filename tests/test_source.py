"""One file to an article: its bytes, its front matter, its text; every mistake in one run, and no exception whatever the bytes."""

import json
import os
import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from healthsite.kinds import KINDS
from healthsite.model import Change, Finding, Heading, Mention, Parsed, Relation, Step, Steps, Upgrade
from healthsite.records import dump_article, dump_body, dump_outline, load_article, load_body, load_outlines, outline_of
from healthsite.source import LARGEST, parse
from tests.helpers import ROOT

COMMON = """\
title: Dehydration
summary: One sentence.
reviewed: {on: 2026-11-22, by: [editors]}
changes: [{on: 2026-11-22, note: First published.}]
"""
CAUSE = COMMON + "group: everyday\nlink: associated\ncertainty: weak\n"
RELIEF = COMMON + "approach: now\neffect: helps\ncertainty: weak\n"
RED_FLAG = COMMON + "urgency: same-day\n"
GUIDE = COMMON + "topic: basics\n"
PATHS = {
    CAUSE: "content/causes/x.md",
    RELIEF: "content/relief/x.md",
    RED_FLAG: "content/red-flags/x.md",
    GUIDE: "content/guides/x.md",
}


def article_file(front: str, text: str = "Text.\n") -> bytes:
    return f"---\n{front}---\n{text}".encode()


def told(path: str, data: bytes) -> list[str]:
    """The findings as ``line:column message (hint)``."""
    return [str(item).removeprefix(f"{path}:").replace(": error: ", " ") for item in parse(path, data, "key").findings]


def in_front(front: str, more: str = "") -> list[str]:
    """The findings about front matter that begins with the fields that are needed; its lines count from the first of ``more``."""
    offset = front.count("\n") + 1
    findings = told(PATHS[front], article_file(front + more))
    places = [item.split(" ", 1) for item in findings]
    return [f"{int(place.split(':')[0]) - offset}:{place.split(':')[1]} {message}" for place, message in places]


def read(data: bytes, path: str = "content/causes/x.md") -> Parsed:
    """A file in which nothing is wrong."""
    parsed = parse(path, data, "key")
    assert parsed.findings == ()
    assert parsed.article is not None
    assert parsed.body is not None
    return parsed


# --- bytes ----------------------------------------------------------------------------------------------------------

PLAIN = article_file(CAUSE, "## H\n\na [b](c.md) [@d]\n\n- e\n")


@pytest.mark.parametrize("data", [
    b"\xef\xbb\xbf" + PLAIN, PLAIN.replace(b"\n", b"\r\n"), PLAIN.replace(b"\n", b"\r"), PLAIN.replace(b"---\n", b"--- \t\n"), b"\xef\xbb\xbf" + PLAIN.replace(b"\n", b"\r\n"),
], ids=["bom", "crlf", "cr", "white space behind the marks", "bom and crlf"])  # fmt: skip
def test_what_editors_on_other_systems_write_simply_works(data):
    assert read(data) == read(PLAIN)


UNREADABLE = [
    (b"", ["1:1 this file is empty"]),
    (b"\xef\xbb\xbf", ["1:1 this file is empty"]),
    (b" \r\n\t\n", ["1:1 this file is empty"]),
    (PLAIN.decode().encode("utf-16"), ["1:1 this file is UTF-16 (save it as UTF-8)"]),
    (b"\xfe\xff" + PLAIN.decode().encode("utf-16-be"), ["1:1 this file is UTF-16 (save it as UTF-8)"]),
    (b"---\ntitle: a\n---\nb\nc\xe9d", ["5:2 this file is not UTF-8 from here on (save it as UTF-8)"]),
    ("---\ntitle: é".encode() + b"\xff\n---\n", ["2:9 this file is not UTF-8 from here on (save it as UTF-8)"]),
    (b"\xef\xbb\xbfab\xff", ["1:3 this file is not UTF-8 from here on (save it as UTF-8)"]),
    (b"a\rb\xff", ["2:2 this file is not UTF-8 from here on (save it as UTF-8)"]),
    (b"---\n\xed\xa0\x80", ["2:1 this file is not UTF-8 from here on (save it as UTF-8)"]),  # half a surrogate pair
    (PLAIN + b"a\x00b", ["15:2 there is an invisible control character here (U+0000) (delete it)"]),
    (PLAIN + b"a\r\n\x0bb", ["16:1 there is an invisible control character here (U+000B) (delete it)"]),
    (PLAIN + "ab\uffff".encode(), ["15:3 there is an invisible control character here (U+FFFF) (delete it)"]),
    (PLAIN + b"\x02wzxhzdk:0\x03", ["15:1 there is an invisible control character here (U+0002) (delete it)"]),
    (b"Text.\n", ["1:1 this article has no front matter (the first line is ---, then the front matter, then --- again)"]),
    (b"\n" + PLAIN, ["1:1 this article has no front matter (the first line is ---, then the front matter, then --- again)"]),
    (b"----\n" + PLAIN, ["1:1 this article has no front matter (the first line is ---, then the front matter, then --- again)"]),
    (b"---\ntitle: a\n\nText.\n", ["1:1 the front matter is never closed (put a line --- where the text begins)"]),
    (b"---\ntitle: a\n ---\n", ["1:1 the front matter is never closed (put a line --- where the text begins)"]),
    (b"---\n---\nText.\n", ["1:1 the front matter is empty (it needs title, summary, reviewed, changes, group, link, certainty)"]),
    (b"---\n# later\n---\n", ["1:1 the front matter is empty (it needs title, summary, reviewed, changes, group, link, certainty)"]),
]  # fmt: skip


@pytest.mark.parametrize("data, findings", UNREADABLE)
def test_a_file_that_can_not_be_read_is_one_clear_finding(data, findings):
    assert told("content/causes/x.md", data) == findings
    assert parse("content/causes/x.md", data, "key")[:2] == (None, None)


@pytest.mark.parametrize("size", [LARGEST + 1, 5_000_000])
def test_a_file_too_large_for_an_article_is_not_even_looked_at(size):
    (finding,) = parse("content/causes/x.md", b"\xff" * size, "key").findings
    assert finding[:3] == ("content/causes/x.md", 1, 1)
    assert f"{finding.message} {finding.hint}".count("1,000 KB") == 1  # two equal numbers would explain nothing


def test_a_file_of_the_largest_size_is_read():
    assert read(PLAIN + b"x" * (LARGEST - len(PLAIN))).article is not None


# --- file names -----------------------------------------------------------------------------------------------------

NAMES = [
    ("content/causes/Leg Cramp.md", "“Leg Cramp.md” can't be an address (name it leg-cramp.md)"),
    ("content/causes/Ödem.md", "“Ödem.md” can't be an address (name it odem.md)"),
    ("content/causes/a_b.md", "“a_b.md” can't be an address (name it a-b.md)"),
    ("content/causes/-a.md", "“-a.md” can't be an address (name it a.md)"),
    ("content/causes/a.b.md", "“a.b.md” can't be an address (name it a-b.md)"),
    ("content/causes/a.MD", "“a.MD” can't be an address (name it a.md)"),
    ("content/causes/a.markdown", "“a.markdown” can't be an address (name it a.md)"),
    ("content/causes/日本.md", "“日本.md” can't be an address (use lower-case letters a to z, digits and hyphens)"),
    ("content/cause/a.md", "no kind of article has the folder “content/cause” (did you mean “causes”?)"),
    ("content/red_flags/a.md", "no kind of article has the folder “content/red_flags” (did you mean “red-flags”?)"),
    ("content/a.md", "no kind of article has the folder “content” (it can be: causes, guides, red-flags, relief, symptoms)"),
    ("content/causes/more/a.md", "no kind of article has the folder “content/causes/more” (it can be: causes, guides, red-flags, relief, symptoms)"),
]  # fmt: skip


@pytest.mark.parametrize("path, finding", NAMES)
def test_a_file_whose_name_or_folder_is_no_address_is_told_with_a_proposal(path, finding):
    parsed = parse(path, article_file(CAUSE), "key")
    assert (parsed.article, told(path, article_file(CAUSE))) == (None, [f"1:1 {finding}"])


def test_the_folder_and_the_name_are_the_id():
    article = read(article_file(CAUSE), "content/causes/b12-2.md").article
    assert article is not None
    assert (article.id, article.kind, article.path, article.key) == (
        "causes/b12-2",
        "cause",
        "content/causes/b12-2.md",
        "key",
    )


# --- front matter ---------------------------------------------------------------------------------------------------


def test_a_whole_cause():
    front = """\
title: Dehydration
summary: Call {emergency-number}.
also_called: [no, 1:30, 010, 2026-11-22]
aliases: [causes/old-name]
related: [heat]
group: everyday
link: look-alike
certainty: expert-opinion
symptoms: [a, symptoms/b]
relief: []
red_flags:
- c
codes: {mesh: [D003681], icd10: [E86, 010]}
reviewed: {on: 2026-11-22, by: [editors, no]}
changes:
- {on: 2026-01-02, note: "Second: more."}
- {on: 2026-11-22, note: 1:30}
draft: true
publish_on: 2027-01-01
"""
    article, body, _ = read(article_file(front, "## A\n\nb [@c]\n"))
    assert article is not None
    assert body is not None
    assert (article.title, article.summary, article.also_called) == (
        "Dehydration",
        "Call {emergency-number}.",
        ("no", "1:30", "010", "2026-11-22"),
    )
    assert article.aliases == (Mention("causes/old-name", 5, 11),)
    assert article.facets == {"group": "everyday", "link": "look-alike", "certainty": "expert-opinion"}
    assert article.relations == (
        Relation("symptoms", "symptoms/a", 10, 12),
        Relation("symptoms", "symptoms/b", 10, 15),
        Relation("red_flags", "red-flags/c", 13, 3),
        Relation("related", "causes/heat", 6, 11),
    )
    assert (article.reviewed_on, article.reviewed_by) == ("2026-11-22", ("editors", "no"))
    assert article.changes == (Change("2026-01-02", "Second: more."), Change("2026-11-22", "1:30"))
    assert article.changed_on == "2026-11-22"
    assert (article.draft, article.publish_on) == (True, "2027-01-01")
    assert body.codes == (("mesh", "D003681"), ("icd10", "E86"), ("icd10", "010"))
    assert body.headings == (Heading(2, "a", "A"),)
    assert article.citations == (Mention("c", 24, 4),)
    assert article.words == (Mention("emergency-number", 3, 10),)
    assert article.place("related") == (6, 10)
    assert article.place("nothing") == (1, 1)


def test_a_relief_with_its_steps():
    more = "steps: {position: Sit., actions: [Pull., Hold.], hold: 30 s, mistakes: [Pain.]}\ncautions: [causes/a, guides/b]\n"
    article, body, _ = read(article_file(RELIEF + more), PATHS[RELIEF])
    assert article is not None
    assert body is not None
    assert body.steps == Steps(Step("Sit."), (Step("Pull."), Step("Hold.")), "30 s", "", ("Pain.",))
    assert [relation.target for relation in article.relations] == ["causes/a", "guides/b"]


def test_steps_with_drawings():
    more = "steps:\n  position: {text: Sit., picture: sit, alt: A chair}\n  actions:\n  - Pull.\n  - text: Hold.\n    picture: hold\n    alt: A hand\n"
    article, body, findings = read(article_file(RELIEF + more), PATHS[RELIEF])
    assert findings == ()
    assert article is not None
    assert body is not None
    assert body.steps == Steps(
        Step("Sit.", "sit", "A chair"), (Step("Pull."), Step("Hold.", "hold", "A hand")), "", "", ()
    )
    assert load_body(dump_body(body)) == body
    names = [
        (name, article_file(RELIEF + more).splitlines()[line - 1][column - 1 :])
        for name, line, column in article.pictures
    ]
    assert names == [("pictures/sit.svg", b"sit, alt: A chair}"), ("pictures/hold.svg", b"hold")]


def test_a_red_flag_with_its_upgrades_the_most_urgent_first():
    more = "upgrade:\n- {urgency: same-day, signs: a}\n- {urgency: emergency, signs: b}\npossible_condition: A clot\ngeneral: true\n"
    article = read(article_file(RED_FLAG.replace("same-day", "routine") + more), PATHS[RED_FLAG]).article
    assert article is not None
    assert article.upgrades == (Upgrade("emergency", "b"), Upgrade("same-day", "a"))
    assert (article.possible_condition, article.facets) == ("A clot", {"urgency": "routine", "general": "true"})


def test_questions_are_markdown_and_share_the_articles_numbers_and_ids():
    more = "questions:\n- question: What is it?\n  answer: A cramp. [@b]\n- question: What is it?\n  answer: |\n    Two things:\n\n    - a [@a]\n    - b [@c]\n"
    article, body, _ = read(article_file(GUIDE + more, "## What is it?\n\na [@a]\n"), PATHS[GUIDE])
    assert article is not None
    assert body is not None
    assert [(item.id, item.question) for item in body.questions] == [
        ("what-is-it-2", "What is it?"),
        ("what-is-it-3", "What is it?"),
    ]
    assert body.questions[1].answer.startswith("<p>Two things:</p>\n<ul>\n<li>a\xa0<sup")
    assert [item.name for item in article.citations] == ["a", "b", "a", "c"]
    assert {"what-is-it", "what-is-it-2", "what-is-it-3"} <= set(article.anchors)


IN_FRONT: list[tuple[str, str, list[str]]] = [
    (CAUSE, "symptms: [a]\n", ["1:1 “symptms” is not a field here (did you mean “symptoms”?)"]),
    (CAUSE, "urgency: emergency\n", ["1:1 “urgency” is not a field here"]),  # of another kind
    (CAUSE, "draft: no\n", ["1:8 this is true or false (did you mean false?)"]),
    (CAUSE, "publish_on: 2026-02-30\n", ["1:13 there is no such day: 2026-02-30 (put it in quotes if it is meant as text)"]),
    (CAUSE, "publish_on: 2026-2-3\n", ["1:13 a day is needed here, as YYYY-MM-DD (did you mean 2026-02-03?)"]),
    (CAUSE, "title: Again\n", ["1:1 title is given twice; the first is on line 2 (keep one of the two)"]),
    (CAUSE, "symptoms: a\n", ["1:11 a list is needed here (write [a])"]),
    (CAUSE, "symptoms: {a: b}\n", ["1:11 a list is needed here"]),
    (CAUSE, "symptoms: [A b]\n", ["1:12 “A b” is not a slug (did you mean “a-b”?)"]),
    (CAUSE, "symptoms: [a.md]\n", ["1:12 “a.md” is not a slug (did you mean “a-md”?)"]),
    (CAUSE, "symptoms: [relief/a]\n", ["1:12 “symptoms” names articles in symptoms/, not in relief/"]),
    (CAUSE, "symptoms: [a, b, a]\n", ["1:18 “a” is named twice in “symptoms” (also in line 9)"]),
    (CAUSE, "symptoms: [a, symptoms/a]\n", ["1:15 “symptoms/a” is named twice in “symptoms” (also in line 9)"]),
    (CAUSE, "symptoms: ['']\n", ["1:12 this text is empty"]),
    (CAUSE, "symptoms: [~]\n", ["1:12 a text is needed here"]),
    (CAUSE, "aliases: [causes/Old Name]\n", ["1:11 “causes/Old Name” is not an old address (write it as folder/slug, like causes/old-name)"]),
    (CAUSE, "aliases: [/causes/old/]\n", ["1:11 “/causes/old/” is not an old address (write it as folder/slug, like causes/old)"]),
    (CAUSE, "aliases: [old]\n", ["1:11 “old” is not an old address (write it as folder/slug, like causes/old)"]),
    (CAUSE, "codes: {mehs: [a]}\n", ["1:8 “mehs” is not a system of codes known here (did you mean “mesh”?)"]),
    (CAUSE, "codes: [a]\n", ["1:8 a mapping (name: value) is needed here"]),
    (CAUSE, "related: &a [b]\n", ["1:10 &a is an anchor in YAML, which is not supported (put it in quotes if it is meant as text)"]),
    (CAUSE, "related: !x [b]\n", ["1:10 !x is a tag in YAML, which is not supported (put it in quotes if it is meant as text)"]),
    (CAUSE, "also_called: ['{emergency-nummer}']\n", ["1:14 “{emergency-nummer}” is not a word of the configuration (did you mean “emergency-number”?)"]),
    (CAUSE, "also_called: ['{Advice-line}']\n", ["1:14 “{Advice-line}” is not a word of the configuration (did you mean “advice-line”?)"]),
    (RELIEF, "cautions: [a]\n", ["1:12 “a”: “cautions” names articles in causes, guides (write folder/slug, like causes/a)"]),
    (RELIEF, "cautions: [cause/a]\n", ["1:12 “cause/a”: “cautions” names articles in causes, guides (did you mean “causes”?)"]),
    (RELIEF, "steps: {position: a}\n", ["1:8 “actions” is missing (what to do, step by step)"]),
    (RELIEF, "steps: {position: a, actions: []}\n", ["1:31 “actions” is empty (what to do, step by step)"]),
    (RELIEF, "steps: {position: {text: a, picture: b}, actions: [c]}\n", ["1:19 “alt” is missing: what the picture shows (a picture and its text go together)"]),
    (RELIEF, "steps: {position: a, actions: [{text: b, alt: c}]}\n", ["1:32 “picture” is missing (a picture and its text go together)"]),
    (RELIEF, "steps: {position: a, actions: [{picture: b, alt: c}]}\n", ["1:32 “text” is missing (what to do)"]),
    (RELIEF, "steps: {position: a, actions: [{text: b, image: c}]}\n", ["1:42 “image” is not a field here (it can be: alt, picture, text)"]),
    (RELIEF, "steps: [a]\n", ["1:8 a mapping (name: value) is needed here"]),
    (RED_FLAG, "upgrade: [{urgency: same-day, signs: a}]\n", ["1:21 “same-day” is not more urgent than “same-day” (an upgrade names a higher urgency)"]),
    (RED_FLAG, "upgrade: [{urgency: emergency, signs: a}, {urgency: routine, signs: b}]\n", ["1:53 “routine” is not more urgent than “same-day” (an upgrade names a higher urgency)"]),
    (RED_FLAG, "upgrade: [{urgency: now}]\n", ["1:11 “signs” is missing (the signs; reads well after “if there is”)", "1:21 “now” is not one of: emergency, same-day, routine"]),
    (RED_FLAG, "general: on\n", ["1:10 this is true or false (did you mean true?)"]),
    (GUIDE, "about: [foo/a]\n", ["1:9 “foo/a”: “about” names articles in causes, symptoms, relief, red-flags, guides (it can be: causes, guides, red-flags, relief, symptoms)"]),
    (GUIDE, "questions: [{question: a}]\n", ["1:13 “answer” is missing (the answer, in Markdown)"]),
    (GUIDE, "questions:\n- question: a\n  answer: Do [@] it.\n", ["3:14 “[@]” is not a citation (write [@id], or several as [@id; @id])"]),
    (GUIDE, 'questions:\n- question: a\n  answer: "Do [@] it."\n', ["3:15 “[@]” is not a citation (write [@id], or several as [@id; @id])"]),
    (GUIDE, "questions:\n- question: a\n  answer: |\n    Do\n    - it\n", ["5:1 Markdown would swallow this list into the paragraph before it (put a blank line before the list)"]),
]  # fmt: skip


@pytest.mark.parametrize("front, more, findings", IN_FRONT)
def test_a_mistake_in_the_front_matter_is_told_once_with_its_place_and_what_was_meant(front, more, findings):
    assert in_front(front, more) == findings


@pytest.mark.parametrize("value, findings", [
    ("certainty: Weak", ["“Weak” is not one of: strong, moderate, weak, contested, expert-opinion, unknown (did you mean “weak”?)"]),
    ("certainty: weka", ["“weka” is not one of: strong, moderate, weak, contested, expert-opinion, unknown (did you mean “weak”?)"]),
    ("certainty: no", ["“no” is not one of: strong, moderate, weak, contested, expert-opinion, unknown"]),
    ("certainty: [weak]", ["this is not one of: strong, moderate, weak, contested, expert-opinion, unknown"]),
    ("certainty:", ["“certainty” is empty (how sure the evidence is: strong, moderate, weak, contested, expert-opinion, unknown)"]),
])  # fmt: skip
def test_a_value_that_is_none_of_the_words(value, findings):
    found = told("content/causes/x.md", article_file(CAUSE.replace("certainty: weak", value)))
    assert found == [f"8:{11 + (value != 'certainty:')} {finding}" for finding in findings]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_field_that_is_needed_is_asked_for(kind):
    found = told(f"content/{kind.folder}/x.md", b"---\ndraft: true\n---\n")
    needed = [name for name, field in kind.fields.items() if field.required]
    assert {item.split("“")[1].split("”")[0] for item in found} == set(needed)
    assert all(item.startswith("2:1 ") and " is missing (" in item for item in found)


MANY = """\
---
titel: Dehydration
summary: ''
related: a
group: everyday
link: asociated
certainty: weak
symptoms: [X]
reviewed: {on: 2026-02-30, buy: [editors]}
changes: []
draft: no
---
# Top

Para
- list

[a](javascript:x) {word} [@] <u>x</u>

!!! emergncy "T"

    x
"""


def test_every_mistake_of_a_file_is_told_in_one_run_in_order():
    findings = parse("content/causes/x.md", MANY.encode(), "key").findings
    assert [(item.line, item.column) for item in findings] == [
        (2, 1), (2, 1), (3, 10), (4, 10), (6, 7), (8, 12), (9, 11), (9, 16), (9, 28), (10, 10), (11, 8),
        (13, 1), (16, 1), (18, 5), (18, 19), (18, 26), (18, 30), (20, 1),
    ]  # fmt: skip
    assert [item.severity for item in findings].count("warning") == 1


def test_a_mistake_of_yaml_does_not_hide_the_mistakes_of_the_text():
    found = told("content/causes/x.md", article_file("title: [\n", "Para\n- list\n"))
    assert (
        found[-1]
        == "5:1 Markdown would swallow this list into the paragraph before it (put a blank line before the list)"
    )


def test_a_file_name_that_is_no_slug_does_not_hide_the_mistakes_in_the_file():
    found = told("content/causes/X.md", article_file(CAUSE, "Para\n- list\n"))
    assert len(found) == 2


def test_a_tab_is_told_with_its_line():
    assert (
        told("content/causes/x.md", article_file(CAUSE + "symptoms:\n\t- a\n"))[0]
        == "10:1 there is a tab here (indent with spaces)"
    )


# --- the same for the same -----------------------------------------------------------------------------------------

SITE = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").glob("*/*.md"))


def test_the_sites_own_articles_are_parsed_without_a_finding():
    assert len(SITE) >= 24
    assert [str(item) for path in SITE for item in parse(path, (ROOT / path).read_bytes(), "key").findings] == []


def test_the_store_gives_back_what_was_parsed():
    for path in SITE:
        article, body, findings = parse(path, (ROOT / path).read_bytes(), "key")
        assert article is not None
        assert body is not None
        assert load_article(dump_article(article)) == article
        assert load_body(dump_body(body)) == body
        assert findings == ()


def test_the_store_gives_back_findings_with_what_they_were_found_in():
    parsed = [parse("content/causes/x.md", data, "key") for data in (MANY.encode(), PLAIN, b"")]
    loaded = list(load_outlines([dump_outline(item) for item in parsed]))
    assert [findings for _, findings in loaded] == [item.findings for item in parsed]
    assert [outline is None for outline, _ in loaded] == [False, False, True]
    assert all(isinstance(finding, Finding) for finding in loaded[0][1])
    article = parsed[1].article
    assert article is not None
    assert loaded[1][0] is not None
    assert plain(loaded[1][0]) == plain(outline_of(article))


def plain(value: object) -> object:
    return json.loads(json.dumps(value))


SCRIPT = """
import sys
from healthsite.digest import of_bytes
from healthsite.records import dump_article, dump_body
from healthsite.source import parse
for path in sys.argv[1:]:
    article, body, findings = parse(path, open(path, "rb").read(), "key")
    print(of_bytes(repr((dump_article(article), dump_body(body), findings)).encode()))
"""


def test_the_same_file_gives_the_same_in_any_process_whatever_the_hash_seed_and_what_was_parsed_before(tmp_path):
    (tmp_path / "content" / "causes").mkdir(parents=True)
    (tmp_path / "content" / "causes" / "many.md").write_text(MANY, "utf-8")
    (tmp_path / "content" / "causes" / "plain.md").write_bytes(PLAIN)
    files = ["content/causes/many.md", "content/causes/plain.md"]
    given = []
    for seed, order in (("0", files), ("1", files[::-1]), ("2", files * 2)):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "LC_ALL": "C", "TZ": "Asia/Tokyo"}
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, *order],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        given.append(set(zip(order, run.stdout.split(), strict=True)))
    assert given[0] == given[1] == given[2]
    assert len(given[0]) == 2


def test_a_name_or_a_key_changes_nothing_but_itself():
    here, there = parse("content/causes/x.md", PLAIN, "key"), parse("content/causes/y.md", PLAIN, "other")
    assert here.article is not None
    assert there.article is not None
    assert there.article._replace(path=here.article.path, id=here.article.id, key=here.article.key) == here.article
    assert here.body == there.body


# --- whatever the bytes ---------------------------------------------------------------------------------------------

PIECES = [
    "---\n", "\n", "\n\n", "    ", "\t", "- ", "1. ", "> ", "## ", "# ", "title: ", "summary: x\n", "related: [", "]", "{", "}", ": ", ", ", "'", '"', "|\n  ", "&a ", "*a", "!!x ", "<<: ", "2026-02-30", "010",
    "[@", "[@a]", "; @b", "](", ")", "b.md", "#", "javascript:x", "{emergency-number}", "{x}", '!!! emergency "T"', "!!! x\n", "![", "../../static/a.svg", "<b>", "</b>", "<div>", "</div>", "<script>", "<!--", "-->",
    '<a href="x">', "<b title='[@a]'>", "`", "```\n", "~~~\n", "**", "_", "\\", "&amp;", "&#2;", "|", "|---|\n", "===\n", "[^1]", "[r]: b\n", "é", "日", "\u2028", "\x85", "\ufeff", "\x02", "\x03", "\x00", "klzzwxh:0000", "wzxhzdk:0", "amp\x03",
]  # fmt: skip

some_text = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=25).map("".join)
some_bytes = (
    st.binary(max_size=60)
    | some_text.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.builds(lambda front, text: f"---\n{front}\n---\n{text}".encode("utf-8", "surrogatepass"), some_text, some_text)
    | st.builds(lambda front, text: article_file(CAUSE + front, text), some_text.map(without_surrogates := lambda text: text.encode("utf-8", "ignore").decode()), some_text.map(without_surrogates))
)  # fmt: skip
some_path = st.sampled_from([f"content/{kind.folder}/x.md" for kind in KINDS.values()]) | st.sampled_from(
    ["content/x.md", "x", "content/causes/X Y.md", "content/causes/.md"]
)


@settings(deadline=None, max_examples=150)
@given(some_path, some_bytes)
@example("content/causes/x.md", article_file(CAUSE, "".join("    " * depth + "- a\n" for depth in range(300))))
@example("content/causes/x.md", article_file(CAUSE, ">" * 3000 + "x"))
@example("content/causes/x.md", article_file(CAUSE, "<b>" * 500 + "x" + "</b>" * 500))
@example("content/causes/x.md", article_file(CAUSE, "[" * 3000 + "](x)"))
@example("content/causes/x.md", article_file("a: " + "[" * 3000 + "\n"))
@example("content/causes/x.md", article_file(CAUSE, "[a](http://[) <http://[> [b]: http://["))
def test_parse_never_raises_and_every_finding_has_a_place(path, data):
    parsed = parse(path, data, "key")
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for finding in parsed.findings:
        assert finding.path == path
        assert 1 <= finding.line <= lines
        assert finding.column >= 1
        assert finding.message
        assert "\n" not in str(finding)
    assert parsed.article is not None or parsed.findings
    assert (parsed.article is None) == (parsed.body is None)
    assert parsed == parse(path, data, "key")
    if parsed.body is not None and parsed.article is not None:
        assert load_body(dump_body(parsed.body)) == parsed.body
        assert load_article(dump_article(parsed.article)) == parsed.article
        assert "\x02" not in parsed.body.html
        assert "wzxhzdk:\x03" not in parsed.body.html
        assert "<script" not in parsed.body.html
