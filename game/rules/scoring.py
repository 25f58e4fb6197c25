"""Points: whole numbers, reckoned in whole numbers, always rounded down. docs/rules.md has worked examples."""

from collections.abc import Sequence
from typing import Final

from game.protocol.client_messages import Scoring

FIRST_BONUSES: Final = (50, 30, 10)
"""By speed: for the first three people who guess; AI guessers take none and use up none."""
BASE: Final = 50
SPEED: Final = 250
RELAXED: Final = 100
RANK_FIRST: Final = 300
RANK_STEP: Final = 30
RANK_LEAST: Final = 60


def guesser_points(scoring: Scoring, remaining_ms: int, total_ms: int, people_before: int, *, is_ai: bool) -> int:
    """Points for a right guess with `remaining_ms` of `total_ms` left, after so many people had found the word.

    An AI guesser stands where it would among the people, but is none of them: those after it lose nothing.
    """
    match scoring:
        case "speed":
            bonus = FIRST_BONUSES[people_before] if not is_ai and people_before < len(FIRST_BONUSES) else 0
            return BASE + SPEED * min(total_ms, max(0, remaining_ms)) // total_ms + bonus
        case "relaxed":
            return RELAXED
        case "rank":
            return max(RANK_LEAST, RANK_FIRST - RANK_STEP * people_before)


def drawer_points(people: Sequence[int]) -> int:
    """Three quarters of the mean of what people earned by this drawing, those who did not guess counting as 0."""
    return 3 * sum(people) // (4 * len(people)) if people else 0
