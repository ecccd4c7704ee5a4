"""The linked site and all its findings; those of an article's checks are remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from healthsite import checks, records
from healthsite.checks.subject import Subject, subject_of
from healthsite.digest import of_value
from healthsite.graph import Site, link
from healthsite.ledger import Ledger
from healthsite.model import Article, Finding, Outline
from healthsite.proofing import Proofs, proofs
from healthsite.reading import Content, unfolded
from healthsite.run import BATCH, CONFIG, RENDER, Progress, Run
from healthsite.settling import settle
from healthsite.store import LostError, Store

STATE = "checks"
"""Under this name the store keeps what was found, and under what."""


def linked(run: Run, content: Content) -> tuple[Callable[[], Site], tuple[Finding, ...]]:
    """A way to the linked site, and every finding: those of the files, and those of the checks. The site is linked when
    it is first asked for: where only texts were changed, nobody may.
    """
    run.say(Progress("linking and checking", 0, 0))
    all_of = cache(partial(unfolded, run.store, content.parsed, content.fresh))
    site = cache(lambda: _site(run, content, all_of()[0]))
    proof = proofs(run, content)
    ledger = Ledger(run.store, STATE)
    found = _remembered(content, proof, ledger)
    if found is None:
        run.workers.start(RENDER)  # several pages will be stale: those that start now import what they need meanwhile
        found, besides = _found(run, content, proof, site(), *all_of(), ledger)
        ledger.keep(content.keys, besides)
    elif ledger.rows != content.keys:
        ledger.keep(content.keys, ledger.besides)
    return site, found


def _site(run: Run, content: Content, outlines: Sequence[Outline]) -> Site:
    return link(
        outlines,
        content.sources,
        content.words,
        {outline.card.id: content.terms[outline.key] for outline in outlines},
        content.people,
        today=run.today,
        drafts=run.options.drafts,
        broken=content.broken,
    )


def _remembered(content: Content, proof: Proofs, ledger: Ledger) -> tuple[Finding, ...] | None:
    """What was found last time, where it would be found again: texts were changed, at most, and nothing that the checks
    know of them; and nothing was found in these, or is now.
    """
    known = ledger.besides
    if content.broken or (known.get("around"), known.get("proofs")) != (content.around, proof.name):
        return None
    keys, found = ledger.rows, known["all"]
    changed = {path: key for path, key in content.keys.items() if keys.get(path) != key}
    if not content.flawed.isdisjoint(changed):
        return None
    told = f"{found}"
    if any(path in told for path in changed):  # in a finding of another file, too: it may tell a line of this one
        return None
    return tuple([Finding._make(row) for row in found])


def _found(
    run: Run,
    content: Content,
    proof: Proofs,
    site: Site,
    outlines: Sequence[Outline],
    in_files: Sequence[Finding],
    ledger: Ledger,
) -> tuple[tuple[Finding, ...], Mapping[str, Any]]:
    """Every finding, looked for; and what is to be remembered of it."""
    drafts = run.options.drafts
    pictures = {path.removeprefix("static/") for path in run.inputs.below("static")}
    read = partial(read_article, run.store)
    subject = subject_of(site, content.config, CONFIG, pictures, run.today, read, content.retracted, proof.said)
    surroundings = of_value((run.generator, checks.surroundings(subject)))
    is_known = ledger.besides.get("surroundings") == surroundings
    keys, kept = (ledger.rows, ledger.besides["findings"]) if is_known else ({}, {})
    in_articles = _in_articles(run, outlines, subject, keys, kept)
    checked = (*checks.check_site(subject), *(finding for findings in in_articles.values() for finding in findings))
    found = (*content.findings, *in_files, *checked, *proof.findings)
    settled = settle(found, outlines, content.config.checks, checks.RULES, CONFIG)
    unfinished = {outline.path for outline in outlines if outline.draft and not drafts}
    seen = [_of_preview(item) for item in settled] if drafts else settled
    whole = tuple(sorted({_of_draft(item, unfinished) for item in seen}))
    besides = {"surroundings": surroundings, "findings": in_articles, "all": whole}
    return whole, besides | {"around": content.around, "proofs": proof.name}


def _in_articles(
    run: Run, outlines: Sequence[Outline], subject: Subject, keys: Mapping[str, str], kept: Mapping[str, Any]
) -> dict[str, list[Finding]]:
    """The findings of every article's checks by its path; ``kept`` are those of the texts that ``keys`` names. They are
    remembered as long as all that the checks may look at is the same.
    """
    found: dict[str, list[Finding]] = {}
    fresh: list[Outline] = []
    for outline in outlines:
        if keys.get(outline.path) != outline.key:
            fresh.append(outline)
        elif outline.path in kept:
            found[outline.path] = [Finding._make(row) for row in kept[outline.path]]
    flawed = [outline for outline in fresh if not checks.is_sound(records.sketch_of(outline), subject)]
    for article in _articles(run.store, flawed):
        if findings := checks.check_article(article, subject):
            found[article.path] = list(findings)
    return found


def _articles(store: Store, outlines: Sequence[Outline]) -> Iterator[Article]:
    """The articles of some outlines, a few hundred at a time: those of a large site are too many to hold."""
    for start in range(0, len(outlines), BATCH):
        part = outlines[start : start + BATCH]
        rows = store.some("articles", [outline.key for outline in part])
        if len(rows) < len(part):
            raise LostError
        yield from records.load_articles([rows[outline.key] for outline in part])


def read_article(store: Store, key: str) -> Article:
    """An article from the store."""
    data = store.get("articles", key)
    if data is None:
        raise LostError
    return records.load_article(data)


def _of_preview(finding: Finding) -> Finding:
    """A site with drafts is for its editors: who changes an article must see it before it is signed off again."""
    is_broken = finding.check == "seal" and finding.severity == "error"
    return finding._replace(severity="warning") if is_broken else finding


def _of_draft(finding: Finding, unfinished: set[str]) -> Finding:
    """A draft is not published, so nothing in it can keep the site from being published."""
    is_heard = finding.path in unfinished and finding.severity != "silenced"
    return finding._replace(severity="notice") if is_heard else finding
