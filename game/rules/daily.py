"""The words of the day: the same for everybody who plays on a server that day."""

from collections.abc import Callable
from dataclasses import dataclass

from game.rules.vocabulary import Word

WORDS_A_DAY = 5


@dataclass(frozen=True, slots=True)
class Daily:
    """A day's words in one language, and the seed of each one's drawing. `day`: 2026-11-25."""

    day: str
    words: tuple[Word, ...]
    seeds: tuple[int, ...]


DailySource = Callable[[str], Daily]
"""Gives today's words in a language."""


def no_daily(language: str) -> Daily:
    """For games that are played without a server: a day without words."""
    return Daily("", (), ())
