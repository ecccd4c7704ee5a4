"""Many small rows in the store: written whole once, and then only what has changed since.

A large site's rows are megabytes of JSON, and after most builds a few of them are others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from healthsite.digest import of_bytes
from healthsite.store import Store

_SHARE = 8
"""Once more than one in so many rows has changed, all are written anew."""


class Ledger:
    """Rows by name, each plain data as JSON gives it back (a list, not a tuple), as ``rows`` they were kept last; and
    ``besides`` a mapping that was kept with them: never one build's rows with what another made of its own.

    What was kept ``under`` another key is as if it were not there.
    """

    def __init__(self, store: Store, name: str, under: str = "") -> None:
        self._store = store
        self._name = name
        self._under = under
        whole, since = store.state(name), store.state(f"{name}+")
        is_whole = "id" in whole and (whole["id"], under) == (since.get("of"), since.get("under"))
        self._id: str = whole["id"] if is_whole else ""
        self._whole: dict[str, Any] = whole["rows"] if is_whole else {}
        self.rows: dict[str, Any] = self._whole | since["rows"] if is_whole else {}
        for key in since["gone"] if is_whole else ():
            del self.rows[key]
        self.besides: dict[str, Any] = since.get("besides", {}) if is_whole else {}

    def keep(self, rows: Mapping[str, Any], besides: Mapping[str, Any] | None = None) -> None:
        """Keep these rows, and what goes with them, in the place of all before."""
        new = {key: row for key, row in rows.items() if (old := self._whole.get(key)) is not row and old != row}
        gone = [key for key in self._whole if key not in rows]
        if _SHARE * (len(new) + len(gone)) > len(rows):
            self._whole, new, gone = dict(rows), {}, []
            data = _json(rows)
            self._id = of_bytes(data)
            self._store.put("state", [(self._name, b'{"id":"%s","rows":%s}' % (self._id.encode(), data))])
        since = {"of": self._id, "under": self._under, "rows": new, "gone": gone, "besides": besides or {}}
        self._store.put("state", [(f"{self._name}+", _json(since))])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
