"""A view → bytes, through Jinja2. A template sees its view and nothing else."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError

from healthsite import structured
from healthsite.model import Finding
from healthsite.views import View


class _Loader(FileSystemLoader):
    """Templates as files. One that is not UTF-8 is the mistake of that file, not of the one that includes it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise TemplateSyntaxError("this file is not UTF-8 from here on; save it as UTF-8", line, template) from None


@lru_cache(maxsize=2)
def environment(folder: str, digest: str) -> Environment:
    """The templates of a folder. ``digest`` names their contents: changed templates get a new environment."""
    env = Environment(
        loader=_Loader(folder, encoding="utf-8-sig"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    # A page must be the same each time it is built.
    del env.globals["lipsum"], env.filters["random"]
    return env


def render(env: Environment, template: str, view: View) -> bytes | Finding:
    """The page's bytes; a finding at its place in the template where the template is wrong."""
    try:
        text = env.get_template(template).render(view=view, site=view.site, json_ld=structured.json_ld(view))
    except TemplateSyntaxError as error:
        return _finding(error.name or template, error.lineno, error.message or "this template can't be read")
    except Exception as error:  # a template can call anything on its view: whatever goes wrong, it is the template's
        name, line = _place(env, error) or (template, 1)
        return _finding(name, line, _reason(error, template))
    return text.encode()


def _finding(name: str, line: int, message: str) -> Finding:
    return Finding(f"templates/{name}", line, 1, "error", "template", message)


def _reason(error: Exception, template: str) -> str:
    if isinstance(error, TemplateNotFound):  # its own words name folders of this machine
        return f"there is no templates/{error.name}"
    if isinstance(error, TemplateError | LookupError):
        text = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
        return re.sub(r"\bhealthsite\.(?:\w+\.)*", "", text) or type(error).__name__
    return f"{type(error).__name__}: {error} (while rendering {template})"


def _place(env: Environment, error: Exception) -> tuple[str, int] | None:
    """The innermost template and line that an error came from."""
    folders = [Path(path) for path in getattr(env.loader, "searchpath", [])]
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        for folder in folders:
            if Path(frame.filename).is_relative_to(folder):
                return Path(frame.filename).relative_to(folder).as_posix(), frame.lineno or 1
    return None
