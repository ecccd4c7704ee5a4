"""The build, from files to a published site: the only module that knows all the steps.

    scan ► parse ► link ► check ► routes ► render what is stale ► publish

A page is stale when the key of what it shows is not the one that its file was made under, or when the file is
not the one that was
made. Nothing reaches the output while any finding is an error. If everything read is as it was, the build
stops right there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from healthsite import assets, checks, pages, publish, slots, source, urls, views
from healthsite.checks.subject import Subject, subject_of
from healthsite.config import Config, read_config
from healthsite.digest import of_bytes, of_value
from healthsite.generator import generator_digest
from healthsite.graph import Site, link
from healthsite.library import dump, load_glossary, load_references, read_glossary, read_references
from healthsite.model import Article, Finding, Outline, Source, Word
from healthsite.outputs import LastBuild, Record
from healthsite.scan import Inputs, Memory, scan
from healthsite.store import Store, locked
from healthsite.work import File, Forms, Job, ParsedFile, Rendered, Rendering, Texts
from healthsite.workers import Crashed, TimedOut, Workers

CONFIG = "config.yaml"
REFERENCES = "content/references.yaml"
GLOSSARY = "content/glossary.yaml"
FOLDERS = ("content", "templates", "static")
STORE = ".cache/store.sqlite3"
BATCH = 200
"""Parsed files kept in memory before they are put into the store."""

LOCK_WAIT = 600.0
"""Seconds that a build waits for another one on the same output."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked for. ``today`` is ``YYYY-MM-DD``, empty for the day it is in the site's time zone.

    With ``writes`` false nothing is written into the output: all is checked, rendering included.
    """

    root: Path
    output: Path
    base_url: str = ""
    drafts: bool = False
    today: str = ""
    adopt: bool = False
    writes: bool = True


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did. ``reasons`` says of each page that was rendered why it was."""

    findings: tuple[Finding, ...]
    articles: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    reasons: tuple[tuple[str, str], ...] = ()
    published: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity == "error" for finding in self.findings)


class Progress(NamedTuple):
    """How far a step is: its name, how many things are done, and of how many."""

    step: str
    done: int
    total: int


Say = Callable[[Progress], None]


class Content(NamedTuple):
    """Everything read: the configuration, the outlines, the sources, the glossary, which terms an article
    uses; and findings.
    """

    config: Config
    outlines: tuple[Outline, ...]
    sources: tuple[Source, ...]
    words: tuple[Word, ...]
    terms_in: Mapping[str, Sequence[str]]
    findings: tuple[Finding, ...]


class _Run(NamedTuple):
    """What every step of one build needs."""

    options: Options
    store: Store
    workers: Workers
    generator: str
    inputs: Inputs
    today: str
    say: Say


def build(options: Options, workers: Workers, say: Say = lambda progress: None) -> BuildResult:
    """Build the site, or only check it. Raises :class:`~healthsite.publish.RefusedError` where the output
    can't be used.
    """
    with _opened(options, workers, say) as run:
        record = Record(run.store, options.output)
        key = _key(run)
        known = record.last_build(key, writes=options.writes)
        if known is not None and (not options.writes or record.is_intact()):
            return BuildResult(known.findings, known.articles, 0, known.pages, 0, published=options.writes)
        content, findings = _read(run)
        if content is None:
            return BuildResult(findings)
        site, found = _linked(run, content)
        if any(finding.severity == "error" for finding in found):
            return BuildResult(found, len(site.outlines))
        return _made(run, content.config, site, found, record, key)


class Loaded(NamedTuple):
    """A linked site that nothing was made of; ``None`` without a configuration. ``read`` gives an article by
    its key.
    """

    site: Site | None
    findings: tuple[Finding, ...]
    read: Callable[[str], Article]


@contextmanager
def loaded(options: Options, workers: Workers) -> Iterator[Loaded]:
    """Read and link the site, and hold its store open."""
    with _opened(options, workers, lambda progress: None) as run:
        content, findings = _read(run)
        site, found = (None, findings) if content is None else _linked(run, content)
        yield Loaded(site, found, lambda key: _article(run.store, key))


