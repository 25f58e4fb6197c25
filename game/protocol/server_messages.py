"""What the server says, as JSON objects told apart by their `type`.

Every message but `error` travels with the room's event `version`, which the codec puts beside these fields. A message
never carries more than its audience may know: the secret word is only in `choices`, `secret_word` and `turn_ended`, and in
the `word` of a welcome to one who knows it.
"""

from typing import Literal

import msgspec

from game.protocol.client_messages import Hand, VoteKind
from game.protocol.views import (
    DrawingLine,
    FoundLine,
    Highlight,
    JudgementLine,
    MatchView,
    OfferView,
    Phase,
    PlayerView,
    PodiumLine,
    ScoreLine,
    SettingsView,
    ThoughtLine,
    TurnView,
    VoteView,
)

EndReason = Literal["all_guessed", "all_judged", "time_up", "drawer_left", "drawer_away", "drawer_idle", "artist_failed", "not_enough_players"]
LeaveReason = Literal["left", "away", "kicked", "banned"]
NoticeKind = Literal["restarting", "not_kept", "kept"]
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
    "bad_avatar",
    "bad_settings",
    "bad_word",
    "bad_password",
    "room_full",
    "too_many_here",
    "banned",
    "no_such_room",
    "no_such_player",
    "wrong_protocol",
    "hello_first",
    "too_fast",
    "slow_mode",
    "vote_cooldown",
    "canvas_full",
]


class ServerMessage(msgspec.Struct, frozen=True, tag_field="type"):
    """Base of all."""


class Welcome(ServerMessage, frozen=True, tag="welcome"):
    """Answers `hello`: who you are and all that you may know of the room. Ink already on the canvas follows as one ink frame."""

    protocol: int
    you: str
    epoch: str
    code: str
    invite_url: str
    phase: Phase
    host_id: str
    settings: SettingsView
    offer: OfferView
    players: list[PlayerView]
    paused: bool = False
    awaits: bool = False
    """It is paused because the server was away, and not all are back."""
    turn: TurnView | None = None
    word: str | None = None
    choices: list[str] | None = None
    vote: VoteView | None = None
    match: MatchView | None = None
    game_id: str = ""
    podium: list[PodiumLine] | None = None
    highlights: list[Highlight] | None = None
    drawings: list[DrawingLine] | None = None
    course: list[int] = []
    """See `game_ended`."""
    day: str = ""


class Resumed(ServerMessage, frozen=True, tag="resumed"):
    """Answers the `hello` of one who comes back: all that was missed has just been sent. The clock and the host as they are now."""

    remaining_ms: int
    paused: bool
    host_id: str


class ErrorMessage(ServerMessage, frozen=True, tag="error"):
    """Something you sent was refused and changed nothing. `message` is a sentence for people."""

    code: ErrorCode
    message: str


class PlayerJoined(ServerMessage, frozen=True, tag="player_joined"):
    """Somebody new sits down."""

    player: PlayerView


class PlayerChanged(ServerMessage, frozen=True, tag="player_changed"):
    """A player is ready, watches, has another face, or is as told here for another reason."""

    player: PlayerView


class PlayerConnection(ServerMessage, frozen=True, tag="player_connection"):
    """A player's connection went away or came back; the seat is kept."""

    player_id: str
    connected: bool


class PlayerLeft(ServerMessage, frozen=True, tag="player_left"):
    """Somebody's seat is free."""

    player_id: str
    reason: LeaveReason


class HostChanged(ServerMessage, frozen=True, tag="host_changed"):
    """Somebody else is the host now."""

    player_id: str


class SettingsChanged(ServerMessage, frozen=True, tag="settings_changed"):
    """The host changed the settings."""

    settings: SettingsView


class WordsTaken(ServerMessage, frozen=True, tag="words_taken"):
    """To the host alone: what became of the custom words."""

    kept: int
    duplicates: int
    blanks: int
    refused: int
    """Too long, or with characters that cannot be shown."""


class GameStarted(ServerMessage, frozen=True, tag="game_started"):
    """The game begins; all scores are 0."""

    game_id: str
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
    """Empty where nobody may know: in an imitation, for all but the person who draws."""
    seconds: float
    blanks: str
    rival_id: str = ""
    """Who draws on the second canvas, in a duel."""
    strokes: int = 0
    """With how many strokes a person has to make do; 0: as many as they like."""


