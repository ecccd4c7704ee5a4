"""Follow every internal link of a built site: its page or file must exist, and the fragment in it too.

Reads HTML, CSS and SVG, and the sitemap and feed where the site's origin is given. Other sites are not asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

ADDRESSES = frozenset({"href", "src", "poster", "action", "formaction", "data", "xlink:href"})
ADDRESS_LISTS = frozenset({"srcset", "imagesrcset"})
META_ADDRESSES = frozenset({"og:image", "og:url", "twitter:image"})
# What a browser takes for the top of any page, with or without such an id.
TOP = frozenset({"", "top"})

CSS_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
REFRESH = re.compile(r"""url\s*=\s*['"]?\s*([^'"]*?)\s*['"]?\s*$""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    line: int
    source: str  # what holds it, as a person would say it: "a href"
    address: str


@dataclass(slots=True)
class Document:
    """What one file says: its links, the fragments that lead into it, and the ids that it gives twice."""

    links: list[Link] = field(default_factory=list)
    fragments: set[str] = field(default_factory=set)
    repeated_ids: list[tuple[int, str]] = field(default_factory=list)


def check(folder: Path, base_path: str = "/", origin: str = "") -> list[str]:
    """Return what is wrong with the site in `folder`, as `path:line: message`, sorted; none if every link leads somewhere.

    `base_path` is where the site lives on its host, such as `/health/`. With `origin`, such as `https://example.org`,
    the full addresses of that origin (canonical links, sitemap, feed) are followed too.
    Raises ValueError if `folder` holds no page: nothing was checked then.
    """
    base_path = f"/{base_path.strip('/')}/".replace("//", "/")
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    documents = {name: document for name in names if (document := _read(folder / name)) is not None}
    if not any(name.endswith(".html") for name in documents):
        raise ValueError(f"no page below {folder}")
    found = []
    for name, document in documents.items():
        found += [(name, line, f"the id “{given}” is given twice") for line, given in document.repeated_ids]
        for link in document.links:
            if problem := _problem(name, link, names, documents, base_path, origin.rstrip("/")):
                found.append((name, link.line, f"{link.source} “{link.address}” {problem}"))
    return [f"{name}:{line}: {message}" for name, line, message in sorted(found)]


def _problem(
    name: str, link: Link, names: set[str], documents: dict[str, Document], base_path: str, origin: str
) -> str | None:
    address = link.address.strip()
    if origin and (address == origin or address.startswith(f"{origin}/")):
        address = address.removeprefix(origin) or "/"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "is no address"
    if parts.scheme == "javascript":
        return "is a script, not an address"
    if parts.scheme or parts.netloc:
        return None
    if not address:
        return "is empty"
    if name == "404.html" and not address.startswith(("/", "#")):
        return "is relative, but a host shows this page at any address"
    # urljoin alone knows how many “..” lead out of the host.
    target = urlsplit(urljoin(f"http://site{base_path}{name}", address))
    path = unquote(target.path)
    if not path.startswith(base_path):
        return f"leads out of the site, whose addresses begin with {base_path}"
    file = path.removeprefix(base_path)
    if not file or file.endswith("/"):
        file += "index.html"
    if file not in names:
        return "needs a closing slash" if f"{file}/index.html" in names else f"is broken: there is no {file}"
    fragment = unquote(target.fragment.partition(":~:")[0])
    if file in documents and not file.endswith(".css") and fragment not in TOP | documents[file].fragments:
        return f"is broken: {file} has no “{fragment}”"
    return None


def _read(path: Path) -> Document | None:
    if path.suffix == ".css":
        text = path.read_text(encoding="utf-8")
        return Document(links=list(_css_links(text, 1, "url()")))
    if path.suffix in {".html", ".svg", ".xml"}:
        parser = _Parser()
        parser.feed(path.read_text(encoding="utf-8"))
        parser.close()
        return parser.document
    return None


def _css_links(text: str, first_line: int, source: str) -> Iterator[Link]:
    # A comment may hold anything; its line breaks still count.
    text = CSS_COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    for match in CSS_ADDRESS.finditer(text):
        address = next((group for group in match.groups() if group is not None), "")
        yield Link(first_line + text.count("\n", 0, match.start()), source, address)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self._ids: set[str] = set()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        given = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in given:
            if given["id"] in self._ids:
                self.document.repeated_ids.append((line, given["id"]))
            self._ids.add(given["id"])
            self.document.fragments.add(given["id"])
        if tag == "a" and "name" in given:
            self.document.fragments.add(given["name"])
        self.document.links += (Link(line, source, address) for source, address in _addresses(tag, given))
        self.document.links += _css_links(given.get("style", ""), line, f"{tag} style")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        line = self.getpos()[0]
        if self._inside == "style":
            self.document.links += _css_links(data, line, "style url()")
        if self._inside == "loc":
            self.document.links.append(Link(line, "loc", data.strip()))


def _addresses(tag: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in given.items():
        if name in ADDRESSES:
            yield f"{tag} {name}", value
        elif name in ADDRESS_LISTS:
            for candidate in re.split(r",\s+|,$", value.strip()):
                yield f"{tag} {name}", candidate.split()[0] if candidate.split() else ""
    if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
        if match := REFRESH.search(given.get("content", "")):
            yield "meta refresh", match[1]
    elif tag == "meta" and (given.get("property") in META_ADDRESSES or given.get("name") in META_ADDRESSES):
        yield f"meta {given.get('property') or given.get('name')}", given.get("content", "")
