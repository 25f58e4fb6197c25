"""How late the event loop is: everything that the server does is late by as much."""

import asyncio
from typing import Final

from prometheus_client import Histogram

_every: Final = 0.25
_bounds: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0)


class LoopLag:
    """Asks to be called again in a quarter of a second, and looks how much later it is."""

    def __init__(self) -> None:
        self.histogram = Histogram(
            "guesstroke_loop_lag_seconds", "How much later than asked for the event loop came to a timer.", buckets=_bounds, registry=None
        )
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to look."""
        loop = asyncio.get_running_loop()
        self._wait(loop)

    def _wait(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = loop.call_later(_every, self._look, loop, loop.time() + _every)

    def _look(self, loop: asyncio.AbstractEventLoop, due: float) -> None:
        self.histogram.observe(max(0.0, loop.time() - due))
        self._wait(loop)

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
