"""What the checks of words find in every article, remembered as long as text and house style are the same.

A new text is checked right where it is parsed. Those that are parsed already are checked here when the house style is
another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from healthsite.checks.subject import Style, style_of
from healthsite.digest import of_value
from healthsite.jobs import CHECK, Checking, Lost, Proof, Written
from healthsite.model import Finding, Outline
from healthsite.reading import Content
from healthsite.run import Progress, Run
from healthsite.sayings import Saying
from healthsite.store import LostError
from healthsite.workers import Crashed, TimedOut

STATE = "proofs"


def proofs(run: Run, content: Content) -> Proof:
    """What the checks of words find in all articles, and what these say of others."""
    style = style_of(content.config, content.words)
    named = of_value((run.generator, content.config.digest, sorted(style.abbreviations)))
    known = run.store.state(STATE)
    kept: Mapping[str, Proof] = known.get("found", {}) if known.get("style") == named else {}
    found = {outline.key: kept[outline.key] for outline in content.outlines if outline.key in kept}
    found |= content.proofs
    fresh = [outline for outline in content.outlines if outline.key not in found]
    broken: list[Finding] = []
    if fresh:
        run.say(Progress("checking texts", 0, len(fresh)))
        found |= _checked(run, fresh, style, content.config.policy.parse_seconds, broken)
    if found.keys() != kept.keys():
        state = json.dumps({"style": named, "found": found}, ensure_ascii=False, separators=(",", ":"))
        run.store.put("state", [(STATE, state.encode("utf-8", "surrogatepass"))])
    findings = [Finding._make(row) for rows, _ in found.values() for row in rows]
    return Proof((*findings, *broken), tuple([Saying._make(row) for _, rows in found.values() for row in rows]))


def _checked(
    run: Run, outlines: Sequence[Outline], style: Style, limit: float, broken: list[Finding]
) -> dict[str, Proof]:
    """The proofs of texts by their keys; a finding in ``broken`` for each that has none."""
    run.store.commit()  # the workers read what was parsed
    digests = run.inputs.digests
    texts = [Written(outline.path, digests[outline.path], outline.key) for outline in outlines]
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
            found[text.key] = result
    return found
