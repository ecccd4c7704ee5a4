"""What was probably meant: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable


def closest(name: str, names: Iterable[str]) -> str:
    """A hint that proposes the likeliest of ``names``; empty text if none is like it."""
    from difflib import get_close_matches  # slow to import, and needed only where something is wrong

    lowered = {choice.lower(): choice for choice in sorted(set(names))}
    close = get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    return f"did you mean “{lowered[close[0]]}”?" if close else ""


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that proposes the likeliest of ``names``, or lists them where they are few."""
    choices = sorted(set(names))
    listed = "it can be: " + ", ".join(choices) if choices and len(choices) <= 8 else ""
    return closest(name, choices) or listed
