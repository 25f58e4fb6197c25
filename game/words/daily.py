"""Today's words."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random

from game.rules.daily import WORDS_A_DAY, Daily, DailySource
from game.rules.vocabulary import ALL_THEMES, Vocabulary


def today() -> date:
    """The day that it is, in UTC."""
    return datetime.now(UTC).date()


def daily_source(vocabulary: Vocabulary, secret: str, day: Callable[[], date] = today) -> DailySource:
    """Return what gives a language's words of the day, such as the artist can draw.

    `secret` is the server's: who knows the words and the day alone cannot work out what will come.
    """

    def words_of(language: str) -> Daily:
        name = day().isoformat()
        random = Random(f"{secret} {name} {language}")
        words = vocabulary.drawable(vocabulary.words(language, ALL_THEMES, "mixed"))
        chosen = tuple(random.sample(words, min(WORDS_A_DAY, len(words))))
        return Daily(name, chosen, tuple(random.getrandbits(31) for _ in chosen))

    return words_of
