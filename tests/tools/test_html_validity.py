from pathlib import Path

import pytest

from tests.tools.html_validity import check

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body>
<h1>A page</h1>
{}
</body>
</html>
"""


def write(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAGE.format(body), encoding="utf-8")


def test_silent_on_valid_pages_and_fires_on_others(tmp_path):
    write(tmp_path, "index.html", '<p id="a">Text</p><img src="a.png" alt="">')
    write(tmp_path, "a b/ü.html", "<p>Text</p>")
    write(tmp_path, "ids.html", '<p id="a">One</p>\n<p id="a">Two</p>')
    write(tmp_path, "a b/alt.html", '<img src="a.png">')
    write(tmp_path, "open.html", "<div><p>Text</p>")
    write(tmp_path, "nested.html", "<p><b>Text</p></b>")
    write(tmp_path, "style.html", "<ul><p>Text</p></ul>")
    found = check(tmp_path)
    assert {line.split(":")[0] for line in found} == {
        "ids.html",
        "a b/alt.html",
        "open.html",
        "nested.html",
        "style.html",
    }
    assert any(line.startswith("ids.html:7:1: Duplicate ID") for line in found), found


def test_an_empty_folder_does_not_pass(tmp_path):
    (tmp_path / "note.txt").write_text("no page", encoding="utf-8")
    with pytest.raises(ValueError, match="no page"):
        check(tmp_path)


@pytest.mark.parametrize("ci, outcome", [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_a_missing_checker_is_skipped_but_fails_under_ci(tmp_path, monkeypatch, ci, outcome):
    write(tmp_path, "index.html", "<p>Text</p>")
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr("tests.tools.html_validity.JAR", tmp_path / "missing.jar")
    with pytest.raises(outcome, match=r"checker is missing|no java"):
        check(tmp_path)
