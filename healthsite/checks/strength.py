"""Words are no stronger than the evidence."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose, Sentence

STRONG = Rule(
    "too-strong",
    "error",
    "certainty is always audible (docs/writing.md, Certainty; GRADE guidelines 26 on wording)",
)
AGAINST = Rule(
    "against-effect",
    "error",
    "the text says what the front matter declares (docs/writing.md, Certainty)",
    is_safety=True,
)
RULES = (STRONG, AGAINST)


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """What the summary, and a sentence about the article's subject, claim fits ``certainty`` and ``effect``."""
    article, wording = prose.article, style.wording
    certainty = article.facets.get("certainty", "")
    claims = {"relief": wording.claims, "cause": wording.causes}.get(article.kind, ())
    if not certainty or not claims or not wording.hedges:
        return
    hedged = [word for name, words in wording.hedges.items() if name != "moderate" for word in words]
    if certainty == "moderate":
        hedged += wording.hedges["moderate"]
    calm = (*wording.denials, *hedged)
    names = tuple(name.lower() for name in (article.title, *article.also_called))
    complaint = wording.complaint if article.kind == "cause" else ()
    seen: set[Sentence] = set()
    for offset, word in prose.find(claims):
        sentence = prose.sentence_at(offset)
        if sentence in seen or not _is_about(prose, sentence, names, complaint):
            continue
        seen.add(sentence)
        told = f"“{word}” in “{prose.quote(sentence)}”"
        if prose.uses(calm, sentence.start, sentence.end):
            continue
        effect = article.facets.get("effect", "helps")
        if effect != "helps":
            hint = f"the front matter says effect: {effect}"
            yield AGAINST.at(prose.path, prose.place(offset), f"this says that it works: {told}", hint)
        elif certainty != "strong":
            hint = f"for certainty: {certainty}, say for example: {', '.join(wording.hedges[certainty][:4])}"
            yield STRONG.at(prose.path, prose.place(offset), f"this is surer than its evidence: {told}", hint)


def _is_about(prose: Prose, sentence: Sentence, names: tuple[str, ...], complaint: tuple[str, ...]) -> bool:
    """Whether a sentence is the summary's, or begins with the article's subject, and tells of the complaint."""
    block = prose.blocks[sentence.block]
    if block.kind == "front":
        return block.field == "summary"
    if complaint and not prose.uses(complaint, sentence.start, sentence.end):
        return False
    return prose.text[sentence.start : sentence.end].lower().strip(" \n\x00").startswith(names)
