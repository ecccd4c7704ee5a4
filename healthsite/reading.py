"""Everything that a site is made of, read or remembered: configuration, bibliography, glossary, articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from healthsite import records, slots
from healthsite.checks.subject import style_of
from healthsite.config import Config, read_config
from healthsite.digest import of_bytes, of_value
from healthsite.jobs import File, Forms, Lost, ParsedFile, Proof, Reading, Terms, Texts, terms_key
from healthsite.ledger import Ledger
from healthsite.library import (
    dump,
    dump_people,
    load_glossary,
    load_people,
    load_references,
    load_retracted,
    read_glossary,
    read_people,
    read_references,
    read_retracted,
)
from healthsite.model import Card, Finding, Outline, Person, Retraction, Source, Word
from healthsite.naming import order_of
from healthsite.run import (
    BATCH,
    CONFIG,
    FIND_TERMS,
    GLOSSARY,
    PARSE,
    PEOPLE,
    REFERENCES,
    RETRACTED,
    ChangedError,
    Progress,
    Run,
)
from healthsite.scan import Inputs
from healthsite.seen import Seen
from healthsite.store import LostError, Store
from healthsite.workers import Crashed, TimedOut

_BEFORE, _BEHIND = len("content/"), len(".md")
"""What stands around an article's id in its path."""


class Fresh(NamedTuple):
    """An outline, if an article came of the file; what was found in that; and by the checks of words, if made."""

    outline: Outline | None
    findings: tuple[Finding, ...]
    proof: Proof | None


class Content(NamedTuple):
    """Everything read: the configuration, the articles as the store keeps them, the sources, the glossary, the people,
    and what was found wrong outside the articles.

    ``keys`` names each article's text by its path; ``parsed`` so every file that was parsed, whether an article came
    of it or not; ``flawed`` are the paths of those in which something was found, ``broken`` the ids of files that can't
    be used. ``terms`` gives the glossary's terms in each text by its key, ``fresh`` what came of those that were parsed
    just now. ``scopes`` names all that the pages' scopes are made of, the articles' own texts
    left out; ``frame`` the same without titles and summaries, but for the order that the titles make: which pages
    there are, and what stands where; ``around`` all that anything can be found in besides these texts; ``forms`` the
    glossary's forms.
    """

    config: Config
    keys: Mapping[str, str]
    parsed: Mapping[str, str]
    flawed: frozenset[str]
    broken: tuple[str, ...]
    sources: tuple[Source, ...]
    words: tuple[Word, ...]
    people: tuple[Person, ...]
    retracted: tuple[Retraction, ...]
    terms: Mapping[str, Sequence[str]]
    fresh: Mapping[str, Fresh]
    findings: tuple[Finding, ...]
    scopes: str
    frame: str
    around: str
    forms: str

    @property
    def own(self) -> dict[str, str]:
        """What names the text of each article, by id."""
        return {path[_BEFORE:-_BEHIND]: key for path, key in self.keys.items()}

    def cards(self, store: Store, ids: Iterable[str]) -> dict[str, Card]:
        """The cards of some articles, by id. Raises :class:`~healthsite.store.LostError`."""
        keys = [self.keys.get(f"content/{name}.md", "") for name in ids]
        rows = store.some("outlines", keys)
        if len(rows) < len(keys):
            raise LostError
        return {card.id: card for card in records.load_cards(rows.values())}


class _Articles(NamedTuple):
    """The part of :class:`Content` that comes of the articles' files; ``meaning`` names what all mean for the site,
    ``shown`` their titles and summaries; ``names`` gives what each is called.
    """

    keys: Mapping[str, str]
    parsed: Mapping[str, str]
    flawed: frozenset[str]
    broken: tuple[str, ...]
    terms: Mapping[str, Sequence[str]]
    fresh: Mapping[str, Fresh]
    findings: Sequence[Finding]
    meaning: str
    shown: str
    names: Mapping[str, Sequence[str]]


