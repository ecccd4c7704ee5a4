"""Signing an article off: its day, its reviewers, its seal and its history, written into its front matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from healthsite.edits import EditError, FrontMatter, apply, scalar
from healthsite.files import Change
from healthsite.model import Article, Finding
from healthsite.source import parse


class NotSignedError(Exception):
    """The article can't be signed off; the message says why, and ``findings`` what is to be mended first."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


def sign_off(path: str, data: bytes, on: str, by: Sequence[str], note: str, note_otherwise: str) -> Change:
    """Sign an article off on a day (``YYYY-MM-DD``). Its history says ``note``; without one, ``note_otherwise``.

    The first seal of an article adds nothing to its history unless there is a note: that the article was published is
    said there already.
    """
    article = _read(path, data)
    told = note or (note_otherwise if article.sealed else "")
    if article.sealed and not told:
        raise NotSignedError(f"{path}: say what readers should know of this review: --note …")
    return _changed(path, data, article, {"on": on, "by": by}, _entry(on, told) if told else "")


def keep_review(path: str, data: bytes, on: str, reason: str) -> Change:
    """Seal an article whose change left its meaning as it was: its review stays, its history says the reason."""
    article = _read(path, data)
    if not article.sealed:
        raise NotSignedError(f"{path} was never signed off, so there is no review to keep: use --by")
    if article.sealed == article.seal:
        raise NotSignedError(f"{path} was not changed since its review")
    return _changed(path, data, article, {}, _entry(on, reason, minor=True))


def needs_review(path: str, data: bytes) -> bool:
    """Whether an article that is no draft was never signed off, or was changed since."""
    article = parse(path, data, "").article
    return article is not None and not article.draft and article.sealed != article.seal


def reseal(path: str, before: bytes, after: bytes) -> bytes:
    """``after`` with the seal that fits it, if ``before`` had the one that fits: for a change of addresses only."""
    old, new = parse(path, before, "").article, parse(path, after, "").article
    if old is None or new is None or not old.sealed or old.sealed != old.seal or new.sealed == new.seal:
        return after
    text = after.decode()
    return apply(text, FrontMatter(text).put("reviewed", {"seal": new.seal})).encode()


def _read(path: str, data: bytes) -> Article:
    parsed = parse(path, data, "")
    errors = [finding for finding in parsed.findings if finding.severity == "error" and finding.check != "seal"]
    if parsed.article is None or errors:
        raise NotSignedError(f"{path} has mistakes; mend them first", errors)
    return parsed.article


def _entry(on: str, note: str, *, minor: bool = False) -> str:
    return f"{{on: {on}, note: {scalar(note)}{', minor: true' if minor else ''}}}"


def _changed(path: str, data: bytes, article: Article, values: Mapping[str, str | Sequence[str]], entry: str) -> Change:
    text = data.decode()
    try:
        front = FrontMatter(text)
        edits = front.put("reviewed", {**values, "seal": article.seal})
        after = apply(text, [*edits, front.begin_list("changes", entry)] if entry else edits).encode()
    except EditError as error:
        raise NotSignedError(f"{path} can't be signed off by itself: {error}") from error
    _check(path, article, after, entry)
    return Change(path, data, after)


def _check(path: str, before: Article, after: bytes, entry: str) -> None:
    """Read the new text as a build will: it says what was meant, and nothing else in it has changed."""
    parsed = parse(path, after, "")
    errors = [finding for finding in parsed.findings if finding.severity == "error"]
    article = parsed.article
    if errors:
        raise NotSignedError(f"{path} is not signed off: it would have a mistake then", errors)
    count = len(before.changes) + bool(entry)
    if article is None or article.sealed != before.seal or len(article.changes) != count:
        raise NotSignedError(
            f"{path} can't be signed off by itself; write into “reviewed” by hand: seal: {before.seal}"
        )
