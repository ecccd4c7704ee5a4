"""What articles are called: the letter that a name stands under, and the order that all names stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthsite.digest import of_bytes
from healthsite.urls import slugify


def letter_of(name: str) -> str:
    """The letter under which a name stands: a to z, or ``0`` for all else."""
    first = name[:1].lower()
    if "a" <= first <= "z":
        return first
    first = slugify(name.lstrip("“”\"'‘’ ")[:1])
    return first if first.isalpha() else "0"


def order_of(names: Mapping[str, Sequence[str]]) -> str:
    """A digest of the order that all articles' names stand in, given by the articles' ids: of whose name each is, of
    the letter that it stands under, and of which are alike. It tells whether an article that is called otherwise still
    stands where it stood.
    """
    stand = sorted(
        [
            f"{name.casefold()}\0{article_id}\0{letter_of(name)}{number}"
            for article_id, own in names.items()
            for number, name in enumerate(dict.fromkeys(own))
        ]
    )
    told, last = [], ""
    for line in stand:
        name, _, place = line.partition("\0")
        told.append(f"={place}" if name == last else place)
        last = name
    return of_bytes("\n".join(told).encode("utf-8", "surrogatepass"))
