"""Short sentences."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

LONGEST = Rule("very-long-sentence", "warning", "30 words at most: nobody awake at night reads more (docs/writing.md)")
LONG = Rule("long-sentence", "notice", "20 words as a rule (docs/writing.md, For whom)")
RULES = (LONGEST, LONG)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A sentence with more words than the rule, or than the limit."""
    usual, most = style.policy.sentence_words, style.policy.sentence_most
    for position, lengths in enumerate(prose.lengths):
        if not lengths or max(lengths) <= usual:  # as it is nearly always
            continue
        for sentence in prose.sentences_of(position):
            if sentence.words > usual:
                rule, limit = (LONGEST, most) if sentence.words > most else (LONG, usual)
                message = f"a sentence of {sentence.words} words: “{prose.quote(sentence)}”"
                hint = f"at most {limit}: make two of it"
                yield rule.at(prose.path, prose.place(sentence.start), message, hint)
