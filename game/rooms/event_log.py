"""The last events of a room, for players who come back after a moment away."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from game.bus.base import Payload

_most_events: Final = 2000
_most_bytes: Final = 256 * 1024
_largest: Final = 32 * 1024
"""A whole canvas told to its drawer must not push out what all others may have missed."""


@dataclass(frozen=True, slots=True)
class _Logged:
    version: int
    audience: frozenset[str] | None
    payload: Payload | None
    """None for one too large to be kept."""


class EventLog:
    """Keeps what a player who was away for some seconds has missed; whoever missed more needs the whole state."""

    def __init__(self) -> None:
        self._events: deque[_Logged] = deque()
        self._bytes = 0
        self.version = 0
        """Of the last event; they are numbered from 1 without gaps."""

    def add(self, audience: frozenset[str] | None, payload: Payload) -> None:
        """Log the event numbered `version + 1`."""
        self.version += 1
        kept = payload if len(payload) <= _largest else None
        self._events.append(_Logged(self.version, audience, kept))
        self._bytes += len(kept or "")
        while len(self._events) > _most_events or self._bytes > _most_bytes:
            self._bytes -= len(self._events.popleft().payload or "")

    def since(self, version: int, player_id: str) -> list[Payload] | None:
        """What this player was sent after `version`; None if some of it is no longer here, or was never."""
        oldest = self._events[0].version if self._events else self.version + 1
        if not oldest - 1 <= version <= self.version:
            return None
        theirs = [event.payload for event in self._events if event.version > version and (event.audience is None or player_id in event.audience)]
        missed = [payload for payload in theirs if payload is not None]
        return missed if len(missed) == len(theirs) else None
