"""The house itself: floors, who may print, what the code may not hold. Read from the source, nothing is mocked."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from math import inf
from pathlib import Path

import pytest

from tests.tools.needs import need

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "architecture.md"

LONGEST_FUNCTION = 50
LONGEST_MODULE = 350
# Longer than they should be, each with the reason why it stays whole. None may grow beyond twice the length.
LONG_MODULES = {
    "markup.py": "the processors of one Markdown dialect, which share a job",
    "plainyaml.py": "one reader with the wording of its mistakes",
    "workers.py": "the two ends of one protocol",
}

# Words of the first site. The generator is for any complaint.
TOPIC = (
    r"cramps?|cramping|legs?|calf|calves|muscles?|muscular|f[oe]{2}t|toes?|thighs?|shins?|knees?|ankles?|hamstrings?|"
    r"stretch(?:es|ing)?|magnesium|quinine|clots?|thrombosis|DVT|statins?|diuretics?|claudication|leg-cramps?"
)

# In pieces, or this file would name them itself.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("rubygems", "org"),
        ("anaconda", "org"),
    )
]


def package(root: Path = ROOT) -> dict[str, str]:
    """The source of each module by its path below ``healthsite/``, and that of ``build.py``."""
    folder = root / "healthsite"
    paths = [path for path in sorted(folder.rglob("*.py")) if path != folder / "__init__.py"]
    sources = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    return sources | {"build.py": (root / "build.py").read_text("utf-8")}


SOURCES = package()


def wrong(look: Callable[[str, str], object]) -> dict[str, object]:
    """What a look at each module, its name and its source, finds; by name, where it finds anything. (A row of its own for
    each module and look would be eight hundred tests.)
    """
    found = {name: look(name, source) for name, source in SOURCES.items()}
    return {name: what for name, what in found.items() if what}


@cache
def parsed(source: str) -> ast.Module:
    """A source as a tree, which nobody changes."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Every node of a source."""
    return tuple(ast.walk(parsed(source)))


def dotted(name: str) -> str:
    return "healthsite." + name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


MODULES = {dotted(name): name for name in SOURCES if name != "build.py"}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and path below ``healthsite/`` of every module of ours that a source imports, wherever the import stands."""
    for node in nodes(source):
        if isinstance(node, ast.Import):
            named = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports are not used here"
            # “from healthsite.checks import run” is the package; “from healthsite.checks import home” its module.
            whole = [f"{node.module}.{alias.name}" for alias in node.names]
            named = [name if name in MODULES else str(node.module) for name in whole]
        else:
            continue
        yield from ((node.lineno, MODULES[name]) for name in named if name in MODULES)


def floors(document: str) -> dict[str, float]:
    """The table ``| floor | module | … |`` of a document: the floor of each module that is there."""
    found: dict[str, float] = {}
    wide: dict[str, float] = {}
    for floor, cell in re.findall(r"^\| *(\d+|top) *\|([^|]*)\|", document, re.MULTILINE):
        number = inf if floor == "top" else float(floor)
        for name in re.findall(r"`([^`]+)`", cell):
            if name.endswith(("/", "*.py")):
                wide |= {path: number for path in SOURCES if path.startswith(name.removesuffix("*.py"))}
            else:
                assert name not in found, f"{name} stands on two floors"
                found[name] = number
    return wide | found


def table() -> dict[str, float]:
    return floors(DOCUMENT.read_text("utf-8"))


def too_high(name: str, source: str, stands: dict[str, float]) -> list[str]:
    """The imports of a module that do not lead to a lower floor."""
    own = stands.get(name, inf)  # that a module is missing from the table is told by a test of its own
    return [
        f"{name}:{line}: floor {own:.0f} imports {other} of floor {stands[other]:.0f}"
        for line, other in imports(source)
        if stands.get(other, -1) >= own
    ]


# --- floors --------------------------------------------------------------------------------------------------------


def test_the_table_of_floors_names_every_module_and_no_other():
    assert set(table()) == set(SOURCES)


def test_an_import_goes_to_a_lower_floor():
    stands = table()
    assert wrong(lambda name, source: too_high(name, source, stands)) == {}


@pytest.mark.parametrize(
    "source",
    [
        "import healthsite.views",
        "from healthsite import views",
        "from healthsite.views import View",
        "from healthsite.checks import run",
        "def f():\n    from healthsite import model, views",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from healthsite.views import View",
    ],
)
def test_an_import_upwards_is_seen_wherever_it_stands(source):
    found = too_high("graph.py", source, table())
    assert len(found) == 1
    assert "of floor" in found[0]


@pytest.mark.parametrize(
    "source", ["from healthsite import kinds", "from healthsite.model import Article", "import json"]
)
def test_an_import_downwards_is_allowed(source):
    assert too_high("graph.py", source, table()) == []


def python(code: str) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


def test_each_module_imports_alone():
    # The package is forgotten before each import, so that none leans on what another has imported.
    python(
        "import importlib, sys\n"
        f"for name in {sorted(MODULES)}:\n"
        "    for known in [known for known in sys.modules if known.partition('.')[0] == 'healthsite']:\n"
        "        del sys.modules[known]\n"
        "    importlib.import_module(name)\n"
    )


def test_a_build_with_nothing_to_do_need_not_wait_for_the_heavy_libraries():
    heavy = ("markdown", "jinja2", "nh3", "livereload", "tornado", "multiprocessing")
    loaded = python(f"import sys, healthsite.cli; print(*(name for name in {heavy} if name in sys.modules))")
    assert loaded.split() == []


# --- what the code may not do --------------------------------------------------------------------------------------


STREAMS = ("argv", "stdout", "stdin")


def talks(source: str) -> list[str]:
    """Where a source speaks with the terminal or reads the command line."""
    found = []
    for node in nodes(source):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("print", "input"):
            found.append(f"{node.lineno}: {node.func.id}()")
        elif isinstance(node, ast.Attribute) and node.attr in STREAMS and ast.unparse(node.value) == "sys":
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def test_only_the_command_line_speaks_with_the_terminal():
    assert set(wrong(lambda name, source: talks(source))) == {"cli.py"}


def test_speaking_is_seen():
    assert talks("import sys\nprint(1)\nsys.argv[1:]\nsys.stdout.write('x')") == [
        "2: print()",
        "3: sys.argv",
        "4: sys.stdout",
    ]
    assert talks(SOURCES["cli.py"])


RUNNERS = ("eval", "exec", "compile", "__import__", "os.system")


def name_of(function: ast.expr) -> str:
    """A name, or an attribute of one; none for what is neither."""
    is_dotted = isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
    return ast.unparse(function) if is_dotted or isinstance(function, ast.Name) else ""


def forbidden(source: str) -> list[str]:
    """Ways to run data as code."""
    found = []
    for node in nodes(source):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
        found += [
            f"{getattr(node, 'lineno', 0)}: {name}" for name in named if name in ("pickle", "marshal", "shelve", "dill")
        ]
        if isinstance(node, ast.Call) and name_of(node.func) in RUNNERS:
            found.append(f"{node.lineno}: {ast.unparse(node.func)}()")
    return found


def test_no_data_is_run_as_code():
    found = wrong(lambda name, source: [what.partition(": ")[2] for what in forbidden(source)])
    # The messages between a build and its own worker processes are pickled; no file is.
    assert found == {"workers.py": ["pickle"], "jobs.py": ["pickle"]}


def test_running_data_as_code_is_seen():
    assert forbidden("from pickle import loads\nimport re\nre.compile('x')\ndef f(x):\n    return eval(x)") == [
        "1: pickle",
        "5: eval()",
    ]


CHANGERS = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "remove", "discard", "clear"}


def changing_globals(source: str) -> list[str]:
    """``global`` statements, and changes made to a container that stands at the top of the module."""
    top = {
        target.id
        for node in parsed(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    found = []
    for function in nodes(source):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        inside = tuple(ast.walk(function))
        bound = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        bound |= {node.arg for node in inside if isinstance(node, ast.arg)}
        for node in inside:
            changed: ast.expr | None = None
            if isinstance(node, ast.Global):
                found.append(f"{node.lineno}: global {', '.join(node.names)}")
            elif isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load):
                changed = node.value
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGERS:
                changed = node.func.value
            if isinstance(changed, ast.Name) and changed.id in top - bound:
                found.append(f"{changed.lineno}: changes {changed.id}")
    return found


def test_no_global_changes():
    assert wrong(lambda name, source: changing_globals(source)) == {}


def test_a_changing_global_is_seen():
    source = """
