"""The command line: arguments in, findings and a line of figures out, an exit code. The only module that prints.

Exit codes: 0 built; 1 findings with errors (with ``--strict``, warnings too), and the published site untouched; 2
wrong use or an environment that can't be used.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from healthsite.arguments import DEFAULTS, DESK, parse
from healthsite.model import Finding
from healthsite.pipeline import build, loaded
from healthsite.publish import RefusedError
from healthsite.run import CONFIG, SERVED, STORE, BuildResult, Options, Progress
from healthsite.searching import SearchError
from healthsite.workers import Workers

BUILT, FOUND, MISUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run a command in a project's root (the working directory unless given). Returns the exit code."""
    root = root or Path.cwd()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know “ or a file's odd name
    asked = parse(arguments)
    try:
        return int(_COMMANDS[asked.command](asked, root))
    except (RefusedError, SearchError) as error:
        print(f"build.py: {error}", file=sys.stderr)
        return MISUSED
    except OSError as error:
        print(f"build.py: this can't be done here: {error}", file=sys.stderr)
        return MISUSED
    except sqlite3.Error as error:  # it names no file
        print(f"build.py: what builds remember, {root / STORE}, can't be used: {error}", file=sys.stderr)
        return MISUSED
    except KeyboardInterrupt:
        print("build.py: stopped; the published site is as it was or is completed by the next build", file=sys.stderr)
        return 130


def run(root: Path) -> NoReturn:
    """Run the command that this process was started with, and end the process at once: taking all that a large site
    holds in memory apart, bit by bit, takes longer than looking at all its files.
    """
    code = main(root=root)
    try:
        with suppress(BrokenPipeError):  # nobody reads any more
            sys.stdout.flush()
    except OSError as error:
        code = code or MISUSED
        print(f"build.py: what was found can't be written: {error}", file=sys.stderr)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code)


def _build(asked: argparse.Namespace, root: Path) -> int:
    began = time.perf_counter()
    teller = _Teller(asked)
    with Workers(asked.jobs or os.cpu_count() or 1) as workers:
        result = build(_options(asked, root), workers, teller.step)
    teller.done()
    code = _tell_findings(result.findings, asked)
    if asked.explain:
        for address, reason in result.reasons:
            _say(asked, f"{address}: {reason}")
    blocked = asked.command == "build" and not result.published
    _say(asked, _last_line(result, asked, time.perf_counter() - began, blocked=blocked))
    return FOUND if result.has_errors else code


def _options(asked: argparse.Namespace, root: Path) -> Options:
    output = asked.output if asked.output.is_absolute() else root / asked.output
    return Options(
        root,
        output,
        asked.base_url,
        asked.drafts,
        asked.today,
        asked.adopt,
        asked.strict,
        search=not asked.no_search and asked.command != "serve",  # it would take longer than all the rest
        writes=asked.command in ("build", "serve"),
    )


def _last_line(result: BuildResult, asked: argparse.Namespace, seconds: float, *, blocked: bool) -> str:
    counts = {name: sum(finding.severity == name for finding in result.findings) for name in ("error", "warning")}
    found = ", ".join(f"{count} {name}{'s' * (count != 1)}" for name, count in counts.items() if count)
    if blocked:
        return f"nothing published: {found} in {result.articles} articles ({seconds:.2f} s)"
    if asked.command == "check":
        silenced = sum(finding.severity == "silenced" for finding in result.findings)
        found = (found or "nothing to mend") + (f", {silenced} silenced" if silenced else "")
        return f"checked {result.articles} articles: {found} ({seconds:.2f} s)"
    figures = f"{result.written} files written, {result.unchanged} unchanged, {result.removed} removed"
    return f"{result.articles} articles: {figures} ({seconds:.2f} s)" + (f"; {found}" if found else "")


def _tell_findings(findings: Iterable[Finding], asked: argparse.Namespace) -> int:
    """Print findings in the format asked for. Returns the exit code that they alone call for."""
    hidden = set() if asked.verbose else {"notice"}
    if asked.command != "check" or (asked.quiet and asked.format == "text"):
        hidden.add("silenced")
    shown = [finding for finding in findings if finding.severity not in hidden]
    if asked.format == "json":
        print(json.dumps([finding._asdict() for finding in shown], indent=2))
    for finding in shown:
        if asked.format == "github":
            print(_github(finding))
        elif asked.format == "text":
            print(finding)
    fails = ("error", "warning") if asked.strict else ("error",)
    return FOUND if any(finding.severity in fails for finding in shown) else BUILT


def _github(finding: Finding) -> str:
    """An annotation as the code host's workflows understand it."""

    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    message = escaped(finding.message + (f" ({finding.hint})" if finding.hint else ""))
    path = escaped(finding.path).replace(":", "%3A").replace(",", "%2C")
    command = "notice" if finding.severity == "silenced" else finding.severity
    if finding.severity == "silenced":
        message = f"silenced: {message}"
    return f"::{command} file={path},line={finding.line},col={finding.column},title={finding.check}::{message}"


def _say(asked: argparse.Namespace, text: str) -> None:
    """A line for people: beside the findings, or out of the way of a format that a program reads."""
    if not asked.quiet:
        print(text, file=sys.stdout if asked.format == "text" else sys.stderr)


