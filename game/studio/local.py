"""The studio of one machine: as many worker processes as cores minus one, and a warm spare."""

import asyncio
import itertools
import os
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final

import structlog

from game.studio.base import DrawingEvolved, DrawingFinished, DrawingJob, DrawingStarted, Ranking, StrokeDrawn, StudioError, StudioEvent
from game.studio.placing import marks_of
from game.studio.process import WorkerDied, WorkerProcess
from game.studio.wire import DrawOrder, LookOrder, WorkerDone, WorkerEvolved, WorkerFailed, WorkerLooked, WorkerStarted, WorkerStroke

log = structlog.get_logger()
_quick_death_pause: Final = 5.0
_patience: Final = 12.0
"""Seconds that a drawing waits for a worker: as long as one takes to start."""
_shortest: Final = 1.0


class LocalStudio:
    """Keeps workers warm, shares them fairly between rooms, replaces one that dies by the spare."""

    def __init__(self, perceptor: str, workers: int = 0, silence: float = 15.0) -> None:
        """`workers` drawing at the same time; 0: cores minus one, at least one. `silence`: see WorkerProcess."""
        self._perceptor, self._silence = perceptor, silence
        self._at_once = workers or max(1, (os.cpu_count() or 2) - 1)
        self._workers: list[WorkerProcess] = []
        """Those that are warm and alive, the oldest first; beyond `_at_once` they are spares."""
        self._changed = asyncio.Condition()
        self._first_is_warm = asyncio.Event()
        self._keepers: list[asyncio.Task[None]] = []
        self._numbers = itertools.count(1)
        self._in_hand: dict[DrawingJob, tuple[WorkerProcess, int]] = {}
        self._hurried: set[DrawingJob] = set()

    async def start(self) -> None:
        """See Studio. Returns at once; the workers warm up one after another beside the server."""
        self._keepers = [asyncio.create_task(self._keep_one(index)) for index in range(self._at_once + 1)]

    async def _keep_one(self, index: int) -> None:
        """Keep one worker alive for ever: start it, offer it, start another when it dies."""
        if index:  # the first is wanted first; starting all at once would make it wait for the others
            await self._first_is_warm.wait()
        while True:
            worker = WorkerProcess(self._perceptor, self._silence)
            began = time.monotonic()
            await worker.start()
            warm, dead = asyncio.create_task(worker.warm.wait()), asyncio.create_task(worker.dead.wait())
            try:
                await asyncio.wait({warm, dead}, return_when=asyncio.FIRST_COMPLETED)
                if worker.warm.is_set():
                    log.info("artist ready", pid=worker.pid, seconds=round(worker.warm_seconds, 1))
                    if worker.note and not self._first_is_warm.is_set():
                        log.warning(worker.note)
                    self._first_is_warm.set()
                    await self._change(worker, there=True)
                await dead
            finally:
                warm.cancel()
                dead.cancel()
                await self._change(worker, there=False)
                await worker.stop()
            log.warning("an artist's worker process ended; starting another", pid=worker.pid)
            if time.monotonic() - began < _quick_death_pause:
                await asyncio.sleep(_quick_death_pause)  # it cannot start at all: do not spin

    async def _change(self, worker: WorkerProcess, *, there: bool) -> None:
        async with self._changed:
            if there:
                self._workers.append(worker)
            elif worker in self._workers:
                self._workers.remove(worker)
            self._changed.notify_all()

    async def stop(self) -> None:
        """See Studio."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    @property
    def warm_pids(self) -> list[int]:
        """The processes that can draw, for health checks and for those who break them."""
        return [worker.pid for worker in self._workers]

    @property
    def busy_pids(self) -> list[int]:
        """The processes that are drawing."""
        return [worker.pid for worker in self._workers if worker.jobs]

    async def _take_worker(self, seconds: float) -> WorkerProcess:
        """The one with the fewest drawings, of those that are not spares. Raises StudioError if there is none for so long."""
        try:
            async with asyncio.timeout(max(0.0, min(seconds, _patience))), self._changed:
                await self._changed.wait_for(lambda: any(not worker.dead.is_set() for worker in self._workers))
        except TimeoutError:
            raise StudioError("No artist was free in time.") from None
        alive = [worker for worker in self._workers if not worker.dead.is_set()]
        return min(alive[: self._at_once], key=lambda worker: (worker.live_jobs, worker.jobs))

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        try:
            async with aclosing(self._draw(job)) as events:
                async for event in events:
                    yield event
        finally:
            self._hurried.discard(job)

    async def _draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        wanted = job.commission
        deadline = time.monotonic() + wanted.seconds
        shown = marks_of(wanted.begun)
        begun = len(shown)
        while True:
            ahead = job.ahead and job not in self._hurried
            try:
                worker = await self._take_worker(wanted.seconds if job.ahead else deadline - time.monotonic())
            except StudioError:
                if len(shown) == begun:
                    raise
                yield DrawingFinished(0.0, is_whole=False)
                return
            manner, number = wanted.manner, next(self._numbers)
            seconds = wanted.seconds if job.ahead else max(_shortest, deadline - time.monotonic())
            order = DrawOrder(
                number, wanted.prompt, seconds, wanted.seed, manner.show, manner.order, manner.style, manner.colours, ahead, tuple(shown)
            )  # fmt: skip
            self._in_hand[job] = (worker, number)
            try:
                async with aclosing(worker.work(order)) as reports:
                    async for report in reports:
                        match report:
                            case WorkerStarted():
                                if len(shown) == begun:
                                    yield DrawingStarted(report.sureness)
                            case WorkerStroke():
                                shown.append(report.bare)
                                yield StrokeDrawn(report.marks, report.similarity)
                            case WorkerEvolved():
                                yield DrawingEvolved(report.strokes)
                            case WorkerDone():
                                yield DrawingFinished(report.similarity)
                            case WorkerFailed():
                                if len(shown) == begun:
                                    raise StudioError(report.reason)
                                log.warning("a drawing ended early", reason=report.reason, strokes=len(shown) - begun)
                                yield DrawingFinished(0.0, is_whole=False)
                return
            except WorkerDied as error:
                log.warning("a drawing goes on with another worker", reason=str(error), strokes=len(shown) - begun)
            finally:
                self._in_hand.pop(job, None)

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """See Studio. Of those with the fewest jobs the youngest looks, which is the spare: it has nothing else to do."""
        alive = [worker for worker in self._workers if not worker.dead.is_set()]
        if not alive:
            raise StudioError("No artist is there to look yet.")
        worker = min(reversed(alive), key=lambda each: each.jobs)
        try:
            async with aclosing(worker.work(LookOrder(next(self._numbers), ink, tuple(words)))) as reports:
                async for report in reports:
                    match report:
                        case WorkerLooked():
                            return report.words
                        case WorkerFailed():
                            raise StudioError(report.reason)
        except WorkerDied as error:
            raise StudioError(str(error)) from error
        raise StudioError("The worker said nothing.")

    def hurry(self, job: DrawingJob) -> None:
        """See Studio."""
        self._hurried.add(job)  # also for a worker that has not taken it yet
        if job in self._in_hand:
            worker, number = self._in_hand[job]
            worker.hurry(number)
