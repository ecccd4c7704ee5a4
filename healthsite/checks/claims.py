"""A fact has its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose, Sentence

FACT = Rule("uncited-fact", "warning", "a reader can check every fact (docs/writing.md, Sources)")
RULES = (FACT,)
_SHARE = re.compile(r"%| out of \d| in (?:every )?\d")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A paragraph, an item, a row or an answer that tells of evidence, or gives a share in figures, without a
    citation.
    """
    seen: set[int] = set()
    hits = [offset for offset, _ in prose.find(style.wording.facts)] if style.wording.facts else []
    hits += [start for start, end in prose.figures if _SHARE.match(prose.text, end)]
    for offset in sorted(hits):
        position = prose.block_at(offset)
        block = prose.blocks[position]
        is_told = block.kind in ("paragraph", "item", "row") or block.field == "questions"
        if position in seen or not is_told or prose.is_supported(position):
            continue
        sentence = prose.sentence_at(offset)
        if not _leads_in(prose, position) and not _is_denied(prose, sentence, style):
            seen.add(position)
            message = f"this states a fact without a source: “{prose.quote(sentence)}”"
            yield FACT.at(prose.path, prose.place(sentence.start), message, "cite one with [@id] after the sentence")


def _leads_in(prose: Prose, position: int) -> bool:
    """Whether a block asks, or leads into a list or a table that has its sources."""
    block = prose.blocks[position]
    led = [item.is_cited for item in prose.blocks[position + 1 : prose.body_blocks] if item.lead == position]
    return (bool(led) and all(led)) or prose.text[block.start : block.end].rstrip().endswith((":", "?"))


def _is_denied(prose: Prose, sentence: Sentence, style: Style) -> bool:
    """Whether a sentence says that there is none (“we found no study”), without a figure."""
    has_figure = any(letter.isdigit() for letter in prose.text[sentence.start : sentence.end])
    return not has_figure and prose.uses(style.wording.denials, sentence.start, sentence.end)
