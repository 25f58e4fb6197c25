"""What nodes say to each other: msgpack, a tagged array each.

An *edge* is the node that a player's socket is at, the *owner* the one that the room stands on. A *seat* is the edge's number for one
connection to a room elsewhere, never used again; whoever gets a message knows its sender.
"""

from typing import Final

import msgspec

from game.protocol.client_messages import Budget, Role


class Enter(msgspec.Struct, frozen=True, array_like=True, tag="enter", gc=False):
    """Edge to owner: somebody at the door, for the first time or once more; see Admission."""

    seat: int
    attempt: int
    """Counted by the edge for each seat: what the owner sent before it heard of the last one is sent again after."""
    code: str
    player_id: str
    nickname: str
    avatar: str
    role: Role
    password: str
    address: str
    epoch: str
    seen: int


class Said(msgspec.Struct, frozen=True, array_like=True, tag="said", gc=False):
    """Edge to owner: a checked message of a player's, as JSON."""

    seat: int
    message: bytes


class Drew(msgspec.Struct, frozen=True, array_like=True, tag="drew", gc=False):
    """Edge to owner: a checked ink frame of a player's."""

    seat: int
    data: bytes


class InkGone(msgspec.Struct, frozen=True, array_like=True, tag="ink_gone", gc=False):
    """Edge to owner: ink of a player's was refused on its way."""

    seat: int


class Behind(msgspec.Struct, frozen=True, array_like=True, tag="behind", gc=False):
    """Edge to owner: a player's line could not take all what came after this version."""

    seat: int
    seen: int


class Departed(msgspec.Struct, frozen=True, array_like=True, tag="departed", gc=False):
    """Edge to owner: a connection ended; `has_left`: for good."""

    seat: int
    has_left: bool


class Entered(msgspec.Struct, frozen=True, array_like=True, tag="entered", gc=False):
    """Owner to edge: the seat is known, and these are the epoch of the room's events and the fence of its owner."""

    seat: int
    attempt: int
    epoch: str
    fence: int


class Event(msgspec.Struct, frozen=True, array_like=True, tag="event", gc=False):
    """Owner to edge: one encoded event for these seats. `first`: see Payload."""

    seats: tuple[int, ...]
    fence: int
    version: int
    first: int
    content: bytes
    is_text: bool
    """A JSON message's characters; else it is ink."""


class Finished(msgspec.Struct, frozen=True, array_like=True, tag="finished", gc=False):
    """Owner to edge: close the connection with this code, after what was sent before."""

    seat: int
    fence: int
    code: int


class Unknown(msgspec.Struct, frozen=True, array_like=True, tag="unknown", gc=False):
    """Owner to edge: the room of this seat is not here, or the seat not known."""

    seat: int


class Moved(msgspec.Struct, frozen=True, array_like=True, tag="moved", gc=False):
    """To all: this room stands on the sender's node from now on."""

    code: str
    fence: int


class Take(msgspec.Struct, frozen=True, array_like=True, tag="take", gc=False):
    """To a new owner: this room was handed over to you."""

    code: str


class WhoSeats(msgspec.Struct, frozen=True, array_like=True, tag="who_seats", gc=False):
    """To all: say whether a room of yours has a seat for this player."""

    number: int
    player_id: str


class Seats(msgspec.Struct, frozen=True, array_like=True, tag="seats", gc=False):
    """The answer to WhoSeats with this number."""

    number: int
    is_seated: bool


class Used(msgspec.Struct, frozen=True, array_like=True, tag="used", gc=False):
    """To all: a player at this address has used up one of a budget."""

    budget: Budget
    player_id: str
    address: str


class Proclaimed(msgspec.Struct, frozen=True, array_like=True, tag="proclaimed", gc=False):
    """To all: what the servers' owner says to everybody."""

    text: str


class Banished(msgspec.Struct, frozen=True, array_like=True, tag="banished", gc=False):
    """To all: the servers' owner has banned these players."""

    player_ids: tuple[str, ...]


_ToOwner = Enter | Said | Drew | InkGone | Behind | Departed
_ToEdge = Entered | Event | Finished | Unknown | Moved
_ToNode = Take | WhoSeats | Seats | Used | Proclaimed | Banished
NodeMessage = _ToOwner | _ToEdge | _ToNode

_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final[msgspec.msgpack.Decoder[NodeMessage]] = msgspec.msgpack.Decoder(NodeMessage)


def encode(message: NodeMessage) -> bytes:
    """One message."""
    return _encoder.encode(message)


def decode(data: bytes) -> NodeMessage:
    """The message again. Raises msgspec.DecodeError: nodes of one cluster are of one version."""
    return _decoder.decode(data)
