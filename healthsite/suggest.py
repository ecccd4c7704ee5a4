"""What was probably meant: the nearest of the names that exist."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that proposes the likeliest of ``names``, or lists them where they are few; empty text if neither
    helps.
    """
    from difflib import get_close_matches  # slow to import, and needed only where something is wrong

    choices = sorted(set(names))
    lowered = {choice.lower(): choice for choice in choices}
    close = get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f"did you mean “{lowered[close[0]]}”?"
    if choices and len(choices) <= 8:
        return "it can be: " + ", ".join(choices)
    return ""
