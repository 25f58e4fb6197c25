"""What a game does to the world: events for its players, and effects that the room carries out."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from game.protocol.client_messages import ArtistOrder, ArtistShow, GameMode, Scoring, WordMode
from game.protocol.ink import InkFrame
from game.protocol.server_messages import ServerMessage
from game.protocol.turn_messages import EndReason
from game.protocol.views import PodiumLine


class Event(msgspec.Struct, frozen=True, gc=False):
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
class Manner:
    """How the AI artist draws, as the room has set it."""

    show: ArtistShow = "settled"
    order: ArtistOrder = "easy"
    style: str = "ink"
    colours: bool = True
    perceptor: str = ""
    """The model to draw with; empty: the usual one."""


@dataclass(frozen=True, slots=True)
class Commission:
    """What the AI artist is to draw, its last stroke by `seconds`; `seed` makes two drawings of one prompt differ."""

    prompt: str
    seconds: float
    seed: int
    manner: Manner = Manner()
    begun: bytes = b""
    """Ink that is on the canvas already, records as `Canvas.ink` has them: the artist goes on from it."""
    keep_as: str = ""
    """Where given, the drawing is made once and kept by this name: whoever asks for it later is shown the same."""


@dataclass(frozen=True, slots=True)
class PrepareDrawing:
    """Have the AI artist draw ahead what it will be asked for in one of its next turns; None: nothing will be wanted."""

    commission: Commission | None


@dataclass(frozen=True, slots=True)
class StartDrawing:
    """Have the AI artist draw now; its strokes come back as Ink for this turn."""

    turn: int
    commission: Commission
    canvas: int = 0
    hesitates: bool = False
    """Its strokes come as irregularly as a person's."""
    marks: int = 0
    """How many of its own are on the canvas already: the next ones are numbered from there."""


@dataclass(frozen=True, slots=True)
class SeatGuesser:
    """An AI guesser has sat down: from now on it is to be told what is meant for it, and to say what it thinks."""

    player_id: str


@dataclass(frozen=True, slots=True)
class UnseatGuesser:
    """It has gone."""

    player_id: str


@dataclass(frozen=True, slots=True)
class HoldDrawing:
    """The game is paused, or goes on: the artist's strokes wait meanwhile."""

    held: bool


@dataclass(frozen=True, slots=True)
class CancelDrawing:
    """The drawing of this turn is no longer wanted."""

    turn: int


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Close a player's connection, after what was told before this."""

    player_id: str
    reason: Literal["refused", "kicked", "banned"]


@dataclass(frozen=True, slots=True)
class GameBegan:
    """A game to be kept in the store, as its settings were at its start."""

    game_id: str
    code: str
    rounds: int
    language: str
    mode: WordMode
    scoring: Scoring
    in_gallery: bool
    """Whether everybody may see its drawings."""
    host_id: str
    host_nickname: str
    game_mode: GameMode = "party"


@dataclass(frozen=True, slots=True)
class Guesser:
    """One who could have found the word."""

    player_id: str
    nickname: str
    is_ai: bool


@dataclass(frozen=True, slots=True)
class GuessRecord:
    """A right guess: who, how soon after the turn's start, and the points."""

    player_id: str
    nickname: str
    is_ai: bool
    milliseconds: int
    points: int


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A finished turn to be kept: who drew what, the ink that stood at the end, who guessed it, who liked it."""

    key: str
    """The drawing's; see `drawing_key`."""
    game_id: str
    number: int
    round: int
    word: str
    is_own_word: bool
    """Whether the host brought the word, or a part of it, along: it may be nobody else's business."""
    drawer_id: str
    drawer_nickname: str
    drawer_is_ai: bool
    reason: EndReason
    seconds: float
    ink: bytes
    times: tuple[int, ...]
    """When each record of the ink came, in milliseconds from the turn's start."""
    drawer_points: int
    likes: int
    dislikes: int
    guesses: tuple[GuessRecord, ...]
    missed: tuple[Guesser, ...]
    for_person: int = 0
    """In a duel or an imitation: how many took it for a person's drawing that gave the word away, or for a person's hand."""
    for_machine: int = 0


@dataclass(frozen=True, slots=True)
class GameRecord:
    """A finished game to be kept: its final scores."""

    game_id: str
    podium: tuple[PodiumLine, ...]


@dataclass(frozen=True, slots=True)
class ChatLine:
    """A line that somebody said, as it was shown."""

    player_id: str
    nickname: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A player's complaint about another, with what there was to see."""

    code: str
    game_id: str
    turn: int
    reporter_id: str
    reporter_nickname: str
    player_id: str
    nickname: str
    reason: str
    ink: bytes
    """The drawing, if it was the reported player's."""
    chat: tuple[ChatLine, ...]


@dataclass(frozen=True, slots=True)
class CloseRoom:
    """Nobody has been here for a while."""


Kept = GameBegan | TurnRecord | GameRecord | ReportRecord
Drawing = PrepareDrawing | StartDrawing | HoldDrawing | CancelDrawing
Effect = SetTimer | CancelTimer | Drawing | SeatGuesser | UnseatGuesser | Dismiss | Kept | CloseRoom
Outcome = Event | Effect
