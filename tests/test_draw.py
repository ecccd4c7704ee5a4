"""The drawings of people are what ``tools/draw.py`` makes of them: nobody changes one by hand."""

import re
import xml.etree.ElementTree as etree

import pytest

from healthsite import drawings
from tests.helpers import ROOT
from tools.draw import DRAWINGS, svg

FOLDER = ROOT / "static/pictures"
COLOURS = ROOT / "static/css/drawing.css"
EVERY = pytest.mark.parametrize("name", DRAWINGS)


@EVERY
def test_a_drawing_is_as_the_tool_makes_it(name):
    assert (FOLDER / f"{name}.svg").read_text("utf-8") == svg(DRAWINGS[name]()), "run: python -m tools.draw"


@EVERY
def test_a_page_can_show_it(name):
    size, findings = drawings.read(name, svg(DRAWINGS[name]()).encode())
    assert findings == ()
    assert size.width > 0
    assert size.height > 0


@EVERY
def test_all_its_colours_are_those_of_the_style_sheet(name):
    """A colour of its own would be wrong in one theme or the other."""
    known = set(re.findall(r"--picture-[a-z]+", COLOURS.read_text("utf-8")))
    used = set()
    for element in etree.fromstring(svg(DRAWINGS[name]())).iter():
        used |= {value for attribute in ("fill", "stroke") if (value := element.get(attribute))}
    assert used - {"none", "currentColor"} <= {f"var({colour})" for colour in known}


def test_the_style_sheet_gives_no_colour_that_nothing_uses():
    css = COLOURS.read_text("utf-8")
    drawn = css + "".join(path.read_text("utf-8") for path in FOLDER.iterdir())
    assert {name for name in re.findall(r"--picture-[a-z]+", css) if f"var({name})" not in drawn} == set()