@contextmanager
def _opened(options: Options, workers: Workers, say: Say) -> Iterator[_Run]:
    """The output's lock, the store, and a look at all files."""
    with ExitStack() as stack:
        if options.writes:
            publish.check_usable(options.output, options.root, FOLDERS, adopt=options.adopt)
            lock = options.output / publish.PRIVATE / "lock"
            if not stack.enter_context(locked(lock, wait=0)):
                say(Progress(f"another build is working on {options.output}: waiting for it", 0, 0))
                if not stack.enter_context(locked(lock, wait=LOCK_WAIT)):
                    raise publish.RefusedError(
                        f"another build has been working on {options.output} for {LOCK_WAIT:.0f} s"
                    )
        store = stack.enter_context(Store(options.root / STORE))
        memory = Memory(store.get("state", "inputs"))
        inputs = scan(options.root, FOLDERS, (CONFIG,), memory)
        remembered = memory.dump()
        if remembered is not None:
            store.put("state", [("inputs", remembered)])
        today = options.today or _today(options.root, inputs, store)
        yield _Run(options, store, workers, generator_digest(), inputs, today, say)


def _today(root: Path, inputs: Inputs, store: Store) -> str:
    """The day it is in the site's time zone. The zone is remembered, so that a build with nothing to do reads
    no YAML.
    """
    from zoneinfo import ZoneInfo

    name = f"zone:{inputs.digests.get(CONFIG, '')}"
    zone = store.get("state", name)
    if zone is None:
        config, _ = _configuration(root, inputs)
        zone = (config.time_zone if config else "UTC").encode()
        store.put("state", [(name, zone)])
    return datetime.now(ZoneInfo(zone.decode())).date().isoformat()


def _key(run: _Run) -> str:
    """What names everything that a build reads."""
    options = run.options
    asked = (run.generator, options.base_url, options.drafts, run.today, dict(run.inputs.unreadable))
    files = "\n".join(f"{digest} {path}" for path, digest in run.inputs.digests.items())
    return of_bytes(f"{of_value(asked)}\n{files}".encode("utf-8", "surrogatepass"))


# Reading


def _read(run: _Run) -> tuple[Content | None, tuple[Finding, ...]]:
    """Read everything. Without a configuration there is no site: then its findings alone."""
    run.workers.start("healthsite.work:parse")
    config, findings = _configuration(run.options.root, run.inputs)
    sources, source_findings = _library(run, REFERENCES, read_references, load_references)
    words, word_findings = _library(run, GLOSSARY, read_glossary, load_glossary)
    limit = config.policy.parse_seconds if config else 10
    forms = tuple(slots.forms_of(word.term for word in words).items())
    outlines, terms_in, article_findings = _articles(run, forms, limit)
    found = (*findings, *source_findings, *word_findings, *article_findings, *_stray(run.inputs))
    if config is None:
        return None, tuple(sorted(found))
    return Content(config, outlines, sources, words, terms_in, found), ()


def _configuration(root: Path, inputs: Inputs) -> tuple[Config | None, tuple[Finding, ...]]:
    text, findings = _text(root, CONFIG, inputs)
    return (None, findings) if text is None else read_config(CONFIG, text)


def _text(root: Path, path: str, inputs: Inputs) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a file that the site can't do without."""

    def failed(message: str) -> tuple[None, tuple[Finding, ...]]:
        return None, (Finding(path, 1, 1, "error", "file", message),)

    if path not in inputs.digests:
        return failed(f"this file can't be read ({inputs.unreadable.get(path, 'there is no such file')})")
    try:
        return (root / path).read_text("utf-8-sig"), ()
    except UnicodeDecodeError:
        return failed("this file is not UTF-8")
    except OSError as error:
        return failed(f"this file can't be read ({error.strerror})")


def _library(run: _Run, path: str, read: Callable[..., Any], load: Callable[[bytes], Any]) -> Any:
    """The bibliography or the glossary, read from its file or remembered."""
    if path not in run.inputs.digests and path not in run.inputs.unreadable:
        return (), ()
    key = of_value((run.generator, path, run.inputs.digests.get(path, "")))
    known = run.store.get("library", key)
    if known is None:
        text, findings = _text(run.options.root, path, run.inputs)
        if text is None:
            return (), findings
        known = dump(*read(path, text))
        run.store.put("library", [(key, known)])
    return load(known)


