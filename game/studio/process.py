"""One worker process as the server sees it."""

import asyncio
import sys
from collections.abc import AsyncGenerator

from game.studio.wire import AnyOrder, AnyReport, CancelOrder, DrawOrder, WorkerDone, WorkerFailed, WorkerReady, encode_line, report_decoder


class WorkerDied(RuntimeError):
    """The process ended while something was wanted of it."""


class WorkerProcess:
    """Starts a worker, hands it one job at a time, reads what it reports. Never blocks the event loop."""

    def __init__(self, perceptor: str) -> None:
        self._perceptor = perceptor
        self._process: asyncio.subprocess.Process | None = None
        self.warm = asyncio.Event()
        self.warm_seconds = 0.0
        self.note: str | None = None
        """What the worker wants its host to know."""
        self._reports: asyncio.Queue[AnyReport | None] = asyncio.Queue()
        self._reader: asyncio.Task[None] | None = None
        self.dead = asyncio.Event()

    async def start(self) -> None:
        """Spawn the process; `warm` is set when it can draw, `dead` when it ended."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "game.studio.worker", self._perceptor,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        self._reader = asyncio.create_task(self._read())

    @property
    def pid(self) -> int:
        """The process's id, for those who watch or break it."""
        assert self._process is not None
        return self._process.pid

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            while line := await self._process.stdout.readline():
                report = report_decoder.decode(line)
                if isinstance(report, WorkerReady):
                    self.warm_seconds, self.note = report.seconds, report.note
                    self.warm.set()
                else:
                    self._reports.put_nowait(report)
        finally:
            await self._process.wait()
            self.dead.set()
            self._reports.put_nowait(None)

    def _send(self, order: AnyOrder) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(encode_line(order))

    async def draw(self, order: DrawOrder) -> AsyncGenerator[AnyReport, None]:
        """Yield the reports of one job up to its end. Raises WorkerDied if the process ends first."""
        self._send(order)
        finished = False
        try:
            while True:
                report = await self._reports.get()
                if report is None:
                    finished = True
                    raise WorkerDied(f"The artist's worker process {self.pid} ended.")
                if isinstance(report, WorkerReady) or report.job != order.job:
                    continue  # the tail of a job that was cancelled
                finished = isinstance(report, WorkerDone | WorkerFailed)
                yield report
                if finished:
                    return
        finally:
            if not finished and not self.dead.is_set():
                self._send(CancelOrder(order.job))

    async def stop(self) -> None:
        """Kill the process: a drawing in hand is of no use to anybody."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
        if self._reader is not None:
            await self._reader
