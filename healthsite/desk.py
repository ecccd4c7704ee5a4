"""The editor's desk: sign off, rename, see what is due, write the schemas. Each command gives what is to be printed.

Exit codes are those of the command line: 0 done; 1 something is wrong with an article; 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from healthsite.config import Config, read_config
from healthsite.files import Change, MeanwhileError, change_all
from healthsite.kinds import FOLDERS
from healthsite.library import read_people
from healthsite.model import EDITORS, Finding
from healthsite.pipeline import loaded
from healthsite.run import CONFIG, PEOPLE, Options
from healthsite.suggest import nearest
from healthsite.workers import Workers

DONE, FOUND, MISUSED = 0, 1, 2


class Told(NamedTuple):
    """What a command says: its exit code, findings, lines of result, and lines about what it could not do.

    ``is_data``: the result is for programs, and is printed whatever is asked for.
    """

    code: int
    findings: tuple[Finding, ...] = ()
    lines: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    is_data: bool = False


def article_name(given: str, root: Path) -> str:
    """The id that an argument means: a path of a file, from anywhere, or the id itself."""
    path = Path(given)
    if path.is_absolute() and path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_posix().strip("/").removeprefix("content/").removesuffix(".md")


# Review


def review(asked: argparse.Namespace, root: Path) -> Told:
    """Sign off, or keep the review: all the articles that are named, or none."""
    from healthsite.review import NotSignedError, keep_review, sign_off  # it reads Markdown, which is slow to import

    config, findings = _config(root)
    if config is None:
        return Told(FOUND, findings)
    people, findings = _people(root)
    if findings:
        return Told(FOUND, findings)
    wrong = _review_misuse(asked, {EDITORS, *people})
    paths, unknown = ((), ()) if wrong else _review_paths(asked, root)
    if wrong or unknown:
        return Told(MISUSED, wrong=(wrong,) if wrong else unknown)
    today = _today(asked, config)
    changes: list[Change] = []
    refused: list[NotSignedError] = []
    for path in paths:
        data = (root / path).read_bytes()
        try:
            if asked.minor:
                changes.append(keep_review(path, data, today, asked.minor))
            else:
                changes.append(sign_off(path, data, today, asked.by, asked.note, config.review_note))
        except NotSignedError as error:
            refused.append(error)
    if refused:
        found = tuple(finding for error in refused for finding in error.findings)
        return Told(FOUND, found, wrong=(*map(str, refused), "nothing was written"))
    told = (
        f"keeps its review: {asked.minor}" if asked.minor else f"signed off by {', '.join(asked.by or ())} on {today}"
    )
    lines = tuple(f"{change.path}: {told}" for change in changes)
    return _changed(root, changes, lines or ("every published article is signed off",))


def _review_misuse(asked: argparse.Namespace, known: set[str]) -> str:
    if bool(asked.by) == bool(asked.minor):
        return 'say who checked (--by ID), or why no new check is needed (--minor "typo")'
    if asked.minor and (asked.note or asked.all):
        return "--minor goes with articles, and with nothing else"
    if bool(asked.articles) == asked.all:
        return "name the articles, or say --all"
    for name in asked.by or ():
        if name not in known:
            hint = nearest(name, known)
            return f"{PEOPLE} names no “{name}”" + (f" ({hint})" if hint else "")
    return ""


def _review_paths(asked: argparse.Namespace, root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paths of the articles that are meant, and what is wrong with the arguments."""
    from healthsite.review import needs_review

    every = _article_paths(root)
    if asked.all:
        return tuple(path for path in every if needs_review(path, (root / path).read_bytes())), ()
    paths: dict[str, None] = {}
    unknown = []
    for given in asked.articles:
        name = article_name(given, root)
        below = "content/" if name == "content" else f"content/{name}/"
        found = [path for path in every if path == f"content/{name}.md" or path.startswith(below)]
        paths.update(dict.fromkeys(found))
        if not found:
            hint = nearest(name, [path.removeprefix("content/").removesuffix(".md") for path in every])
            unknown.append(f"there is no content/{name}.md" + (f" ({hint})" if hint else ""))
    return tuple(paths), tuple(unknown)


# Rename