def _stray(inputs: Inputs) -> Iterator[Finding]:
    """Files in ``content/`` that nothing is made of, and files that can't be read."""
    for path, reason in inputs.unreadable.items():
        yield Finding(path, 1, 1, "error", "file", f"this can't be read ({reason})")
    for path in inputs.below("content"):
        name = path.removeprefix("content/")
        if path in (REFERENCES, GLOSSARY) or name.endswith(".md") or name in ("LICENSE", "README"):
            continue
        hint = "articles end in .md; pictures belong in static/"
        yield Finding(path, 1, 1, "warning", "stray", "nothing is made of this file", hint)


def _articles(
    run: _Run, forms: Forms, limit: float
) -> tuple[tuple[Outline, ...], dict[str, Sequence[str]], list[Finding]]:
    """The outlines of all articles, parsed or remembered; the glossary terms in each; and the findings of each."""
    digests = {path: digest for path, digest in run.inputs.below("content").items() if path.endswith(".md")}
    keys = {path: of_bytes(f"{run.generator} {digest} {path}".encode()) for path, digest in digests.items()}
    words = of_value(forms)
    rows, terms = run.store.all("outlines"), run.store.all("terms")
    fresh = [File(path, str(run.options.root), digests[path], key) for path, key in keys.items() if key not in rows]
    findings = _parse(run, fresh, forms, words, limit, rows, terms)
    known = [key for key in keys.values() if key in rows]
    _find_terms(run, [key for key in known if f"{words}:{key}" not in terms], forms, words, terms)
    used = json.loads(b"[%s]" % b",".join([terms[f"{words}:{key}"] for key in known]))
    outlines: list[Outline] = []
    terms_in: dict[str, Sequence[str]] = {}
    loaded = source.load_outlines([rows[key] for key in known])
    for (outline, found), names in zip(loaded, used, strict=True):
        findings += found
        if outline is not None:
            outlines.append(outline)
            terms_in[outline.card.id] = names
    if fresh:
        _collect(run.store, known, words)
    return tuple(outlines), terms_in, findings


def _collect(store: Store, keys: list[str], words: str) -> None:
    """Forget what has not been of use for long."""
    for shelf in ("outlines", "articles", "bodies"):
        store.collect(shelf, keys)
    store.collect("terms", [f"{words}:{key}" for key in keys])


def _parse(
    run: _Run,
    files: list[File],
    forms: Forms,
    words: str,
    limit: float,
    rows: dict[str, bytes],
    terms: dict[str, bytes],
) -> list[Finding]:
    """Parse files in the workers, into the store and into ``rows`` and ``terms``. Gives findings of what can't
    be parsed.
    """
    findings = []
    results = zip(files, run.workers.map("healthsite.work:parse", files, context=forms, limit=limit), strict=True)
    for done, batch in enumerate(_batches(results, BATCH)):
        run.say(Progress("reading articles", min((done + 1) * BATCH, len(files)), len(files)))
        parsed = [(file.key, result) for file, result in batch if isinstance(result, ParsedFile)]
        findings += [_not_parsed(file, result) for file, result in batch if not isinstance(result, ParsedFile)]
        used = [(f"{words}:{key}", result.terms) for key, result in parsed]
        outlines = [(key, result.outline) for key, result in parsed]
        run.store.put("outlines", outlines)
        run.store.put("articles", [(key, result.article) for key, result in parsed])
        run.store.put("bodies", [(key, result.body) for key, result in parsed])
        run.store.put("terms", used)
        rows.update(outlines)
        terms.update(used)
    run.store.commit()
    return findings


def _not_parsed(file: File, result: Finding | TimedOut | Crashed) -> Finding:
    if isinstance(result, Finding):
        return result
    if isinstance(result, TimedOut):
        message = f"this file took more than {result.seconds:.0f} seconds to read"
    else:
        message = f"reading this file broke down ({result.reason})"
    return Finding(file.path, 1, 1, "error", "file", message, "look for something odd in its text, like deep nesting")


