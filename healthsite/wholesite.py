"""The finished pages → the files that are made of many of them at once: the search index and the service worker.

They are made from the bytes that are about to be published, before any of them is in its place, so that a mistake
keeps everything back. Each is remembered under the digests of the pages that it reads: no page changed, nothing made.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import NamedTuple

from healthsite import kinds, searching, urls
from healthsite.digest import of_bytes, of_value
from healthsite.graph import Site
from healthsite.jobs import Rendered
from healthsite.model import URGENCIES, Finding
from healthsite.outputs import Record
from healthsite.pages import OfflineScope, Page
from healthsite.run import Progress, Run
from healthsite.siteview import SiteView

WORKER = "sw.js"
"""The service worker's one address: a browser asks there for its successor as long as it knows the site."""

OFFLINE = "/offline.html"
RESERVED = (WORKER, searching.FOLDER)
"""What stands at the root of the output beside pages and assets."""

KEPT = 100
"""Articles that are kept on a reader's device from the first visit: a large site's are too much for a telephone."""

Render = Callable[[list[Page]], tuple[list[Rendered], list[Finding]]]


class Finished(NamedTuple):
    """The pages as they are about to be published: the digest of each by its output path, which of them are articles',
    which are staged, and where these stand; the others are in the output already.
    """

    digests: Mapping[str, str]
    articles: Collection[str]
    staged: Collection[str]
    staging: Path
    output: Path

    def file(self, path: str) -> Path:
        """The file that holds a page's bytes now."""
        return (self.staging if path in self.staged else self.output) / path


class Whole(NamedTuple):
    """Whole-site files: the digest of each by its output path, and the staged files of those that are new."""

    digests: Mapping[str, str] = {}
    staged: tuple[tuple[str, Path], ...] = ()


def make_whole(
    run: Run, view: SiteView, record: Record, finished: Finished, staging: Path, render: Render, common: str
) -> tuple[Whole, list[Finding]]:
    """Make what is stale; ``common`` names what every page depends on. Raises
    :class:`~healthsite.searching.SearchError`.
    """
    memory = _Memory(run, record)
    index = Whole()
    if view.config.features.search and run.options.search:
        index = _index(run, finished, memory, staging)
    worker, findings = _worker(run, view, record.kept, finished, memory, staging, render, common)
    return Whole({**index.digests, **worker.digests}, (*index.staged, *worker.staged)), findings


def _index(run: Run, finished: Finished, memory: _Memory, staging: Path) -> Whole:
    """The search index of all articles."""
    read = sorted((path, finished.digests[path]) for path in finished.articles)
    key = of_value((run.generator, searching.program_version(), read))
    known = memory.known("search", key)
    if known is not None:
        return Whole(known)
    run.say(Progress("indexing for the search", 0, 0))
    made = searching.index({path: finished.file(path) for path in finished.articles}, staging / "search")
    digests = {path: of_bytes(file.read_bytes()) for path, file in made.items()}
    memory.keep("search", key, digests)
    return Whole(digests, tuple(made.items()))


def _worker(
    run: Run,
    view: SiteView,
    kept: Sequence[str],
    finished: Finished,
    memory: _Memory,
    staging: Path,
    render: Render,
    common: str,
) -> tuple[Whole, list[Finding]]:
    """The service worker, which names what it keeps. Turned off, it is one that takes itself away."""
    paths = {address: urls.output_path(address) for address in (kept if view.config.features.offline else ())}
    version = of_value([(path, finished.digests[path]) for path in paths.values()]) if paths else ""
    key = of_value((common, version, list(paths)))
    known = memory.known("worker", key)
    if known is not None:
        return Whole(known), []
    shown = _shown(view.base, (finished.file(path) for path in paths.values()))
    scope = OfflineScope(version, tuple([view.to(address) for address in paths]), shown)
    rendered, findings = render([worker_page(scope)])
    if not rendered:
        return Whole(), findings
    digests = {item.output: item.digest for item in rendered}
    memory.keep("worker", key, digests)
    return Whole(digests, tuple((path, staging / path) for path in digests)), findings


def worker_page(scope: OfflineScope) -> Page:
    """The service worker, as a page."""
    return Page(f"/{WORKER}", "sw.js", scope)


def kept(site: Site) -> list[str]:
    """The local addresses of the pages that a reader has from the first visit on, whatever the network does: the home
    page, what helps at once, and the warning signs, the most urgent first.
    """
    flags = sorted(site.of_kind("red-flag"), key=lambda card: URGENCIES.index(card.facets["urgency"]))
    now = [card for card in site.of_kind("relief") if card.facets["approach"] == "now"]
    articles = [urls.local(card.id) for card in (*now, *flags)]
    return ["/", OFFLINE, f"/{kinds.KINDS['red-flag'].folder}/", *articles[:KEPT]]


def _shown(base: str, files: Iterable[Path]) -> tuple[str, ...]:
    """The addresses of the assets that pages name, each once, in order."""
    pattern = re.compile(rf'="({re.escape(base)}assets/[^"#]+)')
    found = (unescape(address) for file in files for address in pattern.findall(file.read_text("utf-8")))
    return tuple(sorted(set(found)))


class _Memory:
    """What whole-site files of an output folder were made under, as the store keeps it."""

    def __init__(self, run: Run, record: Record) -> None:
        self._store, self._record = run.store, record
        self._prefix = f"whole:{run.options.output.resolve()}"

    def known(self, name: str, key: str) -> Mapping[str, str] | None:
        """The digests of the files that were made under a key, if they still stand in the output."""
        data = self._store.state(f"{self._prefix}:{name}")
        digests = data.get("digests")
        if data.get("key") != key or not isinstance(digests, dict) or not self._are_there(digests):
            return None
        return digests

    def _are_there(self, digests: Mapping[str, str]) -> bool:
        return all(self._record.holds(path, digest) for path, digest in digests.items())

    def keep(self, name: str, key: str, digests: Mapping[str, str]) -> None:
        """Remember what was made. Nothing has to come of it: it is believed only where the files are there."""
        data = json.dumps({"key": key, "digests": digests}, separators=(",", ":"))
        self._store.put("state", [(f"{self._prefix}:{name}", data.encode())])


def collisions(outputs: Collection[tuple[str, str]]) -> list[Finding]:
    """Files of ``static/root/``, given by name with output path, that stand where a whole-site file is to stand."""
    message = "a file or folder of this name is made by the site itself"
    return [
        Finding(f"static/{name}", 1, 1, "error", "address", message, "rename this file")
        for name, output in outputs
        if output.partition("/")[0] in RESERVED
    ]