def read(run: Run) -> tuple[Content | None, tuple[Finding, ...]]:
    """Read everything. Without a configuration there is no site: then its findings alone."""
    config, findings = configuration(run)
    sources, source_findings = _library(run, REFERENCES, read_references, load_references)
    words, word_findings = _library(run, GLOSSARY, read_glossary, load_glossary)
    people, person_findings = _library(run, PEOPLE, read_people, load_people, dump_people)
    retracted, retraction_findings = _library(run, RETRACTED, read_retracted, load_retracted)
    limit = config.policy.parse_seconds if config else 10
    forms = tuple(slots.forms_of(word.term for word in words).items())
    style = style_of(config, words) if config else None
    articles = _articles(run, Reading(forms, style), limit)
    libraries = (*source_findings, *word_findings, *person_findings, *retraction_findings)
    found = (*findings, *libraries, *articles.findings, *_stray(run.inputs))
    if config is None:
        return None, tuple(sorted((*found, *unfolded(run.store, articles.parsed, articles.fresh)[1])))
    asked = (run.generator, config.digest, run.today, run.options.drafts, articles.meaning)
    digests = ([source.digest for source in sources], [word.digest for word in words])
    unnamed = of_value((asked, digests, people))
    scopes = of_value((unnamed, articles.shown))
    frame = _frame(run.store, scopes, unnamed, articles.names)
    content = Content(
        config=config,
        keys=articles.keys,
        parsed=articles.parsed,
        flawed=articles.flawed,
        broken=articles.broken,
        sources=sources,
        words=words,
        people=people,
        retracted=retracted,
        terms=articles.terms,
        fresh=articles.fresh,
        findings=found,
        scopes=scopes,
        frame=frame,
        around=of_value((frame, _besides(run.inputs, articles.parsed))),
        forms=of_value(forms),
    )
    return content, ()


def _frame(store: Store, scopes: str, unnamed: str, names: Mapping[str, Sequence[str]]) -> str:
    """The :class:`Content`'s frame, made or remembered: to put ten thousand names in order takes a while."""
    known = store.state("frame")
    if known.get("scopes") == scopes and isinstance(known.get("frame"), str):
        return str(known["frame"])
    frame = of_value((unnamed, order_of(names)))
    store.put("state", [("frame", json.dumps({"scopes": scopes, "frame": frame}).encode())])
    return frame


def _besides(inputs: Inputs, parsed: Mapping[str, str]) -> object:
    """What is read besides the articles' texts."""
    others = [(path, digest) for path, digest in inputs.digests.items() if path not in parsed]
    return others, sorted(inputs.unreadable.items())


def configuration(run: Run) -> tuple[Config | None, tuple[Finding, ...]]:
    """The configuration, and its findings."""
    text, findings = run.text(CONFIG)
    return (None, findings) if text is None else read_config(CONFIG, text)


def _library(
    run: Run,
    path: str,
    read: Callable[..., Any],
    load: Callable[[bytes], Any],
    dumped: Callable[..., bytes] = dump,
) -> Any:
    """The bibliography, the glossary or the people, read from the file or remembered."""
    if path not in run.inputs.digests and path not in run.inputs.unreadable:
        return (), ()
    key = of_value((run.generator, path, run.inputs.digests.get(path, "")))
    known = run.store.get("library", key)
    if known is None:
        text, findings = run.text(path)
        if text is None:
            return (), findings
        known = dumped(*read(path, text))
        run.store.put("library", [(key, known)])
    return load(known)


def _stray(inputs: Inputs) -> Iterator[Finding]:
    """Files in ``content/`` that nothing is made of, and files that can't be read."""
    for path, reason in inputs.unreadable.items():
        yield Finding(path, 1, 1, "error", "file", f"this can't be read ({reason})")
    for path in inputs.below("content"):
        name = path.removeprefix("content/")
        if path in (REFERENCES, GLOSSARY, PEOPLE, RETRACTED) or name.endswith(".md") or name in ("LICENSE", "README"):
            continue
        hint = "articles end in .md; pictures belong in static/"
        yield Finding(path, 1, 1, "warning", "stray", "nothing is made of this file", hint)


def _articles(run: Run, context: Reading, limit: float) -> _Articles:
    """All articles, parsed or remembered."""
    digests = {path: digest for path, digest in run.inputs.below("content").items() if path.endswith(".md")}
    known = _Terms(run.store, context.forms)
    seen = Seen(run.store, run.generator)
    fresh = [File(path, str(run.options.root), digests[path], key) for path, key in seen.news(digests)]
    findings, made = _parse(run, fresh, context, limit, seen, known)
    parsed = seen.keep(digests)
    _find_terms(run, {path: key for path, key in parsed.items() if key not in known.names}, context.forms, limit, known)
    known.keep(parsed.values())
    if fresh:
        for shelf in ("outlines", "articles", "bodies"):
            run.store.collect(shelf, parsed.values())
    names = {path: row[4] for path, row in seen.rows.items() if row[4]}
    articles = {path: key for path, key in parsed.items() if path in names}
    meaning = "".join([row[2] for row in seen.rows.values()])
    said = json.dumps([(path, known.names[key]) for path, key in articles.items()])
    return _Articles(
        keys=articles,
        parsed=parsed,
        flawed=frozenset([path for path, row in seen.rows.items() if row[5]]),
        broken=tuple([path[_BEFORE:-_BEHIND] for path in digests if path not in articles]),
        terms=known.names,
        fresh=made,
        findings=findings,
        meaning=of_bytes(f"{meaning}{said}".encode("utf-8", "surrogatepass")),
        shown=of_bytes("".join([row[3] for row in seen.rows.values()]).encode()),
        names={path[_BEFORE:-_BEHIND]: own for path, own in names.items()},
    )


