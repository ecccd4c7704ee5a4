"""Everything that a site is made of, read or remembered: configuration, bibliography, glossary, articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from healthsite import records, slots
from healthsite.checks.subject import style_of
from healthsite.config import Config, read_config
from healthsite.digest import of_bytes, of_value
from healthsite.jobs import FIND_TERMS, PARSE, File, Forms, Lost, ParsedFile, Proof, Reading, Terms, Texts, terms_key
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
from healthsite.model import Finding, Outline, Person, Retraction, Source, Word
from healthsite.run import BATCH, CONFIG, GLOSSARY, PEOPLE, REFERENCES, RETRACTED, Progress, Run
from healthsite.scan import Inputs
from healthsite.store import LostError, Store
from healthsite.workers import Crashed, TimedOut


class Content(NamedTuple):
    """Everything read: the configuration, the articles in outline, the sources, the glossary, the people, and what was
    found wrong.

    ``terms_in`` names the glossary's terms in each article; ``proofs`` holds what the checks of words find in those
    that were parsed just now, by their keys; ``scopes`` all that the pages' scopes are made of, the articles' own texts
    left out; ``forms`` the glossary's forms; ``broken`` the ids of files that can't be used.
    """

    config: Config
    outlines: tuple[Outline, ...]
    sources: tuple[Source, ...]
    words: tuple[Word, ...]
    people: tuple[Person, ...]
    terms_in: Mapping[str, Sequence[str]]
    proofs: Mapping[str, Proof]
    findings: tuple[Finding, ...]
    scopes: str
    forms: str
    broken: tuple[str, ...]
    retracted: tuple[Retraction, ...]


class _Articles(NamedTuple):
    """All outlines, the glossary terms in each article, the proofs of new ones, a digest of what all mean for the site,
    and findings.
    """

    outlines: tuple[Outline, ...]
    terms_in: Mapping[str, Sequence[str]]
    proofs: Mapping[str, Proof]
    meaning: str
    broken: tuple[str, ...]
    findings: Sequence[Finding]


def read(run: Run) -> tuple[Content | None, tuple[Finding, ...]]:
    """Read everything. Without a configuration there is no site: then its findings alone."""
    run.workers.start(PARSE, count=1)  # it imports while this process reads; most builds have little to do
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
        return None, tuple(sorted(found))
    scopes = of_value(
        (
            run.generator,
            config.digest,
            run.today,
            run.options.drafts,
            articles.meaning,
            [source.digest for source in sources],
            [word.digest for word in words],
            people,
        )
    )
    content = Content(
        config=config,
        outlines=articles.outlines,
        sources=sources,
        words=words,
        people=people,
        terms_in=articles.terms_in,
        proofs=articles.proofs,
        findings=found,
        scopes=scopes,
        forms=of_value(forms),
        broken=articles.broken,
        retracted=retracted,
    )
    return content, ()


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
    keys = {path: of_bytes(f"{run.generator} {digest} {path}".encode()) for path, digest in digests.items()}
    rows = run.store.all("outlines")
    known = _Terms(run.store, context.forms)
    fresh = [File(path, str(run.options.root), digests[path], key) for path, key in keys.items() if key not in rows]
    loaded = _load(rows, [key for key in keys.values() if key in rows])  # meanwhile a worker imports what it needs
    findings, proofs = _parse(run, fresh, context, limit, rows, known)
    loaded |= _load(rows, [file.key for file in fresh if file.key in rows])
    parsed = [key for key in keys.values() if key in rows]
    _find_terms(run, [key for key in parsed if key not in known.names], context.forms, known)
    outlines: list[Outline] = []
    terms_in: dict[str, Sequence[str]] = {}
    for key in parsed:
        outline, found = loaded[key]
        findings += found
        if outline is not None:
            outlines.append(outline)
            terms_in[outline.card.id] = known.names[key]
    known.keep(parsed)
    if fresh:
        for shelf in ("outlines", "articles", "bodies"):
            run.store.collect(shelf, parsed)
    meaning = b"".join([rows[key][: records.MEANING] for key in parsed]).decode() + repr(list(terms_in.items()))
    usable = {outline.path for outline in outlines}
    broken = tuple([path[len("content/") : -len(".md")] for path in keys if path not in usable])
    return _Articles(tuple(outlines), terms_in, proofs, of_bytes(meaning.encode()), broken, findings)


def _load(rows: Mapping[str, bytes], keys: list[str]) -> dict[str, tuple[Outline | None, tuple[Finding, ...]]]:
    return dict(zip(keys, records.load_outlines([rows[key] for key in keys]), strict=True))


class _Terms:
    """The glossary terms that each text uses, remembered under the glossary's forms: those of a changed one
    are found anew.
    """

    def __init__(self, store: Store, forms: Forms) -> None:
        self._store = store
        self.words = of_value(forms)
        self.names: dict[str, Sequence[str]] = store.state(f"terms:{self.words}")
        self._before = len(self.names)

    def put(self, found: Iterable[tuple[str, Terms]]) -> None:
        """Remember what was found in texts, by their keys."""
        found = list(found)
        self._store.put("terms", [(terms_key(self.words, key), terms.places) for key, terms in found])
        self.names.update((key, list(terms.names)) for key, terms in found)  # as JSON gives them back

    def keep(self, keys: Sequence[str]) -> None:
        """Remember all this for these texts, and forget the rest once it is most of what there is."""
        if len(self.names) > 2 * len(keys) + 100:
            self.names = {key: self.names[key] for key in keys}
            self._before = -1
        if len(self.names) != self._before:
            data = json.dumps(self.names, ensure_ascii=False, separators=(",", ":")).encode()
            self._store.put("state", [(f"terms:{self.words}", data)])
            self._store.collect("terms", [terms_key(self.words, key) for key in self.names])


def _parse(
    run: Run, files: list[File], context: Reading, limit: float, rows: dict[str, bytes], known: _Terms
) -> tuple[list[Finding], dict[str, Proof]]:
    """Parse files in the workers, into the store, ``rows`` and ``known``. Gives findings of what can't be parsed, and
    the proofs of the others.
    """
    findings: list[Finding] = []
    proofs: dict[str, Proof] = {}
    results = zip(files, run.workers.map(PARSE, files, context=context, limit=limit), strict=True)
    for done, batch in enumerate(_batches(results, BATCH)):
        run.say(Progress("reading articles", min((done + 1) * BATCH, len(files)), len(files)))
        parsed = [(file.key, result) for file, result in batch if isinstance(result, ParsedFile)]
        findings += [_not_parsed(file, result) for file, result in batch if not isinstance(result, ParsedFile)]
        outlines = [(key, result.outline) for key, result in parsed]
        run.store.put("outlines", outlines)
        run.store.put("articles", [(key, result.article) for key, result in parsed])
        run.store.put("bodies", [(key, result.body) for key, result in parsed])
        known.put((key, result.terms) for key, result in parsed)
        proofs.update((key, result.proof) for key, result in parsed if result.proof)
        rows.update(outlines)
        run.store.commit()  # no other build waits for longer than a batch
    return findings, proofs


def _not_parsed(file: File, result: Finding | TimedOut | Crashed) -> Finding:
    if isinstance(result, Finding):
        return result
    if isinstance(result, TimedOut):
        message = f"this file took more than {result.seconds:.0f} seconds to read"
    else:
        message = f"reading this file broke down ({result.reason})"
    return Finding(file.path, 1, 1, "error", "file", message, "look for something odd in its text, like deep nesting")


def _find_terms(run: Run, keys: list[str], forms: Forms, known: _Terms) -> None:
    """Find the terms of a changed glossary in texts that are parsed already."""
    if keys:
        texts = [Texts(str(run.store.path), key) for key in keys]
        found = list(run.workers.map(FIND_TERMS, texts, context=forms))
        if Lost() in found:
            raise LostError
        known.put(zip(keys, found, strict=True))


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
