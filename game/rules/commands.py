"""What happens to a game: everything that a room may tell its rules."""

from dataclasses import dataclass

import msgspec

from game.protocol.client_messages import AnyClientMessage, Role
from game.protocol.ink import InkFrame
from game.protocol.server_messages import NoticeKind


@dataclass(frozen=True, slots=True)
class Open:
    """The room is open; nobody is in it yet."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """The room stands again, as a snapshot had it: its server was away, and with it all connections."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Something about the server that those in the room should know."""

    notice: NoticeKind


@dataclass(frozen=True, slots=True)
class Broadcast:
    """The server's owner has something to say to everybody."""

    text: str


@dataclass(frozen=True, slots=True)
class SendAway:
    """The server's owner sends a player away, the host too; `banned`: from the whole server, which sees to it at its door."""

    player_id: str
    banned: bool


@dataclass(frozen=True, slots=True)
class Join:
    """A player opens a connection, for the first time or again."""

    player_id: str
    nickname: str
    avatar: str = ""
    role: Role = "player"
    password: str = ""
    address: str = ""
    """Where the connection comes from, in whatever form: only compared."""
    epoch: str = ""
    """The room's, told in the welcome."""
    resumes: bool = False
    """Whether the player has just been sent all events that were missed, and needs no welcome."""


@dataclass(frozen=True, slots=True)
class Disconnect:
    """A player's connection closed; the seat is kept for a while."""

    player_id: str


@dataclass(frozen=True, slots=True)
class Refresh:
    """A player who is here has missed more than can be told one by one, and needs everything anew. `epoch`: the room's."""

    player_id: str
    epoch: str


class Act(msgspec.Struct, frozen=True, gc=False):
    """A player sent a message."""

    player_id: str
    message: AnyClientMessage


class Ink(msgspec.Struct, frozen=True, gc=False):
    """A player, person or program, sent ink."""

    player_id: str
    frame: InkFrame


@dataclass(frozen=True, slots=True)
class InkLost:
    """Ink of a player's did not get here: it was refused on its way."""

    player_id: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The timer that effect SetTimer armed under this name, with this serial."""

    name: str
    serial: int


@dataclass(frozen=True, slots=True)
class ArtistStarted:
    """The studio begins to draw for this turn."""

    turn: int
    sureness: float | None = None
    """How sure it is that the drawing can be recognised, 0..1."""


@dataclass(frozen=True, slots=True)
class ArtistFinished:
    """The drawing of this turn is complete."""

    turn: int


@dataclass(frozen=True, slots=True)
class ArtistFailed:
    """The studio gave up this turn's drawing."""

    turn: int


@dataclass(frozen=True, slots=True)
class ArtistThought:
    """How close the artist finds its drawing of this turn to the word, -1..1."""

    turn: int
    similarity: float


@dataclass(frozen=True, slots=True)
class GuesserThought:
    """An AI guesser has looked at the canvas: the likeliest words, each with its probability, the likeliest first."""

    player_id: str
    turn: int
    words: tuple[tuple[str, float], ...]


ArtistReport = ArtistStarted | ArtistFinished | ArtistFailed | ArtistThought
Command = (
    Open | Reopen | Announce | Broadcast | SendAway | Join | Disconnect | Refresh | Act | Ink | InkLost | TimerFired | ArtistReport | GuesserThought
)
