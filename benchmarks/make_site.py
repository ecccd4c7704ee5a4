"""Make a whole project of many articles: ``python -m benchmarks.make_site 10000 FOLDER``.

The same number gives the same bytes. The text is of neutral made-up sentences: it has the shape of real articles
(headings, lists, links, citations, tables, care cards) and says nothing about health. Templates, static files,
configuration and the generator itself are copies of the repository's, so that a measurement is not disturbed by
somebody who works there.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SEED = 2026


def _words(text: str) -> list[str]:
    """Words apart by space; a hyphen stands for a space inside one."""
    return [word.replace("-", " ") for word in text.split()]


SHARES = {"causes": 35, "symptoms": 25, "relief": 20, "red-flags": 5, "guides": 15}
"""Articles of each kind, in per cent."""

ADJECTIVES = _words("""
amber ample bright broad calm clear cool crisp early even fair firm gentle green grey high hollow large late level light
little long low mild narrow neat old open pale plain quiet round silver slow small smooth soft spare steady still tall
warm western wide wooden yellow young
""")
NOUNS = _words("""
anchor barrel basket bell bench boat bottle bowl bridge brush bucket button candle canvas carpet chair clock cottage
curtain drawer fence field flag garden gate glove hammer handle harbour hedge hill kettle key ladder lamp letter
lighthouse meadow mill mirror oar orchard page paint path pebble pencil pillow plank pocket pond rope sail saddle shelf
shutter stone tower tray tunnel valley wagon wall window
""")
VERBS = _words("""
borders carries closes covers crosses faces fills follows guards holds hides joins keeps leaves marks matches meets
moves opens outlasts passes reaches rests-on shares shows supports touches turns warms watches
""")
PLACES = _words("""
at-noon behind-the-house beside-the-river by-the-shore for-a-week from-time-to-time in-a-row in-the-morning in-the-yard
near-the-station now-and-then on-most-days on-the-other-side once-a-year over-the-hill since-the-spring under-the-roof
until-the-evening with-some-care without-a-sound
""")
OPENINGS = ("", "", "", "As a rule, ", "In short, ", "Later on, ", "On some days, ", "Here and there, ")
TERMS = [
    a + b
    for a in _words("bel cor dan fen gar hol lim mar nor pel")
    for b in _words("bane dock fell lode mere ridd tack wick")
]
CARDS = {
    "emergency": ("Act now if", "Call {emergency-number}."),
    "same-day": ("Ask today if", "Ring {advice-line}."),
    "routine": ("Ask some time if", ""),
    "self-care": ("What is done at home", ""),
}
URGENCIES = ("emergency", "same-day", "routine")
CERTAINTIES = ("strong", "moderate", "weak", "contested", "expert-opinion", "unknown")
REFERENCE_TYPES = ("systematic-review", "review", "guideline", "regulator", "rct", "cohort", "patient-information")
GENERAL = 3
"""Red flags that concern everybody."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An article before it is written: what others need to know to link to it."""

    folder: str
    number: int
    title: str
    headings: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Its file name without the ending."""
        return slugify(self.title)


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that is planned: the articles by folder, and the ids of the references."""

    plans: Mapping[str, list[Plan]]
    references: list[str]

    def all(self) -> list[Plan]:
        """All articles, folder by folder."""
        return [plan for plans in self.plans.values() for plan in plans]


def slugify(text: str) -> str:
    """A slug, and the fragment of a heading: the words are plain ASCII."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def make_site(count: int, folder: Path) -> None:
    """Make the project. The folder must be new or empty."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise SystemExit(f"make_site: {folder} is not empty")
    whole = plan_site(count)
    _copy_generator(folder)
    _write_config(folder, whole)
    for name in SHARES:
        (folder / "content" / name).mkdir(parents=True)
    for plan in whole.all():
        _write(folder / "content" / plan.folder / f"{plan.slug}.md", article(plan, whole))
    _write(folder / "content/references.yaml", "".join(_references(whole.references)))
    _write(folder / "content/glossary.yaml", "".join(_glossary()))


