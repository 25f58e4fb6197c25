"""The studio of a fleet: workers on other machines draw, and where they are late, an artist of this machine does."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Final

import structlog

from game.studio.base import DrawingEvolved, DrawingFinished, DrawingJob, DrawingStarted, Ranking, StrokeDrawn, Studio, StudioError, StudioEvent
from game.studio.fleet.errands import Errand, Errands, FleetLateError
from game.studio.fleet.state import FleetCounts, FleetState
from game.studio.fleet.wire import event_of
from game.studio.wire import WorkerFailed

log = structlog.get_logger()
_shortest: Final = 1.0


class ClusterStudio:
    """Gives drawings to the fleet. Looks, which have no time to lose, are the local studio's."""

    def __init__(self, redis_url: str, perceptors: Sequence[str], local: Studio) -> None:
        """`perceptors` are those that drawings may be wanted of, the usual one first; `local` draws what the fleet does not."""
        self._local = local
        self._errands = Errands(redis_url, perceptors)
        self._in_hand: dict[DrawingJob, Errand | DrawingJob] = {}
        """Of each job what it has become: an errand of the fleet's, or a job of the local studio's."""
        self._hurried: set[DrawingJob] = set()

    @property
    def state(self) -> FleetState:
        """The fleet as it was a moment ago."""
        return self._errands.state

    @property
    def counts(self) -> FleetCounts:
        """What became of the drawings so far."""
        return self._errands.counts

    async def start(self) -> None:
        """See Studio."""
        await self._local.start()
        await self._errands.start()

    async def stop(self) -> None:
        """See Studio."""
        await self._errands.stop()
        await self._local.stop()

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """See Studio."""
        return await self._local.look(ink, words)

    def hurry(self, job: DrawingJob) -> None:
        """See Studio."""
        self._hurried.add(job)  # also for whoever takes it later
        match self._in_hand.get(job):
            case Errand() as errand:
                self._errands.hurry(errand)
            case DrawingJob() as local_job:
                self._local.hurry(local_job)

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        now = asyncio.get_running_loop().time
        deadline, shown, is_seen = now() + job.commission.seconds, list(job.shown), False
        try:
            for source in (self._by_fleet, self._by_this_machine):
                left = job.commission.seconds if job.ahead else max(_shortest, deadline - now())
                wanted = DrawingJob(replace(job.commission, seconds=left), job.ahead, tuple(shown))
                async with aclosing(source(job, wanted)) as events:
                    async for event in events:
                        if isinstance(event, DrawingStarted) and is_seen:
                            continue
                        if isinstance(event, StrokeDrawn) and event.bare:
                            shown.append(event.bare)
                        is_seen |= isinstance(event, StrokeDrawn | DrawingEvolved)
                        yield event
                        if isinstance(event, DrawingFinished):
                            return
        except StudioError as error:
            if not is_seen:
                raise
            log.warning("a drawing ended early", reason=str(error), strokes=len(shown))
            yield DrawingFinished(0.0, is_whole=False)
        finally:
            self._in_hand.pop(job, None)
            self._hurried.discard(job)

    async def _by_fleet(self, job: DrawingJob, wanted: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """What the fleet draws; it ends before DrawingFinished if the fleet does not go on."""
        try:
            errand = self._in_hand[job] = self._errands.ask(wanted)
        except FleetLateError as error:
            log.info("a drawing is not given to the fleet", reason=str(error))
            return
        if job in self._hurried:
            self._errands.hurry(errand)
        try:
            while True:
                match told := await errand.told.get():
                    case FleetLateError() | WorkerFailed():
                        log.warning("a drawing is taken back from the fleet", job=errand.id, reason=getattr(told, "reason", str(told)))
                        return
                    case _ if (event := event_of(told)) is not None:
                        self.counts.by_fleet += isinstance(event, DrawingFinished)
                        yield event
        finally:
            self._errands.end(errand)

    async def _by_this_machine(self, job: DrawingJob, wanted: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        self._in_hand[job] = wanted
        self.counts.by_this_machine += 1
        if job in self._hurried:
            self._local.hurry(wanted)
        async with aclosing(self._local.draw(wanted)) as events:
            async for event in events:
                yield event
