"""A view → bytes, through Jinja2. A template sees its view and nothing else."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, MutableMapping
from functools import lru_cache
from types import MethodType
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from healthsite import structured
from healthsite.model import Finding
from healthsite.siteview import View

FOLDER = "templates/"


_NAMED = re.compile(r"""{%-?\s*(?:extends|from|import|include)\s+["']([^"']+)""")


class _Code(CodeGenerator):
    """What a template is compiled to: as Jinja2 does it, but what is safe already is not made safe anew. That was a
    sixth of the time that a page takes.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Context(Context):
    """Calls what a view or a template offers as it is: Jinja2 asks each time whether it wants to know its context."""

    def call(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if type(function) is not MethodType and type(function) is not Macro:
            return super().call(function, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return function(*args, **kwargs)


class _Environment(Environment):
    code_generator_class = _Code
    context_class = _Context

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: a plain mapping, for nobody adds to the environment's later on."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escaped(value: Any) -> Any:
        """A value as text of a page: its marks as entities, unless it is markup. Most have no mark: to look for each of
        the five is quicker than for any of them.
        """
        kind = type(value)
        if kind is Markup or (
            kind is str and not ("<" in value or "&" in value or ">" in value or '"' in value or "'" in value)
        ):
            return value
        return escape(value)


@lru_cache(maxsize=2)
def environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """The environment of templates, given as names with texts."""
    texts = dict(templates)

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (texts[name], FOLDER + name, lambda: True) if name in texts else None

    env = _Environment(
        loader=FunctionLoader(load),
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


def compile_for(env: Environment, names: Iterable[str]) -> None:
    """Compile templates, and those that they are made of. Raises Jinja2's errors."""
    found: dict[str, None] = {}
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found[name] = None
            env.get_template(name)
            source, _, _ = env.loader.get_source(env, name)  # type: ignore[union-attr]
            left += _NAMED.findall(source)


def render(env: Environment, template: str, view: View) -> bytes | Finding:
    """The page's bytes; a finding at its place in the template where the template is wrong."""
    try:
        text = env.get_template(template).render(view=view, site=view.site, json_ld=structured.json_ld(view))
    except TemplateSyntaxError as error:
        return _finding(error.name or template, error.lineno, error.message or "this template can't be read")
    except Exception as error:  # a template can call anything on its view: whatever goes wrong, it is the template's
        name, line = _place(error) or (template, 1)
        return _finding(name, line, _reason(error, template))
    return text.encode()


def _finding(name: str, line: int, message: str) -> Finding:
    return Finding(FOLDER + name, line, 1, "error", "template", message)


def _reason(error: Exception, template: str) -> str:
    if isinstance(error, TemplateNotFound):  # its own words name folders of this machine
        return f"there is no templates/{error.name}"
    if isinstance(error, TemplateError | LookupError):
        text = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
        return re.sub(r"\bhealthsite\.(?:\w+\.)*", "", text) or type(error).__name__
    return f"{type(error).__name__}: {error} (while rendering {template})"


def _place(error: Exception) -> tuple[str, int] | None:
    """The innermost template and line that an error came from."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(FOLDER):
            return frame.filename.removeprefix(FOLDER), frame.lineno or 1
    return None
