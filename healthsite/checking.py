"""The linked site and all its findings; those of an article's checks are remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from healthsite import checks, records
from healthsite.checks.subject import Subject, subject_of
from healthsite.digest import of_value
from healthsite.graph import Site, link
from healthsite.model import Article, Finding, Outline
from healthsite.proofing import proofs
from healthsite.reading import Content
from healthsite.run import CONFIG, Progress, Run
from healthsite.settling import settle
from healthsite.store import LostError, Store


def linked(run: Run, content: Content) -> tuple[Site, tuple[Finding, ...]]:
    """The site, and every finding: those of the files, and those of the checks."""
    run.say(Progress("linking and checking", 0, 0))
    drafts = run.options.drafts
    site = link(
        content.outlines,
        content.sources,
        content.words,
        content.terms_in,
        content.people,
        today=run.today,
        drafts=drafts,
        broken=content.broken,
    )
    pictures = {path.removeprefix("static/") for path in run.inputs.below("static")}
    read = partial(read_article, run.store)
    proof = proofs(run, content)
    subject = subject_of(site, content.config, CONFIG, pictures, run.today, read, content.retracted, proof.said)
    checked = (*checks.check_site(subject), *_checked_articles(run, content.outlines, subject))
    found = (*content.findings, *checked, *proof.findings)
    settled = settle(found, content.outlines, content.config.checks, checks.RULES, CONFIG)
    unfinished = {outline.path for outline in content.outlines if outline.draft and not drafts}
    seen = [_of_preview(item) for item in settled] if drafts else settled
    return site, tuple(sorted({_of_draft(item, unfinished) for item in seen}))


def _checked_articles(run: Run, outlines: Sequence[Outline], subject: Subject) -> list[Finding]:
    """The findings of every article's checks. They are remembered as long as all that the checks may look at
    is the same.
    """
    surroundings = of_value((run.generator, checks.surroundings(subject)))
    known = run.store.state("checks")
    keys = known.get("keys", {}) if known.get("surroundings") == surroundings else {}
    kept = known.get("findings", {})
    found: dict[str, list[Finding]] = {}
    for outline in outlines:
        if keys.get(outline.path) == outline.key:
            if outline.path in kept:
                found[outline.path] = [Finding._make(row) for row in kept[outline.path]]
        elif findings := checks.check_article(read_article(run.store, outline.key), subject):
            found[outline.path] = list(findings)
    state = {"surroundings": surroundings, "keys": {item.path: item.key for item in outlines}, "findings": found}
    run.store.put("state", [("checks", json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode())])
    return [finding for findings in found.values() for finding in findings]


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
