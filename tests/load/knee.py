"""How many rooms a server carries: a bracket around the last count that passes and the first that fails, narrowed trial by trial."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_grow: Final = 1.4
_shrink: Final = 0.7
_close_enough: Final = 0.05


@dataclass
class Bracket:
    """One server's search; `next` is what to try, None once the knee is known well enough."""

    guess: int
    passed: int = 0
    failed: int | None = None

    @property
    def next(self) -> int | None:
        if self.failed is None:
            return max(self.guess, round(self.passed * _grow)) if self.passed else self.guess
        if not self.passed:
            return max(1, round(self.failed * _shrink)) if self.failed > 1 else None
        if self.failed - self.passed <= max(1, _close_enough * self.passed):
            return None
        return (self.passed + self.failed) // 2

    def note(self, rooms: int, *, passes: bool) -> None:
        """What a trial at so many rooms found."""
        if passes:
            self.passed = max(self.passed, rooms)
        else:
            self.failed = min(self.failed or rooms, rooms)


def find_knees(guesses: Mapping[str, int], passes: Callable[[str, int], bool]) -> dict[str, int]:
    """The most rooms of each server, trials of all taking turns, so that the machine's moods fall on all alike.

    A trial that fails is tried once more before it is believed; one that passes is believed.
    """
    brackets = {name: Bracket(guess) for name, guess in guesses.items()}
    while any(bracket.next for bracket in brackets.values()):
        for name, bracket in brackets.items():
            if rooms := bracket.next:
                bracket.note(rooms, passes=passes(name, rooms) or passes(name, rooms))
    return {name: bracket.passed for name, bracket in brackets.items()}