def _find_terms(run: _Run, keys: list[str], forms: Forms, words: str, terms: dict[str, bytes]) -> None:
    """Find the terms of a changed glossary in texts that are parsed already."""
    if keys:
        texts = [Texts(str(run.store.path), key) for key in keys]
        found = run.workers.map("healthsite.work:find_terms", texts, context=forms)
        used = [(f"{words}:{text.key}", names) for text, names in zip(texts, found, strict=True)]
        run.store.put("terms", used)
        terms.update(used)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


# Linking and checking


def _linked(run: _Run, content: Content) -> tuple[Site, tuple[Finding, ...]]:
    """The site, and every finding: those of the files, and those of the checks."""
    run.say(Progress("linking and checking", 0, 0))
    drafts = run.options.drafts
    site = link(content.outlines, content.sources, content.words, content.terms_in, today=run.today, drafts=drafts)
    pictures = {path.removeprefix("static/") for path in run.inputs.below("static")}
    subject = subject_of(site, content.config, CONFIG, pictures, run.today)
    checked = (*checks.check_site(subject), *_checked_articles(run, content.outlines, subject))
    unfinished = {outline.path for outline in content.outlines if outline.draft and not drafts}
    found = [_of_draft(item, unfinished) for item in (*content.findings, *checked)]
    return site, tuple(sorted(set(found)))


def _checked_articles(run: _Run, outlines: Sequence[Outline], subject: Subject) -> list[Finding]:
    """The findings of every article's checks. They are remembered as long as all that the checks may look at
    is the same.
    """
    surroundings = of_value((run.generator, checks.surroundings(subject)))
    known = json.loads(run.store.get("state", "checks") or b"{}")
    keys = known.get("keys", {}) if known.get("surroundings") == surroundings else {}
    kept = known.get("findings", {})
    found: dict[str, list[Finding]] = {}
    for outline in outlines:
        if keys.get(outline.path) == outline.key:
            if outline.path in kept:
                found[outline.path] = [Finding._make(row) for row in kept[outline.path]]
        elif findings := checks.check_article(_article(run.store, outline.key), subject):
            found[outline.path] = list(findings)
    state = {"surroundings": surroundings, "keys": {item.path: item.key for item in outlines}, "findings": found}
    run.store.put("state", [("checks", json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode())])
    return [finding for findings in found.values() for finding in findings]


def _article(store: Store, key: str) -> Article:
    data = store.get("articles", key)
    if data is None:
        raise OSError(f"{store.path} was changed while it was in use; build again")
    return source.load_article(data)


def _of_draft(finding: Finding, unfinished: set[str]) -> Finding:
    """A draft is not published, so nothing in it can keep the site from being published."""
    return finding._replace(severity="notice") if finding.path in unfinished else finding


# Rendering and publishing


def _made(
    run: _Run, config: Config, site: Site, findings: tuple[Finding, ...], record: Record, key: str
) -> BuildResult:
    """Render what is stale, and publish it unless a template is wrong."""
    options = run.options
    published, asset_findings = _assets(run)
    wanted = pages.routes(site, config, today=run.today)
    findings = tuple(sorted({*findings, *asset_findings, *_collisions(wanted, published)}))
    if any(finding.severity == "error" for finding in findings):
        return BuildResult(findings, len(site.outlines))
    site_view = _site_view(config, options, published)
    common = _common(run, site_view)
    record.begin(common, {urls.output_path(page.address): (page.own, page.seen) for page in wanted})
    stale = [page for page in wanted if record.is_stale(urls.output_path(page.address))]
    reasons = tuple((page.address, record.reason(urls.output_path(page.address))) for page in stale)
    output = publish.Output(options.output)
    if options.writes:
        output.begin()
    rendering = Rendering(
        site_view,
        str(options.root / "templates"),
        common["templates"],
        str(run.store.path),
        str(output.staging) if options.writes else "",
    )
    run.store.commit()
    made, failed = _render(run, stale, rendering)
    findings = tuple(sorted({*findings, *failed}))
    if failed:
        output.end()
        return BuildResult(findings, len(site.outlines), reasons=reasons)
    written = removed = 0
    if options.writes:
        written, removed = _publish(run, output, published, made, record)
    total = len(wanted) + len(published)
    record.remember(key, LastBuild(findings, len(site.outlines), total), writes=options.writes)
    return BuildResult(findings, len(site.outlines), written, total - written, removed, reasons, options.writes)


