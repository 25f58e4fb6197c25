"""What a browser may say, as JSON objects told apart by their `type`. Ink goes in binary frames instead (ink.py)."""

import msgspec


class ClientMessage(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Base of all; the tag is the class's name in snake case."""


class Hello(ClientMessage, frozen=True, tag="hello"):
    """The first message on a socket. `token` is what an earlier welcome gave, so that a player can come back."""

    protocol: int
    nickname: str
    token: str | None = None


class ChangeSettings(ClientMessage, frozen=True, tag="change_settings"):
    """The host changes the room's settings in the lobby; what is left out stays as it is."""

    rounds: int | None = None
    draw_seconds: int | None = None
    max_players: int | None = None
    hints: int | None = None
    human_turns_per_artist_turn: int | None = None


class StartGame(ClientMessage, frozen=True, tag="start_game"):
    """The host starts the game."""


class ChooseWord(ClientMessage, frozen=True, tag="choose_word"):
    """The drawer picks one of the words offered; `index` counts from 0."""

    index: int


class Say(ClientMessage, frozen=True, tag="say"):
    """A line of chat, which is a guess while somebody else draws."""

    text: str


class PlayAgain(ClientMessage, frozen=True, tag="play_again"):
    """The host takes everybody back to the lobby after the podium."""


class LeaveRoom(ClientMessage, frozen=True, tag="leave_room"):
    """The player goes for good; closing the socket alone keeps the seat for a while."""


AnyClientMessage = Hello | ChangeSettings | StartGame | ChooseWord | Say | PlayAgain | LeaveRoom
