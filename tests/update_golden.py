"""Write the golden output again: ``make golden``, or ``python -m tests.update_golden``. Read the difference before you commit it."""

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from healthsite.workers import Workers
from tests.helpers import ROOT, build_site, lay_site, published

GOLDEN = ROOT / "tests" / "golden"

# By template, the pages of tests/sites/full that are kept: enough to see each template at work, in every shape that it has.
SELECTION: Mapping[str, tuple[str, ...]] = {
    "404.html": ("404.html",),
    "a-z.html": ("a-z/index.html", "a-z/by/l/index.html", "a-z/by/0/index.html"),
    "about.html": ("about/index.html",),
    "cause.html": ("causes/moon-dust/index.html", "causes/comet-tail/index.html"),
    "feed.xml": ("feed.xml",),
    "glossary.html": ("glossary/index.html",),
    "guide.html": ("guides/questions/index.html", "guides/wobbles-in-space/index.html"),
    "home.html": ("index.html",),
    "index.html": tuple(f"{folder}/index.html" for folder in ("causes", "symptoms", "relief", "red-flags", "guides")),
    "map.html": ("map/index.html",),
    "offline.html": ("offline.html",),
    "privacy.html": ("privacy/index.html",),
    "red-flag.html": ("red-flags/green-glow/index.html", "red-flags/dull-ache/index.html"),
    "redirect.html": ("causes/dust/index.html",),
    "relief.html": ("relief/standing-on-one-hand/index.html", "relief/rest/index.html"),
    "robots.txt": ("robots.txt",),
    "search.html": ("search/index.html",),
    "sheet.html": ("sheets/signs/index.html", "sheets/diary/index.html"),
    "site.webmanifest": ("site.webmanifest",),
    "sitemap.xml": ("sitemap.xml",),
    "sources.html": ("sources/index.html",),
    "sw.js": ("sw.js",),
    "symptom.html": ("symptoms/humming-knee/index.html",),
}
NAMES = tuple(name for names in SELECTION.values() for name in names)

# A style sheet or a script may change without a word of the pages changing; the service worker names all its pages hold.
_FINGERPRINT = re.compile(r"(/assets/[\w./-]+?)\.[0-9a-f]{10}(?=\.\w+)|(?<=\})[0-9a-f]{32}(?=`)")


def build_golden(folder: Path, workers: Workers) -> dict[str, str]:
    """Build the full little site in a folder. Gives the selected pages as text, without the fingerprints of assets."""
    result = build_site(lay_site(folder, "minimal", "full"), workers)
    if not result.published:
        raise RuntimeError("\n".join(str(finding) for finding in result.findings))
    pages = published(folder / "public")
    return {name: _FINGERPRINT.sub(lambda found: found[1] or "", pages[name].decode()) for name in NAMES}


def main() -> None:
    """Replace what stands in ``tests/golden/``."""
    with tempfile.TemporaryDirectory() as folder, Workers(1) as workers:
        pages = build_golden(Path(folder), workers)
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for name, text in pages.items():
        (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(text, "utf-8", newline="\n")
    print(f"wrote {len(pages)} pages to {GOLDEN.relative_to(ROOT)}; read “git diff {GOLDEN.relative_to(ROOT)}”")


if __name__ == "__main__":
    main()
