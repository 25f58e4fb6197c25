"""The seam between rooms and sockets."""

from typing import Protocol

import msgspec

from game.protocol.frames import frame_of


class Payload(msgspec.Struct, frozen=True, gc=False):
    """One encoded event, made once for all who get it."""

    content: str | bytes
    version: int
    """Its number among the room's events; 0 for an answer to one alone."""
    first: int
    """The same, but where several events have become one: the number of the first of them."""
    frame: bytes
    """The content as a whole WebSocket frame."""

    @classmethod
    def of(cls, content: str | bytes, version: int = 0, first: int | None = None) -> "Payload":
        """Frame the content."""
        return cls(content, version, version if first is None else first, frame_of(content))


class Sink(Protocol):
    """Where one player's events go; never blocks."""

    def put(self, payload: Payload) -> None:
        """Take one encoded event."""

    def finish(self, code: int) -> None:
        """Nothing more comes: the connection closes with this code after what was put before."""


class Bus(Protocol):
    """Carries encoded events from the room that makes them to the sockets that show them."""

    def subscribe(self, room: str, player_id: str, sink: Sink) -> Sink | None:
        """Send this player's events to `sink` from now on, and no longer to an earlier one, which is returned if there is one."""

    def unsubscribe(self, room: str, player_id: str, sink: Sink) -> bool:
        """Stop, unless another sink has taken the player over; return whether it was still this one."""

    def publish(self, room: str, audience: frozenset[str] | None, payload: Payload) -> None:
        """Hand the payload to the players of the audience, or to all of the room if it is None."""

    def dismiss(self, room: str, player_id: str, code: int) -> None:
        """Close the player's connection with this code, after what was published before."""
