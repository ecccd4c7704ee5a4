"""Serve the site to its editor: build after every save, reload the open page, and show in it what was found.

The server is that of the ``livereload`` package, changed through its own hooks: it watches and builds in a thread, so
that requests are answered meanwhile; its script is a file, so that a page's policy holds; it answers only those who
call it by its own name. A page is served as it was built, with one element more: the script, which also says which
output the page is of. A browser that has another output than the last is told to reload, whenever it asks.
"""

from __future__ import annotations

import errno
import json
from asyncio import Future
from contextlib import suppress
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError

from healthsite.publish import PRIVATE
from healthsite.rebuilding import Builder, Tell, as_message
from healthsite.run import Options

HOST = "127.0.0.1"
PORTS = 100
"""So many ports are tried, one after the other, where the first is taken."""
_HOSTS = (HOST, "localhost")
_LIVE = Path(__file__).parent / "live"


def serve(options: Options, jobs: int, port: int, tell: Tell) -> None:
    """Serve until Ctrl-C. Raises ``OSError`` where no port is free."""
    builder = Builder(options, jobs, tell)
    try:
        with suppress(KeyboardInterrupt):  # the package minds it only once all is running
            _Site(watcher=builder).serve(port, host=HOST)
    finally:
        builder.stop()


class _Site(Server):  # type: ignore[misc]
    """The package's server, with handlers of our own, on the first free port."""

    def application(self, port: int, host: str, *unused: object, **unused_too: object) -> None:
        """Listen. The package calls this before it starts the watcher."""
        builder: Builder = self.watcher
        LiveReloadHandler.watcher = builder
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else a reload soon after another is dropped
        to = {"builder": builder}
        handlers: list[Any] = [
            ("/livereload", _Live, to),
            (r"/(livereload\.(?:js|css))", _Client, to),
            *self.get_web_handlers(""),
        ]
        server = HTTPServer(Application(handlers, log_function=lambda handler: None))
        sockets = _listen(port, host)
        server.add_sockets(sockets)
        builder.listening(f"http://{host}:{sockets[0].getsockname()[1]}")

    def get_web_handlers(self, script: str) -> list[Any]:
        """What answers for the site's own files."""
        return [("(/.*)", _Page, {"builder": self.watcher})]

    def _setup_logging(self) -> None:
        """Leave the terminal to the findings."""


def _listen(port: int, host: str) -> list[Any]:
    """Sockets on the port, or on the next one that is free. With 0 the system chooses one."""
    for number in range(port, min(port + PORTS, 65536)):
        try:
            return bind_sockets(number, host)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
    raise OSError(f"none of the ports {port} to {number} is free")


class _Own(RequestHandler):
    """Answers those who call the server by its own name, and no page of another site: its name could be made to lead
    here, and its scripts could then read what is not published yet.
    """

    def initialize(self, builder: Builder) -> None:
        self.builder = builder
        self.shown = (
            builder.shown
        )  # before any file is read: a newer file under an older version is asked for once more

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def prepare(self) -> None:
        host, origin = self.request.headers.get("Host", ""), self.request.headers.get("Origin")
        if _host(f"//{host}") not in _HOSTS or origin not in (None, f"http://{host}"):
            raise HTTPError(403)

    def write_error(self, status_code: int, **unused: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code} {self._reason}\n")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class _Live(_Own, LiveReloadHandler):  # type: ignore[misc]
    """The line to an open page."""

    def check_origin(self, origin: str) -> bool:
        """Whether a page of this origin may have a line: :meth:`prepare` has asked that already."""
        return True

    def send_message(self, message: dict[str, Any]) -> None:
        """Say something to the page. One that is closed meanwhile needs no word any more."""
        with suppress(WebSocketClosedError):
            self.write_message(message).add_done_callback(_retrieve)

    def on_message(self, message: str) -> None:
        """Greet as the package does; then tell the page what it has missed."""
        told = json.loads(message)
        super().on_message(message)
        if told.get("command") == "info":
            if told.get("version") != self.builder.shown.version:
                self.send_message({"command": "reload", "path": "*"})
            self.send_message(as_message(self.builder.shown))


def _retrieve(sent: Future[None]) -> None:
    """Take note of what became of a message, or the terminal is told that nobody did."""
    if not sent.cancelled():
        sent.exception()


class _Client(_Own):
    """The script in each page, and its style."""

    def get(self, name: str) -> None:
        self.set_header("Content-Type", _media_type(name))
        self.finish((_LIVE / name).read_bytes())


class _Page(_Own):
    """A file of the site; of its pages, with the script in it."""

    def get(self, path: str) -> None:
        base = self.shown.base
        if path in ("/", base[:-1]) and path != base:
            self.redirect(base)
        elif not path.startswith(base):
            self._miss()
        else:
            name = path.removeprefix(base) + ("index.html" if path.endswith("/") else "")
            data = self._read(name)
            if data is not None:
                self._answer(name, data, 200)
            elif self._read(f"{name}/index.html") is not None:
                self.redirect(self.request.path + "/")
            else:
                self._miss()

    head = get

    def _read(self, name: str) -> bytes | None:
        """The bytes of a published file, if there is one of this name."""
        try:
            return (self.builder.options.output / name).read_bytes() if is_inside(name) else None
        except OSError:
            return None

    def _miss(self) -> None:
        data = self._read("404.html")
        if data is None:
            self._answer("waiting.html", (_LIVE / "waiting.html").read_bytes(), 503)
        else:
            self._answer("404.html", data, 404)

    def _answer(self, name: str, data: bytes, status: int) -> None:
        self.set_status(status)
        self.set_header("Content-Type", _media_type(name))
        self.finish(with_script(data, self.shown.version) if name.endswith(".html") else data)


def is_inside(path: str) -> bool:
    """Whether a path from an address names something that is published, wherever that may be."""
    parts = path.removesuffix("/").split("/")
    return PRIVATE not in parts and not {"", ".", ".."} & {*parts} and not {"\\", "\0", ":"} & {*path}


def _media_type(name: str) -> str:
    """The media type of a file, the same on every machine."""
    kind = MimeTypes().guess_type(name)[0] or _TYPES.get(Path(name).suffix, "application/octet-stream")
    return (
        f"{kind}; charset=utf-8" if kind.startswith("text/") or kind.endswith(("javascript", "xml", "json")) else kind
    )


_TYPES = {
    ".woff2": "font/woff2",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".webmanifest": "application/manifest+json",
}


def with_script(page: bytes, version: str) -> bytes:
    """A page with the script that keeps it up to date, at the end of its body. One that leads on at once has no need
    of it, and its policy forbids all scripts.
    """
    if b'http-equiv="refresh"' in page:
        return page
    script = f'<script src="/livereload.js" data-version="{version}"></script>\n'.encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + script + end + tail if end else page + script
