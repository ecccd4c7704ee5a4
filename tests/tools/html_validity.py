"""Hold every page of a folder against the HTML standard, with the Nu checker.

The checker is the npm package `vnu-jar` (its version stands in package.json) and needs Java 17 or newer.
"""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.tools.needs import need

JAR = Path(__file__).resolve().parents[2] / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LIMIT_SECONDS = 300
# A short life: to compile well takes longer than it saves. That compiler's frames are larger, so the stack must be.
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m")


def check(folder: Path) -> list[str]:
    """Return the errors in the pages below `folder`, as `path:line:column: message (extract)`; none if all are valid.

    Skips the test where Java or the checker is missing. Raises ValueError if `folder` holds no page: nothing was checked then.
    """
    need(shutil.which("java"), "HTML validity is not checked: there is no java")
    need(JAR.is_file(), "HTML validity is not checked: the Nu checker is missing, 'npm install' fetches it")
    if not any(folder.rglob("*.html")):
        raise ValueError(f"no page below {folder}")
    # Without --errors-only it warns of every content security policy that stands in a page.
    options = ["--errors-only", "--skip-non-html", "--format", "json", "--stdout"]
    run = subprocess.run(
        [*JAVA, "-jar", JAR, *options, folder.resolve()],
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_SECONDS,
        check=False,
    )
    try:
        messages = json.loads(run.stdout)["messages"]
    except (ValueError, KeyError) as error:
        raise RuntimeError(
            f"the Nu checker did not run (exit code {run.returncode}): {run.stderr or run.stdout}"
        ) from error
    return sorted(_line(message, folder.resolve()) for message in messages)


def _line(message: dict[str, object], folder: Path) -> str:
    path = unquote(urlsplit(str(message.get("url", ""))).path)
    place = path.removeprefix(f"{folder.as_posix()}/")
    for key in ("lastLine", "firstColumn"):
        if key in message:
            place += f":{message[key]}"
    extract = " ".join(str(message.get("extract", "")).split())
    return f"{place}: {message['message']}" + (f" ({extract})" if extract else "")
