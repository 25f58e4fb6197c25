"""The last events of a room, for players who come back after a moment away."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from game.bus.base import Payload

_most_events: Final = 2000
_most_bytes: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Logged:
    version: int
    audience: frozenset[str] | None
    payload: Payload


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
        self._events.append(_Logged(self.version, audience, payload))
        self._bytes += len(payload)
        while len(self._events) > _most_events or self._bytes > _most_bytes:
            self._bytes -= len(self._events.popleft().payload)

    def since(self, version: int, player_id: str) -> list[Payload] | None:
        """What this player was sent after `version`; None if some of it is no longer here, or was never."""
        oldest = self._events[0].version if self._events else self.version + 1
        if not oldest - 1 <= version <= self.version:
            return None
        return [event.payload for event in self._events if event.version > version and (event.audience is None or player_id in event.audience)]
