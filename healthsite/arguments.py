"""The command line's arguments: what can be asked, and what each option takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

_DESCRIPTION = """\
Builds a health-information website from the Markdown articles in content/.

Without a command it builds into public/ and rebuilds only what changed. Nothing is
published while any article has an error: every mistake of every file is listed as
path:line:column, with what was probably meant."""
_EPILOG = """\
examples:
  python build.py                                     build into public/
  python build.py serve                               write with the site before you: it follows every save
  python build.py check --strict                      list all findings, warnings count too
  python build.py new cause dehydration               a draft with every field explained
  python build.py show causes/dehydration             what it is linked with, and where that is written
  python build.py review causes/dehydration --by ID   sign it off: its seal shows any change from then on
  python build.py --base-url https://example.org/health/    build for a sub-path

exit codes: 0 built   1 errors were found, the published site is untouched   2 wrong use"""


DEFAULTS = {
    "command": "build",
    "output": Path("public"),
    "base_url": "",
    "drafts": False,
    "today": "",
    "jobs": 0,
    "port": 8000,
    "strict": False,
    "explain": False,
    "adopt": False,
    "no_search": False,
    "format": "text",
    "quiet": False,
    "verbose": False,
}


DESK = ("review", "rename", "worklist", "schema")
"""The commands of :mod:`healthsite.desk`."""


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What is asked, each option with its value or its default. Ends the process with 2 where it is wrong."""
    asked = _parser().parse_args(arguments)
    for name, value in DEFAULTS.items():
        if getattr(asked, name, None) is None:
            setattr(asked, name, value)
    return asked


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
    serve = add("serve", "show the site in a browser, drafts too, and build after every save")
    serve.add_argument(
        "--port", type=_port, metavar="N", help="where it is served (8000, or the next one that is free)"
    )
    show = add("show", "list an article's relations, declared and derived, each with the line it comes from")
    show.add_argument("article", help="folder/slug, or the path of its file")
    add("clean", "remove what builds made, and what they remember")
    new = add("new", "write a new article, a draft with every field explained")
    new.add_argument("kind", help="cause, symptom, relief, red-flag or guide")
    new.add_argument("slug", help="its file name and address: lower-case letters, digits, hyphens")
    _add_desk(add)
    return parser


def _add_desk(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The editor's commands; ``add`` makes the parser of a command from its name and what it does."""
    review = add("review", "sign articles off, or keep their review after a small change")
    review.add_argument("articles", nargs="*", metavar="ARTICLE", help="folder/slug, the path of its file, or a folder")
    review.add_argument("--by", action="append", metavar="ID", help="who checked it: editors, or an id of people.yaml")
    review.add_argument("--note", default="", metavar="TEXT", help="what readers are told of this review")
    review.add_argument("--minor", default="", metavar="REASON", help="keep the review: the meaning is the same")
    review.add_argument("--all", action="store_true", help="all that were never signed off, or changed since")
    rename = add("rename", "rename an article, and whatever names it; its old address stays as an alias")
    rename.add_argument("old", help="folder/slug, or the path of its file")
    rename.add_argument("new", help="its new folder/slug, or the slug alone")
    worklist = add("worklist", "list the articles that wait for a review, by date (as text or JSON)")
    worklist.add_argument("--source", default="", metavar="ID", help="those that cite this source instead")
    add("schema", "write the JSON schemas of front matter, for editors' programs")


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
    where.add_argument(
        "--no-search", action="store_true", help="leave out the search index, which takes the longest to make"
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


def _port(text: str) -> int:
    if text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"“{text}” is not a port; it is a number up to 65535")


def _base_url(text: str) -> str:
    if text.startswith(("https://", "http://")) and len(text.split("/", 3)[2]) > 0:
        return text
    raise argparse.ArgumentTypeError(f"“{text}” is not an address; write it whole, like https://example.org/health/")
