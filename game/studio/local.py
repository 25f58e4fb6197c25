"""The studio of one machine: as many worker processes as cores minus one, or one on a GPU, and a warm spare."""

import asyncio
import itertools
import os
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Final

import structlog

from game.studio.attempts import Attempts
from game.studio.base import DrawingEvolved, DrawingFinished, DrawingJob, DrawingStarted, Ranking, StrokeDrawn, StudioError, StudioEvent
from game.studio.process import WorkerDied, WorkerProcess, worker_command
from game.studio.wire import LookOrder, WorkerDone, WorkerEvolved, WorkerFailed, WorkerLooked, WorkerStarted, WorkerStroke

log = structlog.get_logger()
_quick_death_pause: Final = 5.0
_patience: Final = 12.0
"""Seconds that a drawing waits for a worker: as long as one takes to start."""
_shortest: Final = 1.0


class LocalStudio:
    """Keeps workers warm, shares them fairly between rooms, replaces one that dies by the spare."""

    def __init__(self, perceptor: str, workers: int = 0, device: str = "auto", silence: float = 15.0, command: Sequence[str] | None = None) -> None:
        """`workers` drawing at the same time; 0: cores minus one, at least one, but one on a GPU. `silence`: see WorkerProcess.

        `device` is torch's name of it, or auto. `command` is what is run as a worker; None: the real one.
        """
        self._command, self._silence = command or worker_command(perceptor, device), silence
        self._at_once, self._is_told = workers or max(1, (os.cpu_count() or 2) - 1), bool(workers)
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
            if index > self._at_once:
                return
        while True:
            worker = WorkerProcess(self._command, self._silence)
            began = time.monotonic()
            try:
                await worker.start()
            except Exception as error:  # no memory is left, no process number, no file handle; that passes
                log.warning("an artist's worker process cannot be started; trying again", reason=f"{type(error).__name__}: {error}")
                await asyncio.sleep(_quick_death_pause)
                continue
            warm, dead = asyncio.create_task(worker.warm.wait()), asyncio.create_task(worker.dead.wait())
            try:
                await asyncio.wait({warm, dead}, return_when=asyncio.FIRST_COMPLETED)
                if worker.warm.is_set():
                    log.info("artist ready", pid=worker.pid, seconds=round(worker.warm_seconds, 1))
                    if not self._first_is_warm.is_set():
                        self._look_at_first(worker)
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

    def _look_at_first(self, worker: WorkerProcess) -> None:
        if worker.note:
            log.warning(worker.note)
        if worker.on_gpu and not self._is_told:
            self._at_once = 1  # it takes the steps of all drawings together, which several processes could not
        self._first_is_warm.set()

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
        return [worker.pid for worker in self._workers if worker.takes_jobs]

    @property
    def busy_pids(self) -> list[int]:
        """The processes that are drawing."""
        return [worker.pid for worker in self._workers if worker.jobs]

    @property
    def drawing_seconds(self) -> float | None:
        """What a drawing costs here, see WorkerReady; None before a worker is warm."""
        return next((worker.drawing_seconds for worker in self._workers), None)

    async def _take_worker(self, seconds: float, avoided: WorkerProcess | None) -> WorkerProcess:
        """The one with the fewest drawings, of those that are not spares, and another than `avoided` if there is one.

        Raises StudioError if there is none for so long.
        """
        try:
            async with asyncio.timeout(max(0.0, min(seconds, _patience))), self._changed:
                await self._changed.wait_for(lambda: any(worker.takes_jobs for worker in self._workers))
        except TimeoutError:
            raise StudioError("No artist was free in time.") from None
        alive = [worker for worker in self._workers if worker.takes_jobs]
        others = [worker for worker in alive if worker is not avoided]
        return min((others or alive)[: self._at_once], key=lambda worker: (worker.live_jobs, worker.jobs))

    async def draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        """See Studio."""
        try:
            async with aclosing(self._draw(job)) as events:
                async for event in events:
                    yield event
        finally:
            self._hurried.discard(job)

    async def _draw(self, job: DrawingJob) -> AsyncGenerator[StudioEvent, None]:
        attempts = Attempts(job)
        deadline = time.monotonic() + job.commission.seconds
        try:
            while True:
                async with aclosing(self._attempt(job, attempts, deadline)) as events:
                    async for event in events:
                        yield event
                        if isinstance(event, DrawingFinished):
                            return
        except StudioError as error:
            if not attempts.is_seen:
                raise
            log.warning("a drawing ended early", reason=str(error), strokes=attempts.strokes)
            yield DrawingFinished(0.0, is_whole=False)

    async def _attempt(self, job: DrawingJob, attempts: Attempts, deadline: float) -> AsyncGenerator[StudioEvent, None]:
        """Have one worker draw; without DrawingFinished at its end it is worth another attempt. Raises StudioError if none is."""
        seconds, ahead, number = job.commission.seconds, job.ahead and job not in self._hurried, next(self._numbers)
        worker = await self._take_worker(seconds if job.ahead else deadline - time.monotonic(), attempts.avoided)
        order = attempts.order(number, seconds if job.ahead else max(_shortest, deadline - time.monotonic()), ahead=ahead)
        self._in_hand[job] = (worker, number)
        try:
            async with aclosing(worker.work(order)) as reports:
                async for report in reports:
                    match report:
                        case WorkerStarted():
                            if not attempts.is_seen:
                                yield DrawingStarted(report.sureness)
                        case WorkerStroke():
                            attempts.drawn(report)
                            yield StrokeDrawn(report.marks, report.similarity, report.bare)
                        case WorkerEvolved():
                            attempts.is_seen |= not job.ahead or job in self._hurried
                            yield DrawingEvolved(report.strokes)
                        case WorkerDone():
                            yield DrawingFinished(report.similarity)
                        case WorkerFailed():
                            log.warning("a worker failed at a drawing", pid=worker.pid, reason=report.reason, strokes=attempts.strokes)
                            attempts.failed(report, worker)
        except WorkerDied as error:
            log.warning("a worker ended over a drawing", reason=str(error), strokes=attempts.strokes)
            attempts.died(error)
        finally:
            self._in_hand.pop(job, None)

    async def look(self, ink: bytes, words: Sequence[str]) -> Ranking:
        """See Studio. Of those with the fewest jobs the youngest looks, which is the spare: it has nothing else to do."""
        alive = [worker for worker in self._workers if worker.takes_jobs]
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