def _assets(run: _Run) -> tuple[tuple[assets.Asset, ...], tuple[Finding, ...]]:
    digests = {path.removeprefix("static/"): digest for path, digest in run.inputs.below("static").items()}
    return assets.read_assets(digests, lambda name: (run.options.root / "static" / name).read_bytes())


def _collisions(wanted: list[pages.Page], published: tuple[assets.Asset, ...]) -> Iterator[Finding]:
    """A file of ``static/root/`` at the address of a page."""
    addresses = {urls.output_path(page.address): page.address for page in wanted}
    for asset in published:
        if asset.output in addresses:
            message = f"two sources for {addresses[asset.output]}: this file and a page of the site"
            yield Finding(f"static/{asset.name}", 1, 1, "error", "address", message, "rename this file")


def _site_view(config: Config, options: Options, published: tuple[assets.Asset, ...]) -> views.SiteView:
    base_url = config.base_url(options.base_url)
    base = urls.base_path(base_url)
    addresses = {asset.name: base + asset.output for asset in published}
    digest = of_value((config.digest, base_url, addresses))
    return views.SiteView(config, base_url, base, addresses, digest)


def _common(run: _Run, site: views.SiteView) -> dict[str, str]:
    """What every page depends on: the generator, each template, and the site's words and assets."""
    templates = {path.removeprefix("templates/"): digest for path, digest in run.inputs.below("templates").items()}
    named = {f"template {name}": digest for name, digest in templates.items()}
    return {"generator": run.generator, "site": site.digest, "templates": of_value(templates), **named}


def _render(run: _Run, stale: list[pages.Page], rendering: Rendering) -> tuple[list[Rendered], list[Finding]]:
    made: list[Rendered] = []
    failed: dict[Finding, None] = {}
    jobs = [Job(page, str(number)) for number, page in enumerate(stale)]
    results = run.workers.map("healthsite.work:render_page", jobs, context=rendering) if jobs else ()
    for number, result in enumerate(results, 1):
        if number % BATCH == 0 or number == len(jobs):
            run.say(Progress("rendering pages", number, len(jobs)))
        if isinstance(result, Rendered):
            made.append(result)
        elif isinstance(result, Finding):
            failed.setdefault(result)
        else:
            raise RuntimeError(f"rendering {jobs[number - 1].page.address} broke down: {result}")
    return made, list(failed)


def _publish(
    run: _Run, output: publish.Output, published: tuple[assets.Asset, ...], made: list[Rendered], record: Record
) -> tuple[int, int]:
    """Put what changed in its place, assets before the pages that name them, and remove what the site no longer has."""
    run.say(Progress("publishing", 0, 0))
    owned = output.owned()
    rendered = {item.output: item for item in made}
    digests = {asset.output: asset.digest for asset in published}
    digests |= {path: rendered[path].digest if path in rendered else record.digest(path) for path in record.pages}
    publish.check_unclaimed(output.folder, digests, owned, adopt=run.options.adopt)
    output.claim(owned | digests)
    written = 0
    for path, staged in (*_staged_assets(run, output, published, record), *_staged_pages(output, made, record)):
        output.place(path, staged)
        record.note(path, digests[path])
        written += 1
    removed = output.remove(sorted(owned.keys() - digests.keys()))
    output.claim(digests)
    output.end()
    record.end(digests)
    return written, removed


def _staged_assets(
    run: _Run, output: publish.Output, published: tuple[assets.Asset, ...], record: Record
) -> Iterator[tuple[str, Path]]:
    for number, asset in enumerate(published):
        if not record.holds(asset.output, asset.digest):
            staged = output.staging / f"asset-{number}"
            original = run.options.root / "static" / asset.name
            staged.write_bytes(original.read_bytes() if asset.data is None else asset.data)
            yield asset.output, staged


def _staged_pages(output: publish.Output, made: list[Rendered], record: Record) -> Iterator[tuple[str, Path]]:
    for item in made:
        if not record.holds(item.output, item.digest):
            yield item.output, output.staging / item.staged
