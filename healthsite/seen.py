"""What every build must know of each file: a row of a few digests, remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from healthsite import records
from healthsite.digest import of_bytes
from healthsite.ledger import Ledger
from healthsite.store import Store


class Seen:
    """What must be known of every file, and no more: a large site's outlines are loaded only where they are needed.

    ``rows`` gives by path: the digest of the file's bytes, the key that its parts are kept under, then its
    :class:`~healthsite.records.Gist`.
    """

    def __init__(self, store: Store, generator: str) -> None:
        self._store = store
        self._generator = generator
        self._ledger = Ledger(store, "articles", under=generator)
        self.rows: dict[str, Any] = dict(self._ledger.rows)

    def news(self, digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """The path and the key of every file that must be parsed; the others are known from now on."""
        for path, digest in digests.items():
            row = self.rows.get(path)
            if row is None or row[0] != digest:
                key = of_bytes(f"{self._generator} {digest} {path}".encode())
                outline = self._store.get("outlines", key)
                if outline is None:
                    self.rows.pop(path, None)
                    yield path, key
                else:
                    self.note(path, digest, key, outline)

    def note(self, path: str, digest: str, key: str, outline: bytes) -> None:
        """Remember what came of a file."""
        self.rows[path] = [digest, key, *records.gist_of(outline)]

    def keep(self, digests: Mapping[str, str]) -> dict[str, str]:
        """Remember all this of these files, and forget the rest. Gives the key of each that was parsed by its path."""
        self.rows = {path: self.rows[path] for path in digests if path in self.rows}
        if self.rows != self._ledger.rows:
            self._ledger.keep(self.rows)
        return {path: row[1] for path, row in self.rows.items()}
