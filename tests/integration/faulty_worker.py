"""A worker whose artist draws five plain strokes at once, needs no torch, and does what is never wanted of a worker.

Run as `python -m tests.integration.faulty_worker FOLDER`. All but the artist is the real worker. A prompt of the form "garbage at 2,
once" says what goes wrong before which stroke, and how often; what a process was asked stands in FOLDER/attempts.
"""

import contextlib
import math
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from ai_artist.errors import PromptError
from game.studio import worker
from game.studio.base import Mark
from game.studio.wire import (
    DrawOrder,
    JobReport,
    LookOrder,
    WorkerBeat,
    WorkerDone,
    WorkerEvolved,
    WorkerLooked,
    WorkerStarted,
    WorkerStroke,
    encode_line,
)

STROKES = 5
TORCH_IS_OUT_OF_MEMORY = (
    "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4503599627370496 bytes. "
    "Error code 12 (Cannot allocate memory)"
)
_most_growth = 40 * 2**20
_leak = 2 * _most_growth


class Draughtsman:
    """See game.studio.draughtsman."""

    wire: int
    """The pipe to the server."""
    note = None
    drawing_seconds = 1.5
    on_gpu = False

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._leaked: list[bytes] = []

    def draw(self, order: DrawOrder) -> Iterator[JobReport | None]:
        with (self._folder / "attempts").open("a", encoding="utf-8") as attempts:
            attempts.write(f"{os.getpid()} {order.seed} {len(order.shown)}\n")
        yield WorkerStarted(order.job, 0.5)
        for number in range(len(order.shown), STROKES):
            if self._is_due(order.prompt, number):
                self._misbehave(order.prompt.split(" at ")[0], order.job)
            drawn = stroke(order.job, number)
            yield WorkerEvolved(order.job, (drawn.marks,)) if order.show == "evolving" else drawn
        yield WorkerDone(order.job, 0.5)

    def look(self, order: LookOrder) -> Iterator[JobReport | None]:
        if order.words[0] != "well":
            self._misbehave(order.words[0], order.job)
        yield WorkerLooked(order.job, (("well", 1.0),))

    def step(self, jobs: Sequence[int]) -> None:
        """Its drawings take none."""

    def hurry(self, job: int) -> None: ...

    def _is_due(self, prompt: str, number: int) -> bool:
        """Whether it goes wrong now; of "once" only the first time, whichever process it is."""
        if " at " not in prompt or number != int(prompt.split(" at ")[1].split(",")[0]):
            return False
        if not prompt.endswith("once"):
            return True
        with contextlib.suppress(FileExistsError):
            (self._folder / prompt).touch(exist_ok=False)
            return True
        return False

    def _misbehave(self, fault: str, job: int) -> None:
        match fault:
            case "bug":
                raise IndexError("no such stroke")
            case "prompt":
                raise PromptError("nobody can draw this")
            case "memory":
                raise MemoryError
            case "torch's memory":
                raise RuntimeError(TORCH_IS_OUT_OF_MEMORY)
            case "point that is no number":
                stroke(job, 0, x=math.nan)
            case "infinite width":
                stroke(job, 0, width=math.inf)
            case "colour that is no number":
                stroke(job, 0, red=math.nan)
            case "similarity that is no number":
                stroke(job, 0, similarity=math.nan)
            case "null on the wire":
                self._say(encode_line(stroke(job, 0)).replace(b"0.1", b"null"))
            case "far away on the wire":
                self._say(encode_line(stroke(job, 0)).replace(b"0.1", b"1e300"))
            case "NaN on the wire":
                self._say(encode_line(stroke(job, 0)).replace(b"0.1", b"NaN"))
            case "garbage":
                self._say(b"\xff\x00 Segmentation fault\n")
            case "other fields":
                self._say(b'{"type":"stroke","job":"mine"}\n')
            case "no end of a line":
                self._talk()
            case "nonsense in a flood":
                self._say(2000 * encode_line(WorkerBeat()) + b"nonsense\n")  # far more follows than is read by then
                self._talk()
            case "half a line":
                self._say(b'{"type":"str')
                os._exit(1)
            case "exit":
                os._exit(3)
            case "silence":
                time.sleep(3600)
            case "closed pipe":
                os.closerange(3, 64)
                time.sleep(3600)
            case "leak":
                self._leaked.append(b"x" * _leak)
            case _:
                raise AssertionError(f"{fault!r} is no fault that is known here.")

    def _talk(self) -> None:
        while True:
            self._say(b"x" * 65536)

    def _say(self, line: bytes) -> None:
        os.write(self.wire, line)


def stroke(job: int, number: int, x: float = 0.1, width: float = 0.01, red: float = 0.0, similarity: float = 0.25) -> WorkerStroke:
    mark = Mark(((x, number / 10),) * 4, width, (red, 0.0, 0.0, 1.0))
    return WorkerStroke(job, (mark,), mark, similarity)


if __name__ == "__main__":
    Draughtsman.wire = os.dup(1)
    worker._most_growth = _most_growth
    module = ModuleType("game.studio.draughtsman")
    module.Draughtsman = Draughtsman
    sys.modules[module.__name__] = module
    worker.main()
