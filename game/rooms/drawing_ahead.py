"""A drawing that is made before its turn, and shown when the turn has come."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

import structlog

from game.rules.effects import Commission
from game.studio.base import DrawingEvolved, DrawingJob, StrokeDrawn, Studio, StudioError, StudioEvent

log = structlog.get_logger()
_evolving_beat: Final = 0.35


class DrawingAhead:
    """Gathers what the studio draws. Begins at once."""

    def __init__(self, studio: Studio, commission: Commission) -> None:
        self.commission = commission
        self._studio, self._job = studio, DrawingJob(commission, ahead=True)
        self._events: list[StudioEvent] = []
        self._more = asyncio.Event()
        self._error: StudioError | None = None
        self._task = asyncio.create_task(self._gather())

    @property
    def failed(self) -> bool:
        """Whether nothing came of it."""
        return self._error is not None

    def cancel(self) -> None:
        """Give it up."""
        self._task.cancel()

    async def _gather(self) -> None:
        try:
            async with aclosing(self._studio.draw(self._job)) as events:
                async for event in events:
                    self._events.append(event)
                    self._more.set()
        except StudioError as error:
            log.info("nothing was drawn ahead", reason=str(error))
            self._error = error
        self._more.set()

    async def shown(self) -> AsyncGenerator[StudioEvent, None]:
        """Yield what was drawn at the pace of the turn that has now come: the first stroke at once, the last by the end of its seconds.

        What is still being drawn is hurried, and comes as it is settled. Raises StudioError as the studio does.
        """
        began = asyncio.get_running_loop().time()
        if not self._task.done():
            self._studio.hurry(self._job)
        at_first = len(self._events)
        strokes = sum(isinstance(event, StrokeDrawn) for event in self._events)
        pause = 0.9 * self.commission.seconds / max(1, strokes - 1)
        seen = drawn = 0
        try:
            while True:
                while seen < len(self._events):
                    event = self._events[seen]
                    if isinstance(event, StrokeDrawn) and seen < at_first:
                        await _until(began + drawn * pause)
                        drawn += 1
                    elif isinstance(event, DrawingEvolved) and seen < at_first:
                        await _until(began + drawn * _evolving_beat)
                        drawn += 1
                    yield event
                    seen += 1
                if self._task.done():
                    if self._error:
                        raise self._error
                    return
                self._more.clear()
                await self._more.wait()
        finally:
            self.cancel()


async def _until(moment: float) -> None:
    await asyncio.sleep(max(0.0, moment - asyncio.get_running_loop().time()))
