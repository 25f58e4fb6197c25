"""A worker process: owns an Artist, takes orders on stdin, reports on stdout. torch lives here and nowhere else.

Run as `python -m game.studio.worker PERCEPTOR`.
"""

import os
import queue
import sys
import threading
import time
from typing import BinaryIO

from game.studio.wire import (
    CancelOrder,
    DrawOrder,
    WorkerDone,
    WorkerFailed,
    WorkerReady,
    WorkerStroke,
    encode_line,
    order_decoder,
)

_niceness = 10  # the server always wins


class Orders:
    """Reads orders on a thread, so that a cancellation is seen while a drawing goes on."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._waiting: queue.Queue[DrawOrder | None] = queue.Queue()
        self._cancelled: set[int] = set()
        self._newest = 0
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._source:
            order = order_decoder.decode(line)
            if isinstance(order, CancelOrder):
                self._cancelled.add(order.job)
            else:
                self._newest = order.job
                self._waiting.put(order)
        os._exit(0)  # the server is gone: nobody wants the drawing in hand either

    def next(self) -> DrawOrder | None:
        """Wait for the next drawing."""
        return self._waiting.get()

    def is_wanted(self, job: int) -> bool:
        """Whether the job is neither cancelled nor followed by another."""
        return job not in self._cancelled and job == self._newest


def main() -> None:
    """Warm up, say so, then draw what is asked for until stdin closes."""
    os.nice(_niceness)
    reports = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not end up among the reports
    began = time.monotonic()
    orders = Orders(sys.stdin.buffer)

    from ai_artist.artist import Artist, slowness

    artist = Artist.load(sys.argv[1], threads=1)
    note = slowness(sys.argv[1], artist.warm_up())
    reports.write(encode_line(WorkerReady(time.monotonic() - began, note)))
    while (order := orders.next()) is not None:
        _draw(artist, order, orders, reports)


def _draw(artist: "Artist", order: DrawOrder, orders: Orders, reports: BinaryIO) -> None:  # type: ignore[name-defined]  # noqa: F821
    from ai_artist.budget import Seconds

    similarity = 0.0
    try:
        for settled in artist.draw(order.word, Seconds(order.seconds), order.seed, wanted=lambda: orders.is_wanted(order.job)):
            stroke = settled.stroke
            reports.write(encode_line(WorkerStroke(order.job, stroke.points, stroke.width, stroke.rgba)))
            similarity = settled.similarity
    except Exception as error:
        reports.write(encode_line(WorkerFailed(order.job, f"{type(error).__name__}: {error}")))
        return
    reports.write(encode_line(WorkerDone(order.job, similarity)))


if __name__ == "__main__":
    main()
