"""All that is true of one room, as plain data: what can be kept, and gone on from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

import msgspec

from game.protocol.views import (
    DrawingLine,
    Highlight,
    MatchView,
    Phase,
    PodiumLine,
)
from game.rules.chance import Chance
from game.rules.clock import GameClock
from game.rules.daily import Daily
from game.rules.effects import ChatLine
from game.rules.lobby_settings import LobbySettings
from game.rules.match import Match
from game.rules.modes import MODES, Mode
from game.rules.outbox import Timers
from game.rules.players import Player
from game.rules.turn import Turn
from game.rules.turn_order import TurnOrder
from game.rules.vocabulary import Word
from game.rules.votes import Vote

SNAPSHOT_FORMAT: Final = 6


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing that the artist will make in one of its own turns; for `keep_as` see Commission."""

    word: Word
    seed: int
    keep_as: str = ""


@dataclass(slots=True)
class GameState:
    """One room's. Only the rules change it."""

    code: str
    chosen: LobbySettings
    """By the host; `settings` are those that hold."""
    chance: Chance
    custom_words: tuple[str, ...] = ()
    phase: Phase = "lobby"
    seats: dict[str, Player] = field(default_factory=dict)
    host_id: str = ""
    banned: set[str] = field(default_factory=set)
    game_id: str = ""
    order: TurnOrder = field(default_factory=lambda: TurnOrder(0, 0))
    match: Match = field(default_factory=Match)
    course: list[int] = field(default_factory=list)
    """Turn by turn, after how many milliseconds a person found the word; -1 where none did."""
    daily: Daily | None = None
    """The words of the day, in a daily game."""
    turn: Turn | None = None
    turn_number: int = 0
    used_words: list[str] = field(default_factory=list)
    """In the order in which they were chosen: a set has another order after each restart, and a game must be the same then."""
    artist_next: Sketch | None = None
    """Of the artist's next turn, chosen early so that it can be drawn ahead."""
    podium: list[PodiumLine] = field(default_factory=list)
    drawings: list[DrawingLine] = field(default_factory=list)
    highlights: list[Highlight] = field(default_factory=list)
    fastest: Highlight | None = None
    chat: list[ChatLine] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)
    """Who has reported whom, in this turn, or since the last one."""
    vote: Vote | None = None
    awaited: set[str] = field(default_factory=set)
    """After an outage: whose connections stood before it, and are not back yet."""
    stopped_by_outage: bool = False
    """The clock stands still for them, and for no other reason."""
    clock: GameClock = field(default_factory=GameClock)
    timers: Timers = field(default_factory=Timers)

    @property
    def settings(self) -> LobbySettings:
        """The room's, as its mode has them."""
        return self.chosen.in_force()

    @property
    def mode(self) -> Mode:
        """The game's."""
        return MODES[self.chosen.game_mode]

    @property
    def is_playing(self) -> bool:
        """Whether a game is under way."""
        return self.phase in ("choosing", "drawing", "result")

    @property
    def match_view(self) -> MatchView | None:
        """How people stand against the machine, where the mode counts that."""
        return self.match.view() if self.mode.counts else None


@dataclass(slots=True)
class Snapshot:
    """A state as it is kept."""

    format: int
    state: GameState


_decoder = msgspec.msgpack.Decoder(Snapshot)


def _nobody_awaited(state: dict[str, Any], older: dict[str, Any]) -> None:
    state.update(awaited=[], stopped_by_outage=False)


def _generator_to_seed(state: dict[str, Any], older: dict[str, Any]) -> None:
    """Until then a generator was kept, with all its numbers."""
    if "random" in older:  # else the decoder says that something is missing
        state["chance"] = Chance(blake2b(msgspec.msgpack.encode(older["random"]), digest_size=16).hexdigest())


_steps: Final[dict[int, Callable[[dict[str, Any], dict[str, Any]], None]]] = {4: _nobody_awaited, 5: _generator_to_seed}
"""From each older format that is still read to the next: they change the state, and are given all that was kept."""


class _Format(msgspec.Struct):
    format: int


_format_decoder = msgspec.msgpack.Decoder(_Format)


class SnapshotError(ValueError):
    """Bytes that are no snapshot of this format."""


def freeze(state: GameState) -> bytes:
    """Return all of it as bytes (msgpack)."""
    return msgspec.msgpack.encode(Snapshot(SNAPSHOT_FORMAT, state))


def thaw(data: bytes) -> GameState:
    """Return what was frozen, by this version or an earlier one. Raises SnapshotError."""
    try:
        form = _format_decoder.decode(data).format
        return _decoder.decode(data if form == SNAPSHOT_FORMAT else _of_this_format(data, form)).state
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SnapshotError(f"This is no snapshot of a room in format {SNAPSHOT_FORMAT}: {error}.") from error


def _of_this_format(data: bytes, form: int) -> bytes:
    """Take an older snapshot from format to format. Raises SnapshotError where there is no way."""
    if not min(_steps) <= form < SNAPSHOT_FORMAT:
        raise SnapshotError(f"This server reads snapshots of format {SNAPSHOT_FORMAT} and from {min(_steps)} on; this one has format {form}.")
    older = msgspec.msgpack.decode(data)
    state = older.get("state")
    if isinstance(state, dict):  # else the decoder says what is wrong with it
        for step in range(form, SNAPSHOT_FORMAT):
            _steps[step](state, older)
    return msgspec.msgpack.encode({"format": SNAPSHOT_FORMAT, "state": state})
