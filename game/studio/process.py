"""One worker process as the server sees it."""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from typing import Final

from game.studio.wire import (
    AnyOrder,
    CancelOrder,
    DrawOrder,
    HurryOrder,
    JobReport,
    LookOrder,
    WorkerBeat,
    WorkerDone,
    WorkerFailed,
    WorkerLooked,
    WorkerReady,
    encode_line,
    report_decoder,
)

_look: Final = 1.0
"""Seconds between two looks at whether a worker is stuck."""


class WorkerDied(RuntimeError):
    """The process ended while something was wanted of it."""


class WorkerProcess:
    """Starts a worker, hands it jobs, reads what it reports. Never blocks the event loop."""

    def __init__(self, perceptor: str, silence: float) -> None:
        """`silence`: seconds without a word after which one that is at work is taken for stuck, and killed."""
        self._perceptor, self._silence = perceptor, silence
        self._process: asyncio.subprocess.Process | None = None
        self.warm = asyncio.Event()
        self.warm_seconds = 0.0
        self.note: str | None = None
        """What the worker wants its host to know."""
        self._jobs: dict[int, asyncio.Queue[JobReport | None]] = {}
        self._ahead: set[int] = set()
        self._busy_since = 0.0
        self._reader: asyncio.Task[None] | None = None
        self.dead = asyncio.Event()

    async def start(self) -> None:
        """Spawn the process; `warm` is set when it can draw, `dead` when it ended."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "game.studio.worker", self._perceptor,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=2**20,
        )  # fmt: skip
        self._reader = asyncio.create_task(self._read())

    @property
    def pid(self) -> int:
        """The process's id, for those who watch or break it."""
        assert self._process is not None
        return self._process.pid

    @property
    def live_jobs(self) -> int:
        """How many drawings it makes that are wanted now."""
        return len(self._jobs) - len(self._ahead)

    @property
    def jobs(self) -> int:
        """How many drawings it makes, those ahead included."""
        return len(self._jobs)

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            while line := await self._line():
                report = report_decoder.decode(line)
                if isinstance(report, WorkerReady):
                    self.warm_seconds, self.note = report.seconds, report.note
                    self.warm.set()
                elif not isinstance(report, WorkerBeat) and report.job in self._jobs:  # or it is the tail of a job that was cancelled
                    self._jobs[report.job].put_nowait(report)
        finally:
            await self._process.wait()
            self.dead.set()
            for waiting in self._jobs.values():
                waiting.put_nowait(None)

    async def _line(self) -> bytes:
        """The next line; empty at the end, which is also when a worker that has work is silent for too long."""
        assert self._process is not None
        assert self._process.stdout is not None
        next_line, heard = asyncio.ensure_future(self._process.stdout.readline()), time.monotonic()
        while not (await asyncio.wait({next_line}, timeout=_look))[0]:
            # One that was idle till now has not been silent.
            if self._jobs and self.warm.is_set() and time.monotonic() - max(heard, self._busy_since) > self._silence:
                self._process.kill()
                break
        return await next_line

    def _send(self, order: AnyOrder) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(encode_line(order))

    async def work(self, order: DrawOrder | LookOrder) -> AsyncGenerator[JobReport, None]:
        """Yield the reports of one job up to its end. Raises WorkerDied if the process ends first."""
        if not self._jobs:
            self._busy_since = time.monotonic()
        reports = self._jobs[order.job] = asyncio.Queue()
        if isinstance(order, DrawOrder) and order.ahead:
            self._ahead.add(order.job)
        self._send(order)
        finished = False
        try:
            while not finished:
                report = None if self.dead.is_set() and reports.empty() else await reports.get()
                if report is None:
                    raise WorkerDied(f"The artist's worker process {self.pid} ended.")
                finished = isinstance(report, WorkerDone | WorkerLooked | WorkerFailed)
                yield report
        finally:
            del self._jobs[order.job]
            self._ahead.discard(order.job)
            if not finished and not self.dead.is_set():
                self._send(CancelOrder(order.job))

    def hurry(self, job: int) -> None:
        """A job that is drawn ahead is wanted now."""
        if job in self._ahead and not self.dead.is_set():
            self._ahead.discard(job)
            self._send(HurryOrder(job))

    async def stop(self) -> None:
        """Kill the process: a drawing in hand is of no use to anybody."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        if self._reader is not None:
            await self._reader
