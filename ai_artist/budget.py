"""How much the artist may spend on a drawing."""

import math
import time
from dataclasses import dataclass

from ai_artist.errors import ArtistError


@dataclass(frozen=True, slots=True)
class Seconds:
    """Best effort within so many seconds: the drawing depends on the machine."""

    seconds: float

    def __post_init__(self) -> None:
        if not 0 < self.seconds < math.inf:
            raise ArtistError(f"A budget is more than 0 seconds, and not for ever; got {self.seconds}.")


@dataclass(frozen=True, slots=True)
class Iterations:
    """So many steps of the optimiser: with one thread, the same seed gives the same drawing."""

    iterations: int

    def __post_init__(self) -> None:
        if self.iterations < 1:
            raise ArtistError(f"A budget is at least 1 iteration; got {self.iterations}.")


Budget = Seconds | Iterations


class Spending:
    """Counts what has been spent of a budget since it was made."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._began = time.monotonic()
        self.iterations = 0

    @property
    def seconds(self) -> float:
        """Since it was made."""
        return time.monotonic() - self._began

    @property
    def fraction(self) -> float:
        """The part of the budget that is gone, 0 at the start; 1 and more: stop."""
        match self._budget:
            case Seconds(seconds):
                return self.seconds / seconds
            case Iterations(iterations):
                return self.iterations / iterations

    def part(self, seconds: float, otherwise: float) -> float:
        """The part of the budget that `seconds` are; `otherwise` where the budget is not in seconds."""
        return seconds / self._budget.seconds if isinstance(self._budget, Seconds) else otherwise
