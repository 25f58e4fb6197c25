"""A fleet for tests: real workers of the fleet in processes of their own, whose artists are steady_worker's.

Run as `python -m tests.integration.fleet REDIS_URL FILE PERCEPTOR` it is such a worker, which makes one drawing at a time.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from game.rules.effects import Commission, Manner
from game.studio.base import DrawingJob, StrokeDrawn, StudioEvent
from game.studio.cluster import ClusterStudio
from game.studio.fleet import errands, queue, worker
from game.studio.fleet.run import work
from game.studio.fleet.worker import FleetWorker
from game.studio.local import LocalStudio
from tests.integration.steady_worker import STROKES
from tests.redis import OwnRedis

PERCEPTOR, ANOTHER = "steady", "unsteady"
WHOLE = [number / 10 for number in range(STROKES)]
"""The heights of a whole drawing's strokes."""


@contextmanager
def impatient() -> Iterator[None]:
    """All waits are shorter, on both sides."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(queue, "GONE", 1.5)
        patched.setattr(worker, "GONE", 1.5)
        patched.setattr(errands, "_late", 2.0)
        patched.setattr(errands, "_deserted", 4.0)
        yield


def steady(file: Path) -> LocalStudio:
    return LocalStudio(PERCEPTOR, 1, command=(sys.executable, "-m", "tests.integration.steady_worker", str(file)))


@dataclass
class Worker:
    """A worker of the fleet and its children, as one machine."""

    process: "subprocess.Popen[bytes]"
    file: Path

    @classmethod
    def started(cls, redis: OwnRedis, file: Path, perceptor: str = PERCEPTOR) -> "Worker":
        command = [sys.executable, "-m", "tests.integration.fleet", redis.url, str(file), perceptor]
        return cls(subprocess.Popen(command, start_new_session=True), file)

    @property
    def begun(self) -> list[tuple[int, str]]:
        return begun_in(self.file)

    def signal(self, number: signal.Signals) -> None:
        """As when the machine is switched off, or sleeps."""
        os.killpg(self.process.pid, number)
        if number == signal.SIGKILL:
            self.process.wait(20)

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None


@dataclass
class Fleet:
    redis: OwnRedis
    folder: Path
    studio: ClusterStudio
    workers: list[Worker] = field(default_factory=list)

    async def staffed(self, number: int) -> list[Worker]:
        """The workers, when there are so many, neither more nor less, and the server knows of all."""
        alive = [worker for worker in self.workers if worker.is_alive]
        for extra in alive[number:]:
            extra.process.terminate()
        for _ in range(number - len(alive)):
            alive.append(Worker.started(self.redis, self.folder / f"begun-{len(self.workers)}"))
            self.workers.append(alive[-1])
        async with asyncio.timeout(30):
            while len(self.studio.state.workers) != number or self.studio.state.artists(PERCEPTOR) != number:
                await asyncio.sleep(0.02)
        for file in self.folder.iterdir():
            file.unlink()
        return alive[:number]

    def holder(self, prompt: str) -> Worker:
        """Who has begun this drawing last."""
        return next(worker for worker in self.workers if worker.is_alive and prompt in [begun for _, begun in worker.begun])

    @property
    def begun_here(self) -> list[tuple[int, str]]:
        """What the artist of the server's own machine has begun."""
        return begun_in(self.folder / "begun-local")


def begun_in(file: Path) -> list[tuple[int, str]]:
    """Of each drawing how many strokes it went on from, and its prompt."""
    if not file.exists():
        return []
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return [(int(shown), " ".join(prompt)) for _, shown, *prompt in lines]


@asynccontextmanager
async def opened(redis: OwnRedis, folder: Path) -> AsyncIterator[Fleet]:
    """A server's studio with an artist of its own, and no worker yet."""
    local = steady(folder / "begun-local")
    fleet = Fleet(redis, folder, ClusterStudio(redis.url, (PERCEPTOR, ANOTHER), local))
    with impatient():
        await fleet.studio.start()
        try:
            while not local.warm_pids:
                await asyncio.sleep(0.02)
            yield fleet
        finally:
            for each in fleet.workers:
                if each.is_alive:
                    each.signal(signal.SIGKILL)
            await fleet.studio.stop()


def job(prompt: str = "house", seconds: float = 20.0, *, ahead: bool = False, perceptor: str = "") -> DrawingJob:
    return DrawingJob(Commission(prompt, seconds, 6, Manner(perceptor=perceptor)), ahead)


async def drawn(fleet: Fleet, wanted: DrawingJob, events: list[StudioEvent] | None = None) -> list[StudioEvent]:
    """All events of a job, which are in `events` as they come."""
    events = [] if events is None else events
    async with aclosing(fleet.studio.draw(wanted)) as drawing:
        async for event in drawing:
            events.append(event)
    return events


def heights(events: list[StudioEvent]) -> list[float]:
    """Where the strokes lie, which tells which they are."""
    return [event.marks[0].points[0][1] for event in events if isinstance(event, StrokeDrawn)]


if __name__ == "__main__":
    url, file, perceptor = sys.argv[1:]
    with impatient():
        asyncio.run(work(FleetWorker(url, perceptor, "cpu", steady(Path(file)), 1)))
