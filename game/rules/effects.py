"""What a game does to the world: events for its players, and effects that the room carries out."""

from dataclasses import dataclass

from game.protocol.ink import InkFrame
from game.protocol.server_messages import EndReason, PodiumLine, ServerMessage


@dataclass(frozen=True, slots=True)
class Event:
    """A message or ink for some players; `audience` None means everybody in the room."""

    message: ServerMessage | InkFrame
    audience: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Send TimerFired(name, serial) at `at` (the clock of `now`); replaces the timer of the same name."""

    name: str
    at: float
    serial: int


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """Forget the timer of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class StartDrawing:
    """Have the AI artist draw `word` within `seconds`; its strokes come back as Ink for this turn."""

    turn: int
    word: str
    seconds: float
    seed: int


@dataclass(frozen=True, slots=True)
class CancelDrawing:
    """The drawing of this turn is no longer wanted."""

    turn: int


@dataclass(frozen=True, slots=True)
class GameBegan:
    """A game to be kept in the store."""

    game_id: str
    code: str
    rounds: int


@dataclass(frozen=True, slots=True)
class GuessRecord:
    """A right guess: who, how soon after the turn's start (seconds), and the points."""

    player_id: str
    nickname: str
    is_ai: bool
    seconds: float
    points: int


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A finished turn to be kept: who drew what, the ink that stood at the end, who guessed it."""

    game_id: str
    number: int
    round: int
    word: str
    drawer_id: str
    drawer_nickname: str
    drawer_is_ai: bool
    reason: EndReason
    seconds: float
    ink: bytes
    drawer_points: int
    guesses: tuple[GuessRecord, ...]


@dataclass(frozen=True, slots=True)
class GameRecord:
    """A finished game to be kept: its final scores."""

    game_id: str
    podium: tuple[PodiumLine, ...]


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """Nobody has been here for a while."""


Effect = SetTimer | CancelTimer | StartDrawing | CancelDrawing | GameBegan | TurnRecord | GameRecord | CloseRoom
Outcome = Event | Effect
