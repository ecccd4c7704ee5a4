"""Where things stand: article id → address → output path, under the site's base path. Pure functions.

An *address* is a path from the root of the host, base path included (``/health/causes/dehydration/``).
A *local* address leaves the base path out (``/causes/dehydration/``): that is what articles write.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether the text is lower-case ASCII letters and digits, in words joined by single hyphens."""
    return SLUG.fullmatch(text) is not None


def slugify(text: str) -> str:
    """The nearest slug to a text; empty where it holds no letter or digit that ASCII can show."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")


def scheme(address: str) -> str:
    """The scheme of a whole address, like ``https``; empty where something is missing for it to lead anywhere."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return parts.scheme if (parts.netloc if parts.scheme in ("http", "https") else parts.path) else ""


def base_path(base_url: str) -> str:
    """The path of a site's base address, with a slash at both ends: ``https://e.org/health`` → ``/health/``."""
    path = urlsplit(base_url).path.strip("/")
    return f"/{path}/" if path else "/"


def local(article_id: str) -> str:
    """The local address of an article."""
    return f"/{article_id}/"


def article_output(article_id: str) -> str:
    """The file behind an article's address, relative to the output folder."""
    return f"{article_id}/index.html"


def article_at(output: str) -> str:
    """The id of the article whose file this is."""
    return output.removesuffix("/index.html")


def sheet(name: str) -> str:
    """The local address of a page to print."""
    return f"/sheets/{name}/"


def section(index: str, key: str, part: int = 1) -> str:
    """The local address of a section of an index, given by its own: three steps deep, where no article can stand. Of a
    section that goes on over several pages, each later part is one step deeper.
    """
    return f"{index}by/{key or 'other'}/{f'{part}/' if part > 1 else ''}"


def address(base: str, local_address: str) -> str:
    """The address of a local address under a base path."""
    return base + local_address.lstrip("/")


def absolute(base_url: str, local_address: str) -> str:
    """The absolute address, for feeds, site maps, canonical links and structured data."""
    return base_url.rstrip("/") + "/" + local_address.lstrip("/")


def output_path(local_address: str) -> str:
    """The file behind a local address, relative to the output folder: a folder's page is its ``index.html``."""
    path = local_address.lstrip("/")
    return path + "index.html" if path == "" or path.endswith("/") else path
