"""The linked site → what is published: render what is stale, put it in its place, remove what is unowned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from healthsite import assets, pages, publish, urls, wholesite
from healthsite.config import Config
from healthsite.digest import of_value
from healthsite.graph import NOTHING, Site
from healthsite.jobs import Lost, Rendered, Rendering, Shown, pack
from healthsite.kinds import FOLDERS
from healthsite.model import Finding
from healthsite.outputs import LastBuild, Record
from healthsite.plans import ArticlePlan
from healthsite.reading import Content
from healthsite.routing import Wanted, keep, routes
from healthsite.run import BATCH, COMPILE, COMPILE_ALL, RENDER, BuildResult, Options, Progress, Run, blocks
from healthsite.searching import SearchError
from healthsite.siteview import SiteView
from healthsite.store import LostError
from healthsite.wholesite import Whole

PAGES, WHOLE = "pages", "whole"
"""Folders of what is staged: pages, each under its output path; and what is made of many of them."""

Templates = tuple[tuple[str, str], ...]
"""Each template's text by its name."""


def prepare(run: Run, content: Content, record: Record) -> tuple[Templates, list[Finding]]:
    """Read the templates; workers that wait for orders compile meanwhile what will be needed."""
    templates, findings = _templates(run)
    run.workers.prepare(COMPILE if record.scopes == content.scopes else COMPILE_ALL, templates)
    return templates, findings


def make(
    run: Run,
    content: Content,
    site: Callable[[], Site],
    findings: tuple[Finding, ...],
    record: Record,
    key: str,
    prepared: tuple[Templates, list[Finding]],
) -> BuildResult:
    """Render what is stale, and publish it unless a template is wrong. The site is asked for where its texts and the
    record do not tell what it needs. ``prepared`` is what :func:`prepare` gave.
    """
    templates, template_findings = prepared
    published, asset_findings = _assets(run)
    site_view = _site_view(content.config, run.options, published)
    common = _common(run, site_view)
    keys, articles, kept, pages_at = routes(run, content, site, record)
    own = wholesite.collisions([(asset.name, asset.output) for asset in published])
    findings = tuple(sorted({*findings, *asset_findings, *template_findings, *_collisions(keys, published), *own}))
    lasting, findings = findings, tuple(sorted({*findings, *_gone(record.gone(keys))}))
    if blocks(findings, run.options):
        return BuildResult(findings, len(articles))
    record.begin(common, content.scopes, content.frame, keys, kept)
    stale = pages_at(frozenset(record.stale()))
    reasons = tuple((page.address, record.reason(urls.output_path(page.address))) for page in stale.pages)
    output = publish.Output(run.options.output)
    if run.options.writes:
        output.begin()
    staging = str(output.staging / PAGES) if run.options.writes else ""
    rendering = Rendering(site_view, templates, content.forms, str(run.store.path), staging, Shown(NOTHING))
    made, failed = _render(run, stale, rendering)
    whole = Whole()
    digests = record.digests() | {item.output: item.digest for item in made}
    if not failed:
        whole, failed = _whole(run, articles, record, made, digests, rendering, of_value(common))
    findings = tuple(sorted({*findings, *failed}))
    if failed:
        if run.options.writes:
            output.end()
        return BuildResult(findings, len(articles), reasons=reasons)
    written = removed = 0
    if run.options.writes:
        digests |= {**{asset.output: asset.digest for asset in published}, **whole.digests}
        written, removed = _publish(run, output, published, made, whole, digests, record)
    total = len(keys) + len(published) + len(whole.digests)
    record.remember(key, LastBuild(lasting, len(articles), total), writes=run.options.writes)
    return BuildResult(
        findings, len(articles), written, total - written, removed, reasons, published=run.options.writes
    )


def _templates(run: Run) -> tuple[Templates, list[Finding]]:
    texts: list[tuple[str, str]] = []
    found: list[Finding] = []
    for path in run.inputs.below("templates"):
        text, findings = run.text(path)
        found += findings
        if text is not None:
            texts.append((path.removeprefix("templates/"), text))
    return tuple(texts), found


def _assets(run: Run) -> tuple[tuple[assets.Asset, ...], tuple[Finding, ...]]:
    """The assets, made or remembered."""
    digests = {path.removeprefix("static/"): digest for path, digest in run.inputs.below("static").items()}
    key = of_value((run.generator, digests))
    known = run.store.get("state", "assets")
    if known is not None and known.startswith(key.encode()):
        return assets.load(known[len(key) :])
    found = assets.read_assets(digests, lambda name: run.read(f"static/{name}"))
    run.store.put("state", [("assets", key.encode() + assets.dump(*found))])
    return found


def _collisions(paths: Collection[str], published: tuple[assets.Asset, ...]) -> Iterator[Finding]:
    """A file of ``static/root/`` at the address of a page, or of a folder that holds some."""
    taken = {*paths, *(asset.output for asset in published)}
    for asset in published:
        is_folder = not asset.output.startswith("assets/") and any(
            path.startswith(f"{asset.output}/") for path in taken
        )
        if asset.output in paths or is_folder:
            address = "/" + asset.output.removesuffix("index.html")
            message = f"two sources for {address}: this file and a page of the site"
            yield Finding(f"static/{asset.name}", 1, 1, "error", "address", message, "rename this file")


def _gone(paths: Iterable[str]) -> Iterator[Finding]:
    """Addresses of articles that the last build published and this one does not: links from elsewhere would break."""
    for path in paths:
        folder, _, rest = path.partition("/")
        slug = rest.removesuffix("/index.html")
        if folder in FOLDERS and "/" not in slug and rest != slug:
            message = f"/{folder}/{slug}/ was published, and is gone"
            hint = f"if the article has a new name, give it the alias {folder}/{slug}"
            yield Finding(f"content/{folder}/{slug}.md", 1, 1, "warning", "gone", message, hint)


