"""A ledger gives back the rows that it was given last, and writes no more than what is new of them."""

from random import Random

import pytest

from healthsite.ledger import Ledger
from healthsite.store import Store


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "store.sqlite3") as opened:
        yield opened


def kept(store: Store) -> tuple[bytes, bytes]:
    """What the store holds of the ledger: all rows at once, and what is new since."""
    found = store.get("state", "rows"), store.get("state", "rows+")
    assert found[0] is not None
    assert found[1] is not None
    return found[0], found[1]


def test_it_begins_empty(store):
    assert Ledger(store, "rows").rows == {}


def test_whatever_is_kept_is_there_the_next_time(store):
    random = Random(7)
    names = [f"row {number}" for number in range(40)]
    rows = {name: [name, "“0”"] for name in names}
    for turn in range(200):
        for name in random.sample(names, random.choice((0, 1, 1, 2, 12))):
            if random.random() < 0.3:
                rows.pop(name, None)
            else:
                rows[name] = [name, f"“{random.randrange(3)}”"]
        ledger = Ledger(store, "rows")
        ledger.keep(rows)
        if turn % 3 == 0:  # the same ledger again
            rows["row 0"] = [f"{turn}"]
            ledger.keep(rows)
        assert Ledger(store, "rows").rows == rows


def test_only_what_is_new_is_written_until_that_is_much(store):
    rows = {f"row {number}": [number] for number in range(80)}
    Ledger(store, "rows").keep(rows)
    whole, since = kept(store)
    assert b"row 79" in whole
    assert b"row " not in since
    changed = rows | {"row 5": ["new"], "row 80": [80]}
    del changed["row 6"]
    Ledger(store, "rows").keep(changed)
    assert kept(store)[0] == whole
    assert [name in kept(store)[1] for name in (b'"row 5"', b'"row 6"', b'"row 7"', b'"row 80"')] == [1, 1, 0, 1]
    Ledger(store, "rows").keep(rows)
    assert kept(store) == (whole, since)
    Ledger(store, "rows").keep({name: ["other"] for name in list(rows)[:70]})
    assert kept(store)[0] != whole
    assert b"row " not in kept(store)[1]


@pytest.mark.parametrize("lost", ["rows", "rows+"])
@pytest.mark.parametrize("by", [b"", b"[1]", b'{"id": 1}', b'{"of": "another", "rows": {"row 1": [9]}, "gone": []}'])
def test_where_a_part_is_lost_or_not_of_the_other_nothing_is_believed(store, lost, by):
    rows = {f"row {number}": [number] for number in range(20)}
    Ledger(store, "rows").keep(rows)
    Ledger(store, "rows").keep(rows | {"row 1": ["new"]})
    store.put("state", [(lost, by)])
    ledger = Ledger(store, "rows")
    assert ledger.rows == {}
    ledger.keep(rows)
    assert Ledger(store, "rows").rows == rows


def test_rows_that_were_kept_under_another_key_are_none(store):
    rows = {f"row {number}": [number] for number in range(20)}
    for under in ("one", "two"):
        assert Ledger(store, "rows", under).rows == {}
        Ledger(store, "rows", under).keep(rows)
        Ledger(store, "rows", under).keep(rows | {"row 1": [under]})
        assert Ledger(store, "rows", under).rows["row 1"] == [under]
    assert Ledger(store, "rows", "one").rows == {}
    assert Ledger(store, "rows").rows == {}


def test_what_is_kept_beside_the_rows_is_there_as_long_as_they_are(store):
    ledger = Ledger(store, "rows")
    assert ledger.besides == {}
    ledger.keep({"row": [1]}, {"made of": ["them"]})
    assert Ledger(store, "rows").besides == {"made of": ["them"]}
    Ledger(store, "rows").keep({"row": [2]})
    assert Ledger(store, "rows").besides == {}
    Ledger(store, "rows").keep({"row": [1]}, {"made of": ["others"]})
    assert Ledger(store, "rows", "another").besides == {}
    store.put("state", [("rows", b"")])
    assert Ledger(store, "rows").besides == {}
