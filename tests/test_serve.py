"""The server, as a real process that is asked over the network. What a browser makes of it: ``tests/browser``."""

import asyncio
import errno
import gc
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from healthsite.rebuilding import Builder, Tell
from healthsite.run import BuildResult, Options, Progress, Say
from healthsite.serve import _Live, is_inside, with_script
from healthsite.store import locked
from tests.helpers import ROOT
from tests.serving import PATIENCE, Served, lay_project, serving
from tests.small_site import TODAY, change, tree, write

POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


class Answer(NamedTuple):
    """An answer to a request."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(served: Served, path: str, method: str = "GET", **headers: str) -> Answer:
    parts = urlsplit(served.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    """A served project that no test changes."""
    root = lay_project(tmp_path_factory.mktemp("served"))
    change(root, "content/guides/pregnancy.md", "---\n", "---\naliases: [guides/old-name]\n")
    with serving(root) as opened:
        assert opened.built()[-1].startswith("11 articles: ")
        yield opened


@pytest.fixture
def project(tmp_path):
    return lay_project(tmp_path / "project")


# --- what is answered --------------------------------------------------------------------------------------------------


def test_a_page_is_what_was_built_and_the_script(served):
    answer = ask(served, "/causes/thirst/")
    built = (served.root / ".cache/serve/causes/thirst/index.html").read_bytes()
    script = re.findall(rb'<script src="/livereload.js" data-version="[0-9a-f]+"></script>\n', answer.body)
    assert (answer.status, len(script)) == (200, 1)
    assert answer.body.replace(script[0], b"") == built
    assert answer.body.endswith(script[0] + b"</body>\n</html>\n") or answer.body.endswith(
        script[0] + b"</body>\n</html>"
    )
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_head_of_an_answer_says_the_same(served):
    whole, head = ask(served, "/"), ask(served, "/", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


@pytest.mark.parametrize(
    "path, kind",
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/livereload.js", "text/javascript; charset=utf-8"),
        ("/livereload.css", "text/css; charset=utf-8"),
    ],
)
def test_files_have_their_media_types(served, path, kind):
    answer = ask(served, path)
    assert (answer.status, answer.headers["Content-Type"].replace("application/java", "text/java")) == (200, kind)


def test_other_files_are_as_they_were_built(served):
    style = re.findall(r'href="(/assets/css/[^"]+)"', ask(served, "/").body.decode())[0]
    answer = ask(served, style)
    assert answer.body == (served.root / ".cache/serve" / style.lstrip("/")).read_bytes()


def test_an_address_that_leads_on_at_once_is_as_it_was_built(served):
    """Its policy forbids all scripts."""
    assert (
        ask(served, "/guides/old-name/").body == (served.root / ".cache/serve/guides/old-name/index.html").read_bytes()
    )


def test_a_folder_without_its_slash_leads_to_it(served):
    answer = ask(served, "/causes/thirst")
    assert (answer.status, answer.headers["Location"]) == (302, "/causes/thirst/")


def test_what_is_not_there_is_the_sites_own_page(served):
    answer = ask(served, "/nowhere/")
    assert answer.status == 404
    assert b"<h1>This page is not here</h1>" in answer.body
    assert b"/livereload.js" in answer.body  # it may be there after the next save


@pytest.mark.parametrize(
    "path",
    [
        "/.healthsite/manifest",
        "/../store.sqlite3",
        "/%2e%2e/store.sqlite3",
        "/causes/../../store.sqlite3",
        "//etc/passwd",
        "//causes",
        "/causes//thirst/",
        "/%00",
        "/..%5cstore.sqlite3",
        "/c:/windows/win.ini",
        "/" + "x" * 5000,
    ],
    ids=lambda path: path[:30],
)
def test_nothing_but_the_site_is_served(served, path):
    answer = ask(served, path)
    assert answer.status == 404
    assert b"SQLite" not in answer.body


@pytest.mark.parametrize("path", ["causes/", "causes/thirst/index.html", "a-z/", "feed.xml", ".well-known/x"])
def test_paths_that_are_inside(path):
    assert is_inside(path)


@pytest.mark.parametrize(
    "path", ["", "/", "//x", "a//b", "../x", "a/../x", "./x", ".healthsite/lock", "a\\b", "a\0", "c:/x"]
)
def test_paths_that_are_not_inside(path):
    assert not is_inside(path)


@pytest.mark.parametrize(
    "page, with_it",
    [
        (b"<body>x</body></html>", b"<body>x%s</body></html>"),
        (b"<p>x", b"<p>x%s"),
        (b"<body><pre>&lt;/body></pre></body>", b"<body><pre>&lt;/body></pre>%s</body>"),
        (b"<script>'</body>'</script></body>", b"<script>'</body>'</script>%s</body>"),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page, with_it):
    script = b'<script src="/livereload.js" data-version="v"></script>\n'
    assert with_script(page, "v") == with_it.replace(b"%s", script)


# --- who is answered ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/livereload.js", "/livereload", "/nowhere"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "site.example"},
        {"Host": "site.example:80"},
        {"Host": "127.0.0.1.site.example"},
        {"Host": "["},
        {"Host": ""},
        {"Origin": "http://site.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
    ids=str,
)
def test_a_stranger_is_refused(served, path, headers):
    upgrade = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "x" * 22 + "==",
        "Sec-WebSocket-Version": "13",
    }
    answer = ask(served, path, **(upgrade if path == "/livereload" else {}), **headers)
    assert (answer.status, len(answer.body) < 100) in ((403, True), (400, True))


def test_its_own_pages_are_answered_by_either_name(served):
    port = urlsplit(served.address).port
    for name in ("127.0.0.1", "localhost"):
        host = f"{name}:{port}"
        assert ask(served, "/", Host=host, Origin=f"http://{host}").status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is no address of this machine")
def test_it_listens_to_one_address_only(served):
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.1", urlsplit(served.address).port or 0)) == 0
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", urlsplit(served.address).port or 0)) == errno.ECONNREFUSED


# --- base path, ports, the end -----------------------------------------------------------------------------------------


def test_the_base_path_is_that_of_the_configuration_and_follows_it(project):
    change(project, "config.yaml", "url: https://example.org/", "url: https://example.org/health/")
    with serving(project) as served:
        assert served.address.endswith("/health/")
        served.built()
        for path in ("/", "/health"):
            assert ask(served, path).headers["Location"] == "/health/"
        assert ask(served, "/health/causes/thirst/").status == 200
        assert ask(served, "/causes/thirst/").status == 404
        assert b'href="/health/assets/' in ask(served, "/health/nowhere").body
        change(project, "config.yaml", "example.org/health/", "example.org/advice/")
        assert "/advice/ (Ctrl+C ends it)" in served.until("^serving ")[-1]
        assert ask(served, "/advice/causes/thirst/").status == 200


def test_the_base_path_can_be_given(project):
    with serving(project, "--base-url", "https://example.org/given/") as served:
        assert served.address.endswith("/given/")
        served.built()
        assert ask(served, "/given/").status == 200


def test_a_taken_port_gives_way_to_the_next_one(project):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(project, "--port", str(port)) as served:
            assert served.told[0] == f"port {port} is taken"
            assert port < int(urlsplit(served.address).port or 0) < port + 100
            served.built()
            assert ask(served, "/").status == 200


@POSIX
def test_ctrl_c_ends_it_cleanly(project):
    with serving(project) as served:
        served.built()
        assert served.stop() == 0
        assert served.told[-1] == "stopped"
        assert not [line for line in served.told if "Error" in line or "rror:" in line]


@POSIX
def test_ctrl_c_during_the_first_build_ends_it_cleanly(project):
    with serving(project) as served:
        assert served.stop() == 0
        assert served.told[-1] == "stopped"


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_wrong_port_is_wrong_use(project, port):
    told = subprocess.run([sys.executable, project / "build.py", "serve", "--port", port], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False, encoding="utf-8")  # fmt: skip
    assert told.returncode == 2
    assert "is not a port" in told.stderr


def builder_of(root: Path, built: Callable[[BuildResult, float], None], step: Say) -> Builder:
    """A builder of this process, without a server."""
    return Builder(Options(root, root / ".cache/serve", today=TODAY), 1, Tell(lambda address: None, built, step))


def worked(builder: Builder) -> None:
    """Let a builder work until something stops it."""
    thread = threading.Thread(target=builder.work, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "the builds that are awaited did not come"


# --- what is built, and when -------------------------------------------------------------------------------------------


def test_it_builds_into_a_folder_of_its_own_and_clean_removes_it(project):
    with serving(project) as served:
        served.built()
    assert not (project / "public").exists()
    assert (project / ".cache/serve/index.html").exists()
    subprocess.run([sys.executable, project / "build.py", "clean"], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)  # fmt: skip
    assert tree(project / ".cache") == {}


def test_every_kind_of_input_is_followed(project):
    with serving(project) as served:
        served.built()
        for path, old, new in (
            ("content/causes/thirst.md", "Nobody has shown it.", "Nobody has shown it yet."),
            ("content/references.yaml", "On one", "On number one"),
            ("content/glossary.yaml", "A tube for blood.", "A pipe for blood."),
            ("templates/macros/frame.html", "More", "Even more"),
            ("static/css/parts/cards.css", "{", "{\n  order: 0;"),
            ("config.yaml", "title: ", "title: The "),
        ):
            change(project, path, old, new)
            (line,) = served.built()
            assert not line.startswith("11 articles: 0 files written"), path


def test_an_editors_temporary_files_are_not_followed(project):
    with serving(project) as served:
        served.built()
        for name in (".thirst.md.swp", "thirst.md~", "4913", ".#thirst.md", "#thirst.md#"):
            write(project, f"content/causes/{name}", "x")
        write(project, "content/causes/.thirst.md.new", "x")
        change(project, "content/causes/thirst.md", "Nobody has shown it.", "Nobody has shown it yet.")
        (line,) = served.built()
        assert line.startswith("11 articles: 1 files written")


@POSIX
def test_a_burst_of_saves_is_one_build_and_a_build_is_no_save(project):
    with serving(project) as served:
        served.built()
        served.process.send_signal(signal.SIGSTOP)  # however slow the machine is, they come at once
        for name in ("causes/tired-muscle", "relief/drinking", "guides/pregnancy"):
            change(project, f"content/{name}.md", "[@", "Or not. [@")
        served.process.send_signal(signal.SIGCONT)
        (first,) = served.built()
        change(project, "content/causes/thirst.md", "Nobody", "Nobody at all")
        (second,) = served.built()  # no build stood between
        assert [line.partition(",")[0] for line in (first, second)] == [
            "11 articles: 3 files written",
            "11 articles: 1 files written",
        ]


def test_what_is_saved_while_a_build_goes_on_is_built_too(project):
    """Three builds are met at their last step by another save."""
    ends: list[BuildResult] = []

    def step(progress: Progress) -> None:
        if progress.step == "publishing" and len(ends) < 3:
            change(project, "content/glossary.yaml", "tube", "long tube")

    def built(result: BuildResult, seconds: float) -> None:
        ends.append(result)
        if len(ends) == 4:
            builder.stop()

    builder = builder_of(project, built, step)
    worked(builder)
    assert [(result.published, result.written > 0) for result in ends] == [(True, True)] * 4
    assert "A long long long tube" in (project / ".cache/serve/glossary/index.html").read_text("utf-8")


def test_a_build_that_goes_on_is_given_up_at_the_end(project):
    ends: list[BuildResult] = []
    builder = builder_of(project, lambda result, seconds: ends.append(result), lambda progress: builder.stop())
    worked(builder)
    assert ends == []
    assert not (project / ".cache/serve/index.html").exists()


def test_requests_are_answered_while_it_builds(project):
    """The build waits for one of another process, and lasts until that ends."""
    with serving(project) as served:
        served.built()
        with locked(project / ".cache/serve/.healthsite/lock", wait=0) as is_mine:
            assert is_mine
            change(project, "content/causes/thirst.md", "Nobody", "Nobody at all")
            served.until("another build is working")
            assert b"Nobody has shown it" in ask(served, "/causes/thirst/").body
        served.built()
        assert b"Nobody at all has shown it" in ask(served, "/causes/thirst/").body


# --- nothing ends it ---------------------------------------------------------------------------------------------------


def without_time(lines: list[str]) -> list[str]:
    return [re.sub(r" \(\d+\.\d\d s\)", "", line) for line in lines]


def test_the_terminal_tells_findings_as_a_build_does(project):
    with serving(project) as served:
        served.built()
        change(project, "content/causes/thirst.md", "two-2012", "two-2013")
        wrong, last = served.built()
        assert re.fullmatch(
            r"content/causes/thirst\.md:\d+:\d+: error: no source is called “two-2013” in content/references\.yaml "
            r"\(did you mean “two-2012”\?\)",
            wrong,
        )
        assert last.startswith("nothing published: 1 error in 11 articles")
        change(project, "content/causes/thirst.md", "two-2013", "two-2012")
        (line,) = served.built()
        assert line.startswith("11 articles: 0 files written")


@pytest.mark.parametrize("folder", ["content", "templates", "static", "content/causes"])
def test_a_deleted_folder_does_not_end_it(project, folder):
    with serving(project) as served:
        served.built()
        (project / folder).rename(project / "aside")
        served.built()
        (project / "aside").rename(project / folder)
        assert "error" not in served.built()[-1]
        assert ask(served, "/causes/thirst/").status == 200


def test_a_folder_that_it_may_not_use_does_not_end_it(project):
    write(project, ".cache/serve/mine.txt", "not made by a build")
    with serving(project) as served:
        told = served.built()
        assert "holds files that no build made" in told[0]
        answer = ask(served, "/")
        assert (answer.status, b"Nothing is built yet" in answer.body) == (503, True)
        (project / ".cache/serve/mine.txt").unlink()
        change(project, "content/causes/thirst.md", "Nobody", "Nobody at all")
        assert "error" not in served.built()[-1]
        assert ask(served, "/").status == 200


def test_a_break_down_of_the_build_does_not_end_it(project, monkeypatch):
    ends: list[BuildResult] = []

    def built(result: BuildResult, seconds: float) -> None:
        ends.append(result)
        if len(ends) == 1:
            monkeypatch.undo()
            change(project, "content/causes/thirst.md", "Nobody", "Nobody at all")
        else:
            builder.stop()

    def broken(*unused: object) -> BuildResult:
        raise KeyError("odd")

    monkeypatch.setattr("healthsite.rebuilding.build", broken)
    builder = builder_of(project, built, lambda progress: None)
    worked(builder)
    assert [result.published for result in ends] == [False, True]
    assert "the build broke down (KeyError: 'odd')" in str(ends[0].findings[0])


@pytest.mark.parametrize("at_once", [True, False])
def test_a_line_that_ends_while_something_is_said_on_it_is_no_trouble(monkeypatch, caplog, at_once):
    """The editor closes a page when its server speaks to it: nobody needs to hear of that."""
    troubles: list[object] = []

    async def ended() -> None:
        raise WebSocketClosedError

    def write_message(handler: object, message: object, binary: bool = False) -> asyncio.Future[None]:
        if at_once:
            raise WebSocketClosedError
        return asyncio.ensure_future(ended())

    async def speak() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda loop, trouble: troubles.append(trouble))
        page = _Live.__new__(_Live)
        page.send_message({"command": "reload"})
        await asyncio.sleep(0.01)
        gc.collect()

    monkeypatch.setattr(WebSocketHandler, "write_message", write_message)
    thread = threading.Thread(target=lambda: asyncio.run(speak()))  # in this one, a browser may have a loop
    thread.start()
    thread.join()
    assert troubles == []
    assert caplog.records == []
