import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "site.yml"
TEXT = WORKFLOW.read_text(encoding="utf-8")
JOBS = yaml.safe_load(TEXT)["jobs"]


def commands() -> Iterator[list[str]]:
    for job in JOBS.values():
        for step in job["steps"]:
            for line in step.get("run", "").splitlines():
                yield shlex.split(line)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


def test_the_workflow_fits_its_schema():
    result = run("-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", WORKFLOW)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_workflow_that_does_not_fit_is_found(tmp_path):
    broken = tmp_path / "site.yml"
    broken.write_text(TEXT.replace("runs-on:", "run-on:"), encoding="utf-8")
    assert run("-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", broken).returncode == 1


BUILDS = [words[words.index("build.py") + 1 :] for words in commands() if "build.py" in words]


@pytest.mark.parametrize("words", BUILDS, ids=" ".join)
def test_the_command_line_knows_what_the_workflow_says(words):
    sub_command = [word for word in words[:1] if not word.startswith("-")]
    result = run("build.py", *sub_command, "--help")
    assert result.returncode == 0, result.stderr
    known = set(re.findall(r"--[a-z][a-z-]*", result.stdout))
    assert {word for word in words if word.startswith("--")} <= known


def test_pull_requests_are_checked_strictly_and_publishing_is_not():
    assert [words for words in BUILDS if words[0] == "check" and "--strict" in words]
    assert [words for words in BUILDS if "--base-url" in words and "--strict" not in words]


def test_make_and_the_files_that_the_workflow_runs_exist():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for words in commands():
        if words[0] == "make":
            assert set(words[1:]) <= set(targets)
        elif words[0] not in ("apt-get", "git"):
            assert words[0] == ".venv/bin/python" or (ROOT / words[0]).is_file()


def test_actions_are_pinned_by_commit():
    """A tag can be moved to other code; a commit can't."""
    lines = [line for line in TEXT.splitlines() if "uses:" in line]
    assert len(lines) > 3
    assert [line for line in lines if not re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_only_the_deployment_may_write():
    assert yaml.safe_load(TEXT)["permissions"] == {}
    writers = {name for name, job in JOBS.items() if "write" in job["permissions"].values()}
    assert writers == {"deploy"}
