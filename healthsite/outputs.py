"""What was made into an output folder: under which keys, and whether it is still there as it was made."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from healthsite.digest import of_bytes
from healthsite.ledger import Ledger
from healthsite.model import Finding
from healthsite.publish import Output
from healthsite.scan import signature_of
from healthsite.store import Store


class LastBuild(NamedTuple):
    """What a build found and made that read just what is read now."""

    findings: tuple[Finding, ...]
    articles: int
    pages: int


class Record:
    """The memory of one output folder. It is kept in the store; where it is lost, every page is made and
    compared again.
    """

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self._name = str(folder.resolve())
        data = store.state(f"outputs:{self._name}")
        self._kept_pages = Ledger(store, f"pages:{self._name}")
        self._kept_files = Ledger(store, f"files:{self._name}")
        self._common: dict[str, str] = _mapping(data.get("common"), lambda value: isinstance(value, str))
        self._pages: dict[str, list[str]] = _mapping(self._kept_pages.rows, lambda value: _is_row(value, 3))
        self._files: dict[str, list[object]] = _mapping(self._kept_files.rows, lambda value: _is_row(value, 5))
        self._seen: dict[str, object] = {}
        self._wanted: Mapping[str, tuple[str, str]] = {}
        self.scopes: str = data.get("scopes", "")
        self._frame: str = data.get("frame", "")
        self.kept: Sequence[str] = data.get("kept", [])
        self._new_common: Mapping[str, str] = {}
        self._is_same_common = False

    def last_build(self, key: str, *, writes: bool) -> LastBuild | None:
        """The last build that ended well, if it read what ``key`` names."""
        data = self._store.state(self._build_name(writes))
        if data.get("key") != key:
            return None
        findings = tuple(Finding._make(row) for row in data["findings"])
        return LastBuild(findings, data["articles"], data["pages"])

    def is_intact(self) -> bool:
        """Whether every file is still as it was made, and there are no others that a build made."""
        files = {path: str(known[4]) for path, known in self._files.items()}
        return bool(files) and Output(self._folder).is_settled(files) and all(map(self.holds, files, files.values()))

    def look(self) -> None:
        """Look at all files now. Those that are as they were made are not looked at again."""
        self._seen = {path: digest for path, (*_, digest) in self._files.items() if self.holds(path, str(digest))}

    def holds(self, path: str, digest: str) -> bool:
        """Whether the output has a file with these bytes. A look at its status tells, unless someone touched it."""
        if self._seen.get(path) == digest:
            return True
        file = os.path.join(self._folder, path)  # noqa: PTH118 (a Path costs more than the look, ten thousand times)
        try:
            signature = signature_of(os.stat(file))  # noqa: PTH116 (likewise)
            known = self._files.get(path)
            if known is not None and known[:4] == list(signature):
                return known[4] == digest
            actual = of_bytes(Path(file).read_bytes())
        except OSError:
            return False
        self._files[path] = [*signature, actual]
        return actual == digest

    @property
    def is_new(self) -> bool:
        """Whether no page is known that was made into the folder."""
        return not self._pages

    def pages_of(self, frame: str) -> Mapping[str, tuple[str, str]] | None:
        """The pages and their keys as the last build knew them, if the site had the same frame then."""
        if self._frame != frame or not self._pages:
            return None
        return {path: (own, seen) for path, (own, seen, _) in self._pages.items()}

    def gone(self, wanted: Collection[str]) -> list[str]:
        """The pages of the last build that this one does not want."""
        return [path for path in self._pages if path not in wanted]

    def begin(
        self,
        common: Mapping[str, str],
        scopes: str,
        frame: str,
        wanted: Mapping[str, tuple[str, str]],
        kept: Sequence[str],
    ) -> None:
        """Begin a build: what all pages depend on, what their scopes are made of, the site's frame, each page's two
        keys, and the addresses of those that a reader's device keeps.
        """
        self._new_common, self._wanted, self.kept = common, wanted, kept
        self.scopes, self._frame = scopes, frame
        needed = ("generator", "site", "templates")
        self._is_same_common = all(self._common.get(name) == common[name] for name in needed)

    def stale(self) -> list[str]:
        """The pages that must be made: their keys are new, or their file is not the one that was made."""
        if not self._is_same_common:
            return list(self._wanted)
        known = self._pages
        return [
            path
            for path, (own, seen) in self._wanted.items()
            if (row := known.get(path)) is None or row[0] != own or row[1] != seen or not self.holds(path, row[2])
        ]

    def reason(self, path: str) -> str:
        """Why a stale page is stale, in words."""
        known, (own, seen) = self._pages.get(path), self._wanted[path]
        if known is None:
            return "new"
        reasons = [words for name, words in _COMMON.items() if self._common.get(name) != self._new_common[name]]
        changed = {name for name, digest in self._new_common.items() if self._common.get(name) != digest}
        changed |= self._common.keys() - self._new_common.keys()
        reasons += sorted(name for name in changed if name.startswith("template "))
        if known[0] != own:
            reasons.append("its text")
        elif known[1] != seen:
            reasons.append("what it shows of others")
        return ", ".join(reasons) or "its file was changed or removed"

    def digests(self) -> dict[str, str]:
        """The digest of each page of this build that the last one made, too."""
        known = self._pages
        return {path: known[path][2] for path in self._wanted if path in known}

    def note(self, path: str, digest: str) -> None:
        """Remember a file that was just put in its place."""
        self._seen.pop(path, None)
        file = os.path.join(self._folder, path)  # noqa: PTH118 (as in holds)
        self._files[path] = [*signature_of(os.stat(file)), digest]  # noqa: PTH116 (likewise)

    def end(self, digests: Mapping[str, str]) -> None:
        """Keep what the folder holds now: the digest of every file in it, pages and assets."""
        self._kept_pages.keep({path: [*keys, digests[path]] for path, keys in self._wanted.items()})
        self._kept_files.keep({path: self._files[path] for path in digests})
        data = {"common": self._new_common, "scopes": self.scopes, "frame": self._frame, "kept": self.kept}
        self._store.put("state", [(f"outputs:{self._name}", json.dumps(data, separators=(",", ":")).encode())])

    def remember(self, key: str, build: LastBuild, *, writes: bool) -> None:
        """Keep what a build that ended well found and made."""
        data = {"key": key, **build._asdict()}
        self._store.put("state", [(self._build_name(writes), json.dumps(data, ensure_ascii=False).encode())])

    def _build_name(self, writes: bool) -> str:
        return f"{'build' if writes else 'check'}:{self._name}"


_COMMON = {"generator": "the generator", "site": "the configuration, an asset or the address"}


def _mapping(value: object, is_good: Callable[[object], bool]) -> dict[str, Any]:
    """A mapping as it was kept, nothing of it where it is not one: a store may hold anything."""
    return value if isinstance(value, dict) and all(map(is_good, value.values())) else {}


def _is_row(value: object, length: int) -> bool:
    return isinstance(value, list) and len(value) == length
