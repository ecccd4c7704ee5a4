"""What a picture's text says."""

from __future__ import annotations

from collections.abc import Iterator

from healthsite.checks.rule import Rule
from healthsite.checks.subject import Style
from healthsite.model import Finding
from healthsite.prose import Prose

TEXT = Rule("picture-text", "warning", "the text of a picture says what it shows (WCAG 1.1.1)")
RULES = (TEXT,)
_FILES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


def check(prose: Prose, style: Style) -> Iterator[Finding]:
    """A picture's text that is a file's name, begins like “image of”, or is too long to listen to."""
    for offset, text in prose.pictures():
        place, lowered = prose.place(offset), text.strip().lower()
        if lowered.endswith(_FILES):
            yield TEXT.at(prose.path, place, f"“{text}” is the name of a file", "say what the picture shows")
        elif lowered.startswith(style.wording.empty_pictures or ("\x00",)):
            hint = "a screen reader says that it is a picture: begin with what it shows"
            yield TEXT.at(prose.path, place, f"“{text}” begins with what every picture is", hint)
        elif len(text) > style.policy.picture_letters:
            message, most = f"the text of this picture has {len(text)} letters", style.policy.picture_letters
            yield TEXT.at(prose.path, place, message, f"at most {most}; say the rest in the text")
