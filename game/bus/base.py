"""The seam between rooms and sockets."""

from typing import Protocol

Payload = str | bytes


class Sink(Protocol):
    """Where one player's events go; never blocks."""

    def put(self, payload: Payload) -> None:
        """Take one encoded event."""

    def finish(self, code: int) -> None:
        """Nothing more comes: the connection closes with this code after what was put before."""


class Bus(Protocol):
    """Carries encoded events from the room that makes them to the sockets that show them."""

    def subscribe(self, room: str, player_id: str, sink: Sink) -> None:
        """Send this player's events to `sink` from now on, and no longer to an earlier one."""

    def unsubscribe(self, room: str, player_id: str, sink: Sink) -> bool:
        """Stop, unless another sink has taken the player over; return whether it was still this one."""

    def publish(self, room: str, audience: frozenset[str] | None, payload: Payload) -> None:
        """Hand the payload to the players of the audience, or to all of the room if it is None."""

    def dismiss(self, room: str, player_id: str, code: int) -> None:
        """Close the player's connection with this code, after what was published before."""
