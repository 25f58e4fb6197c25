"""A worker process: owns an Artist, takes orders on stdin, reports on stdout. torch lives here and nowhere else.

Run as `python -m game.studio.worker PERCEPTOR [DEVICE]`. Drawings that are wanted at the same time take each step of theirs together;
what is drawn ahead waits until none is wanted now.
"""

import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from game.studio.faults import fault_of
from game.studio.wire import (
    AnyOrder,
    CancelOrder,
    DrawOrder,
    HurryOrder,
    JobReport,
    LookOrder,
    WorkerBeat,
    WorkerFailed,
    WorkerLooked,
    WorkerReady,
    encode_line,
    order_decoder,
)

if TYPE_CHECKING:
    from game.studio.draughtsman import Draughtsman

_niceness: Final = 10  # the server always wins
_beat: Final = 1.0
_most_growth: Final = 3 * 2**30
"""Bytes by which a worker may grow, beyond what it was when it had warmed up: more is a leak, and a fresh one starts small."""


class Orders:
    """Reads orders on a thread, so that they are seen while drawings go on."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._waiting: queue.Queue[AnyOrder] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        try:
            for line in self._source:
                self._waiting.put(order_decoder.decode(line))
        except Exception:  # no memory for an order, say: a worker that is deaf is of no use
            traceback.print_exc()
            os._exit(1)
        os._exit(0)  # the server is gone: nobody wants the drawings in hand either

    def take(self, *, wait: bool) -> list[AnyOrder]:
        """Those that have come since; `wait` for one at least."""
        orders = [self._waiting.get()] if wait else []
        while not self._waiting.empty():
            orders.append(self._waiting.get())
        return orders


class Desk:
    """The drawings in hand, and those to be looked at."""

    def __init__(self, artist: "Draughtsman") -> None:
        self._artist = artist
        self._now: dict[int, Iterator[JobReport | None]] = {}
        self._ahead: dict[int, Iterator[JobReport | None]] = {}
        self._looks: dict[int, Iterator[JobReport | None]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self._now and not self._ahead and not self._looks

    def obey(self, order: AnyOrder) -> None:
        """Take a drawing in hand, hurry it, or give it up."""
        match order:
            case DrawOrder():
                (self._ahead if order.ahead else self._now)[order.job] = self._artist.draw(order)
            case LookOrder():
                self._looks[order.job] = self._artist.look(order)
            case HurryOrder(job):
                if job in self._ahead:
                    self._artist.hurry(job)
                    self._now[job] = self._ahead.pop(job)
            case CancelOrder(job):
                self._now.pop(job, None)
                self._ahead.pop(job, None)
                self._looks.pop(job, None)

    def work(self) -> Iterator[JobReport]:
        """Take one step of the look that has waited the longest, and, together, one of each drawing that is wanted now.

        If none is, one of the drawing that has been ahead the longest.
        """
        poised = []
        for jobs, job in (*((self._looks, job) for job in list(self._looks)[:1]), *self._drawings()):
            try:
                report = next(jobs[job])
            except StopIteration:
                del jobs[job]
            except Exception as error:
                del jobs[job]
                yield WorkerFailed(job, f"{type(error).__name__}: {error}", fault_of(error))
            else:
                if isinstance(report, WorkerLooked):
                    del jobs[job]
                if report is not None:
                    yield report
                elif jobs is not self._looks:
                    poised.append(job)
        self._artist.step(poised)

    def _drawings(self) -> list[tuple[dict[int, Iterator[JobReport | None]], int]]:
        return [(self._now, job) for job in self._now] or [(self._ahead, job) for job in list(self._ahead)[:1]]


def _resident_bytes() -> int:
    """How much of this process lies in memory; 0 where the system, which is not Linux then, has no such file."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:
        return 0


def main() -> None:
    """Warm up, say so, then draw what is asked for until stdin closes."""
    os.nice(_niceness)
    reports = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not end up among the reports
    began = time.monotonic()
    orders = Orders(sys.stdin.buffer)

    from game.studio.draughtsman import Draughtsman

    artist = Draughtsman(*sys.argv[1:])
    reports.write(encode_line(WorkerReady(time.monotonic() - began, artist.note, artist.drawing_seconds, artist.on_gpu)))
    desk, last_beat, too_large = Desk(artist), 0.0, _resident_bytes() + _most_growth
    while True:
        if desk.is_empty and _resident_bytes() > too_large:  # between two drawings, so that none is held up
            print(f"This worker has grown by more than {_most_growth >> 20} MiB; a fresh one takes its place.", file=sys.stderr)
            os._exit(0)
        for order in orders.take(wait=desk.is_empty):
            desk.obey(order)
        for report in desk.work():
            reports.write(encode_line(report))
            if isinstance(report, WorkerFailed) and report.fault == "worker":
                os._exit(1)  # the spare goes on with all that is in hand; what is left of this process would fail at that too
        if time.monotonic() > last_beat + _beat:
            last_beat = time.monotonic()
            reports.write(encode_line(WorkerBeat()))


if __name__ == "__main__":
    main()