def plan_site(count: int) -> Whole:
    """Titles and headings of all articles."""
    chance = Random(SEED)
    titles = _titles(chance, count + len(SHARES) * GENERAL)
    plans: dict[str, list[Plan]] = {}
    for folder, share in SHARES.items():
        many = max(GENERAL, count * share // 100)
        if folder == "guides":
            many = max(GENERAL, count - sum(map(len, plans.values())))
        plans[folder] = [Plan(folder, number, next(titles), _headings(chance)) for number in range(many)]
    return Whole(plans, [f"author-{number:05}" for number in range(max(8, count // 4))])


def _titles(chance: Random, count: int) -> Iterator[str]:
    every = range(len(ADJECTIVES) * len(NOUNS) * len(NOUNS))
    for number in chance.sample(every, count):
        rest, last = divmod(number, len(NOUNS))
        first, middle = divmod(rest, len(NOUNS))
        yield f"{ADJECTIVES[first].capitalize()} {NOUNS[middle]} and {NOUNS[last]}"


def _headings(chance: Random) -> tuple[str, ...]:
    nouns = chance.sample(NOUNS, 6)
    return tuple(f"About the {chance.choice(ADJECTIVES)} {noun}" for noun in nouns)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="\n")


def _copy_generator(folder: Path) -> None:
    unneeded = shutil.ignore_patterns("__pycache__")
    for name in ("healthsite", "templates", "static"):
        shutil.copytree(ROOT / name, folder / name, ignore=unneeded)
    shutil.copy(ROOT / "build.py", folder / "build.py")


def _write_config(folder: Path, whole: Whole) -> None:
    """The repository's configuration with another first article, and reviews that are not overdue for a long time and
    need no seal.
    """
    text = (ROOT / "config.yaml").read_text("utf-8")
    changes = (
        (r"(?m)^( *now_article:) .*$", rf"\1 relief/{whole.plans['relief'][0].slug}"),
        (r"(?m)^( *review_years:) .*$", r"\1 50"),
        (r"(?m)^( *seals:) .*$", r"\1 false"),
        (r"(?m)^doubts_article: .*$", ""),
        (r"(?m)^checks: {}$", "checks: {contradiction: off, link-text: off}  # made-up relations mean nothing"),
    )
    text = re.sub(r"(?m)^( *article:) guides/.*$", r"\1", text)  # the sheets'
    for pattern, replacement in changes:
        text, found = re.subn(pattern, replacement, text)
        if found != 1:
            raise SystemExit(f"make_site: config.yaml has changed: {pattern} is there {found} times")
    _write(folder / "config.yaml", text)


# Sentences


def sentence(chance: Random) -> str:
    """A made-up sentence of about ten words."""
    first, second = chance.sample(NOUNS, 2)
    verb = chance.choice(VERBS)
    article_word = "the" if chance.random() < 0.7 else "each"
    opening = chance.choice(OPENINGS)
    subject = f"{article_word} {chance.choice(ADJECTIVES)} {first}"
    if chance.random() < 0.12:
        second = f"**{second}**"
    text = f"{opening}{subject} {verb} the {chance.choice(ADJECTIVES)} {second} {chance.choice(PLACES)}."
    return text[0].upper() + text[1:]


def _paragraph(chance: Random, extras: list[str]) -> str:
    sentences = [sentence(chance) for _ in range(chance.randint(4, 7))]
    for extra in extras:
        sentences.insert(chance.randint(1, len(sentences)), extra)
    return "\n".join(sentences)


def _term_sentence(chance: Random) -> str:
    term = chance.choice(TERMS)
    return f"Some call this a {term}, and {chance.choice(ADJECTIVES)} {term}s are common {chance.choice(PLACES)}."


# An article


def article(plan: Plan, whole: Whole) -> str:
    """A whole article: front matter and text."""
    chance = Random(f"{SEED} {plan.folder} {plan.number}")
    cited = _cited(plan, whole, chance)
    front = [*_common(plan, whole, chance), *_FRONT[plan.folder](plan, whole, chance, cited)]
    return "\n".join(["---", *front, "---", _body(plan, whole, chance, cited), ""])


def _cited(plan: Plan, whole: Whole, chance: Random) -> list[str]:
    """Four to eight sources; one goes by the article's number, so that each source is cited by some article."""
    before = sum(len(whole.plans[name]) for name in list(SHARES)[: list(SHARES).index(plan.folder)])
    own = whole.references[(before + plan.number) % len(whole.references)]
    return list(dict.fromkeys([own, *chance.sample(whole.references, chance.randint(3, 7))]))


def _common(plan: Plan, whole: Whole, chance: Random) -> Iterator[str]:
    yield f"title: {plan.title}"
    yield f"summary: {sentence(chance).replace('**', '')}"
    if chance.random() < 0.5:
        yield f"also_called: [{chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {plan.number}]"
    yield f"related: {_slugs(plan, whole, plan.folder, 2, chance)}"
    if chance.random() < 0.3:
        yield f"codes: {{mesh: [D{chance.randint(100000, 999999)}]}}"
    first = f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    last = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    yield f"reviewed: {{on: {last}, by: [editors]}}"
    yield "changes:"
    yield f"- {{on: {last}, note: Checked again.}}"
    yield f"- {{on: {first}, note: First published.}}"


def _slugs(plan: Plan, whole: Whole, folder: str, count: int, chance: Random, *, named: bool = False) -> str:
    """A list of other articles of a folder, as front matter has it."""
    there = whole.plans[folder]
    picked = chance.sample(there, min(count + 1, len(there)))
    others = [other for other in picked if other is not plan][:count]
    return "[" + ", ".join(f"{folder}/{other.slug}" if named else other.slug for other in others) + "]"


def _cause(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> Iterator[str]:
    group = chance.choice(("everyday", "nutrient", "condition", "medicine", "look-alike"))
    link = "look-alike" if group == "look-alike" else chance.choice(("cause", "associated", "doubtful"))
    yield from (f"group: {group}", f"link: {link}", f"certainty: {chance.choice(CERTAINTIES)}")
    yield f"symptoms: {_slugs(plan, whole, 'symptoms', 4, chance)}"
    yield f"relief: {_slugs(plan, whole, 'relief', 3, chance)}"
    yield f"red_flags: {_slugs(plan, whole, 'red-flags', 2, chance)}"


def _symptom(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> Iterator[str]:
    yield f"ordinary: {'true' if chance.random() < 0.6 else 'false'}"
    yield f"relief: {_slugs(plan, whole, 'relief', 4, chance)}"
    yield f"red_flags: {_slugs(plan, whole, 'red-flags', 2, chance)}"


def _relief(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> Iterator[str]:
    yield f"approach: {chance.choice(('now', 'prevention', 'supplement', 'treatment'))}"
    yield f"effect: {chance.choice(('helps', 'no-difference', 'unclear', 'harms'))}"
    yield f"certainty: {chance.choice(CERTAINTIES)}"
    yield f"cautions: {_slugs(plan, whole, 'causes', 4, chance, named=True)}"
    yield f"red_flags: {_slugs(plan, whole, 'red-flags', 2, chance)}"
    if chance.random() < 0.4:
        yield "steps:"
        yield f"  position: {_plain(chance)}"
        yield "  actions:"
        yield from (f"  - {_plain(chance)}" for _ in range(4))
        yield f"  hold: {_plain(chance)}"


def _red_flag(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> Iterator[str]:
    urgency = chance.choice(URGENCIES)
    yield f"urgency: {urgency}"
    if urgency != "emergency" and chance.random() < 0.5:
        yield "upgrade:"
        yield f"- {{urgency: emergency, signs: a {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}}}"
    yield f"possible_condition: A {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}"
    if plan.number < GENERAL:
        yield "general: true"


def _guide(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> Iterator[str]:
    yield f"topic: {chance.choice(('basics', 'compare', 'tests', 'people', 'questions'))}"
    about = [
        _slugs(plan, whole, folder, 2, chance, named=True) for folder in ("causes", "symptoms", "relief", "red-flags")
    ]
    yield "about: [" + ", ".join(listed.strip("[]") for listed in about) + "]"
    if chance.random() < 0.3:
        yield "questions:"
        for _ in range(3):
            yield f"- question: Where is the {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}?"
            yield f'  answer: "{_plain(chance)} [@{chance.choice(cited)}]"'


def _plain(chance: Random) -> str:
    return sentence(chance).replace("**", "")


_FRONT: Mapping[str, Callable[[Plan, Whole, Random, list[str]], Iterator[str]]] = {
    "causes": _cause,
    "symptoms": _symptom,
    "relief": _relief,
    "red-flags": _red_flag,
    "guides": _guide,
}


# Its text


def _body(plan: Plan, whole: Whole, chance: Random, cited: list[str]) -> str:
    blocks = [_paragraph(chance, [])]
    citations = [f"[@{name}]" for name in cited] + [f"[@{'; @'.join(chance.sample(cited, 2))}]" for _ in range(4)]
    special = {chance.randrange(1, 5): _table, 0: _care_card, 5: _numbered}
    for number, heading in enumerate(plan.headings):
        blocks.append(f"{'###' if number in (2, 4) else '##'} {heading}")
        for _ in range(1 + (number % 2 == 0)):
            text = _paragraph(chance, _extras(plan, whole, chance))
            blocks.append(f"{text} {chance.choice(citations)}")
        if number in special and chance.random() < 0.6:
            blocks.append(special[number](chance))
        elif number % 3 == 1:
            blocks.append("\n".join(f"- {_item(chance)}" for _ in range(chance.randint(3, 5))))
    blocks.append(f"More stands in these sources. {' '.join(f'[@{name}]' for name in cited)}")
    return "\n\n".join(blocks)


def _extras(plan: Plan, whole: Whole, chance: Random) -> list[str]:
    extras = []
    if chance.random() < 0.4:
        extras.append(_link(plan, whole, chance))
    if chance.random() < 0.5:
        extras.append(_term_sentence(chance))
    if chance.random() < 0.03:
        extras.append("The number is {emergency-number}.")
    return extras


def _link(plan: Plan, whole: Whole, chance: Random) -> str:
    """A sentence with a link to some other article, to one of its headings in every third."""
    other = chance.choice(whole.plans[chance.choice(list(SHARES))])
    path = f"{other.slug}.md" if other.folder == plan.folder else f"../{other.folder}/{other.slug}.md"
    fragment = f"#{slugify(chance.choice(other.headings))}" if chance.random() < 0.33 else ""
    return f"See the page on [{other.title.lower()}]({path}{fragment})."


def _item(chance: Random) -> str:
    return f"the {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} {chance.choice(PLACES)}"


def _numbered(chance: Random) -> str:
    return "\n".join(f"{number}. {sentence(chance)}" for number in range(1, 5))


def _table(chance: Random) -> str:
    rows = [f"| {chance.choice(NOUNS).capitalize()} | {_item(chance)} | {chance.randint(1, 99)} |" for _ in range(4)]
    return "\n".join(["| What | Where | How many |", "|---|---|--:|", *rows])


def _care_card(chance: Random) -> str:
    name = chance.choice(list(CARDS))
    title, end = CARDS[name]
    items = "\n".join(f"    - {_item(chance)}" for _ in range(3))
    return f'!!! {name} "{title}"\n\n{items}' + (f"\n\n    {end}" if end else "")


# Sources and words


def _references(names: list[str]) -> Iterator[str]:
    chance = Random(f"{SEED} references")
    for number, name in enumerate(names):
        yield f"{name}:\n  type: {chance.choice(REFERENCE_TYPES)}\n"
        yield f"  authors: [{chance.choice(NOUNS).capitalize()} A, {chance.choice(NOUNS).capitalize()} B]\n"
        yield f"  title: On the {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)} and the {chance.choice(NOUNS)}\n"
        yield f"  container: Journal of the {chance.choice(NOUNS).capitalize()}\n  year: {chance.randint(1990, 2025)}\n"
        yield f"  doi: 10.5555/benchmark.{number}\n"


def _glossary() -> Iterator[str]:
    chance = Random(f"{SEED} glossary")
    for term in TERMS:
        yield f"{term}:\n  forms: [{term}s]\n  definition: A {chance.choice(ADJECTIVES)} {chance.choice(NOUNS)}.\n"


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make_site", description="Make a project of many made-up articles.")
    parser.add_argument("articles", type=int, help="how many articles")
    parser.add_argument("folder", type=Path, help="a new or empty folder")
    asked = parser.parse_args()
    make_site(asked.articles, asked.folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
