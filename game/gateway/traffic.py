"""What passes the gateway, in plain numbers: adding one to an integer is all that the way of a stroke can afford. /metrics reads them."""

import time
from collections import Counter
from typing import Final

from prometheus_client import Histogram

TIMED: Final = 64
"""Of so many frames of ink that are handed on one is timed: looking at the clock again costs more than counting."""
_bounds: Final = (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


class Traffic:
    """One for all connections of a server."""

    __slots__ = ("behind", "cut_off", "ink", "ink_handed_on", "ink_latency", "left_out", "messages")

    def __init__(self) -> None:
        self.ink = 0
        """Frames of ink that came."""
        self.ink_handed_on = 0
        """To the rooms: those that go on with one stroke may have become one."""
        self.ink_latency = Histogram(
            "guesstroke_ink_latency_seconds",
            f"From the coming of a frame of ink until it was handed to every line, one frame in {TIMED}.",
            buckets=_bounds,
            registry=None,
        )
        self.messages: Counter[type] = Counter()
        """What else came and was understood, by its class in game/protocol/client_messages.py."""
        self.behind = 0
        """How often a line took too little, so that things were left out for it."""
        self.left_out = 0
        """Events that were; those who fell behind were told them later, together."""
        self.cut_off: Counter[int] = Counter()
        """Connections that the server closed for what they did, by close code."""

    def time_ink(self, came: float) -> None:
        """A frame of ink that came at `came` (time.monotonic's) is with every line now."""
        self.ink_latency.observe(time.monotonic() - came)
