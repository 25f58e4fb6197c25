"""Players of this node's rooms whose sockets are at other nodes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.bus.base import Payload, Sink
from game.bus.local import LocalBus
from game.cluster.wire import Event, Finished, encode
from game.rooms.door import Door

Send = Callable[[str, bytes], None]
"""Sends a frame to a node."""


@dataclass(eq=False, slots=True)
class Guest:
    """A Sink: one player's connection at another node."""

    node: str
    seat: int
    player_id: str
    room: Door
    fence: int
    send: Send
    on_finished: Callable[["Guest"], object]

    def put(self, payload: Payload) -> None:
        """See Sink."""
        _tell(self.send, self.node, (self.seat,), self.fence, payload)

    def finish(self, code: int) -> None:
        """See Sink."""
        self.send(self.node, encode(Finished(self.seat, self.fence, code)))
        self.on_finished(self)


@dataclass(eq=False, slots=True)
class Guests:
    """A Sink: several players at one node, who get one event in one message."""

    of: Sequence[Guest]
    seats: tuple[int, ...]

    def put(self, payload: Payload) -> None:
        """See Sink."""
        first = self.of[0]
        _tell(first.send, first.node, self.seats, first.fence, payload)

    def finish(self, code: int) -> None:
        """See Sink."""
        for guest in self.of:
            guest.finish(code)


class SharedBus(LocalBus):
    """A local bus, where what goes to several players at one other node goes there once."""

    def _sinks(self, room: str, audience: frozenset[str] | None) -> list[Sink]:
        here: list[Sink] = []
        elsewhere: dict[str, list[Guest]] = {}
        for sink in super()._sinks(room, audience):
            if isinstance(sink, Guest):
                elsewhere.setdefault(sink.node, []).append(sink)
            else:
                here.append(sink)
        return here + [Guests(those, tuple(guest.seat for guest in those)) for those in elsewhere.values()]

    def here(self, room: str) -> list[Sink]:
        """The connections at this node."""
        return [sink for sink in self._rooms.get(room, {}).values() if not isinstance(sink, Guest)]

    def forget(self, room: str) -> None:
        """Send nothing of this room any more."""
        self._last.pop(room, None)
        self._rooms.pop(room, None)


def _tell(send: Send, node: str, seats: tuple[int, ...], fence: int, payload: Payload) -> None:
    content = payload.content
    is_text = isinstance(content, str)
    data = content.encode() if isinstance(content, str) else content
    send(node, encode(Event(seats, fence, payload.version, payload.first, data, is_text)))
