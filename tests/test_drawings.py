"""Drawings: what a page can show of an SVG file, and how large it is."""

import pytest

from healthsite.drawings import Size, file_of, is_drawing, name_of, named, read
from healthsite.model import Mention, Step
from tests.linked import lines

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240">%s</svg>'
DRAWN = '<g><path d="M1 1h7" stroke="currentColor"/>%s</g>'


def found(text: str) -> list[str]:
    return lines(read("static/pictures/a.svg", text.encode())[1])


@pytest.mark.parametrize("name, is_one", [
    ("pictures/a.svg", True),
    ("pictures/pull-the-toes-2.svg", True),
    ("pictures/A.svg", False),
    ("pictures/a b.svg", False),
    ("pictures/a#b.svg", False),
    ("pictures/a.png", False),
    ("pictures/more/a.svg", False),
    ("a.svg", False),
    ("illustrations/a.svg", False),
])  # fmt: skip
def test_a_drawing_is_an_svg_file_in_its_folder_with_a_slug_for_a_name(name, is_one):
    assert is_drawing(name) == is_one


def test_its_name_and_its_file():
    assert file_of("a-b") == "pictures/a-b.svg"
    assert name_of("pictures/a-b.svg") == "a-b"


def test_steps_name_drawings():
    steps = [(Step("Sit."), 1, 1), (Step("Pull.", "pull", "A foot"), 7, 5), (Step("Pull.", "pull", "A foot"), 9, 5)]
    assert named(steps) == (Mention("pictures/pull.svg", 7, 5), Mention("pictures/pull.svg", 9, 5))


@pytest.mark.parametrize(
    "inner",
    [
        "",
        '<use href="#part"/>',
        '<text x="1" y="2">A word</text>',
        "<title>t</title>",
        "<style>g{}</style>",
        '<g style="a:b"/>',
    ],
)
def test_a_drawing_that_a_page_can_show(inner):
    size, findings = read("static/pictures/a.svg", (SVG % (DRAWN % inner)).encode())
    assert (size, findings) == (Size(320, 240), ())


@pytest.mark.parametrize("text, message", [
    (SVG % "\n<image/>", "2:1: error: a page would not show <image> of a drawing (a drawing is lines, shapes and text)"),
    (SVG % "<script>1</script>", "1:63: error: a page would not show <script> of a drawing (a drawing is lines, shapes and text)"),
    (SVG % '<g onclick="x()"/>', "1:63: error: a picture runs no script, so onclick= does nothing in a drawing (leave it out)"),
    (SVG % '<use href="b.svg#c"/>', "1:63: error: a page would not load “b.svg#c” with a drawing (a drawing holds all that it shows)"),
    (
        SVG % '<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="b.svg#c"/>',
        "1:63: error: a page would not load “b.svg#c” with a drawing (a drawing holds all that it shows)",
    ),
    ("<svg>", "1:6: error: this is not SVG from here on (no element found)"),
    ("", "1:1: error: this is not SVG from here on (no element found)"),
    ("no", "1:1: error: this is not SVG from here on (syntax error)"),
])  # fmt: skip
def test_what_a_page_could_not_show_is_an_error(text, message):
    assert f"static/pictures/a.svg:{message}" in found(text)


@pytest.mark.parametrize("head", [
    '<svg xmlns="http://www.w3.org/2000/svg">',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9.5 9">',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="1 0 9 9">',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 9">',
    '<svg viewBox="0 0 9 9">',
    '<svg xmlns="http://www.w3.org/1999/xhtml" viewBox="0 0 9 9">',
])  # fmt: skip
def test_a_drawing_says_its_size(head):
    assert found(f"{head}{DRAWN % ''}</svg>") == [
        "static/pictures/a.svg:1:1: error: this drawing does not say its size "
        '(it begins like <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240">)'
    ]
