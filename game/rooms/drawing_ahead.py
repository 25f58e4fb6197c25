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
_part: Final = 0.85
"""Of the seconds, over which strokes that were drawn ahead are spread."""


class DrawingAhead:
    """Gathers what the studio draws. Begins at once."""

    def __init__(self, studio: Studio, commission: Commission, room: str = "") -> None:
        self.commission, self._room = commission, room
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
        structlog.contextvars.bind_contextvars(room=self._room)  # of this task
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
        if not self._task.done():
            self._studio.hurry(self._job)
        at_first = len(self._events)
        strokes = sum(isinstance(event, StrokeDrawn) for event in self._events)
        # Those of an evolving drawing are on the canvas when they settle.
        pause = 0.0 if self.commission.manner.show == "evolving" else _part * self.commission.seconds / max(1, strokes - 1)
        seen, first = 0, True
        try:
            while True:
                while seen < len(self._events):
                    event = self._events[seen]
                    if seen < at_first and isinstance(event, StrokeDrawn | DrawingEvolved):
                        # After each and not by the clock: a game that is paused in between asks for the next later.
                        await asyncio.sleep(0 if first else pause if isinstance(event, StrokeDrawn) else _evolving_beat)
                        first = False
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
