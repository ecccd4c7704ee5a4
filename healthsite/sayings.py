"""What an article's text says of other articles: that something works, or that it is a cause. Whether that is so is
known only where the site is linked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple

from healthsite.prose import Prose, Sentence
from healthsite.wording import Wording

WORKS, CAUSES = "works", "causes"


class Saying(NamedTuple):
    """A sentence that says of one article (its id) that it ``works`` or ``causes`` the complaint."""

    path: str
    line: int
    column: int
    target: str
    verb: str
    sentence: str


def sayings(prose: Prose, wording: Wording) -> Iterator[Saying]:
    """Sentences with one link to an article, and a word that says what that does; those that deny it left out."""
    linked: dict[Sentence, list[str]] = {}
    for offset, text, target in prose.links:
        path = target.partition("#")[0]
        if path.endswith(".md"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(prose.path), path))
            found = linked.setdefault(prose.sentence_at(offset + len(text)), [])
            found.append(name.removeprefix("content/").removesuffix(".md"))
    for sentence, targets in linked.items():
        verbs = {"relief": (WORKS, wording.claims), "causes": (CAUSES, wording.causes)}
        verb, words = verbs.get(targets[0].partition("/")[0], ("", ()))
        if len(targets) > 1 or not words or prose.uses(wording.denials, sentence.start, sentence.end):
            continue
        about = not wording.complaint or prose.uses(wording.complaint, sentence.start, sentence.end)
        if prose.uses(words, sentence.start, sentence.end) and about:
            yield Saying(prose.path, *prose.place(sentence.start), targets[0], verb, prose.quote(sentence))
