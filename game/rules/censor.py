"""What a room's profanity filter is to the rules."""

from collections.abc import Callable

Censor = Callable[[str, str], str]
"""Takes a text and the room's language, gives the text with bad words starred out, its length kept."""


def no_censor(text: str, language: str) -> str:
    """Let everything pass."""
    return text
