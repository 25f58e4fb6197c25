"""Whether what somebody typed is the secret word."""

import unicodedata
from enum import Enum
from typing import Final

from rapidfuzz.distance import OSA

from game.rules.vocabulary import PLUS

_plural_endings: Final = ("s", "es", "n", "en", "er", "e", "i", "x")
"""What English, Italian, Spanish, French, German and Portuguese put after a word for more than one."""
_plural_changes: Final = tuple(pair.split(">") for pair in "y>ies f>ves fe>ves ao>oes ao>aes l>is m>ns z>ces al>aux".split())
_longest_change: Final = max([*map(len, _plural_endings), *(len(plural) - len(end) for end, plural in _plural_changes)])
"""How many letters more than its word a plural has at most."""
_letters_apart: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


class Verdict(Enum):
    """What a guess is worth."""

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"


def normalize(text: str) -> str:
    """Fold what a guesser is forgiven: case, accents, hyphens, apostrophes, and how words are spaced."""
    if text.isascii():
        return "".join(filter(str.isalnum, text.lower()))
    # Case is folded twice: some letters come apart into capitals.
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_letters_apart)).casefold()
    return "".join(character for character in decomposed if character.isalnum() or _belongs_to_letter(character))


def _belongs_to_letter(character: str) -> bool:
    """Whether a mark tells words apart, as the vowel signs of India and Thailand do, and is not an accent or a vowel point."""
    rank = unicodedata.combining(character)
    return unicodedata.category(character)[0] == "M" and not (10 <= rank <= 36 or rank >= 200)


def judge(guess: str, word: str) -> Verdict:
    """Compare a guess with the secret word; the two words of a combination may come in either order.

    Close means one edit away (a letter more, less, other, or two swapped), the word in the plural or out of it, or the word among
    others: none of these is shown to the other guessers, for it would give the word away. Of a combination one of the words is close too.
    """
    said, words = normalize(guess), {normalize(part) for part in guess.split()}
    first, _, second = (normalize(part) for part in word.partition(PLUS))
    orders = (first + second, second + first)
    if said in orders:
        return Verdict.RIGHT
    near = any(_is_near(said, words, secret) for secret in orders)
    if second and not near:
        near = any(part in words or (len(part) > 2 and part in said) for part in (first, second))
    return Verdict.CLOSE if near else Verdict.WRONG


def _is_near(said: str, words: set[str], secret: str) -> bool:
    if len(secret) <= 2:  # an edit away is nearly everything
        return secret in words
    return secret in said or OSA.distance(said, secret, score_cutoff=1) == 1 or _is_plural(said, secret) or _is_plural(secret, said)


def _is_plural(one: str, many: str) -> bool:
    if one[:1] != many[:1] or len(many) > len(one) + _longest_change:  # as most are not
        return False
    if any(one + ending == many for ending in _plural_endings):
        return True
    return any(one.endswith(end) and len(one) > len(end) + 1 and one[: -len(end)] + plural == many for end, plural in _plural_changes)
