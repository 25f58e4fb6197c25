"""What goes to one player, at the pace at which the player's line takes it."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from game.bus.base import Payload
from game.gateway.traffic import Traffic
from game.protocol.close_codes import TOO_SLOW

HIGH_WATER: Final = 64 * 1024
"""Bytes that may wait for a line; when more do, nothing is added until few are left."""
LOW_WATER: Final = 8 * 1024
_patience: Final = 20.0
"""Seconds in which a line has to take something of what waits."""


class Line(Protocol):
    """A connection as what goes out sees it; never blocks. It says `pause` when too much waits, and `resume` when little does."""

    @property
    def write(self) -> Callable[[bytes], object]:
        """Sends one frame after those before; the same function for as long as the line is."""

    def end(self, code: int) -> None:
        """Close with this code after what was written."""

    @property
    def waiting(self) -> int:
        """Bytes that were written and not taken yet."""


class Outgoing:
    """A Sink that leaves out what a slow line cannot take, and makes up for it: a slow player costs neither memory nor the others' time.

    Who has fallen behind is like one who was away: once the line has taken what waits, the room sends what was missed since, strokes
    merged, or all anew. A line that takes nothing for long is closed.
    """

    # One for each connection, and touched for each stroke: what it holds lies together.
    __slots__ = ("_catch_up", "_giving_up", "_is_taking", "_line", "_seen", "_traffic", "_write", "is_behind", "is_finished")

    def __init__(self, line: Line, catch_up: Callable[["Outgoing", int], None], traffic: Traffic | None = None) -> None:
        """`catch_up` is given the last event that was not left out, when the line takes more again."""
        self._line, self._write, self._catch_up, self._traffic = line, line.write, catch_up, traffic or Traffic()
        self._is_taking = True
        self._seen: int | None = None
        """The last event before the first that was left out; None if none was."""
        self.is_behind = False
        self._giving_up: asyncio.TimerHandle | None = None
        self.is_finished = False

    def put(self, payload: Payload) -> None:
        """See Sink."""
        if self._is_taking:
            self._write(payload.frame)
        elif not self.is_finished:
            self._leave_out(payload)

    def _leave_out(self, payload: Payload) -> None:
        self._traffic.left_out += 1
        if self._seen is None and payload.version:
            self._seen = payload.first - 1

    def finish(self, code: int) -> None:
        """See Sink."""
        if not self.is_finished:
            self.is_finished, self._is_taking = True, False
            self._line.end(code)

    def pause(self) -> None:
        """Too much waits for the line."""
        if not self.is_behind:
            self.is_behind, self._is_taking = True, False
            self._traffic.behind += 1
            self._watch()

    def resume(self) -> None:
        """The line has taken nearly all."""
        self.is_behind, self._is_taking = False, not self.is_finished
        self._stop_watching()
        if self._seen is not None and not self.is_finished:
            seen, self._seen = self._seen, None
            self._catch_up(self, seen)

    def _watch(self) -> None:
        self._giving_up = asyncio.get_running_loop().call_later(_patience, self._judge, self._line.waiting)

    def _judge(self, waited: int) -> None:
        """A slow line is waited for as long as it takes something, a whole canvas on a telephone's, say."""
        if self._line.waiting < waited:
            self._watch()
        else:
            self._traffic.cut_off[TOO_SLOW] += 1
            self.finish(TOO_SLOW)

    def stop(self) -> None:
        """The player has gone: nobody has to be given up, and nothing caught up with."""
        self._stop_watching()
        self._catch_up = _misses_nothing  # and what caught up holds on to this no longer, nor this to it: the collector rarely looks for circles

    def _stop_watching(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None


def _misses_nothing(outgoing: Outgoing, seen: int) -> None:
    """For who has gone."""
