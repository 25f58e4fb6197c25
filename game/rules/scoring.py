"""Points, by speed."""

from collections.abc import Sequence
from typing import Final

FIRST_BONUSES: Final = (50, 30, 10)
"""For the first three people who guess; AI guessers take none and use up none."""
BASE: Final = 50
SPEED: Final = 250


def guesser_points(remaining: float, people_before: int, *, is_ai: bool) -> int:
    """Points for a right guess with `remaining` (1 at the start, 0 at the end) of the time left."""
    bonus = FIRST_BONUSES[people_before] if not is_ai and people_before < len(FIRST_BONUSES) else 0
    return BASE + round(SPEED * min(1.0, max(0.0, remaining))) + bonus


def drawer_points(people: Sequence[int]) -> int:
    """The mean of what people earned by this drawing, those who did not guess counting as 0."""
    return round(sum(people) / len(people)) if people else 0
