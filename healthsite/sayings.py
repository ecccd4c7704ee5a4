"""What an article's text says of other articles: that something works, or that it is a cause. Whether that is so is
known only where the site is linked.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
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
    verbs = {"relief": (WORKS, wording.claims), "causes": (CAUSES, wording.causes)}
    for sentence, targets in _linked(prose, [f"{folder}/" for folder in verbs]).items():
        verb, words = verbs.get(targets[0].partition("/")[0], ("", ()))
        if len(targets) > 1 or not words or prose.uses(wording.denials, sentence.start, sentence.end):
            continue
        about = not wording.complaint or prose.uses(wording.complaint, sentence.start, sentence.end)
        if prose.uses(words, sentence.start, sentence.end) and about:
            yield Saying(prose.path, *prose.place(sentence.start), targets[0], verb, prose.quote(sentence))


def _linked(prose: Prose, folders: Sequence[str]) -> dict[Sentence, list[str]]:
    """The articles that each sentence links to, of the blocks with a link to an article in one of these folders."""
    in_blocks: dict[int, list[tuple[int, str]]] = {}
    for offset, text, target in prose.links:
        path = target.partition("#")[0]
        if path.endswith(".md"):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(prose.path), path))
            at = offset + len(text)
            name = name.removeprefix("content/").removesuffix(".md")
            in_blocks.setdefault(prose.block_at(at), []).append((at, name))
    linked: dict[Sentence, list[str]] = {}
    for links in in_blocks.values():
        if any(name.startswith(tuple(folders)) for _, name in links):
            for at, name in links:
                linked.setdefault(prose.sentence_at(at), []).append(name)
    return linked