def rename(asked: argparse.Namespace, root: Path) -> Told:
    """Rename an article, with all that names it, or leave everything as it is."""
    from healthsite.rename import NotRenamedError
    from healthsite.rename import rename as renamed

    old, new = article_name(asked.old, root), article_name(asked.new, root)
    new = new if "/" in new else f"{old.rpartition('/')[0]}/{new}"
    files = {path: (root / path).read_bytes() for path in (*_article_paths(root), CONFIG)}
    try:
        changes = renamed(old, new, files)
    except NotRenamedError as error:
        return Told(FOUND if error.findings else MISUSED, error.findings, wrong=(str(error), "nothing was changed"))
    others = [change.path for change in changes if change.before is not None and change.after is not None]
    moved = f"{old} is {new} now; its old address leads there"
    return _changed(root, changes, (moved, *(f"{path} names it anew" for path in others)))


# Worklist


def worklist(asked: argparse.Namespace, root: Path) -> Told:
    """What is due, or what rests on a source."""
    from healthsite import worklist as work

    if asked.format == "github":
        return Told(MISUSED, wrong=("a worklist is written as text or as json",))
    options = Options(root, root / asked.output, drafts=True, today=asked.today, writes=False)
    with Workers(asked.jobs or os.cpu_count() or 1) as workers, loaded(options, workers) as found:
        if found.site is None or found.config is None:
            return Told(FOUND, found.findings)
        if asked.source and asked.source not in found.site.sources:
            hint = nearest(asked.source, found.site.sources)
            return Told(MISUSED, wrong=(f"there is no source “{asked.source}”" + (f" ({hint})" if hint else ""),))
        known = (found.site, found.config, found.findings, found.today)
        rows = work.resting_on(asked.source, *known) if asked.source else work.due(*known)
    if asked.format == "json":
        return Told(
            DONE, lines=(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2),), is_data=True
        )
    nothing = f"no article cites {asked.source}" if asked.source else "nothing is due"
    return Told(DONE, lines=tuple(work.table(rows)) if rows else (nothing,), is_data=True)


# Schemas


def schema(asked: argparse.Namespace, root: Path) -> Told:
    """Write the schemas."""
    from healthsite.schema import FOLDER, schemas

    changes = []
    for path, text in schemas().items():
        file = root / path
        changes.append(Change(path, file.read_bytes() if file.is_file() else None, text.encode()))
    (root / FOLDER).mkdir(exist_ok=True)
    return _changed(root, changes, (f"{len(changes)} schemas are in {FOLDER}/",))


# What they share


def _changed(root: Path, changes: Iterable[Change], lines: tuple[str, ...]) -> Told:
    try:
        change_all(root, changes)
    except MeanwhileError as error:
        return Told(FOUND, wrong=(f"{error}; nothing was written",))
    return Told(DONE, lines=lines)


def _article_paths(root: Path) -> list[str]:
    found: Iterator[Path] = (path for folder in FOLDERS for path in (root / "content" / folder).glob("*.md"))
    return sorted(path.relative_to(root).as_posix() for path in found if not path.name.startswith("."))


def _config(root: Path) -> tuple[Config | None, tuple[Finding, ...]]:
    text, findings = _text(root, CONFIG)
    return (None, findings) if text is None else read_config(CONFIG, text)


def _people(root: Path) -> tuple[Mapping[str, object], tuple[Finding, ...]]:
    if not (root / PEOPLE).exists():
        return {}, ()
    text, findings = _text(root, PEOPLE)
    if text is None:
        return {}, findings
    people, findings = read_people(PEOPLE, text)
    return {person.id: person for person in people}, findings


def _text(root: Path, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    try:
        return (root / path).read_text("utf-8-sig"), ()
    except FileNotFoundError:
        reason = "there is no such file"
    except UnicodeDecodeError:
        reason = "it is not UTF-8"
    return None, (Finding(path, 1, 1, "error", "file", f"this file can't be read ({reason})"),)


def _today(asked: argparse.Namespace, config: Config) -> str:
    return asked.today or datetime.now(ZoneInfo(config.time_zone)).date().isoformat()


COMMANDS: Mapping[str, Callable[[argparse.Namespace, Path], Told]] = {
    "review": review,
    "rename": rename,
    "worklist": worklist,
    "schema": schema,
}
