"""What is written to the store, as bytes for the journal: results of games, and what is to be forgotten."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import msgspec

from game.rules.effects import GameBegan, GameRecord, Kept, ReportRecord, TurnRecord


@dataclass(frozen=True, slots=True)
class ForgetPlayer:
    """Somebody wants nothing kept about them any more."""

    player_id: str


@dataclass(frozen=True, slots=True)
class ForgetDrawings:
    """Drawings are to go, all that fit what is given; scores and guesses stay.

    At least one must be given: nothing at all would be everything.
    """

    key: str = ""
    game_id: str = ""
    drawer_id: str = ""
    before: datetime | None = None

    def __post_init__(self) -> None:
        if not (self.key or self.game_id or self.drawer_id or self.before):
            raise ValueError("Which drawings are to be forgotten? A key, a game, a drawer or a time was expected; got nothing.")


Entry = Kept | ForgetPlayer | ForgetDrawings

_kinds: Final[dict[str, type[Entry]]] = {
    kind.__name__: kind for kind in (GameBegan, TurnRecord, GameRecord, ReportRecord, ForgetPlayer, ForgetDrawings)
}


class _Envelope(msgspec.Struct, frozen=True, array_like=True):
    kind: str
    at: datetime
    body: msgspec.Raw


_envelopes: Final = msgspec.msgpack.Decoder(_Envelope)
_encoder: Final = msgspec.msgpack.Encoder()


class EntryError(ValueError):
    """Bytes that are no entry that this version knows."""


def encode(entry: Entry) -> bytes:
    """An entry with the time, as msgpack."""
    return _encoder.encode(_Envelope(type(entry).__name__, datetime.now(UTC), msgspec.Raw(_encoder.encode(entry))))


def decode(data: bytes) -> tuple[Entry, datetime]:
    """The entry and when it was made. Raises EntryError."""
    try:
        envelope = _envelopes.decode(data)
        kind = _kinds[envelope.kind]
        entry: Entry = msgspec.msgpack.decode(envelope.body, type=kind)
    except KeyError as error:
        raise EntryError(f"Entries of the journal are {', '.join(_kinds)}; got {error}.") from error
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise EntryError(f"This is no entry of the journal: {error}.") from error
    return entry, envelope.at
