"""What a picture's text says."""

import pytest

from healthsite.checks.picture_texts import check
from healthsite.wording import Wording
from tests.linked import proofread

WORDING = Wording(empty_pictures=("image of",))
POLICY = {"picture_letters": 20}


def found(text, **options):
    return proofread(check, text, wording=WORDING, policy=POLICY, **options)


@pytest.mark.parametrize("text, options", [
    ('![A leg](../../static/a.svg)\n', {}),
    ('`![image of](x)`\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


@pytest.mark.parametrize("text, options, expected", [
    ('So ![Image of a leg](../../static/a.svg)\n', {}, ['1:4 warning: “Image of a leg” begins with what every picture is']),
    ('![leg.svg](../../static/a.svg)\n', {}, ['1:1 warning: “leg.svg” is the name of a file']),
    ('![One two three four five](../../static/a.svg)\n', {}, ['1:1 warning: the text of this picture has 23 letters']),
])  # fmt: skip
def test_fires(text, options, expected):
    assert found(text, **options) == expected
