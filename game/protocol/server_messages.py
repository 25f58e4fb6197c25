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
    "junk", "unknown_type", "bad_field", "too_long", "off_canvas", "too_many_points", "not_your_turn", "not_now", "not_host",
    "bad_nickname", "bad_settings", "bad_word", "room_full", "no_such_room", "wrong_protocol", "hello_first", "too_fast", "canvas_full",
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
    blanks: str
    """The word with `_` for each letter not revealed; empty while it is being chosen."""


class ScoreLine(msgspec.Struct, frozen=True):
    player_id: str
    gained: int
    total: int


class PodiumLine(msgspec.Struct, frozen=True):
    player_id: str
    nickname: str
    score: int
    rank: int
    """1 is best; equal scores share a rank."""
    is_ai: bool


class Welcome(ServerMessage, tag="welcome"):
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


class ErrorMessage(ServerMessage, tag="error"):
    """Something you sent was refused and changed nothing. `message` is a sentence for people."""

    code: ErrorCode
    message: str


class PlayerJoined(ServerMessage, tag="player_joined"):
    player: PlayerView


class PlayerConnection(ServerMessage, tag="player_connection"):
    """A player's connection went away or came back; the seat is kept."""

    player_id: str
    connected: bool


class PlayerLeft(ServerMessage, tag="player_left"):
    player_id: str


class HostChanged(ServerMessage, tag="host_changed"):
    player_id: str


class SettingsChanged(ServerMessage, tag="settings_changed"):
    settings: SettingsView


class GameStarted(ServerMessage, tag="game_started"):
    rounds: int
    players: list[PlayerView]


class TurnChoosing(ServerMessage, tag="turn_choosing"):
    """A person is choosing a word."""

    turn: int
    round: int
    drawer_id: str
    seconds: float


class Choices(ServerMessage, tag="choices"):
    """To the drawer alone: pick one. The first is taken when the time is up."""

    words: list[str]
    seconds: float


class TurnStarted(ServerMessage, tag="turn_started"):
    """The canvas is empty and the clock runs."""

    turn: int
    round: int
    drawer_id: str
    seconds: float
    blanks: str


class SecretWord(ServerMessage, tag="secret_word"):
    """To the drawer, and to each who has guessed."""

    word: str


class Hint(ServerMessage, tag="hint"):
    blanks: str


class Chat(ServerMessage, tag="chat"):
    """Somebody said something. `whisper`: only the drawer and those who know the word hear it."""

    player_id: str
    text: str
    whisper: bool = False


class CloseGuess(ServerMessage, tag="close_guess"):
    """To the guesser alone: one letter away."""

    text: str


class Guessed(ServerMessage, tag="guessed"):
    """Somebody found the word. `place` counts from 1."""

    player_id: str
    place: int
    gained: int


class TurnEnded(ServerMessage, tag="turn_ended"):
    turn: int
    word: str
    reason: EndReason
    scores: list[ScoreLine]
    seconds: float
    """Until what comes next."""


class GameEnded(ServerMessage, tag="game_ended"):
    podium: list[PodiumLine]


class BackToLobby(ServerMessage, tag="back_to_lobby"):
    players: list[PlayerView]


class ArtistStatus(ServerMessage, tag="artist_status"):
    """What the AI artist is about: getting ready, drawing, or done with so many strokes."""

    status: Literal["thinking", "drawing", "finished"]
    strokes: int
