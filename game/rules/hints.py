"""The word as blanks, and the letters revealed as time passes."""

import unicodedata
from collections.abc import Set
from random import Random
from typing import Final

UNKNOWN: Final = "?"
"""All that is shown of a word whose very length is hidden."""


def blanks(word: str, revealed: Set[int]) -> str:
    """Return the word with `_` for each letter or digit whose index is not in `revealed`; other characters are shown.

    A letter's combining marks, as some scripts write them, are shown with it or not at all.
    """
    shown, hidden = [], False
    for index, character in enumerate(word):
        if unicodedata.category(character)[0] == "M":
            if not hidden:
                shown.append(character)
            continue
        hidden = character.isalnum() and index not in revealed
        shown.append("_" if hidden else character)
    return "".join(shown)


def could_be(word: str, shown: str) -> bool:
    """Whether what is shown of a secret word, as `blanks` has it, may be this word."""
    if shown == UNKNOWN:
        return True
    rest, hidden = iter(shown), False
    for letter in word:
        if hidden and unicodedata.category(letter)[0] == "M":
            continue
        there = next(rest, "")
        hidden = there == "_" and letter.isalnum()
        if not hidden and letter != there:
            return False
    return not any(rest)


def hint_order(word: str, hints: int, random: Random) -> list[int]:
    """Choose the indices of the letters to reveal, in order: at most `hints`, never more than half of the letters."""
    letters = [index for index, character in enumerate(word) if character.isalnum()]
    return random.sample(letters, min(hints, len(letters) // 2))


def hint_times(count: int, start: float, seconds: float) -> list[float]:
    """When each of `count` hints is due: evenly over the turn, the last well before its end."""
    return [start + seconds * (index + 1) / (count + 1) for index in range(count)]
