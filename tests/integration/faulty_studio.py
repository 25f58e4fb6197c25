"""A studio with a worker and a spare that go wrong as they are told; see faulty_worker."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from game.rules.effects import Commission, Manner
from game.studio import local
from game.studio.base import DrawingJob, StrokeDrawn, StudioEvent
from game.studio.local import LocalStudio
from tests.integration.faulty_worker import STROKES

SEED = 6
SETTLED, EVOLVING = Manner(), Manner(show="evolving")
WHOLE = [number / 10 for number in range(STROKES)]
"""The heights of a whole drawing's strokes."""


@dataclass
class FaultyStudio:
    studio: LocalStudio
    folder: Path

    async def draw(self, prompt: str, manner: Manner = SETTLED, *, ahead: bool = False) -> list[StudioEvent]:
        (self.folder / "attempts").unlink(missing_ok=True)
        await self.ready()
        async with aclosing(self.studio.draw(DrawingJob(Commission(prompt, 20.0, SEED, manner), ahead))) as events:
            return [event async for event in events]

    async def ready(self) -> None:
        """Wait for the worker and the spare."""
        while len(self.studio.warm_pids) < 2:
            await asyncio.sleep(0.01)

    async def gone(self, pid: int) -> None:
        while pid in self.studio.warm_pids:
            await asyncio.sleep(0.01)

    @property
    def attempts(self) -> list[tuple[int, ...]]:
        """Of each attempt at the last drawing: the process, the seed, and how many strokes it went on from."""
        return [tuple(map(int, line.split())) for line in (self.folder / "attempts").read_text(encoding="utf-8").splitlines()]


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[FaultyStudio]:
    studio = LocalStudio("none", workers=1, silence=2.0, command=(sys.executable, "-m", "tests.integration.faulty_worker", str(folder)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(local, "_quick_death_pause", 0.01)
        await studio.start()
        yield FaultyStudio(studio, folder)
        await studio.stop()


def heights(events: list[StudioEvent]) -> list[float]:
    """Where the strokes lie, which tells which they are."""
    return [event.marks[0].points[0][1] for event in events if isinstance(event, StrokeDrawn)]
