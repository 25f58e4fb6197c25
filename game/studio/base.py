"""The seam between rooms and artists."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DrawingJob:
    """Draw `word` within `seconds`; `seed` makes two drawings of one word differ."""

    word: str
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class DrawingStarted:
    """A worker has taken the job."""


@dataclass(frozen=True, slots=True)
class StrokeDrawn:
    """A settled stroke of cubic Béziers: 3 n + 1 control points in the unit square (y down), width as a part of its side."""

    points: tuple[tuple[float, float], ...]
    width: float
    rgba: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class DrawingRestarted:
    """The worker died; what it drew is void and another begins anew."""


@dataclass(frozen=True, slots=True)
class DrawingFinished:
    """The drawing is complete, `similarity` to its word between -1 and 1 as the perceptor sees it."""

    similarity: float


StudioEvent = DrawingStarted | StrokeDrawn | DrawingRestarted | DrawingFinished


class StudioError(RuntimeError):
    """A drawing that the studio could not make."""


class Studio(Protocol):
    """Makes drawings."""

    async def start(self) -> None:
        """Warm the workers up."""

    async def stop(self) -> None:
        """End them."""

    def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """Draw; closing the iterator cancels the job. Raises StudioError if it cannot be done."""
