"""What the build and its workers say to each other."""

import pickle

from healthsite.graph import NOTHING, Named
from healthsite.jobs import Shown, unpacked
from healthsite.model import Card

CARD = Card("causes/a", "cause", "A", "What it is.", (), {}, "", (), "digest")


def test_what_pages_show_is_unpacked_once_a_process():
    shown = Shown(Named({"causes/a": CARD}, {}, {}, {}))
    travelled = [pickle.loads(pickle.dumps(shown)) for _ in range(3)]
    assert travelled[0].named == shown.named
    assert travelled[0] is travelled[1] is travelled[2] is unpacked(shown.packed)
    other = pickle.loads(pickle.dumps(Shown(NOTHING)))
    assert (other.named, travelled[0].named) == (NOTHING, shown.named)