SEEN = set()
TABLE = {}
COUNT = 0
def a():
    SEEN.add(1)
def b(TABLE):
    TABLE["x"] = 1
def c():
    TABLE["x"] = 1
def d():
    global COUNT
    COUNT += 1
"""
    assert changing_globals(source) == ["6: changes SEEN", "10: changes TABLE", "12: global COUNT"]


# --- what the code may not hold ------------------------------------------------------------------------------------


def topic_words(source: str) -> list[str]:
    return re.findall(rf"(?<![a-z])(?:{TOPIC})(?![a-z])", source, re.IGNORECASE)


def test_the_generator_holds_no_word_of_the_sites_topic():
    assert wrong(lambda name, source: topic_words(source)) == {}


def test_a_word_of_the_topic_is_seen():
    assert topic_words("LEG_CRAMPS = 'legal'\n# a calf-stretch, stretchy") == ["LEG", "CRAMPS", "calf", "stretch"]


def long_functions(source: str) -> dict[str, int]:
    """How many lines each function has that has too many."""
    lengths = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in nodes(source)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}


def test_a_function_fits_on_a_screen():
    assert wrong(lambda name, source: long_functions(source)) == {}


def test_a_module_is_short_or_says_why_not():
    long = {name for name, source in SOURCES.items() if source.count("\n") > LONGEST_MODULE}
    assert long == set(LONG_MODULES)
    assert [name for name in long if SOURCES[name].count("\n") > 2 * LONGEST_MODULE] == []


def test_a_module_says_what_it_is_for():
    assert wrong(lambda name, source: not ast.get_docstring(parsed(source))) == {}


# --- the repository ------------------------------------------------------------------------------------------------


def registries(text: str) -> list[str]:
    return [host for host in REGISTRIES if host in text.lower()]


def test_no_file_names_the_host_of_a_package_registry():
    need(shutil.which("git"), "the files of the repository are not checked: there is no git")
    need((ROOT / ".git").exists(), "the files of the repository are not checked: this is a copy without its history")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, encoding="utf-8").stdout.split("\0")
    files = [ROOT / name for name in names if name and (ROOT / name).is_file()]
    assert ROOT / "pyproject.toml" in files
    named = {path.name: registries(path.read_bytes().decode("utf-8", "replace")) for path in files}
    assert {name: hosts for name, hosts in named.items() if hosts} == {}


def test_the_host_of_a_registry_is_seen():
    assert registries(f"pip install --index-url https://{REGISTRIES[0]}/simple x") == REGISTRIES[:1]
