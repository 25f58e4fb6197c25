"""A studio that hands everything on to another, and counts: what is waited for, what came of it, and how well the artist found it."""

from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final

from prometheus_client import Histogram

from game.studio.base import DrawingFinished, DrawingJob, DrawingStarted, Ranking, Studio, StudioError, StudioEvent

_tenths: Final = tuple(tenth / 10 for tenth in range(10))


class MeasuredStudio:
    """Stands before the artists, behind whatever keeps drawings: what is shown a second time is not counted."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self.waiting = self.in_hand = 0
        """Drawings that no artist has begun yet, and those that one has."""
        self.outcomes: Counter[str] = Counter(dict.fromkeys(("whole", "cut_short", "failed", "cancelled"), 0))
        """Drawings that have ended."""
        self.looks: Counter[str] = Counter(dict.fromkeys(("seen", "failed"), 0))
        """For AI guessers."""
        self.similarity = Histogram(
            "guesstroke_drawing_similarity",
            "How close the artist found a drawing to its word when it was whole, -1 to 1.",
            buckets=_tenths,
            registry=None,
        )

    async def start(self) -> None:
        """See Studio."""
        await self.studio.start()

    async def stop(self) -> None:
        """See Studio."""
        await self.studio.stop()

    def hurry(self, job: DrawingJob) -> None:
        """See Studio."""
        self.studio.hurry(job)

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """See Studio."""
        try:
            ranking = await self.studio.look(ink, words)
        except StudioError:
            self.looks["failed"] += 1
            raise
        self.looks["seen"] += 1
        return ranking

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        outcome, is_begun = "cancelled", False
        self.waiting += 1
        try:
            async with aclosing(self.studio.draw(job)) as events:
                async for event in events:
                    if isinstance(event, DrawingStarted) and not is_begun:
                        is_begun = True
                        self.waiting, self.in_hand = self.waiting - 1, self.in_hand + 1
                    elif isinstance(event, DrawingFinished):
                        outcome = "whole" if event.is_whole else "cut_short"
                        if event.is_whole:
                            self.similarity.observe(event.similarity)
                    yield event
        except StudioError:
            outcome = "failed"
            raise
        finally:
            self.outcomes[outcome] += 1
            if is_begun:
                self.in_hand -= 1
            else:
                self.waiting -= 1
