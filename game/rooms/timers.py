"""A room's named timers on the event loop's clock, which is monotonic: what becomes of the wall clock is nothing to them."""

import asyncio
from collections.abc import Callable

from game.rules.commands import TimerFired
from game.rules.effects import CancelTimer, SetTimer


class Timers:
    """Carries out SetTimer and CancelTimer; when one is due, `fire` gets its TimerFired."""

    def __init__(self, fire: Callable[[TimerFired], None], behind: float = 0.0) -> None:
        """`behind`: seconds by which the room's clock is behind the loop's."""
        self._fire, self._behind = fire, behind
        self._handles: dict[str, asyncio.TimerHandle] = {}

    def set(self, timer: SetTimer) -> None:
        """Arm a timer, replacing the one of the same name."""
        self.cancel(CancelTimer(timer.name))
        loop = asyncio.get_running_loop()
        self._handles[timer.name] = loop.call_at(timer.at + self._behind, self._fire, TimerFired(timer.name, timer.serial))

    def cancel(self, timer: CancelTimer) -> None:
        """Disarm a timer, if it is armed."""
        handle = self._handles.pop(timer.name, None)
        if handle is not None:
            handle.cancel()

    def cancel_all(self) -> None:
        """Disarm everything: the room closes."""
        for handle in self._handles.values():
            handle.cancel()
        self._handles.clear()
