"""A studio that makes some drawings once: what must be the same for everybody is drawn, kept, and shown again to all who come later."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, Protocol

import msgspec
import structlog

from game.rules.effects import Commission
from game.studio.base import DrawingFinished, DrawingJob, DrawingStarted, Ranking, StrokeDrawn, Studio, StudioError, StudioEvent

log = structlog.get_logger()
_part: Final = 0.85
"""Of the seconds that are left, over which the strokes are spread when they are shown,"""
_least: Final = 0.3
"""and of all seconds at least so much is taken to be left."""
_patience: Final = 20.0
"""Seconds after which it is hurried when it is wanted now: alone it would be whole by then, so that others have kept it waiting."""


def _name_of(commission: Commission) -> str:
    """The name under which a drawing is kept. What it is of is in it, as a digest: where another word has the place, as on a server with
    other words that uses the same database, its drawing is not shown.
    """
    return f"{commission.keep_as}/{blake2b(f'{commission.seed} {commission.prompt}'.encode(), digest_size=8).hexdigest()}"


class KeptDrawing(msgspec.Struct, frozen=True):
    """What the studio told of a drawing."""

    started: DrawingStarted
    strokes: tuple[StrokeDrawn, ...]
    similarity: float


class Keeper(Protocol):
    """Where drawings are kept."""

    async def find(self, name: str) -> KeptDrawing | None:
        """Return the drawing of this name, if there is one."""

    async def keep(self, name: str, drawing: KeptDrawing) -> KeptDrawing:
        """Keep it, if there is none of this name; return the one that is kept."""


@dataclass(frozen=True, slots=True)
class Making:
    """A drawing that is being made, or looked for first."""

    job: DrawingJob
    task: asyncio.Task[KeptDrawing]


@dataclass(slots=True)
class KeepingStudio:
    """Hands everything on to another studio, but for commissions with `keep_as`: of each name there is one drawing."""

    studio: Studio
    keeper: Keeper
    _making: dict[str, Making] = field(default_factory=dict)

    async def start(self) -> None:
        """See Studio."""
        await self.studio.start()

    async def stop(self) -> None:
        """See Studio."""
        for making in self._making.values():
            making.task.cancel()
        await self.studio.stop()

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """See Studio."""
        return await self.studio.look(ink, words)

    def hurry(self, job: DrawingJob) -> None:
        """See Studio. What is kept is whole before it is shown: it is hurried only if it takes too long."""
        if not job.commission.keep_as:
            self.studio.hurry(job)
        elif (making := self._making.get(_name_of(job.commission))) is not None:
            self._hurry_later(making)

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        events = self._kept(job) if job.commission.keep_as else self.studio.draw(job)
        async with aclosing(events) as those:
            async for event in those:
                yield event

    async def _kept(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        began = asyncio.get_running_loop().time()
        drawing = await self._made(job)
        yield drawing.started
        seconds, waited = job.commission.seconds, asyncio.get_running_loop().time() - began
        pause = 0.0 if job.ahead else _part * max(_least * seconds, seconds - waited) / max(1, len(drawing.strokes) - 1)
        for number, stroke in enumerate(drawing.strokes):
            await asyncio.sleep(pause if number else 0)
            yield stroke
        yield DrawingFinished(drawing.similarity)

    async def _made(self, job: DrawingJob) -> KeptDrawing:
        """The drawing of this name, made now if it was not before. Whoever goes away while it is made does not undo it."""
        name = _name_of(job.commission)
        making = self._making.get(name)
        if making is None:
            wanted = DrawingJob(job.commission, ahead=True)
            making = self._making[name] = Making(wanted, asyncio.create_task(self._find_or_make(name, wanted)))
            making.task.add_done_callback(lambda _: self._making.pop(name, None))
        if not job.ahead:
            self._hurry_later(making)
        return await asyncio.shield(making.task)

    def _hurry_later(self, making: Making) -> None:
        """It is waited for; what is drawn ahead gets only the time that nobody else wants, which may be none."""
        later = asyncio.get_running_loop().call_later(_patience, self.studio.hurry, making.job)
        making.task.add_done_callback(lambda _: later.cancel())

    async def _find_or_make(self, name: str, job: DrawingJob) -> KeptDrawing:
        try:
            if (kept := await self.keeper.find(name)) is not None:
                return kept
        except Exception as error:  # no database is no reason not to play
            log.warning("kept drawings cannot be read", reason=str(error))
        drawing, is_whole = await self._make(job)
        if not is_whole:  # it is better than nothing now, but nobody shall be shown it for a whole day
            return drawing
        try:
            return await self.keeper.keep(name, drawing)
        except Exception as error:
            log.warning("a drawing could not be kept", name=name, reason=str(error))
            return drawing

    async def _make(self, job: DrawingJob) -> tuple[KeptDrawing, bool]:
        """The drawing, and whether it came to its end."""
        started, strokes, finished = DrawingStarted(), list[StrokeDrawn](), DrawingFinished(0.0, is_whole=False)
        async with aclosing(self.studio.draw(job)) as events:
            async for event in events:
                match event:
                    case DrawingStarted():
                        started = event
                    case StrokeDrawn():
                        strokes.append(StrokeDrawn(event.marks, event.similarity))  # nobody goes on from what is whole
                    case DrawingFinished():
                        finished = event
        if not strokes:
            raise StudioError("Nothing was drawn.")
        return KeptDrawing(started, tuple(strokes), finished.similarity), finished.is_whole