def unfolded(
    store: Store, parsed: Mapping[str, str], fresh: Mapping[str, Fresh]
) -> tuple[list[Outline], list[Finding]]:
    """The outlines of all articles, and what was found in the files. Raises :class:`~healthsite.store.LostError`."""
    if len(fresh) == len(parsed):
        loaded = [fresh[key][:2] for key in parsed.values()]
    else:
        rows = store.all("outlines")
        if any(key not in rows for key in parsed.values()):
            raise LostError
        loaded = list(records.load_outlines([rows[key] for key in parsed.values()]))
    outlines = [outline for outline, _ in loaded if outline]
    return outlines, [finding for _, findings in loaded for finding in findings]


class _Terms:
    """The glossary terms that each text uses, remembered under the glossary's forms: those of a changed one
    are found anew.
    """

    def __init__(self, store: Store, forms: Forms) -> None:
        self._store = store
        self.words = of_value(forms)
        self._ledger = Ledger(store, "terms", under=self.words)
        self.names: dict[str, Sequence[str]] = self._ledger.rows
        self._before = len(self.names)

    def put(self, found: Iterable[tuple[str, Terms]]) -> None:
        """Remember what was found in texts, by their keys."""
        found = list(found)
        self._store.put("terms", [(terms_key(self.words, key), terms.places) for key, terms in found])
        self.names.update((key, list(terms.names)) for key, terms in found)  # as JSON gives them back

    def keep(self, keys: Collection[str]) -> None:
        """Remember all this for these texts, and forget the rest once it is most of what there is."""
        if len(self.names) > 2 * len(keys) + 100:
            self.names = {key: self.names[key] for key in keys}
            self._before = -1
        if len(self.names) != self._before:
            self._ledger.keep(self.names)
            if self._before <= 0:  # the terms of all texts are new, so there may be those of an earlier glossary
                self._store.collect("terms", [terms_key(self.words, key) for key in self.names])


def _parse(
    run: Run, files: list[File], context: Reading, limit: float, seen: Seen, known: _Terms
) -> tuple[list[Finding], dict[str, Fresh]]:
    """Parse files in the workers, into the store, ``seen`` and ``known``. Gives findings of what can't be parsed, and
    what came of the others by key.
    """
    findings: list[Finding] = []
    fresh: dict[str, Fresh] = {}
    results = zip(files, run.workers.map(PARSE, files, context=context, limit=limit), strict=True)
    for done, batch in enumerate(_batches(results, BATCH)):
        run.say(Progress("reading articles", min((done + 1) * BATCH, len(files)), len(files)))
        parsed = [(file.key, result) for file, result in batch if isinstance(result, ParsedFile)]
        findings += [_not_parsed(file, result) for file, result in batch if not isinstance(result, ParsedFile)]
        run.store.put("outlines", [(key, result.outline) for key, result in parsed])
        run.store.put("articles", [(key, result.article) for key, result in parsed])
        run.store.put("bodies", [(key, result.body) for key, result in parsed])
        known.put((key, result.terms) for key, result in parsed)
        outlines = records.load_outlines([result.outline for _, result in parsed])
        for (key, result), (outline, found) in zip(parsed, outlines, strict=True):
            fresh[key] = Fresh(outline, found, result.proof)
        for file, result in batch:
            if isinstance(result, ParsedFile):
                seen.note(file.path, file.digest, file.key, result.outline)
        run.store.commit()  # no other build waits for longer than a batch
    return findings, fresh


def _not_parsed(file: File, result: Finding | TimedOut | Crashed) -> Finding:
    if isinstance(result, Finding):
        return result
    if isinstance(result, TimedOut):
        message = f"this file took more than {result.seconds:.0f} seconds to read"
    else:
        message = f"reading this file broke down ({result.reason})"
    return Finding(file.path, 1, 1, "error", "file", message, "look for something odd in its text, like deep nesting")


def _find_terms(run: Run, keys: Mapping[str, str], forms: Forms, limit: float, known: _Terms) -> None:
    """Find the terms of a changed glossary in texts that are parsed already, given by path with their keys."""
    if not keys:
        return
    texts = [Texts(str(run.store.path), key) for key in keys.values()]
    results = run.workers.map(FIND_TERMS, texts, context=forms, limit=limit)
    found: list[tuple[str, Terms]] = []
    for (path, key), result in zip(keys.items(), results, strict=True):
        if isinstance(result, Lost):
            raise LostError
        if isinstance(result, TimedOut | Crashed):
            message = "looking for the glossary's terms in this file broke down"
            raise ChangedError(path, message, "look for something odd in its text, or in content/glossary.yaml")
        found.append((key, result))
    known.put(found)


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
