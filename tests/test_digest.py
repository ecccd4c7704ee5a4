"""Digests: equal values have equal names, different ones have different names."""

import os
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthsite.digest import SIZE, of_bytes, of_value
from healthsite.model import Change, Finding
from tests.helpers import ROOT

DIFFERENT: list[object] = [
    (), ("",), ("", ""), ((),), [[], []], "", "a", "b", ("a", "b"), ("ab",), ("a", ("b",)), (("a",), "b"), ("b", "a"), {}, {"a": "b"}, {"b": "a"},
    {"a": ("b",)}, {"a": "b", "c": "d"}, {"c": "d", "a": "b"}, None, True, False, 0, 1, 2, -1, 1.5, "1", "None", "True", "()", "(", ")", ("(",), "1:a", "\x1f", ("\x1f",),
    ("1:a\x1f1:b",), "é", "e\u0301", "\ud800", Change("2026-01-01", "a"), Finding("p", 1, 2, "error", "c", "m"),
]  # fmt: skip


def test_different_values_have_different_names():
    same = [(a, b) for a, b in combinations(DIFFERENT, 2) if of_value(a) == of_value(b)]
    assert same == []


def test_a_list_and_a_named_tuple_are_named_by_what_they_hold():
    assert of_value(["a", ("b",)]) == of_value(("a", ["b"]))
    assert of_value(Change("2026-01-01", "a")) == of_value(("2026-01-01", "a", False))


def test_a_value_with_a_digest_stands_for_itself_by_it():
    class Big:
        def __init__(self, digest: str) -> None:
            self.digest = digest

    assert of_value((Big("x"), "y")) == of_value((Big("x"), "y"))
    assert of_value((Big("x"), "y")) != of_value((Big("z"), "y"))


@pytest.mark.parametrize("value", [b"bytes", {"a", "b"}, object(), print, ("a", {"b": {1, 2}})])
def test_what_is_not_plain_data_is_refused(value):
    with pytest.raises(TypeError, match=r"can't name a (bytes|set|object|builtin_function_or_method) by its content"):
        of_value(value)


def test_a_name_is_hexadecimal_and_of_fixed_length():
    for name in (of_bytes(b""), of_bytes(b"x" * 10_000), of_value(())):
        assert len(bytes.fromhex(name)) == SIZE


def test_names_are_the_same_in_every_process_whatever_the_hash_seed():
    code = "from healthsite.digest import of_value; print(of_value({'b': ('é', None, 1.5), 'a': [True, {'x': 2}]}))"
    runs = [
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        for seed in ("0", "7")
    ]  # fmt: skip
    assert {run.stdout.strip() for run in runs} == {of_value({"b": ("é", None, 1.5), "a": [True, {"x": 2}]})}


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.tuples(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def spelt(value: object) -> str:
    """A text that only equal values share: 1 and True are equal in Python, but not here."""
    return repr(value)


@given(PLAIN, PLAIN)
def test_two_values_share_a_name_only_if_they_are_equal(a, b):
    assert (of_value(a) == of_value(b)) == (spelt(a) == spelt(b))
