"""Whether what somebody typed is the secret word."""

import re
import unicodedata
from enum import Enum

from rapidfuzz.distance import OSA


class Verdict(Enum):
    """What a guess is worth."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


def normalize(text: str) -> str:
    """Fold what a guesser is forgiven: case, accents, hyphens, apostrophes, and how words are spaced."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"[^\w]|_", "", letters)


def judge(guess: str, word: str) -> Verdict:
    """Compare a guess with the secret word.

    Close means one edit away (a letter more, less, other, or two swapped), or the word among others: neither is shown to the
    other guessers, for it would give the word away.
    """
    said, secret = normalize(guess), normalize(word)
    if said == secret:
        return Verdict.RIGHT
    if len(secret) > 2 and (secret in said or OSA.distance(said, secret, score_cutoff=1) == 1):
        return Verdict.CLOSE
    return Verdict.WRONG
