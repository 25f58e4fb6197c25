"""What the server says, as JSON objects told apart by their `type`.

Every message but `error` travels with the room's event `version`, which the codec puts beside these fields. A message
never carries more than its audience may know: the secret word is only in `choices`, `secret_word` and `turn_ended`, and in
the `word` of a welcome to one who knows it.
"""

from typing import Literal

import msgspec

Phase = Literal["lobby", "choosing", "drawing", "result", "podium"]
EndReason = Literal["all_guessed", "time_up", "drawer_left", "artist_failed", "not_enough_players"]
ErrorCode = Literal[
    "junk",
    "unknown_type",
    "bad_field",
    "too_long",
    "off_canvas",
    "too_many_points",
    "not_your_turn",
    "not_now",
    "not_host",
    "bad_nickname",
    "bad_settings",
    "bad_word",
    "room_full",
    "no_such_room",
    "wrong_protocol",
    "hello_first",
    "too_fast",
    "canvas_full",
]


class ServerMessage(msgspec.Struct, frozen=True, tag_field="type"):
    """Base of all."""


class PlayerView(msgspec.Struct, frozen=True):
    """A player as everybody sees it. `is_ai` players draw or guess by program."""

    id: str
    nickname: str
    score: int
    connected: bool
    is_ai: bool
    guessed: bool
    """Has guessed this turn's word."""


class SettingsView(msgspec.Struct, frozen=True):
    """The room's settings with every value filled in."""

    rounds: int
    draw_seconds: int
    max_players: int
    hints: int
    human_turns_per_artist_turn: int
    """The artist draws once before every so many human turns; 0: never (unless somebody plays alone)."""


class TurnView(msgspec.Struct, frozen=True):
    """The turn in hand, for one who comes in now."""

    turn: int
    """Counts from 1 through the game; ink frames carry it."""
    round: int
    drawer_id: str
    remaining_ms: int
    seconds: float
    """How long the phase in hand lasts in all."""
    blanks: str
    """The word with `_` for each letter not revealed; empty while it is being chosen."""


class ScoreLine(msgspec.Struct, frozen=True):
    """What a player gained in a turn, and has in all."""

    player_id: str
    gained: int
    total: int


class PodiumLine(msgspec.Struct, frozen=True):
    """A player's place at the game's end."""

    player_id: str
    nickname: str
    score: int
    rank: int
    """1 is best; equal scores share a rank."""
    is_ai: bool


class Welcome(ServerMessage, frozen=True, tag="welcome"):
    """Answers `hello`: who you are and all that you may know of the room. Ink already on the canvas follows as ink frames."""

    protocol: int
    you: str
    token: str
    code: str
    invite_url: str
    phase: Phase
    host_id: str
    settings: SettingsView
    players: list[PlayerView]
    turn: TurnView | None = None
    word: str | None = None
    choices: list[str] | None = None
    podium: list[PodiumLine] | None = None


class ErrorMessage(ServerMessage, frozen=True, tag="error"):
    """Something you sent was refused and changed nothing. `message` is a sentence for people."""

    code: ErrorCode
    message: str


class PlayerJoined(ServerMessage, frozen=True, tag="player_joined"):
    """Somebody new sits down."""

    player: PlayerView


class PlayerConnection(ServerMessage, frozen=True, tag="player_connection"):
    """A player's connection went away or came back; the seat is kept."""

    player_id: str
    connected: bool


class PlayerLeft(ServerMessage, frozen=True, tag="player_left"):
    """Somebody's seat is free."""

    player_id: str


class HostChanged(ServerMessage, frozen=True, tag="host_changed"):
    """Somebody else is the host now."""

    player_id: str


class SettingsChanged(ServerMessage, frozen=True, tag="settings_changed"):
    """The host changed the settings."""

    settings: SettingsView


class GameStarted(ServerMessage, frozen=True, tag="game_started"):
    """The game begins; all scores are 0."""

    rounds: int
    players: list[PlayerView]


class TurnChoosing(ServerMessage, frozen=True, tag="turn_choosing"):
    """A person is choosing a word."""

    turn: int
    round: int
    drawer_id: str
    seconds: float


class Choices(ServerMessage, frozen=True, tag="choices"):
    """To the drawer alone: pick one. The first is taken when the time is up."""

    words: list[str]
    seconds: float


class TurnStarted(ServerMessage, frozen=True, tag="turn_started"):
    """The canvas is empty and the clock runs."""

    turn: int
    round: int
    drawer_id: str
    seconds: float
    blanks: str


class SecretWord(ServerMessage, frozen=True, tag="secret_word"):
    """To the drawer, and to each who has guessed."""

    word: str


class Hint(ServerMessage, frozen=True, tag="hint"):
    """One more letter is shown."""

    blanks: str


class Chat(ServerMessage, frozen=True, tag="chat"):
    """Somebody said something. `whisper`: only the drawer and those who know the word hear it."""

    player_id: str
    text: str
    whisper: bool = False


class CloseGuess(ServerMessage, frozen=True, tag="close_guess"):
    """To the guesser alone: one letter away."""

    text: str


class Guessed(ServerMessage, frozen=True, tag="guessed"):
    """Somebody found the word. `place` counts from 1."""

    player_id: str
    place: int
    gained: int


class TurnEnded(ServerMessage, frozen=True, tag="turn_ended"):
    """The word is told."""

    turn: int
    word: str
    reason: EndReason
    scores: list[ScoreLine]
    seconds: float
    """Until what comes next."""


class GameEnded(ServerMessage, frozen=True, tag="game_ended"):
    """Everybody by rank, best first."""

    podium: list[PodiumLine]


class BackToLobby(ServerMessage, frozen=True, tag="back_to_lobby"):
    """The host wants another game."""

    players: list[PlayerView]


class ArtistStatus(ServerMessage, frozen=True, tag="artist_status"):
    """What the AI artist is about: getting ready, drawing, or done with so many strokes."""

    status: Literal["thinking", "drawing", "finished"]
    strokes: int
