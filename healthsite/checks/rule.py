"""What a check is called, how much it matters, and why: the line of ``check --list``."""

from __future__ import annotations

from typing import NamedTuple

from healthsite.model import Finding, Severity


class Rule(NamedTuple):
    """A kind of finding: its id, its severity where ``config.yaml`` gives none, and a one-line reason with its source.

    ``is_safety``: an article can't silence it. ``is_fixed``: what it finds can't be used at all, so it stays an error.
    """

    id: str
    severity: Severity
    reason: str
    is_safety: bool = False
    is_fixed: bool = False

    def at(self, path: str, place: tuple[int, int], message: str, hint: str = "") -> Finding:
        """A finding of this kind."""
        return Finding(path, place[0], place[1], self.severity, self.id, " ".join(message.split()), hint)