class SecretWord(ServerMessage, frozen=True, tag="secret_word"):
    """To the drawer, and to each who has guessed."""

    word: str


class Hint(ServerMessage, frozen=True, tag="hint"):
    """One more letter is shown."""

    blanks: str


class DrawerIdle(ServerMessage, frozen=True, tag="drawer_idle"):
    """Nothing is drawn yet; in so many seconds the turn is given away."""

    seconds: float


class CanvasReset(ServerMessage, frozen=True, tag="canvas_reset"):
    """To the drawer whose ink was refused: forget the canvas; what stands on it follows as one ink frame, if anything does."""

    turn: int


class Chat(ServerMessage, frozen=True, tag="chat"):
    """Somebody said something. `whisper`: only those who know the word, and spectators, hear it."""

    player_id: str
    text: str
    whisper: bool = False


class CloseGuess(ServerMessage, frozen=True, tag="close_guess"):
    """To the guesser alone: nearly."""

    text: str


class Guessed(ServerMessage, frozen=True, tag="guessed"):
    """Somebody found the word. `place` counts from 1."""

    player_id: str
    place: int
    gained: int


class Reaction(ServerMessage, frozen=True, tag="reaction"):
    """Somebody reacts to the drawing."""

    player_id: str
    reaction: int


class Rated(ServerMessage, frozen=True, tag="rated"):
    """The drawing's thumbs, all together."""

    likes: int
    dislikes: int


class Judged(ServerMessage, frozen=True, tag="judged"):
    """Somebody has said whose hand it is. In an imitation they alone are told that it was taken: who judges does not draw."""

    player_id: str
    hand: Hand
    gained_by: str = ""
    """In a duel: the drawer who gains by it."""
    gained: int = 0


class Paused(ServerMessage, frozen=True, tag="paused"):
    """The game's clock stands still."""


class GoesOn(ServerMessage, frozen=True, tag="goes_on"):
    """The game's clock runs again; so much is left of the phase in hand."""

    remaining_ms: int


class Notice(ServerMessage, frozen=True, tag="notice"):
    """About the server: it restarts and comes back; it can keep no results or rooms just now, or can again."""

    kind: NoticeKind


class VoteChanged(ServerMessage, frozen=True, tag="vote_changed"):
    """A vote was opened, or somebody joined it."""

    vote: VoteView


class VoteEnded(ServerMessage, frozen=True, tag="vote_ended"):
    """A vote is over."""

    kind: VoteKind
    player_id: str
    passed: bool


class Reported(ServerMessage, frozen=True, tag="reported"):
    """To the reporter alone: the report is kept for the server's owner."""

    player_id: str


class TurnEnded(ServerMessage, frozen=True, tag="turn_ended"):
    """The word is told."""

    turn: int
    word: str
    reason: EndReason
    scores: list[ScoreLine]
    seconds: float
    """Until what comes next."""
    drawer_id: str = ""
    """Who drew; in an imitation nobody knew till now."""
    drawer_nickname: str = ""
    """They may have left."""
    judgements: list[JudgementLine] = []
    match: MatchView | None = None


class Thoughts(ServerMessage, frozen=True, tag="thoughts"):
    """After a turn: what the machine thought while it ran, and when the word was found."""

    turn: int
    lines: list[ThoughtLine]
    found: list[FoundLine]


class GameEnded(ServerMessage, frozen=True, tag="game_ended"):
    """Everybody by rank, best first; what to remember; every drawing."""

    podium: list[PodiumLine]
    highlights: list[Highlight]
    drawings: list[DrawingLine]
    match: MatchView | None = None
    course: list[int] = []
    """Turn by turn, after how many milliseconds a person found the word; -1 where none did."""
    day: str = ""
    """Of a daily game: 2026-11-25."""


class BackToLobby(ServerMessage, frozen=True, tag="back_to_lobby"):
    """The host wants another game."""

    players: list[PlayerView]


class ArtistStatus(ServerMessage, frozen=True, tag="artist_status"):
    """What the AI artist is about: getting ready, drawing, or done with so many strokes; or it can not, and the person draws alone."""

    status: Literal["thinking", "drawing", "finished", "failed"]
    strokes: int
    sureness: float | None = None
    """How sure it is that the word can be told from its drawing, 0..1; None while it has not said."""
