"""What is left to chance in a room."""

from dataclasses import dataclass
from random import Random


@dataclass(slots=True)
class Chance:
    """All of it follows from how it starts, and from how often something was left to it.

    A generator that lived as long as the room would be 625 numbers, in each room and in each of its snapshots.
    """

    start: str
    """Nobody who plays may know it."""
    rolls: int = 0

    def roll(self) -> Random:
        """Return a generator for one decision."""
        self.rolls += 1
        return Random(f"{self.start} {self.rolls}")

    def seed(self) -> int:
        """Return a drawing's."""
        return self.roll().getrandbits(31)
