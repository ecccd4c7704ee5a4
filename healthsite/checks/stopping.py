"""Nobody is told to stop a medicine, but where a warning sign with a source asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

STOP = Rule(
    "stop-medicine",
    "error",
    "to stop a medicine can do harm: “ask before you stop” (docs/writing.md, For whom)",
    is_safety=True,
)
RULES = (STOP,)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """“Stop taking”, unless the sentence denies it or asks first, or it is a cited action of an article that is
    a red flag, names one, or links to one right there.
    """
    article, wording = prose.article, style.wording
    names_sign = article.kind == "red-flag" or any(relation.name == "red_flags" for relation in article.relations)
    for offset, words in prose.find(wording.stopping):
        sentence = prose.sentence_at(offset)
        if prose.uses((*wording.denials, *wording.asking), sentence.start, sentence.end):
            continue
        block = prose.blocks[sentence.block]
        is_summary = article.kind == "red-flag" and block.kind == "front"  # which holds no citation
        is_cited = prose.is_supported(sentence.block) and (names_sign or prose.leads_to(sentence.block, "red-flags/"))
        if is_summary or is_cited:
            continue
        message = f"“{words}” without a cited warning sign: “{prose.quote(sentence)}”"
        hint = "write “ask before you stop”; or cite the source, and name the red flag in red_flags"
        yield STOP.at(prose.path, prose.place(offset), message, hint)
