from collections.abc import Iterator

import pytest

from healthsite.watching import PATIENCE, saves


def told(looks: str, missed: int = 0) -> str:
    """What is yielded for a sequence of looks, each a letter. The watching ends when there are no more; ``missed`` is how
    many letters go by while the caller is busy with the first that is yielded.
    """
    left = list(looks)

    def look() -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    found = ""
    for letter in saves(look, lambda seconds: len(left) == 1):
        if not found:
            del left[:missed]
        found += letter
    return found


@pytest.mark.parametrize(
    "looks, yielded",
    [
        ("aaz", "a"),  # at once
        ("aaaaaaaaz", "a"),  # and not again while nothing is saved
        ("aaaabbbz", "ab"),
        ("aabbaabbbz", "abab"),
        ("aaabcdefffffz", "af"),  # a burst of saves, when it is over
        ("abcaaaaz", "a"),
        ("aabaaaz", "aa"),  # something was saved meanwhile; whether it is the same is for the build to find out
    ],
)
def test_each_burst_of_saves_is_told_once(looks, yielded):
    assert told(looks) == yielded


def test_what_was_saved_while_the_caller_was_busy_is_told_next():
    assert told("aa" + "bc" + "ddddz", missed=2) == "ad"
    assert told("aa" + "bc" + "aaaaz", missed=2) == "a"


def test_files_that_never_rest_are_told_all_the_same():
    letters = iter(str(number) for number in range(3 * PATIENCE))
    watching: Iterator[str] = saves(lambda: next(letters), lambda seconds: False)
    assert [next(watching), next(watching)] == [str(PATIENCE), str(2 * PATIENCE + 1)]


def test_it_ends_while_a_burst_lasts():
    assert list(saves(lambda: "a", lambda seconds: True)) == []


def test_files_that_take_long_to_look_at_are_looked_at_less_often(monkeypatch):
    clock = iter([0.0, 0.0, 0.5])
    monkeypatch.setattr("healthsite.watching.time.perf_counter", lambda: next(clock))
    pauses: list[float] = []

    def pause(seconds: float) -> bool:
        pauses.append(seconds)
        return len(pauses) == 2

    assert list(saves(lambda: "a", pause)) == ["a"]
    assert pauses == [0.05, 10.0]
