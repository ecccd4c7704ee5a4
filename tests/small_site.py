"""A small site with articles of all kinds, written into a folder, and a look at what a build made of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from healthsite.pipeline import build
from healthsite.run import BuildResult, Options
from healthsite.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-12-01"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>\n'

Front = dict[str, Any]

_REVIEWED = {"on": "2026-11-22", "by": ["editors"]}
_CHANGES = [{"on": "2026-11-22", "note": "First published."}]

ARTICLES: Mapping[str, tuple[Front, str]] = {
    "causes/thirst": (
        {
            "title": "Too little water",
            "summary": "Studies disagree about whether thirst plays a part.",
            "also_called": ["dehydration"],
            "group": "everyday",
            "link": "doubtful",
            "certainty": "contested",
            "symptoms": ["dark-urine", "night-waking"],
            "relief": ["drinking"],
            "red_flags": ["brown-urine"],
            "codes": {"mesh": ["D003681"]},
        },
        "Nobody has shown it. [@one-2020; @two-2012]\n\n## What it has to do with [tired muscles](tired-muscle.md)\n\n"
        "A water tablet adds to the risk. Call {advice-line}. [@one-2020]\n",
    ),
    "causes/tired-muscle": (
        {
            "title": "A tired muscle",
            "summary": "A muscle that has worked hard may cramp.",
            "group": "everyday",
            "link": "associated",
            "certainty": "weak",
            "symptoms": ["night-waking"],
            "relief": ["calf-stretch"],
        },
        "The calf works hard. [@two-2012]\n\n![A line](../../static/illustrations/leg.svg)\n",
    ),
    "causes/narrow-artery": (
        {
            "title": "A narrow artery",
            "summary": "It is not a cramp, but it can feel like one.",
            "group": "look-alike",
            "link": "look-alike",
            "certainty": "strong",
            "symptoms": ["night-waking"],
            "red_flags": ["cold-leg"],
        },
        "An artery that lets too little blood through hurts when you walk. [@three]\n",
    ),
    "symptoms/night-waking": (
        {
            "title": "Being woken by cramp",
            "summary": "Night is the usual time.",
            "also_called": ["night cramps", "nocturnal cramps"],
            "ordinary": True,
            "relief": ["calf-stretch"],
            "related": ["dark-urine"],
        },
        "The calf pulls tight. [@three]\n\n## What to do\n\nSee [how](../relief/calf-stretch.md#how-to-do-it).\n",
    ),
    "symptoms/dark-urine": (
        {
            "title": "Dark urine",
            "summary": "Dark yellow is often thirst, brown is not.",
            "ordinary": False,
            "red_flags": ["brown-urine"],
        },
        "Dark yellow often means thirst. [@one-2020]\n\n"
        '!!! emergency "Get help now if"\n\n    - it is brown, or\n    - you feel very ill.\n\n    Call {emergency-number}.\n',
    ),
    "relief/calf-stretch": (
        {
            "title": "Calf stretch",
            "summary": "Pull the toes up and hold.",
            "approach": "now",
            "effect": "helps",
            "certainty": "expert-opinion",
            "cautions": ["causes/narrow-artery", "guides/pregnancy"],
            "red_flags": ["cold-leg"],
            "steps": {"position": "Sit up.", "actions": ["Straighten the knee.", {"text": "Pull the toes up.", "picture": "calf-stretch-toes", "alt": "Toes go up"}], "mistakes": ["Bouncing."]},
        },
        "Doctors advise it. [@two-2012]\n\n## How to do it\n\nPull gently, and look at the [word list](/glossary/).\n",
    ),
    "relief/drinking": (
        {
            "title": "Drinking enough",
            "summary": "Nobody knows whether it helps.",
            "approach": "prevention",
            "effect": "unclear",
            "certainty": "unknown",
        },
        'Drink when you are thirsty. [@one-2020]\n\n!!! self-care "At home"\n\n    Keep a glass by the bed.\n',
    ),
    "red-flags/cold-leg": (
        {
            "title": "The leg is cold and pale",
            "summary": "A cold, pale leg needs help now.",
            "urgency": "emergency",
            "general": True,
            "possible_condition": "A blocked artery",
        },
        "The blood does not get through the artery. [@three]\n",
    ),
    "red-flags/brown-urine": (
        {
            "title": "Your urine is brown",
            "summary": "Brown urine with muscle pain needs advice today.",
            "urgency": "same-day",
            "upgrade": [{"urgency": "emergency", "signs": "weakness, or almost no urine"}],
        },
        "It can be muscle that breaks down. [@three; @two-2012]\n",
    ),
    "guides/what-is-it": (
        {
            "title": "What a cramp is",
            "summary": "A muscle tightens by itself.",
            "topic": "basics",
            "about": ["symptoms/night-waking", "red-flags/cold-leg"],
            "questions": [{"question": "How long does it last?", "answer": "Seconds to minutes. The calf is sore. [@three]"}],
        },
        "A muscle, often the calf, tightens. [@one-2020]\n",
    ),
    "guides/pregnancy": (
        {
            "title": "Cramps in pregnancy",
            "summary": "They are common, and mostly harmless.",
            "topic": "people",
            "about": ["relief/drinking"],
            "related": ["what-is-it"],
        },
        "They are common. [@two-2012]\n",
    ),
}  # fmt: skip

REFERENCES: Mapping[str, Mapping[str, Any]] = {
    "one-2020": {"type": "review", "authors": ["One A", "Uno B"], "title": "On one", "year": 2020, "doi": "10.1000/one"},
    "two-2012": {"type": "rct", "authors": ["Two C"], "title": "On two", "container": "J", "year": 2012, "pages": "1-2"},
    "three": {"type": "patient-information", "title": "Three things", "url": "https://example.com/three"},
}  # fmt: skip

GLOSSARY: Mapping[str, Mapping[str, Any]] = {
    "artery": {"forms": ["arteries"], "definition": "A tube for blood."},
    "calf": {"forms": ["calves"], "definition": "The back of the lower leg."},
    "water tablet": {"forms": ["water tablets", "diuretic"], "definition": "It makes you pass water."},
}

PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "dr-may": {"name": "Dr May", "role": "doctor", "link": "https://example.com/may", "clinician": True},
    "zoe": {"name": "Zoe Z"},
}


def article_text(front: Front, body: str) -> str:
    """An article's file. JSON is YAML, too."""
    fields = {"reviewed": _REVIEWED, "changes": _CHANGES, **front}
    return f"---\n{mapping_text(fields)}---\n{body}"


