"""The seam between rooms and artists."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from game.rules.effects import Commission


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of cubic Béziers: 3 n + 1 control points in the unit square (y down), width as a part of its side."""

    points: tuple[tuple[float, float], ...]
    width: float
    rgba: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class DrawingJob:
    """A drawing that is wanted; two of the same commission are two jobs."""

    commission: Commission
    ahead: bool = False
    """Drawn before it is needed, while no other drawing is: its strokes come together at its end, unless it is hurried."""
    shown: tuple[Mark, ...] = ()
    """Strokes of this very drawing, bare of their style, that another studio has drawn and people have seen: go on from them."""


@dataclass(frozen=True, slots=True)
class DrawingStarted:
    """A worker has taken the job; `sureness`, 0..1, is how sure it is that the drawing can be recognised, None if it cannot tell."""

    sureness: float | None = None


@dataclass(frozen=True, slots=True)
class StrokeDrawn:
    """A stroke that is final: one mark, or in some styles several on top of each other. Of an evolving drawing it has been seen already."""

    marks: tuple[Mark, ...]
    similarity: float | None = None
    """To its word, -1..1, of what is seen with this stroke."""
    bare: Mark | None = field(default=None, compare=False)
    """The stroke without its style, for whoever has to go on from it; see DrawingJob.shown."""


@dataclass(frozen=True, slots=True)
class DrawingEvolved:
    """The whole drawing as it is now: each stroke's marks, of the same strokes each time; none for one that was taken away."""

    strokes: tuple[tuple[Mark, ...], ...]


@dataclass(frozen=True, slots=True)
class DrawingFinished:
    """The drawing is complete, or as far as it went: `similarity` to its word between -1 and 1 as the perceptor sees it."""

    similarity: float
    is_whole: bool = True


StudioEvent = DrawingStarted | StrokeDrawn | DrawingEvolved | DrawingFinished


Ranking = tuple[tuple[str, float], ...]
"""Words with the probability of each to be what a drawing shows, the likeliest first."""


class StudioError(RuntimeError):
    """A drawing that the studio could not make, or could not look at."""


class Studio(Protocol):
    """Makes drawings."""

    async def start(self) -> None:
        """Warm the workers up."""

    async def stop(self) -> None:
        """End them."""

    def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """Draw; closing the iterator cancels the job.

        What has been drawn when a worker dies or fails is kept, and gone on from if there is another. Raises StudioError if there
        is nobody to begin.
        """

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """Say which of the words (English) a drawing may show, records of ink as `Canvas.ink` has them; the likeliest few, none for a blank sheet.

        Raises StudioError if there is nobody to look.
        """

    def hurry(self, job: DrawingJob) -> None:
        """Show what is being drawn ahead from now on, stroke by stroke; it is needed."""