class _Teller:
    """Tells how far a build is: on a terminal in place, elsewhere a line a step."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self._is_terminal = sys.stderr.isatty() and not asked.quiet and asked.format == "text"
        self._is_told = not asked.quiet
        self._step = ""
        self._width = 0

    def step(self, progress: Progress) -> None:
        """Tell of a step, or of its progress."""
        if progress.step.startswith("another build"):
            print(progress.step, file=sys.stderr)
        elif self._is_terminal:
            text = progress.step + (f" {progress.done} of {progress.total}" if progress.total else "")
            print(f"\r{text:<{self._width}}", end="", file=sys.stderr, flush=True)
            self._width = max(self._width, len(text))
        elif self._is_told and progress.step != self._step:
            print(progress.step + (f" ({progress.total})" if progress.total else ""), file=sys.stderr)
        self._step = progress.step

    def done(self) -> None:
        """Clear the line."""
        if self._is_terminal and self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=sys.stderr, flush=True)


def _serve(asked: argparse.Namespace, root: Path) -> int:
    from healthsite.rebuilding import Tell
    from healthsite.serve import serve

    asked.drafts = True
    if asked.output == DEFAULTS["output"]:
        asked.output = Path(SERVED)
    teller = _Teller(asked)

    def serving(address: str) -> None:
        if asked.port and f":{asked.port}/" not in address:
            _say(asked, f"port {asked.port} is taken")
        _say(asked, f"serving {address} (Ctrl+C ends it)")
        sys.stdout.flush()

    def built(result: BuildResult, seconds: float) -> None:
        teller.done()
        _tell_findings(result.findings, asked)
        _say(asked, _last_line(result, asked, seconds, blocked=not result.published))
        sys.stdout.flush()

    serve(_options(asked, root), asked.jobs or os.cpu_count() or 1, asked.port, Tell(serving, built, teller.step))
    _say(asked, "stopped")
    return BUILT


def _check(asked: argparse.Namespace, root: Path) -> int:
    return _list_checks(asked, root) if getattr(asked, "list", False) else _build(asked, root)


def _list_checks(asked: argparse.Namespace, root: Path) -> int:
    """Print every check: its id, its severity on this site, and why it is one."""
    from healthsite.checks import RULES
    from healthsite.config import read_config

    config, _ = read_config(CONFIG, (root / CONFIG).read_text("utf-8-sig"))
    chosen = config.checks if config else {}
    rows = [
        (rule, rule.severity if rule.is_fixed else chosen.get(rule.id, (rule.severity,))[0]) for rule in RULES.values()
    ]
    if asked.format == "json":
        listed = [{**rule._asdict(), "severity": severity} for rule, severity in rows]
        print(json.dumps(listed, indent=2, ensure_ascii=False))
        return BUILT
    width = max(map(len, RULES))
    for rule, severity in rows:
        print(f"{rule.id:<{width}}  {severity:<7}  {rule.reason}")
    return BUILT


def _show(asked: argparse.Namespace, root: Path) -> int:
    from healthsite.show import relations
    from healthsite.suggest import nearest

    name = Path(asked.article).as_posix().strip("/").removeprefix("content/").removesuffix(".md")
    options = Options(root, root / asked.output, drafts=True, today=asked.today, writes=False)
    with Workers(asked.jobs or os.cpu_count() or 1) as workers, loaded(options, workers) as found:
        if found.site is None:
            return _tell_findings(found.findings, asked)
        if name not in found.site.outlines:
            wrong = [finding for finding in found.findings if finding.path == f"content/{name}.md"]
            if wrong:
                return _tell_findings(wrong, asked)
            hint = nearest(name, found.site.outlines)
            print(f"build.py: there is no content/{name}.md" + (f" ({hint})" if hint else ""), file=sys.stderr)
            return MISUSED
        for line in relations(found.site, name, found.read):
            print(line)
    return BUILT


def _clean(asked: argparse.Namespace, root: Path) -> int:
    from healthsite.clean import clean

    output = asked.output if asked.output.is_absolute() else root / asked.output
    count = clean(output, root / STORE) + clean(root / SERVED, root / STORE)
    _say(asked, f"removed {count} files from {asked.output}, and what builds remember")
    return BUILT


def _new(asked: argparse.Namespace, root: Path) -> int:
    from healthsite.scaffold import ScaffoldError, scaffold

    today = asked.today or datetime.now().astimezone().date().isoformat()
    try:
        path = scaffold(root, asked.kind, asked.slug, today)
    except ScaffoldError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return MISUSED
    _say(asked, f"{path} is a draft: write it, then run: python build.py check")
    return BUILT


def _desk(asked: argparse.Namespace, root: Path) -> int:
    from healthsite import desk  # here, as above: a build has no use for it

    told = desk.COMMANDS[asked.command](asked, root)
    if not told.is_data:
        _tell_findings(told.findings, asked)
    for line in told.wrong:
        print(f"build.py: {line}", file=sys.stderr)
    for line in told.lines:
        if told.is_data:
            print(line)
        else:
            _say(asked, line)
    return told.code


_COMMANDS = {"build": _build, "check": _check, "serve": _serve, "show": _show, "clean": _clean, "new": _new}
_COMMANDS |= dict.fromkeys(DESK, _desk)
