"""The last events of a room, for players who come back after a moment away, or whose line was too slow for a while."""

from array import array
from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import Final

from game.bus.base import Payload
from game.protocol.codec import encode_ink
from game.protocol.ink import HEADER_BYTES, VERSION_BYTES
from game.rules.seats import SEAT_SECONDS

KEPT_SECONDS: Final = SEAT_SECONDS + 30
"""Who is away for longer has no seat to come back to."""
_most_events: Final = 2000
_most_bytes: Final = 256 * 1024
_largest: Final = 32 * 1024
"""A whole canvas told to its drawer must not push out what all others may have missed."""
_longest_run: Final = 8 * 1024


@dataclass(frozen=True, slots=True)
class _Logged:
    first: int
    audience: frozenset[str] | None
    content: str | bytes | None
    """None for one that is not kept."""

    @property
    def last(self) -> int:
        return self.first

    @property
    def size(self) -> int:
        return len(self.content or "")

    def since(self, version: int) -> Payload | None:
        return None if self.content is None else Payload.of(self.content, self.first)


@dataclass(slots=True)
class _Run:
    """Ink that came frame after frame, for the same players and the same canvas: kept as one, for there is so much of it."""

    first: int
    audience: frozenset[str] | None
    header: bytes
    records: bytes | bytearray
    ends: "array[int]"
    """Where in `records` each event ends."""

    @property
    def last(self) -> int:
        return self.first + len(self.ends) - 1

    @property
    def size(self) -> int:
        return len(self.records)

    def since(self, version: int) -> Payload:
        """What came after `version`, as one frame."""
        start = self.ends[version - self.first] if version >= self.first else 0
        return Payload.of(encode_ink(self.header + self.records[start:], self.last), self.last, max(self.first, version + 1))


class EventLog:
    """Keeps what a player who was away for some seconds has missed; whoever missed more needs the whole state."""

    def __init__(self) -> None:
        self._entries: deque[_Logged | _Run] = deque()
        self._bytes = 0
        self._marks: deque[tuple[float, int]] = deque()
        """Times, and the last version then."""
        self.version = 0
        """Of the last event; they are numbered from 1 without gaps."""

    def add(self, audience: frozenset[str] | None, content: str | bytes | None) -> None:
        """Log the event numbered `version + 1`; None: whoever misses it needs the whole state."""
        self.version += 1
        if isinstance(content, bytes) and len(content) <= _longest_run:
            self._add_ink(audience, content)
        else:
            entry = _Logged(self.version, audience, content if content and len(content) <= _largest else None)
            self._append(entry)
            self._bytes += entry.size
        while self._entries and (self.version - self._entries[0].last >= _most_events or self._bytes > _most_bytes):
            self._forget_first()

    def mark(self, now: float) -> None:
        """Note the time, now and then, and forget what nobody can have missed who still has a seat."""
        self._marks.append((now, self.version))
        while self._marks[0][0] < now - KEPT_SECONDS:
            _, version = self._marks.popleft()
            while self._entries and self._entries[0].last <= version:
                self._forget_first()

    def _forget_first(self) -> None:
        self._bytes -= self._entries.popleft().size

    def _append(self, entry: _Logged | _Run) -> None:
        if self._entries and isinstance(last := self._entries[-1], _Run):
            last.records = bytes(last.records)  # it goes on no more, and needs no room to grow
        self._entries.append(entry)

    def _add_ink(self, audience: frozenset[str] | None, content: bytes) -> None:
        header, records = content[VERSION_BYTES : VERSION_BYTES + HEADER_BYTES], content[VERSION_BYTES + HEADER_BYTES :]
        run = self._entries[-1] if self._entries else None
        # The same audience is the same object as a rule; one that only looks the same begins another run, which costs nothing but bytes.
        if not isinstance(run, _Run) or run.header != header or run.audience is not audience or run.size + len(records) > _longest_run:
            run = _Run(self.version, audience, header, bytearray(), array("H"))
            self._append(run)
        run.records += records
        run.ends.append(len(run.records))
        self._bytes += len(records)

    def since(self, version: int, player_id: str) -> list[Payload] | None:
        """What this player was sent after `version`, ink that came in a row as one; None if some of it is no longer here, or was never."""
        oldest = self._entries[0].first if self._entries else self.version + 1
        if not oldest - 1 <= version <= self.version:
            return None
        start = bisect_right(self._entries, version, key=lambda entry: entry.last)
        theirs = [
            self._entries[index].since(version)
            for index in range(start, len(self._entries))
            if (audience := self._entries[index].audience) is None or player_id in audience
        ]
        missed = [payload for payload in theirs if payload is not None]
        return missed if len(missed) == len(theirs) else None
