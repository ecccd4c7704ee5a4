"""A fact has its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

FACT = Rule("uncited-fact", "warning", "a reader can check every fact (docs/writing.md, Sources)")
RULES = (FACT,)
_SHARE = re.compile(r"\d%|\d out of |\d in (?:every )?\d")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A paragraph, an item, a row or an answer that tells of evidence, or gives a share in figures, without a
    citation.
    """
    seen: set[int] = set()
    hits = [offset for offset, _ in prose.find(style.wording.facts)] if style.wording.facts else []
    hits += [match.start() for match in _SHARE.finditer(prose.text)]
    for offset in sorted(hits):
        position = prose.block_at(offset)
        block = prose.blocks[position]
        is_told = block.kind in ("paragraph", "item", "row") or block.field == "questions"
        if position in seen or not is_told or prose.is_supported(position):
            continue
        seen.add(position)
        sentence = prose.sentence_at(offset)
        if not prose.text[block.start : block.end].rstrip().endswith((":", "?")):
            message = f"this states a fact without a source: “{prose.quote(sentence)}”"
            yield FACT.at(prose.path, prose.place(sentence.start), message, "cite one with [@id] after the sentence")
