"""Random edits of the small site, as an author, a designer, a deployer or an accident would make them.

An edit is a method of :class:`Editor` that changes files or options and says what it did. Most leave the site in order;
the others are mistakes. Nothing here knows how a build works.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from tests.small_site import (
    ARTICLES,
    GLOSSARY,
    PEOPLE,
    REFERENCES,
    TODAY,
    Front,
    article_text,
    mapping_text,
    tree,
    write,
)

Edit = Callable[["Editor"], str]

RELATIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "causes": {"symptoms": ("symptoms",), "relief": ("relief",), "red_flags": ("red-flags",)},
    "symptoms": {"relief": ("relief",), "red_flags": ("red-flags",)},
    "relief": {"cautions": ("causes", "guides"), "red_flags": ("red-flags",)},
    "red-flags": {},
    "guides": {"about": ("causes", "symptoms", "relief", "red-flags", "guides")},
}
FACETS: Mapping[str, Mapping[str, tuple[object, ...]]] = {
    "causes": {
        "group": ("everyday", "nutrient", "condition", "look-alike"),
        "link": ("cause", "associated", "doubtful", "look-alike"),
        "certainty": ("strong", "moderate", "weak", "unknown"),
    },
    "symptoms": {"ordinary": (True, False)},
    "relief": {
        "approach": ("now", "prevention", "supplement", "treatment"),
        "effect": ("helps", "no-difference", "unclear", "harms"),
        "certainty": ("strong", "moderate", "weak", "unknown"),
    },
    "red-flags": {"urgency": ("same-day", "emergency"), "general": (True, False)},
    "guides": {"topic": ("basics", "compare", "tests", "people", "questions")},
}
KEPT = ("relief/calf-stretch",)  # the home page needs it
DRAWING = "static/pictures/calf-stretch-toes.svg"  # small_site shows it in a step
WORDS = ("calf", "artery", "water tablet", "diuretic", "muscle", "night", "heel", "toes", "warmth", "rest")
DAYS = ("2026-11-30", TODAY, "2026-12-24", "2029-11-21", "2029-11-22", "2031-01-01")
BASES = ("", "https://example.org/health/", "http://localhost:8000")


class Editor:
    """A project's folder and the options that it is built with, under random edits."""

    def __init__(self, root: Path, random: Random) -> None:
        self.root = root
        self.output = root / "public"
        self.random = random
        self.articles: dict[str, tuple[Front, str]] = deepcopy(dict(ARTICLES))
        self.references: dict[str, Any] = deepcopy(dict(REFERENCES))
        self.glossary: dict[str, Any] = deepcopy(dict(GLOSSARY))
        self.people: dict[str, Any] = deepcopy(dict(PEOPLE))
        self.removed: dict[str, tuple[Front, str]] = {}
        self.options: dict[str, Any] = {"today": TODAY, "base_url": "", "drafts": False}
        self._count = 0

    def edit(self) -> str:
        """One random edit; what it was."""
        kind = self.random.choices([kind for kind, _ in _KINDS], [weight for _, weight in _KINDS])[0]
        return self.do(self.random.choice(kind))

    def do(self, edit: Edit) -> str:
        """One certain edit; what it was."""
        told = edit(self)
        self._write()
        return f"{edit.__name__}: {told}"

    def state(self) -> tuple[Any, ...]:
        """All that edits change, for :meth:`restore`; the output left out."""
        files = {"config.yaml": (self.root / "config.yaml").read_bytes()}
        for folder in ("content", "templates", "static"):
            files |= {f"{folder}/{path}": data for path, data in tree(self.root / folder).items()}
        memory = (self.articles, self.references, self.glossary, self.people, self.removed, self.options)
        return files, deepcopy(memory)

    def restore(self, state: tuple[Any, ...]) -> None:
        """Undo every edit since a state was taken; files that did not change are not touched."""
        files, memory = state
        self.articles, self.references, self.glossary, self.people, self.removed, self.options = deepcopy(memory)
        for path, data in self.state()[0].items():
            if path not in files:
                (self.root / path).unlink()
            elif files[path] != data:
                write(self.root, path, files[path])
        for path in files:
            if not (self.root / path).exists():
                write(self.root, path, files[path])

    def _write(self) -> None:
        """Bring the content's files up to date, writing only what is new."""
        wanted = {f"content/{name}.md": article_text(*article) for name, article in self.articles.items()}
        wanted["content/references.yaml"] = mapping_text(self.references)
        wanted["content/glossary.yaml"] = mapping_text(self.glossary)
        wanted["content/people.yaml"] = mapping_text(self.people)
        for file in (self.root / "content").rglob("*.md"):
            if file.relative_to(self.root).as_posix() not in wanted:
                file.unlink()
        for path, text in wanted.items():
            file = self.root / path
            if not file.exists() or file.read_bytes() != text.encode():
                write(self.root, path, text)

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _sentence(self) -> str:
        words = " ".join(self.random.sample(WORDS, 3))
        return f"Number {self._new()}: {words}."

    def _any(self, folder: str = "") -> str:
        return self.random.choice([name for name in self.articles if name.startswith(folder)])

    def _front(self, name: str) -> Front:
        return self.articles[name][0]

    def _set_body(self, name: str, body: str) -> None:
        self.articles[name] = (self.articles[name][0], body)

    def _change_file(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        write(self.root, path, text.replace(old, new, 1))

    # --- what an author does ---

    def body(self) -> str:
        name = self._any()
        body = self.articles[name][1]
        extra = self.random.choice(
            (
                f"{self._sentence()}\n",
                f"{self._sentence()} [@{self.random.choice(list(self.references))}]\n",
                f"## Heading {self._new()}\n\n{self._sentence()}\n",
                f'!!! routine "If it goes on {self._new()}"\n\n    Ring {{advice-line}}.\n',
                "![A line](../../static/illustrations/leg.svg)\n",
            )
        )
        self._set_body(name, f"{body}\n{extra}" if len(body) < 900 else ARTICLES.get(name, ({}, "So. [@three]\n"))[1])
        return name

    def link(self) -> str:
        name, other = self._any(), self._any()
        self._set_body(name, f"{self.articles[name][1]}\nSee [that {self._new()}](../{other}.md).\n")
        return f"{name} to {other}"

    def title(self) -> str:
        name = self._any()
        self._front(name)["title"] = f"{self.random.choice('ABQZ9Éz')}{self.random.choice(WORDS)} & {self._new()}"
        return name

    def longer_title(self) -> str:
        """Another title, which stands where the old one stood."""
        name = self._any()
        self._front(name)["title"] = f"{self._front(name)['title']} {self._new()}"
        return name

    def summary(self) -> str:
        name = self._any()
        self._front(name)["summary"] = f"{self._sentence()} Call {{emergency-number}}."
        return name

    def also_called(self) -> str:
        name = self._any()
        self._front(name)["also_called"] = [f"name {self._new()}" for _ in range(self.random.randrange(3))]
        return name

    def facet(self) -> str:
        name = self._any()
        facet, values = self.random.choice(list(FACETS[name.split("/")[0]].items()))
        self._front(name)[facet] = self.random.choice(values)
        return f"{facet} of {name}"

    def relation(self) -> str:
        name = self._any()
        folder = name.split("/")[0]
        field, folders = self.random.choice([*RELATIONS[folder].items(), ("related", (folder,))])
        targets = [other for other in self.articles if other.split("/")[0] in folders and other != name]
        if not targets:
            return "none to relate"
        target = self.random.choice(targets)
        written = target if len(folders) > 1 else target.split("/")[1]
        listed = self._front(name).setdefault(field, [])
        listed.remove(written) if written in listed else listed.append(written)
        return f"{field} of {name}: {written}"

    def order_of_relations(self) -> str:
        name = self._any()
        for value in self._front(name).values():
            if isinstance(value, list):
                self.random.shuffle(value)
        return name

    def steps(self) -> str:
        self._front("relief/calf-stretch")["steps"]["position"] = self._sentence()
        return "relief/calf-stretch"

    def question(self) -> str:
        name = self._any("guides/")
        question = {"question": f"Why {self._new()}?", "answer": f"{self._sentence()} [@one-2020]"}
        self._front(name)["questions"] = [question, *self._front(name).get("questions", ())][:2]
        return name

    def upgrade(self) -> str:
        name = self._any("red-flags/")
        self._front(name)["urgency"] = "routine"
        self._front(name)["upgrade"] = [{"urgency": "emergency", "signs": f"sign {self._new()}"}]
        return name

    def reviewed(self) -> str:
        name = self._any()
        by = self.random.choice((["editors"], ["dr-may"], ["zoe", "editors"]))
        self._front(name)["reviewed"] = {"on": self.random.choice(("2024-02-29", "2026-11-01")), "by": by}
        return name

    def changes(self) -> str:
        name = self._any()
        day = f"2026-10-{self.random.randrange(1, 31):02}"
        self._front(name)["changes"] = [{"on": day, "note": self._sentence()}]
        return name

    def draft(self) -> str:
        name = self._any()
        self._front(name)["draft"] = not self._front(name).get("draft", False)
        return f"{name}: {self._front(name)['draft']}"

    def publish_on(self) -> str:
        name = self._any()
        self._front(name)["publish_on"] = self.random.choice(DAYS)
        return f"{name}: {self._front(name)['publish_on']}"

    def publish_all(self) -> str:
        for front, _ in self.articles.values():
            front.pop("draft", None)
            front.pop("publish_on", None)
        return "everything"

    def rename(self) -> str:
        name = self._movable()
        new = f"{name.split('/')[0]}/new-{self._new()}"
        front, body = self.articles.pop(name)
        aliases = [*front.get("aliases", ()), name]
        with_alias = self.random.random() < 0.6
        self.articles[new] = ({**front, "aliases": aliases} if with_alias else front, body)
        self._replace_mentions(name, new)
        return f"{name} to {new}{' with an alias' if with_alias else ''}"

    def alias(self) -> str:
        front = self._front(self._any())
        front["aliases"] = [] if front.get("aliases") else [f"causes/old-{self._new()}"]
        return f"{front['title']}: {front['aliases']}"

    def delete(self) -> str:
        if len(self.articles) < 9:
            return self.bring_back()
        name = self._movable()
        self.removed[name] = self.articles.pop(name)
        self._replace_mentions(name, "")
        return name

    def bring_back(self) -> str:
        if not self.removed:
            return "none to bring back"
        name = self.random.choice(list(self.removed))
        self.articles[name] = self.removed.pop(name)
        return name

    def _movable(self) -> str:
        return self.random.choice([name for name in self.articles if name not in KEPT])

    def _replace_mentions(self, name: str, new: str) -> None:
        """Point relations and links to a new name, or drop them."""
        slug, new_slug, folder = name.split("/")[1], new.rpartition("/")[2], name.split("/")[0]
        for other, (front, body) in self.articles.items():
            own = other.split("/")[0]
            for field, folders in (*RELATIONS[own].items(), ("related", (own,))):
                old, now = (name, new) if len(folders) > 1 else (slug, new_slug)
                if field in front and folder in folders:
                    front[field] = [now if item == old else item for item in front[field] if item != old or now]
            relative = [f"../{name}.md", *([f"{slug}.md"] if own == folder else [])]
            for link in relative:
                target = f"../{new or 'relief/calf-stretch'}.md"
                body = body.replace(f"]({link}#how-to-do-it)", f"]({target})").replace(f"]({link})", f"]({target})")
            self.articles[other] = (front, body)

    def definition(self) -> str:
        name = self.random.choice(list(self.glossary))
        self.glossary[name]["definition"] = self._sentence()
        return name

    def forms(self) -> str:
        name = self.random.choice(list(self.glossary))
        self.glossary[name]["forms"] = self.random.sample(("muscle", "toes", "heel", "often", "warmth", "diuretic"), 1)
        return f"{name}: {self.glossary[name]['forms']}"

    def term(self) -> str:
        name = self.random.choice(("night", "water", "muscle"))
        self.glossary[name] = {"definition": self._sentence()}
        if self.random.random() < 0.5:
            del self.glossary[name]
        return name

    def order_of_the_glossary(self) -> str:
        self.glossary = dict(self.random.sample(list(self.glossary.items()), len(self.glossary)))
        return "moved"

    def reference(self) -> str:
        name = self.random.choice(list(self.references))
        self.references[name]["title"] = f"Title {self._new()}"
        return name

    def uncited_reference(self) -> str:
        name = self.random.choice(("spare", "new-2020"))
        self.references[name] = {"type": "review", "title": f"Spare {self._new()}", "pmid": "12345"}
        return name

    def person(self) -> str:
        name = self.random.choice(list(self.people))
        self.people[name]["name"] = f"Number {self._new()} & Co"
        self.people["zoe"]["role"] = self.random.choice(("nurse", "editor"))
        reviewed = self._any()
        self._front(reviewed)["reviewed"] = {"on": "2026-11-02", "by": ["zoe", "dr-may"]}
        return f"{name}, and who reviewed {reviewed}"

    def order_of_the_people(self) -> str:
        self.people = dict(reversed(self.people.items()))
        return "turned round"

    # --- what a designer and a deployer do ---

    def base_template(self) -> str:
        self._change_file("templates/base.html", "</footer>", f"<p>{self._new()}</p>\n</footer>")
        return "a word"

    def page_template(self) -> str:
        name = self.random.choice(
            ("404.html", "about.html", "map.html", "feed.xml", "robots.txt", "sitemap.xml", "sw.js")
        )
        self._change_file(f"templates/{name}", "\n", f"\n{{# {self._new()} #}}")
        return name

    def macro(self) -> str:
        self._change_file("templates/macros/lists.html", '<ul class="', f'<ul class="c{self._new()} ')
        return "a class"

    def unused_template(self) -> str:
        return self._toggle("templates/unused.html", "<p>Nobody sees this.</p>")

    def unused_folder(self) -> str:
        (self.root / "static/empty").mkdir(exist_ok=True)
        (self.root / "content/causes/.hidden.md").write_text(f"{self._new()}")
        return "an empty folder and a hidden file"

    def words_of_the_configuration(self) -> str:
        line = self.random.choice(("tagline", "publisher", "description"))
        lines = (self.root / "config.yaml").read_text("utf-8").splitlines(keepends=True)
        changed = [f"{line}: New {self._new()}\n" if text.startswith(f"{line}:") else text for text in lines]
        write(self.root, "config.yaml", "".join(changed))
        return line

    def numbers(self) -> str:
        return self._setting("emergency-number", ('"999"', '"112"'))

    def review_years(self) -> str:
        return self._setting("review_years", ("3", "1"))

    def divided_indexes(self) -> str:
        return self._setting("index_entries", ("400", "3"))

    def divided_map(self) -> str:
        return self._setting("map_cells", ("5000", "2"))

    def search_page(self) -> str:
        return self._setting("search", ("true ", "false "))

    def offline_pages(self) -> str:
        return self._setting("offline", ("true ", "false "))

    def _setting(self, name: str, values: tuple[str, str]) -> str:
        text = (self.root / "config.yaml").read_text("utf-8")
        old, new = values if f"{name}: {values[0]}" in text else values[::-1]
        self._change_file("config.yaml", f"{name}: {old}", f"{name}: {new}")
        return f"{name} {new}"

    def style(self) -> str:
        self._change_file("static/css/parts/tokens.css", ":root {", f":root {{ --new: {self._new()};")
        return "static/css/parts/tokens.css"

    def style_with_a_picture(self) -> str:
        return self._toggle("static/css/more.css", 'main { background: url("../illustrations/leg.svg") }\n')

    def picture(self) -> str:
        """A picture, and the size of a drawing."""
        self._change_file("static/illustrations/leg.svg", "</svg>", f"<!--{self._new()}--></svg>")
        drawing = (self.root / DRAWING).read_text("utf-8")
        size = drawing.index('viewBox="0 0 ') + len('viewBox="0 0 ')
        other = 5 - int(drawing[size])  # another first digit of its width, or the one before
        write(self.root, DRAWING, f"{drawing[:size]}{other}{drawing[size + 1 :]}")
        return f"static/illustrations/leg.svg and {DRAWING}"

    def file_at_the_root(self) -> str:
        return self._toggle(f"static/root/{self.random.choice(('a.txt', 'deep/b.txt'))}", "At the root.\n")

    def change_at_the_root(self) -> str:
        write(self.root, "static/root/proof.txt", f"Ours: {self._new() % 3}\n")
        return "static/root/proof.txt"

    def spare_file(self) -> str:
        return self._toggle("static/spare ünïcode.bin", "\0\1")

    def _toggle(self, path: str, text: str) -> str:
        file = self.root / path
        if file.exists():
            file.unlink()
            return f"{path} removed"
        write(self.root, path, text)
        return f"{path} added"

    def another_day(self) -> str:
        self.options["today"] = self.random.choice(DAYS)
        return str(self.options["today"])

    def another_address(self) -> str:
        self.options["base_url"] = self.random.choice(BASES)
        return str(self.options["base_url"])

    def with_drafts(self) -> str:
        self.options["drafts"] = not self.options["drafts"]
        return str(self.options["drafts"])

    # --- what changes files without changing the site ---

    def nothing(self) -> str:
        return "at all"

    def touch(self) -> str:
        file = self._file()
        file.touch()
        return file.name

    def rewrite(self) -> str:
        """The same bytes in a new file."""
        file = self._file()
        data = file.read_bytes()
        file.unlink()
        file.write_bytes(data)
        return file.name

    def same_size_same_time(self) -> str:
        """Another letter, and the modification time set back: only the bytes tell."""
        name = self._any()
        file = self.root / f"content/{name}.md"
        before = file.stat()
        letter = self.random.choice("abcdefghijklmnopqrstuvwxyz")
        title = str(self._front(name)["title"])
        self._front(name)["title"] = title[:-1] + letter
        self._write()
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        return name

    def _file(self) -> Path:
        folders = (self.root / folder for folder in ("content", "templates", "static"))
        return self.random.choice(sorted(file for folder in folders for file in folder.rglob("*.*") if file.is_file()))

    # --- what happens to the output ---

    def write_over_a_page(self) -> str:
        file = self._page()
        file.write_bytes(b"<p>Somebody was here.</p>")
        return self._in_output(file)

    def change_a_letter_of_a_page(self) -> str:
        """The size and the modification time stay."""
        file = self._page()
        before, data = file.stat(), bytearray(file.read_bytes())
        if data:
            data[len(data) // 2] ^= 1
        file.write_bytes(data)
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        return self._in_output(file)

    def truncate_a_page(self) -> str:
        file = self._page()
        file.write_bytes(b"")
        return self._in_output(file)

    def delete_a_page(self) -> str:
        file = self._page()
        file.unlink()
        return self._in_output(file)

    def swap_two_pages(self) -> str:
        one, other = self._page(), self._page()
        first, second = one.read_bytes(), other.read_bytes()
        one.write_bytes(second)
        other.write_bytes(first)
        return f"{self._in_output(one)} and {self._in_output(other)}"

    def delete_a_folder(self) -> str:
        folder = self._page().parent
        if folder != self.output:
            shutil.rmtree(folder)
        return self._in_output(folder)

    def a_folder_in_place_of_a_page(self) -> str:
        file = self._page()
        file.unlink()
        (file / "empty").mkdir(parents=True)
        return self._in_output(file)

    def _page(self) -> Path:
        files = sorted(file for file in self.output.rglob("*") if file.is_file() and ".healthsite" not in file.parts)
        return self.random.choice(files)

    def _in_output(self, file: Path) -> str:
        return file.relative_to(self.output).as_posix()

    # --- mistakes: no such site may be published ---

    def broken_link(self) -> str:
        return self._broken("\nSee [there](../causes/nowhere.md).\n")

    def broken_fragment(self) -> str:
        return self._broken("\nSee [there](../relief/calf-stretch.md#nowhere).\n")

    def unknown_source(self) -> str:
        return self._broken("\nSo it is. [@nobody-1999]\n")

    def missing_picture(self) -> str:
        return self._broken("\n![Gone](../../static/illustrations/gone.svg)\n")

    def _broken(self, extra: str) -> str:
        name = self.random.choice(KEPT)  # it is published whatever else happens
        self._set_body(name, self.articles[name][1] + extra)
        return name

    def bad_front_matter(self) -> str:
        name = self.random.choice(KEPT)
        self.articles[name] = ({**self._front(name), "titel": "x", "certainty": "sure"}, self.articles[name][1])
        return name

    def broken_seal(self) -> str:
        name = self.random.choice(KEPT)
        self._front(name)["reviewed"] = {"on": "2026-11-01", "by": ["editors"], "seal": "s1-0"}
        self.options["drafts"] = False  # in a preview it is a warning
        return name

    def clinician_without_a_link(self) -> str:
        self.people["dr-may"] = {"name": "Dr May", "role": "doctor", "clinician": True}
        return "dr-may"

    def bad_glossary(self) -> str:
        self.glossary["calf"] = {"forms": ["arteries"], "definitoin": "x"}
        return "calf"

    def bad_configuration(self) -> str:
        write(self.root, "config.yaml", (self.root / "config.yaml").read_bytes() + b"titel: [x\n")
        return "config.yaml"

    def bad_template(self) -> str:
        self._change_file("templates/a-z.html", "{% block main %}", "{% block main %}{{ view.nothing }}")
        return "a-z.html"

    def bad_style(self) -> str:
        write(self.root, "static/css/bad.css", "main { background: url(gone.png) }\n")
        return "css/bad.css"

    def lost_template(self) -> str:
        (self.root / "templates/macros/lists.html").unlink()
        return "macros/lists.html"

    def two_sources_for_one_address(self) -> str:
        write(self.root, "static/root/about/index.html", "About.\n")
        return "root/about/index.html"


_AUTHOR = (
    Editor.body, Editor.body, Editor.link, Editor.title, Editor.longer_title,
    Editor.longer_title, Editor.summary, Editor.also_called, Editor.facet,
    Editor.facet, Editor.relation, Editor.relation, Editor.order_of_relations, Editor.steps, Editor.question,
    Editor.upgrade, Editor.reviewed, Editor.changes, Editor.draft, Editor.publish_on, Editor.publish_all, Editor.rename,
    Editor.rename, Editor.alias, Editor.delete, Editor.delete, Editor.bring_back, Editor.bring_back, Editor.definition,
    Editor.forms, Editor.term, Editor.order_of_the_glossary, Editor.reference, Editor.uncited_reference,
    Editor.person, Editor.person, Editor.order_of_the_people,
)  # fmt: skip
_SITE = (
    Editor.base_template, Editor.page_template, Editor.macro, Editor.unused_template, Editor.unused_folder,
    Editor.words_of_the_configuration, Editor.numbers, Editor.review_years, Editor.divided_indexes, Editor.divided_map,
    Editor.search_page, Editor.offline_pages, Editor.style, Editor.style_with_a_picture, Editor.picture,
    Editor.file_at_the_root, Editor.change_at_the_root,
    Editor.spare_file, Editor.another_day, Editor.another_day, Editor.another_address, Editor.with_drafts,
)  # fmt: skip
_SAME = (Editor.nothing, Editor.touch, Editor.rewrite, Editor.same_size_same_time)
_TAMPERED = (
    Editor.write_over_a_page, Editor.change_a_letter_of_a_page, Editor.truncate_a_page, Editor.delete_a_page,
    Editor.swap_two_pages, Editor.delete_a_folder, Editor.a_folder_in_place_of_a_page,
)  # fmt: skip
MISTAKES = (
    Editor.broken_link, Editor.broken_fragment, Editor.unknown_source, Editor.missing_picture, Editor.bad_front_matter,
    Editor.bad_glossary, Editor.bad_configuration, Editor.bad_template, Editor.bad_style, Editor.lost_template,
    Editor.two_sources_for_one_address, Editor.broken_seal, Editor.clinician_without_a_link,
)  # fmt: skip
_KINDS = ((_AUTHOR, 55), (_SITE, 22), (_SAME, 6), (_TAMPERED, 9), (MISTAKES, 8))
EDITS = tuple(dict.fromkeys(edit for kind, _ in _KINDS for edit in kind))
