"""What can be asked for."""

import unicodedata
from typing import Final

from ai_artist.errors import PromptError

PROMPT_LENGTH: Final = 200


def check_prompt(prompt: str, name: str = "the prompt") -> str:
    """Return the prompt with its spaces tidied. `name` is what whoever gave it calls it.

    Raises PromptError if it is empty, too long, or has control characters or bytes that are no UTF-8 (which Python turns
    into lone surrogates, and no file takes).
    """
    categories = {unicodedata.category(character) for character in prompt.strip()}
    if "Cc" in categories:
        raise PromptError(f"There are control characters in {name}; expected words.")
    if "Cs" in categories:
        raise PromptError(f"There are bytes in {name} that are no UTF-8; expected words.")
    tidy = " ".join(prompt.split())
    if not tidy:
        raise PromptError(f"Expected words: {name} is empty.")
    if len(tidy) > PROMPT_LENGTH:
        raise PromptError(f"Expected at most {PROMPT_LENGTH} characters in {name}; got {len(tidy)}.")
    return tidy