def _site_view(config: Config, options: Options, published: tuple[assets.Asset, ...]) -> SiteView:
    base_url = config.base_url(options.base_url)
    base = urls.base_path(base_url)
    addresses = {asset.name: base + asset.output for asset in published}
    digest = of_value((config.digest, base_url, addresses))
    sizes = {asset.name: asset.size for asset in published if asset.size}
    return SiteView(config, base_url, base, addresses, digest, sizes)


def _common(run: Run, site: SiteView) -> dict[str, str]:
    """What every page depends on: the generator, each template, and the site's words and assets."""
    templates = {path.removeprefix("templates/"): digest for path, digest in run.inputs.below("templates").items()}
    named = {f"template {name}": digest for name, digest in templates.items()}
    return {"generator": run.generator, "site": site.digest, "templates": of_value(templates), **named}


def _whole(
    run: Run,
    articles: Collection[str],
    record: Record,
    made: list[Rendered],
    digests: Mapping[str, str],
    rendering: Rendering,
    common: str,
) -> tuple[Whole, list[Finding]]:
    """The files that are made of many finished pages. A check has none: it sees whether their templates are right."""

    output = publish.Output(run.options.output)
    staging = output.staging / WHOLE

    def render(wanted: list[pages.Page]) -> tuple[list[Rendered], list[Finding]]:
        apart = rendering._replace(staging=str(staging) if run.options.writes else "")
        return _render(run, Wanted(wanted), apart)

    if not run.options.writes:
        return Whole(), render([wholesite.worker_page(pages.OfflineScope("", (), ()))])[1]
    staged = {item.output for item in made}
    finished = wholesite.Finished(digests, articles, staged, output.staging / PAGES, output.folder)
    try:
        return wholesite.make_whole(run, rendering.site, record, finished, staging, render, common)
    except SearchError:
        output.end()
        raise


class _Jobs:
    """Pages to render: each is packed when it is its turn, while the workers are busy with others."""

    def __init__(self, stale: Sequence[pages.Page | ArticlePlan]) -> None:
        self._stale = stale

    def __len__(self) -> int:
        return len(self._stale)

    def __iter__(self) -> Iterator[bytes]:
        return map(pack, self._stale)


def _render(run: Run, wanted: Wanted, rendering: Rendering) -> tuple[list[Rendered], list[Finding]]:
    """Render pages, or the pages of plans."""
    run.store.commit()  # the workers read it
    made: list[Rendered] = []
    planned: list[tuple[str, bytes, bytes]] = []
    failed: dict[Finding, None] = {}
    stale, context = wanted.pages, rendering._replace(shown=wanted.shown)
    results = run.workers.map(RENDER, _Jobs(stale), context=context) if stale else ()
    for number, result in enumerate(results, 1):
        if isinstance(result, Rendered):
            made.append(result._replace(plan=b"", shown=b""))
            if result.output in wanted.new:
                planned.append((wanted.new[result.output], result.plan, result.shown))
        elif isinstance(result, Lost):
            raise LostError
        elif isinstance(result, Finding):
            failed.setdefault(result)
        else:
            raise RuntimeError(f"rendering {stale[number - 1].address} broke down: {result}")
        if number % BATCH == 0 or number == len(stale):
            run.say(Progress("rendering pages", number, len(stale)))
            keep(run.store, planned)
            run.store.commit()  # no other build waits for longer than a batch
            planned.clear()
    return made, list(failed)


def _publish(
    run: Run,
    output: publish.Output,
    published: tuple[assets.Asset, ...],
    made: list[Rendered],
    whole: Whole,
    digests: Mapping[str, str],
    record: Record,
) -> tuple[int, int]:
    """Put what changed in its place, assets before the pages that name them, and remove what the site no longer has."""
    run.say(Progress("publishing", 0, 0))
    owned = output.owned()
    publish.check_unclaimed(output.folder, digests, owned, adopt=run.options.adopt)
    first = list(_staged_assets(run, output, published, record))
    new = _staged_pages(output, made, record)
    last = [(path, file) for path, file in whole.staged if not record.holds(path, whole.digests[path])]
    output.claim({**owned, **digests})
    for path, file in first:
        output.place(path, file)
    if new:
        output.place_all(output.staging / PAGES)
    for path, file in last:
        output.place(path, file)
    placed = [*(path for path, _ in (*first, *last)), *new]
    for path in placed:
        record.note(path, digests[path])
    removed = output.remove(sorted(owned.keys() - digests.keys()))
    output.claim(digests)
    output.end()
    record.end(digests)
    return len(placed), removed


def _staged_assets(
    run: Run, output: publish.Output, published: tuple[assets.Asset, ...], record: Record
) -> Iterator[tuple[str, Path]]:
    for number, asset in enumerate(published):
        if not record.holds(asset.output, asset.digest):
            staged = output.staging / f"asset-{number}"
            staged.write_bytes(run.read(f"static/{asset.name}") if asset.data is None else asset.data)
            yield asset.output, staged


def _staged_pages(output: publish.Output, made: list[Rendered], record: Record) -> list[str]:
    """The pages that are new, or other than those that stand in the output; what is as it was is staged no more."""
    new = []
    for item in made:
        if record.holds(item.output, item.digest):
            (output.staging / PAGES / item.output).unlink()
        else:
            new.append(item.output)
    return new
