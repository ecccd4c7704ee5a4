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
from datetime import date, datetime
from pathlib import Path

from healthsite.model import Finding
from healthsite.pipeline import build, loaded
from healthsite.publish import RefusedError
from healthsite.run import CONFIG, STORE, BuildResult, Options, Progress
from healthsite.workers import Workers

BUILT, FOUND, MISUSED = 0, 1, 2
_DESCRIPTION = """\
Builds a health-information website from the Markdown articles in content/.

Without a command it builds into public/ and rebuilds only what changed. Nothing is
published while any article has an error: every mistake of every file is listed as
path:line:column, with what was probably meant."""
_EPILOG = """\
examples:
  python build.py                                     build into public/
  python build.py check --strict                      list all findings, warnings count too
  python build.py new cause dehydration               a draft with every field explained
  python build.py show causes/dehydration             what it is linked with, and where that is written
  python build.py --base-url https://example.org/health/    build for a sub-path

exit codes: 0 built   1 errors were found, the published site is untouched   2 wrong use"""


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run a command in a project's root (the working directory unless given). Returns the exit code."""
    root = root or Path.cwd()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know “ or a file's odd name
    parser = _parser()
    asked = parser.parse_args(arguments)
    for name, value in _DEFAULTS.items():
        if getattr(asked, name, None) is None:
            setattr(asked, name, value)
    try:
        return int(_COMMANDS[asked.command](asked, root))
    except RefusedError as error:
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


_DEFAULTS = {
    "command": "build",
    "output": Path("public"),
    "base_url": "",
    "drafts": False,
    "today": "",
    "jobs": 0,
    "strict": False,
    "explain": False,
    "adopt": False,
    "format": "text",
    "quiet": False,
    "verbose": False,
}


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    common = _common_options()
    parser = argparse.ArgumentParser(
        prog="build.py", description=_DESCRIPTION, epilog=_EPILOG, formatter_class=shape, parents=[common]
    )
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common], formatter_class=shape)

    add("build", "build the site (what happens without a command)")
    check = add("check", "list every finding, silenced ones too; write nothing into the output")
    check.add_argument("--list", action="store_true", help="list the checks: id, severity, and the reason")
    show = add("show", "list an article's relations, declared and derived, each with the line it comes from")
    show.add_argument("article", help="folder/slug, or the path of its file")
    add("clean", "remove what builds made, and what they remember")
    new = add("new", "write a new article, a draft with every field explained")
    new.add_argument("kind", help="cause, symptom, relief, red-flag or guide")
    new.add_argument("slug", help="its file name and address: lower-case letters, digits, hyphens")
    return parser


def _common_options() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    where = common.add_argument_group("what is built")
    where.add_argument("--output", type=_folder, metavar="DIR", help="where the site goes (public/)")
    where.add_argument(
        "--base-url", type=_base_url, metavar="URL", help="the site's address, when not the one in config.yaml"
    )
    where.add_argument("--drafts", action="store_true", help="drafts and scheduled articles too, marked as such")
    where.add_argument(
        "--today", type=_day, metavar="YYYY-MM-DD", help="build as on this day (scheduled articles, overdue reviews)"
    )
    where.add_argument(
        "--adopt", action="store_true", help="build into a folder that holds other files, and overwrite them"
    )
    how = common.add_argument_group("how it is built and told")
    how.add_argument("--jobs", type=_jobs, metavar="N", help="worker processes (one a core)")
    how.add_argument("--strict", action="store_true", help="warnings fail, too")
    how.add_argument("--explain", action="store_true", help="say why each page was rebuilt")
    how.add_argument("--format", choices=("text", "json", "github"), help="how findings are written (text)")
    how.add_argument("-q", "--quiet", action="store_true", help="findings only")
    how.add_argument("-v", "--verbose", action="store_true", help="notices, too")
    return common


def _folder(text: str) -> Path:
    return Path(text).absolute()


def _day(text: str) -> str:
    try:
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"“{text}” is not a day; write it as YYYY-MM-DD")


def _jobs(text: str) -> int:
    if text.isdigit() and 0 < int(text) <= 256:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a number of workers; it is 1 or more")


def _base_url(text: str) -> str:
    if text.startswith(("https://", "http://")) and len(text.split("/", 3)[2]) > 0:
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is not an address; write it whole, like https://example.org/health/")


# Commands


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
    writes = asked.command == "build"
    return Options(root, output, asked.base_url, asked.drafts, asked.today, asked.adopt, asked.strict, writes)


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
    count = clean(output, root / STORE)
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


_COMMANDS = {"build": _build, "check": _check, "show": _show, "clean": _clean, "new": _new}
