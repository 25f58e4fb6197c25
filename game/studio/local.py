"""The studio of one machine: as many worker processes as cores minus one, and a warm spare."""

import asyncio
import itertools
import os
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from game.studio.base import (
    DrawingFinished,
    DrawingJob,
    DrawingRestarted,
    DrawingStarted,
    StrokeDrawn,
    StudioError,
    StudioEvent,
)
from game.studio.process import WorkerDied, WorkerProcess
from game.studio.wire import DrawOrder, WorkerDone, WorkerFailed, WorkerReady, WorkerStroke

log = structlog.get_logger()
_quick_death_pause = 5.0


class LocalStudio:
    """Keeps workers warm, hands out jobs in the order they came, replaces a worker that dies by the spare."""

    def __init__(self, perceptor: str, workers: int = 0) -> None:
        """`workers` drawing at the same time; 0: cores minus one, at least one."""
        self._perceptor = perceptor
        self._at_once = asyncio.Semaphore(workers or max(1, (os.cpu_count() or 2) - 1))
        self._processes = (workers or max(1, (os.cpu_count() or 2) - 1)) + 1
        self._idle: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self._alive: set[WorkerProcess] = set()
        self._busy: list[WorkerProcess] = []
        self._first_is_warm = asyncio.Event()
        self._keepers: list[asyncio.Task[None]] = []
        self._jobs = itertools.count(1)

    async def start(self) -> None:
        """See Studio. Returns at once; the workers warm up one after another beside the server."""
        self._keepers = [asyncio.create_task(self._keep_one(index)) for index in range(self._processes)]

    async def _keep_one(self, index: int) -> None:
        """Keep one worker alive for ever: start it, offer it, start another when it dies."""
        if index:  # the first is wanted first; starting all at once would make it wait for the others
            await self._first_is_warm.wait()
        while True:
            worker = WorkerProcess(self._perceptor)
            began = time.monotonic()
            await worker.start()
            self._alive.add(worker)
            warm, dead = asyncio.create_task(worker.warm.wait()), asyncio.create_task(worker.dead.wait())
            try:
                await asyncio.wait({warm, dead}, return_when=asyncio.FIRST_COMPLETED)
                if worker.warm.is_set():
                    log.info("artist ready", pid=worker.pid, seconds=round(worker.warm_seconds, 1))
                    if worker.note and not self._first_is_warm.is_set():
                        log.warning(worker.note)
                    self._first_is_warm.set()
                    self._idle.put_nowait(worker)
                await dead
            finally:
                warm.cancel()
                dead.cancel()
                self._alive.discard(worker)
                await worker.stop()
            log.warning("an artist's worker process ended; starting another", pid=worker.pid)
            if time.monotonic() - began < _quick_death_pause:
                await asyncio.sleep(_quick_death_pause)  # it cannot start at all: do not spin

    async def stop(self) -> None:
        """See Studio."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)

    @property
    def warm_pids(self) -> list[int]:
        """The processes that can draw, for health checks and for those who break them."""
        return [worker.pid for worker in self._alive if worker.warm.is_set()]

    @property
    def busy_pids(self) -> list[int]:
        """The processes that are drawing."""
        return [worker.pid for worker in self._busy]

    async def _take_worker(self, deadline: float) -> WorkerProcess:
        while True:
            try:
                async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                    worker = await self._idle.get()
            except TimeoutError:
                raise StudioError("No artist was free in time.") from None
            if not worker.dead.is_set():
                return worker

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        deadline = time.monotonic() + job.seconds
        async with self._at_once:
            restarted = False
            while True:
                worker = await self._take_worker(deadline)
                self._busy.append(worker)
                order = DrawOrder(next(self._jobs), job.word, max(1.0, deadline - time.monotonic()), job.seed)
                try:
                    yield DrawingRestarted() if restarted else DrawingStarted()
                    async with aclosing(worker.draw(order)) as reports:
                        async for report in reports:
                            match report:
                                case WorkerStroke():
                                    yield StrokeDrawn(report.points, report.width, report.rgba)
                                case WorkerDone():
                                    yield DrawingFinished(report.similarity)
                                case WorkerFailed():
                                    raise StudioError(report.reason)
                                case WorkerReady():
                                    pass
                    return
                except WorkerDied:
                    restarted = True
                finally:
                    self._busy.remove(worker)
                    if not worker.dead.is_set():
                        self._idle.put_nowait(worker)
