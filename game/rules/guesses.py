"""Whether what somebody typed is the secret word."""

import re
import unicodedata
from enum import Enum
from itertools import permutations
from typing import Final

from rapidfuzz.distance import OSA

from game.rules.vocabulary import PLUS

_plural_endings: Final = ("s", "es", "n", "en", "er", "e", "i", "x")
"""What English, Italian, Spanish, French, German and Portuguese put after a word for more than one."""
_plural_changes: Final = tuple(pair.split(">") for pair in "y>ies f>ves fe>ves ao>oes ao>aes l>is m>ns z>ces al>aux".split())
_letters_apart: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


class Verdict(Enum):
    """What a guess is worth."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


def normalize(text: str) -> str:
    """Fold what a guesser is forgiven: case, accents, hyphens, apostrophes, and how words are spaced."""
    # Case is folded twice: some letters come apart into capitals.
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_letters_apart)).casefold()
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"[^\w]|_", "", letters)


def judge(guess: str, word: str) -> Verdict:
    """Compare a guess with the secret word; the two words of a combination may come in either order.

    Close means one edit away (a letter more, less, other, or two swapped), the word in the plural or out of it, or the word among
    others: none of these is shown to the other guessers, for it would give the word away. Of a combination one of the words is close too.
    """
    said = normalize(guess)
    parts = [normalize(part) for part in word.split(PLUS)]
    orders = ["".join(order) for order in permutations(parts)]
    if said in orders:
        return Verdict.RIGHT
    near = any(_is_near(said, secret) for secret in orders) or (len(parts) > 1 and any(part in said for part in parts if len(part) > 2))
    return Verdict.CLOSE if near else Verdict.WRONG


def _is_near(said: str, secret: str) -> bool:
    if len(secret) <= 2:
        return False
    return secret in said or OSA.distance(said, secret, score_cutoff=1) == 1 or _is_plural(said, secret) or _is_plural(secret, said)


def _is_plural(one: str, many: str) -> bool:
    if any(one + ending == many for ending in _plural_endings):
        return True
    return any(one.endswith(end) and len(one) > len(end) + 1 and one[: -len(end)] + plural == many for end, plural in _plural_changes)
