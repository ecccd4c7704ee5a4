"""A text can be read at school."""

import pytest

from healthsite.checks.grade import check
from tests.linked import proofread

POLICY = {"reading_grade": 10}
EASY = "The calf hurts in the night. Sit up and pull your toes to you. " * 12 + "\n"
HARD = (
    "Physiological considerations regarding musculoskeletal abnormalities necessitate comprehensive multidisciplinary evaluation. "
    * 14
    + "\n"
)


def found(text, **options):
    return proofread(check, text, policy=POLICY, **options)


@pytest.mark.parametrize("text, options", [
    (EASY, {}),
    ('Physiological considerations.\n', {}),
    ('## Physiological considerations necessitate multidisciplinary evaluation\n', {}),
])  # fmt: skip
def test_silent(text, options):
    assert found(text, **options) == []


def test_fires():
    ((message, hint),) = [line.split(";") for line in found(HARD)]
    assert message.startswith("1:1 warning: this reads like school grade ")
    assert hint == " the limit is 10"


def test_the_limit_is_the_sites():
    assert found(EASY) == []
    assert proofread(check, EASY, policy={"reading_grade": -5}) != []


@pytest.mark.parametrize("text, grade", [(EASY, 1.0), (HARD, 44.0)])
def test_the_estimate_is_the_formulas(text, grade):
    article = proofread(check, text, policy={"reading_grade": -100})
    assert abs(float(article[0].split("grade ")[1].split(";")[0]) - grade) < 8
