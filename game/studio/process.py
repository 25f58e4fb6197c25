"""One worker process as the server sees it."""

import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from typing import Final

import structlog

from game.studio.wire import (
    AnyOrder,
    AnyReport,
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

log = structlog.get_logger()
_look: Final = 1.0
"""Seconds between two looks at whether a worker is stuck."""
_farewell: Final = 1.0
"""Seconds in which a process that has closed its pipe has ended."""
_longest_line: Final = 2**20
"""Bytes of a report; a whole drawing as it evolves has some ten thousand."""


def worker_command(perceptor: str, device: str = "auto") -> tuple[str, ...]:
    """What is run as a worker; `device` is torch's name of it, or auto: a GPU if there is one."""
    return sys.executable, "-m", "game.studio.worker", perceptor, device


class WorkerDied(RuntimeError):
    """The process ended while something was wanted of it."""


class WorkerProcess:
    """Starts a worker, hands it jobs, reads what it reports. Never blocks the event loop."""

    def __init__(self, command: Sequence[str], silence: float) -> None:
        """`silence`: seconds without a word after which one that is at work is taken for stuck, and killed."""
        self._command, self._silence = command, silence
        self._process: asyncio.subprocess.Process | None = None
        self.warm = asyncio.Event()
        self.warm_seconds = 0.0
        self.note: str | None = None
        """What the worker wants its host to know."""
        self.drawing_seconds: float | None = None
        self.on_gpu = False
        self._jobs: dict[int, asyncio.Queue[JobReport | None]] = {}
        self._ahead: set[int] = set()
        self._busy_since = 0.0
        self._reader: asyncio.Task[None] | None = None
        self.dead = asyncio.Event()
        self._is_ending = False

    async def start(self) -> None:
        """Spawn the process; `warm` is set when it can draw, `dead` when it ended. Raises OSError where the system has no room for it."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_longest_line
        )
        self._reader = asyncio.create_task(self._read())

    @property
    def pid(self) -> int:
        """The process's id, for those who watch or break it."""
        assert self._process is not None
        return self._process.pid

    @property
    def takes_jobs(self) -> bool:
        """Whether it is there, as far as is known, for what is wanted next."""
        return not self._is_ending and not self.dead.is_set()

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
                self._hear(report_decoder.decode(line))
        except Exception as error:  # no report, or a line without an end: whatever it is, nothing that comes after it can be trusted
            log.warning("an artist's worker process says what is no report, and is killed", pid=self.pid, reason=f"{type(error).__name__}: {error}")
            self._kill()
        finally:
            with contextlib.suppress(OSError, RuntimeError):
                while await self._process.stdout.read(_longest_line):
                    pass  # unread, it would keep the process from being seen to end
            await self._end()
            self.dead.set()
            for waiting in self._jobs.values():
                waiting.put_nowait(None)

    async def _end(self) -> None:
        """Wait for the end of a process that says nothing more. One that has closed its pipe and lives on is killed."""
        assert self._process is not None
        try:
            async with asyncio.timeout(_farewell):
                await self._process.wait()
        except TimeoutError:
            self._kill()
            await self._process.wait()

    def _hear(self, report: AnyReport) -> None:
        if isinstance(report, WorkerReady):
            self.warm_seconds, self.note = report.seconds, report.note
            self.drawing_seconds, self.on_gpu = report.drawing_seconds, report.on_gpu
            self.warm.set()
        elif not isinstance(report, WorkerBeat) and report.job in self._jobs:  # or it is the tail of a job that was cancelled
            self._jobs[report.job].put_nowait(report)
        if isinstance(report, WorkerFailed) and report.fault == "worker":
            self._is_ending = True

    async def _line(self) -> bytes:
        """The next line; empty at the end, which is also when a worker that has work is silent for too long.

        Raises ValueError for one that is longer than any report.
        """
        assert self._process is not None
        assert self._process.stdout is not None
        next_line, heard = asyncio.ensure_future(self._process.stdout.readline()), time.monotonic()
        while not (await asyncio.wait({next_line}, timeout=_look))[0]:
            # One that was idle till now has not been silent.
            if self._jobs and self.warm.is_set() and time.monotonic() - max(heard, self._busy_since) > self._silence:
                self._kill()
                break
        line = await next_line
        return line if line.endswith(b"\n") else b""  # what its end cut short is no report

    def _send(self, order: AnyOrder) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        if not self._process.stdin.is_closing():  # or it has just died, which its reader is about to hear
            self._process.stdin.write(encode_line(order))

    def _kill(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it has ended just now
                self._process.kill()

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
                finished = isinstance(report, WorkerFailed | (WorkerDone if isinstance(order, DrawOrder) else WorkerLooked))
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
        if self._process is not None:
            self._kill()
        if self._reader is not None:
            await self._reader
