"""Pictures in a text are in ``static/``."""

import pytest

from healthsite.checks.pictures import check
from tests.linked import Linked, article

STATIC = ("illustrations/leg.svg", "css/site.css")
LEG = "![A leg](../../static/illustrations/leg.svg)\n"


def found(text):
    return Linked({"causes/a": article("cause", text)}).found(check, pictures=STATIC)


@pytest.mark.parametrize("text", [
    "No picture.\n",
    LEG,
    f"{LEG}\n{LEG}",
    "`![A leg](../../static/illustrations/arm.svg)`\n",
])  # fmt: skip
def test_silent(text):
    assert found(text) == []


def test_fires():
    text = f"{LEG}\n- See ![A leg](../../static/illustrations/legg.svg)\n- and ![A sheet](../../static/leg.svg)\n"
    assert found(text) == [
        "content/causes/a.md:12:16: error: there is no static/illustrations/legg.svg (did you mean “illustrations/leg.svg”?)",
        "content/causes/a.md:13:18: error: there is no static/leg.svg (it can be: css/site.css, illustrations/leg.svg)",
    ]
