"""What can be asked for."""

import unicodedata
from typing import Final

from ai_artist.errors import PromptError

PROMPT_LENGTH: Final = 200


def check_prompt(prompt: str) -> str:
    """Return the prompt with its spaces tidied. Raises PromptError if it is empty, too long or has control characters."""
    if any(unicodedata.category(character) == "Cc" for character in prompt.strip()):
        raise PromptError("A prompt has no control characters.")
    tidy = " ".join(prompt.split())
    if not tidy:
        raise PromptError("There is nothing to draw: the prompt is empty.")
    if len(tidy) > PROMPT_LENGTH:
        raise PromptError(f"A prompt has at most {PROMPT_LENGTH} characters; this one has {len(tidy)}.")
    return tidy
