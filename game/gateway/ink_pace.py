"""How long ink may wait for more of its stroke: not at all while the server has time, and until the next message of it under strain.

What one who draws sends goes to everybody else in the room, so nearly all of a busy server's work is handing small pieces of strokes on.
A page sends one every 33 ms. Two that are handed on as one cost little more than one alone, and the first of them is late by those 33 ms.
"""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

_wanted: Final = 0.88
"""Of a core: while the server has more to do, ever more ink waits; while it has less, ever less, and most often none."""
_more: Final = 1.5
_less: Final = 0.5
"""How much more or less waits after each look, times the share of a core by which there was too much or too little to do. While there is too much,
all that comes is late: so more soon, and less slowly."""
_look_every: Final = 0.1
_least: Final = 0.05
"""A smaller share saves nothing, and would make the slowest messages of a calm server late."""
LONGEST: Final = 0.035
"""Seconds that ink waits for more: a little longer than pages take between two messages."""
_tick: Final = 0.005


class Waiter(Protocol):
    """Who has ink that waits."""

    def overdue(self, came: float) -> None:
        """Hand on what came at that time, if it still waits."""


class InkPace:
    """One for all connections of a server. `busy_seconds` tells how long the loop's thread has worked so far."""

    def __init__(self, busy_seconds: Callable[[], float] = time.thread_time) -> None:
        self._busy_seconds = busy_seconds
        self._looked, self._worked = time.monotonic(), busy_seconds()
        self._wanting = self.share = 0.0
        """How much of the ink waits for more."""
        self._waiting: deque[tuple[float, Waiter]] = deque()

    def lets_wait(self, waiter: Waiter, now: float) -> bool:
        """Whether ink that has just come shall wait; then `waiter.overdue` is called in time. `now` is time.monotonic's."""
        if now - self._looked >= _look_every:
            self._look(now)
        if not self.share or random.random() >= self.share:
            return False
        if not self._waiting:
            asyncio.get_running_loop().call_later(LONGEST, self._look_for_more)
        self._waiting.append((now, waiter))
        return True

    def _look(self, now: float) -> None:
        worked = self._busy_seconds()
        load = (worked - self._worked) / (now - self._looked)
        self._looked, self._worked = now, worked
        excess = load - _wanted
        self._wanting = min(1.0, max(0.0, self._wanting + excess * (_more if excess > 0 else _less)))
        self.share = self._wanting if self._wanting >= _least else 0.0

    def _look_for_more(self) -> None:
        """Let the loop read once more what has come, for it may be what is waited for: a loop that lags and did not would have ever more to send."""
        loop = asyncio.get_running_loop()
        loop.call_soon(loop.call_soon, self._release_due, time.monotonic() - LONGEST)

    def _release_due(self, until: float) -> None:
        """All at one go every few milliseconds: a timer for each would cost more than the waiting saves."""
        try:
            while self._waiting and self._waiting[0][0] <= until:
                came, waiter = self._waiting.popleft()
                waiter.overdue(came)
        finally:  # a bug in one room must not keep the others' ink
            if self._waiting:
                asyncio.get_running_loop().call_later(max(_tick, self._waiting[0][0] + LONGEST - time.monotonic()), self._look_for_more)
