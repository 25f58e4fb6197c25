"""When strokes become final."""

from dataclasses import dataclass
from typing import Final

from ai_artist.budget import Spending


@dataclass(frozen=True, slots=True)
class Pace:
    """When the strokes are settled, as parts of the budget.

    Live, the audience wants the first stroke soon and the rest one after another; by itself a drawing gets better
    the longer its strokes stay movable.
    """

    first: float
    """When the first stroke is settled; `first_seconds` after the start at the latest where the budget is in seconds."""
    first_seconds: float
    second: float
    """When the second is; the others follow evenly up to the end."""

    def due(self, index: int, strokes: int, spending: Spending) -> float:
        """The part of the budget at which stroke `index` (from 0) is settled."""
        if index == 0:
            return min(self.first, spending.part(self.first_seconds, self.first))
        return self.second + max(0.0, 0.97 - self.second) * (index - 1) / max(1, strokes - 1)


LIVE: Final = Pace(first=0.1, first_seconds=0.8, second=0.25)
PATIENT: Final = Pace(first=1.0, first_seconds=3600.0, second=1.0)
"""As the paper has it: everything moves to the last."""