def mapping_text(fields: Mapping[str, Any]) -> str:
    """A YAML mapping, a line an entry."""
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())


def write_site(folder: Path) -> Path:
    """Write the small site: its own articles, the templates, the words and the styles of this repository."""
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, folder / name, dirs_exist_ok=True, copy_function=shutil.copyfile)
    config = unsealed((ROOT / "config.yaml").read_text("utf-8"))
    write(folder, "config.yaml", re.sub(r"(?m)^(    article): \S+$", r"\1: relief/calf-stretch", config))
    write(folder, "static/illustrations/leg.svg", PICTURE)
    write(folder, "static/root/proof.txt", "This site is ours.\n")
    write(folder, "content/references.yaml", mapping_text(REFERENCES))
    write(folder, "content/glossary.yaml", mapping_text(GLOSSARY))
    write(folder, "content/people.yaml", mapping_text(PEOPLE))
    for name, (front, body) in ARTICLES.items():
        write(folder, f"content/{name}.md", article_text(front, body))
    return folder


def unsealed(config: str) -> str:
    """The configuration of a site whose articles need no seal (those of the tests are changed all the time), and of
    which none tells of doubts.
    """
    assert config.count("seals: true ") == config.count("\ndoubts_article: ") == 1
    return config.replace("seals: true ", "seals: false ").replace("\ndoubts_article: ", "\n# doubts_article: ")


def write(folder: Path, path: str, text: str | bytes) -> None:
    """Write a file below a folder."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


def change(folder: Path, path: str, old: str, new: str) -> None:
    """Replace a text that a file must hold."""
    text = (folder / path).read_text("utf-8")
    assert old in text, f"{path} does not hold {old!r}"
    write(folder, path, text.replace(old, new))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    files = (Path(parent, name) for parent, _, names in os.walk(folder) for name in names)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """The paths at which two trees differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def build_site(root: Path, workers: Workers, output: Path | None = None, **options: Any) -> BuildResult:
    """Build in this process, as on a fixed day; without the search's index, which takes longest."""
    return build(Options(root, output or root / "public", **{"today": TODAY, "search": False, **options}), workers)


def clean_build(root: Path, fresh: Path, workers: Workers, **options: Any) -> tuple[BuildResult, dict[str, bytes]]:
    """What a build of a fresh copy of a project gives: nothing remembered, nothing there before."""
    ignored = shutil.ignore_patterns(".cache", "public")
    shutil.copytree(root, fresh, ignore=ignored, copy_function=shutil.copyfile)
    result = build_site(fresh, workers, **options)
    return result, tree(fresh / "public")


def command(*arguments: str, package: Path = ROOT, search: bool = False) -> list[str]:
    """The command line as a real process, of this repository's package or of a copy of it; without the search's index
    unless it is asked for.
    """
    code = f"import sys; sys.path.insert(0, {str(package)!r}); from healthsite.cli import main; sys.exit(main())"
    return [sys.executable, "-c", code, *arguments, *([] if search else ["--no-search"])]


def run(
    root: Path,
    *arguments: str,
    package: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    search: bool = False,
    **options: Any,
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a project, to its end: with one worker, which starts sooner than several, unless another
    number is asked for.
    """
    environment = {**os.environ, **(environment or {})}
    jobs = [] if "--jobs" in arguments else ["--jobs", "1"]
    return subprocess.run(
        command("--today", TODAY, *jobs, *arguments, package=package, search=search),
        cwd=root,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=120,
        **options,
    )
