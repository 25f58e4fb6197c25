"""A worker process whose artist needs no torch and draws a stroke every 80 ms, and what is ahead at its end; with a prompt that
begins with "long" it takes five times as long.

Run as `python -m tests.integration.steady_worker FILE`. All but the artist is the real worker. A line of FILE for each drawing that was
begun has the process, how many strokes it went on from, and the prompt.
"""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from game.studio import worker
from game.studio.wire import DrawOrder, JobReport, WorkerDone, WorkerStarted, WorkerStroke
from tests.integration.faulty_worker import stroke

STROKES = 12
SECONDS_A_STROKE = 0.08


class Draughtsman:
    """See game.studio.draughtsman."""

    note = None
    drawing_seconds = STROKES * SECONDS_A_STROKE
    on_gpu = False

    def __init__(self, file: str) -> None:
        self._file = Path(file)
        self._hurried: set[int] = set()

    def draw(self, order: DrawOrder) -> Iterator[JobReport | None]:
        with self._file.open("a", encoding="utf-8") as begun:
            begun.write(f"{os.getpid()} {len(order.shown)} {order.prompt}\n")
        yield WorkerStarted(order.job, 0.5)
        kept: list[WorkerStroke] = []
        for number in range(len(order.shown), STROKES):
            due = time.monotonic() + SECONDS_A_STROKE * (5 if order.prompt.startswith("long") else 1)
            while time.monotonic() < due:
                time.sleep(0.01)
                yield None
            kept.append(stroke(order.job, number))
            if not order.ahead or order.job in self._hurried:
                yield from kept
                kept.clear()
        yield from kept
        yield WorkerDone(order.job, 0.5)

    def step(self, jobs: Sequence[int]) -> None:
        """Its time passes by itself."""

    def hurry(self, job: int) -> None:
        self._hurried.add(job)


if __name__ == "__main__":
    module = ModuleType("game.studio.draughtsman")
    module.Draughtsman = Draughtsman
    sys.modules[module.__name__] = module
    worker.main()
