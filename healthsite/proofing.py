"""What the checks of words find in every article, remembered as long as text and house style are the same.

A new text is checked right where it is parsed. Those that are parsed already are checked here when the house style is
another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from healthsite.checks.subject import Style, style_of
from healthsite.digest import of_value
from healthsite.jobs import Checking, Lost, Proof, Written
from healthsite.ledger import Ledger
from healthsite.model import Finding
from healthsite.reading import Content
from healthsite.run import CHECK, Progress, Run
from healthsite.sayings import Saying
from healthsite.store import LostError
from healthsite.workers import Crashed, TimedOut


class Proofs(NamedTuple):
    """What the checks of words find in all articles, and what these say of others; ``name`` names all of it."""

    findings: tuple[Finding, ...]
    said: tuple[Saying, ...]
    name: str


def proofs(run: Run, content: Content) -> Proofs:
    """What the checks of words find in all articles. Where they find nothing, no more than that is remembered."""
    style = style_of(content.config, content.words)
    named = of_value((run.generator, content.config.digest, sorted(style.abbreviations)))
    ledger = Ledger(run.store, "proofs", under=named)
    keys, kept = ledger.rows, ledger.besides
    fresh = {path: key for path, key in content.keys.items() if keys.get(path) != key}
    parsed = {path: content.fresh[key].proof for path, key in fresh.items() if key in content.fresh}
    made = {path: proof for path, proof in parsed.items() if proof}
    broken: list[Finding] = []
    if len(made) < len(fresh):
        left = {path: key for path, key in fresh.items() if path not in made}
        run.say(Progress("checking texts", 0, len(left)))
        made |= _checked(run, left, style, content.config.policy.parse_seconds, broken)
    every = {path: proof for path, proof in kept.items() if path not in fresh}
    every |= {path: [list(map(list, part)) for part in proof] for path, proof in made.items() if any(proof)}
    found = {path: every[path] for path in content.keys if path in every}
    if fresh or keys.keys() != content.keys.keys():
        ledger.keep({path: key for path, key in content.keys.items() if path in made or path not in fresh}, found)
    findings = [Finding._make(row) for rows, _ in found.values() for row in rows]
    said = [Saying._make(row) for _, rows in found.values() for row in rows]
    return Proofs((*findings, *broken), tuple(said), of_value((named, broken, found)))


def _checked(run: Run, keys: Mapping[str, str], style: Style, limit: float, broken: list[Finding]) -> dict[str, Proof]:
    """The proofs of texts, given by path with their keys; a finding in ``broken`` for each that has none."""
    run.store.commit()  # the workers read what was parsed
    digests = run.inputs.digests
    texts = [Written(path, digests[path], key) for path, key in keys.items()]
    context = Checking(str(run.options.root), str(run.store.path), style)
    found = {}
    for text, result in zip(texts, run.workers.map(CHECK, texts, context=context, limit=limit), strict=True):
        if isinstance(result, TimedOut | Crashed):
            message, hint = "checking the words of this file broke down", "look for something odd in its text"
            broken.append(Finding(text.path, 1, 1, "error", "file", message, hint))
        elif isinstance(result, Lost):
            run.read(text.path)  # which tells if the file is another by now
            raise LostError
        else:
            found[text.path] = result
    return found
