"""Whose hand was it? What guessers say about that: in a duel whose drawing gave the word away, in an imitation who draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from game.protocol.client_messages import Hand

RIGHT_BASE: Final = 50
RIGHT_SPEED: Final = 100
FOOLED: Final = 100
"""What one who was taken in is worth, before the drawer's share is reckoned."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one guesser said, and what it is worth to them if it is right."""

    hand: Hand
    points: int = 0


def right_points(remaining_ms: int, total_ms: int) -> int:
    """For a right judgement in an imitation with so much time left."""
    return RIGHT_BASE + RIGHT_SPEED * min(total_ms, max(0, remaining_ms)) // total_ms


def fooling_points(hand: Hand, judgements: Mapping[str, Judgement], people: Sequence[str]) -> int:
    """What the drawer of an imitation earns: three quarters of the mean, those counting FOOLED who took the hand for the other's."""
    fooled = sum(person in judgements and judgements[person].hand != hand for person in people)
    return 3 * FOOLED * fooled // (4 * len(people)) if people else 0


def duel_points(guess_points: int, people: int) -> int:
    """What a guesser's pick is worth to the drawer of the picked drawing: as the drawer's mean has it, this guesser's part alone."""
    return 3 * guess_points // (4 * max(1, people))
