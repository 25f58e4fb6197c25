"""What the server says, as JSON objects told apart by their `type`: here of a room and its people, in `turn_messages` of the game they play.

Every message but `error` travels with the room's event `version`, which the codec puts beside these fields. A message
never carries more than its audience may know: the secret word is only in `choices`, `secret_word` and `turn_ended`, and in
the `word` of a welcome to one who knows it.
"""

from typing import Literal

import msgspec

from game.protocol.client_messages import VoteKind
from game.protocol.views import (
    DrawingLine,
    Highlight,
    MatchView,
    OfferView,
    Phase,
    PlayerView,
    PodiumLine,
    SettingsView,
    TurnView,
    VoteView,
)

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
    "banned_from_server",
    "draining",
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


class Chat(ServerMessage, frozen=True, tag="chat"):
    """Somebody said something. `whisper`: only those who know the word, and spectators, hear it."""

    player_id: str
    text: str
    whisper: bool = False


class Reaction(ServerMessage, frozen=True, tag="reaction"):
    """Somebody reacts to the drawing."""

    player_id: str
    reaction: int


class Paused(ServerMessage, frozen=True, tag="paused"):
    """The game's clock stands still."""


class GoesOn(ServerMessage, frozen=True, tag="goes_on"):
    """The game's clock runs again; so much is left of the phase in hand."""

    remaining_ms: int


class Notice(ServerMessage, frozen=True, tag="notice"):
    """About the server: it restarts and comes back; it can keep no results or rooms just now, or can again."""

    kind: NoticeKind


class Announcement(ServerMessage, frozen=True, tag="announcement"):
    """The server's owner says something, to everybody in all rooms."""

    text: str


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


class BackToLobby(ServerMessage, frozen=True, tag="back_to_lobby"):
    """The host wants another game."""

    players: list[PlayerView]
