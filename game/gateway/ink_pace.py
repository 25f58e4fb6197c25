"""How long ink may wait for more of its stroke: not at all while the server has time, and until the next message of it under strain.

What one who draws sends goes to everybody else in the room, so nearly all of a busy server's work is handing small pieces of strokes on.
A page sends one every 33 ms. Two that are handed on as one cost little more than one alone, and the first of them is late by those 33 ms.

What has come is read first; what has waited for its second goes with it, at once; and in what time is left then the others go, the newest first:
theirs would be the longest wait, and the oldest have their second all but there. That could take all the time there is, so there are pauses
where the core is nearly full. Only there: what comes while others wait has to wait too, so that with pauses one short stop would last for good.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

_at_once: Final = 0.0005
"""A handful: what comes meanwhile is soon read."""
_many: Final = 64
"""So many are soon handed on. Where more wait and the core is nearly full, the artist, who works on the same machine, needs some of it:"""
_pause: Final = 0.005
"""seconds from one handful to the next. With less the core is full earlier."""
NEARLY_FULL: Final = 0.8
"""The share of a core that the loop's thread uses."""
_window: Final = 0.02
"""Seconds over which it is measured: the time of some handfuls and pauses."""
LONGEST: Final = 0.035
"""Seconds that ink waits for more, a little longer than pages take between two messages; and then until the loop has looked twice."""


class Waiter(Protocol):
    """Who has ink that waits."""

    def hand_on(self, came: float) -> None:
        """Hand on what came at that time, if it still waits."""


class InkPace:
    """One for all connections of a server. All times are time.monotonic's."""

    def __init__(self, at_once: float = _at_once, cpu_seconds: Callable[[], float] = time.thread_time) -> None:
        """`at_once`: seconds of handing on single pieces, before the loop looks what else has come; `cpu_seconds`: what its thread has used."""
        self._at_once = at_once
        self._cpu_seconds = cpu_seconds
        self._measured, self._used = time.monotonic(), cpu_seconds()
        self._share = 0.0
        """As measured last."""
        self._waiting: deque[tuple[float, Waiter]] = deque()
        """In the order in which it came; some has gone since."""
        self._until = 0.0
        """When the loop shall look again."""
        self._looked = 0.0
        """What had come by then, has been read."""
        self._is_called = False

    def lets_wait(self, waiter: Waiter, now: float) -> bool:
        """Whether ink that has just come shall wait; then `waiter.hand_on` is called in time."""
        if not self._is_called:
            self._let_it_look(now)
        if not self._waiting and now < self._until:
            return False
        self._waiting.append((now, waiter))
        return True

    def _let_it_look(self, now: float, pause: float = 0.0) -> None:
        self._is_called, self._until = True, now + self._at_once
        asyncio.get_running_loop().call_later(pause, self._go_on)  # of 0: in the next pass

    def _measure(self, now: float) -> None:
        if now - self._measured > _window:
            used = self._cpu_seconds()
            self._share = (used - self._used) / (now - self._measured)
            self._measured, self._used = now, used

    def _go_on(self) -> None:
        """The loop has read, since it was here last, what had come by then."""
        self._is_called = False
        if not self._waiting:
            return
        now, looked = time.monotonic(), self._looked
        self._looked = now
        self._measure(now)
        # First, for a bug in one room must not keep the others' ink.
        self._let_it_look(now, _pause if len(self._waiting) > _many and self._share > NEARLY_FULL else 0.0)
        # What waits too long goes only if it did when the loop was here last: its second may have been read since. A loop that lags, and did
        # not look, would have ever more to hand on.
        while self._waiting and self._waiting[0][0] <= looked - LONGEST:
            came, waiter = self._waiting.popleft()
            waiter.hand_on(came)
        while self._waiting and time.monotonic() < self._until:
            came, waiter = self._waiting.pop()
            waiter.hand_on(came)
