"""The build, from files to a published site: the only module that knows all the steps.

    scan ► read ► link ► check ► make: routes ► render what is stale ► publish

A page is stale when the key of what it shows is not the one that its file was made under, or when the file is not the
one that was made. Nothing reaches the output while any finding is an error. If everything read is as it was, the build
stops right there.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from healthsite import publish, searching
from healthsite.digest import of_bytes, of_value
from healthsite.generator import generator_digest
from healthsite.ledger import Ledger
from healthsite.model import Article, Finding
from healthsite.outputs import Record
from healthsite.run import (
    CONFIG,
    FOLDERS,
    PARSE,
    RENDER,
    STORE,
    BuildResult,
    ChangedError,
    Options,
    Progress,
    Run,
    Say,
    blocks,
)
from healthsite.scan import Memory, scan
from healthsite.store import LostError, Store, locked
from healthsite.workers import Workers

if TYPE_CHECKING:  # the steps are imported where they are taken: a build with nothing to do takes none
    from healthsite.config import Config
    from healthsite.graph import Site

_T = TypeVar("_T")

LOCK_WAIT = 600.0
"""Seconds that a build waits for another one on the same output."""


def build(options: Options, workers: Workers, say: Say = lambda progress: None) -> BuildResult:
    """Build the site, or only check it. Raises :class:`~healthsite.publish.RefusedError` where the output
    can't be used.
    """
    with _opened(options, workers, say) as run:
        try:
            return _again_if_lost(run, _build)
        except ChangedError as changed:
            return BuildResult((changed.finding,))


def _again_if_lost(run: Run, step: Callable[[Run], _T]) -> _T:
    """Take a step; once more, with nothing remembered, where the store does not hold what it should."""
    with suppress(LostError):
        return step(run)
    run.workers.stop()  # they may be reading what is now begun anew
    run.store.begin_anew()
    try:
        return step(run)
    except LostError:
        raise OSError(f"{run.store.path} loses what is put into it; is another build using it?") from None


def _build(run: Run) -> BuildResult:
    record = Record(run.store, run.options.output)
    key = _key(run)
    known = record.last_build(key, writes=run.options.writes)
    if known is not None and (not run.options.writes or record.is_intact()):
        is_published = run.options.writes and not blocks(known.findings, run.options)
        return BuildResult(known.findings, known.articles, 0, known.pages, 0, published=is_published)
    run.workers.start(PARSE, RENDER, count=1)  # it imports while this process looks and reads; most builds need no more
    from healthsite.checking import linked
    from healthsite.making import make, prepare
    from healthsite.reading import read

    record.look()
    content, findings = read(run)
    if content is None:
        return BuildResult(findings)
    prepared = prepare(run, content, record)
    site, found = linked(run, content)
    if blocks(found, run.options):
        return BuildResult(found, len(site().outlines))
    return make(run, content, site, found, record, key, prepared)


class Loaded(NamedTuple):
    """A linked site that nothing was made of, and its configuration; ``None`` without one. ``read`` gives an article by
    its key; ``today`` is the day that it was looked at.
    """

    site: Site | None
    config: Config | None
    findings: tuple[Finding, ...]
    read: Callable[[str], Article]
    today: str


@contextmanager
def loaded(options: Options, workers: Workers) -> Iterator[Loaded]:
    """Read and link the site, and hold its store open."""
    from healthsite.checking import read_article

    with _opened(options, workers, lambda progress: None) as run:
        site, config, found = _again_if_lost(run, _loaded)
        yield Loaded(site, config, found, lambda key: read_article(run.store, key), run.today)


def _loaded(run: Run) -> tuple[Site | None, Config | None, tuple[Finding, ...]]:
    from healthsite.checking import linked
    from healthsite.reading import read

    try:
        content, findings = read(run)
        if content is None:
            return None, None, findings
        site, found = linked(run, content)
        return site(), content.config, found
    except ChangedError as changed:
        return None, None, (changed.finding,)


@contextmanager
def _opened(options: Options, workers: Workers, say: Say) -> Iterator[Run]:
    """The output's lock, the store, and a look at all files."""
    with ExitStack() as stack:
        stack.enter_context(_no_collection())
        if options.writes:
            publish.check_usable(options.output, options.root, FOLDERS, adopt=options.adopt)
            stack.enter_context(_lock(options.output, say))
        store = stack.enter_context(Store(options.root / STORE))
        known = Ledger(store, "inputs")
        # If nothing is known, there is work for all: they import what they parse with while the files are looked at,
        # and what they render with when all is read, and this process alone is at work.
        if not known.rows:
            workers.start(PARSE)
        memory = Memory(known.rows, news=lambda: workers.start(PARSE, RENDER, count=1))
        inputs = scan(options.root, FOLDERS, (CONFIG,), memory)
        if memory.rows != known.rows:
            known.keep(memory.rows)
        run = Run(options, store, workers, generator_digest(), inputs, options.today, say)
        run = run._replace(today=options.today or _today(run))
        store.commit()
        yield run


@contextmanager
def _no_collection() -> Iterator[None]:
    """No garbage collection while a build lasts: a large site is a million tuples that live till its end, and looking
    through them again and again took half of a warm build's time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _lock(output: Path, say: Say) -> Iterator[None]:
    """Keep other builds away from the output; wait for one that is at it."""
    lock = output / publish.PRIVATE / "lock"
    with ExitStack() as stack:
        if not stack.enter_context(locked(lock, wait=0)):
            say(Progress(f"another build is working on {output}: waiting for it", 0, 0))
            if not stack.enter_context(locked(lock, wait=LOCK_WAIT)):
                raise publish.RefusedError(f"another build has been working on {output} for {LOCK_WAIT:.0f} seconds")
        yield


def _today(run: Run) -> str:
    """The day it is in the site's time zone. The zone is remembered, so that a build with nothing to do reads
    no YAML.
    """
    from zoneinfo import ZoneInfo

    name = f"zone:{run.inputs.digests.get(CONFIG, '')}"
    zone = run.store.get("state", name)
    if zone is None:
        from healthsite.reading import configuration

        try:
            config, _ = configuration(run)
        except ChangedError:
            config = None  # it will be told of where the configuration is read for good
        zone = (config.time_zone if config else "UTC").encode()
        run.store.put("state", [(name, zone)])
    return datetime.now(ZoneInfo(zone.decode())).date().isoformat()


def _key(run: Run) -> str:
    """What names everything that a build reads."""
    options = run.options
    searched = searching.program_version() if options.search else None
    asked = (run.generator, searched, options.base_url, options.drafts, run.today, dict(run.inputs.unreadable))
    files = "\n".join(f"{digest} {path}" for path, digest in run.inputs.digests.items())
    return of_bytes(f"{of_value(asked)}\n{files}".encode("utf-8", "surrogatepass"))
