"""What a browser may say, as JSON objects told apart by their `type`. Ink goes in binary frames instead (ink.py)."""

from typing import ClassVar, Literal

import msgspec

Role = Literal["player", "spectator"]
Difficulty = Literal["mixed", "easy", "medium", "hard"]
WordMode = Literal["normal", "hidden", "combination"]
Scoring = Literal["speed", "relaxed", "rank"]
ArtistShow = Literal["settled", "evolving"]
ArtistOrder = Literal["easy", "hard"]
VoteKind = Literal["kick", "pause", "resume"]
GameMode = Literal["party", "versus", "together", "duel", "imitation", "finish", "daily"]
AiStrength = Literal["gentle", "fair", "sharp"]
Hand = Literal["person", "machine"]
Budget = Literal["draw", "chat", "control", "join", "room"]
"""How often something may come is counted by its kind: ink, what people say, what they set and press, coming in, and opening rooms."""


class ClientMessage(msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=True):
    """Base of all; the tag is the class's name in snake case. Each says from which budget it is taken (game/gateway/rate_limits.py)."""

    budget: ClassVar[Budget]


class Hello(ClientMessage, frozen=True, tag="hello"):
    """The first message on a socket; who it is that says so stands in the cookie.

    `epoch` and `seen` are what the last welcome gave and the version of the last event that came: with them one who comes
    back gets what was missed, if the room still has it.
    """

    budget: ClassVar[Budget] = "join"
    protocol: int
    nickname: str
    avatar: str = ""
    role: Role = "player"
    password: str = ""
    epoch: str = ""
    seen: int = 0


class ChangeSettings(ClientMessage, frozen=True, tag="change_settings"):
    """The host changes the room's settings; what is left out stays as it is. An empty password takes it away."""

    budget: ClassVar[Budget] = "control"
    game_mode: GameMode | None = None
    rounds: int | None = None
    draw_seconds: int | None = None
    max_players: int | None = None
    choices: int | None = None
    hints: int | None = None
    human_turns_per_artist_turn: int | None = None
    artist_show: ArtistShow | None = None
    artist_order: ArtistOrder | None = None
    artist_style: str | None = None
    artist_colours: bool | None = None
    perceptor: str | None = None
    ai_guessers: int | None = None
    ai_strength: AiStrength | None = None
    clients_per_address: int | None = None
    slow_mode_seconds: int | None = None
    language: str | None = None
    theme: str | None = None
    difficulty: Difficulty | None = None
    word_mode: WordMode | None = None
    scoring: Scoring | None = None
    custom_words_only: bool | None = None
    profanity_filter: bool | None = None
    is_public: bool | None = None
    in_gallery: bool | None = None
    password: str | None = None


class SetWords(ClientMessage, frozen=True, tag="set_words"):
    """The host's own words for this room, one a line or with commas between; none takes them away.

    A long text comes in parts, cut anywhere: `more` says that another follows. The last one has the whole taken.
    """

    budget: ClassVar[Budget] = "control"
    text: str
    more: bool = False


class Ready(ClientMessage, frozen=True, tag="ready"):
    """In the lobby: the player is ready, or not any more. When all are, the game starts."""

    budget: ClassVar[Budget] = "control"
    ready: bool


class StartGame(ClientMessage, frozen=True, tag="start_game"):
    """The host starts the game."""

    budget: ClassVar[Budget] = "control"


class ChooseWord(ClientMessage, frozen=True, tag="choose_word"):
    """The drawer picks one of the words offered; `index` counts from 0."""

    budget: ClassVar[Budget] = "control"
    index: int


class Say(ClientMessage, frozen=True, tag="say"):
    """A line of chat, which is a guess while somebody else draws: only the room knows which, so that both have one budget."""

    budget: ClassVar[Budget] = "chat"
    text: str


class React(ClientMessage, frozen=True, tag="react"):
    """A reaction to the drawing, by its number in the table of reactions."""

    budget: ClassVar[Budget] = "control"
    reaction: int


class Rate(ClientMessage, frozen=True, tag="rate"):
    """A thumb up (1) or down (-1) for the turn's drawing, or neither (0)."""

    budget: ClassVar[Budget] = "control"
    rating: Literal[-1, 0, 1]


class Judge(ClientMessage, frozen=True, tag="judge"):
    """In a duel, of one who has guessed: whose drawing gave the word away. In an imitation: whose hand is at work. Said once a turn."""

    budget: ClassVar[Budget] = "control"
    hand: Hand


class Become(ClientMessage, frozen=True, tag="become"):
    """The player watches from the next turn on, or the spectator plays."""

    budget: ClassVar[Budget] = "control"
    role: Role


class SetAvatar(ClientMessage, frozen=True, tag="set_avatar"):
    """The player's own drawing of a face; empty for the generated one."""

    budget: ClassVar[Budget] = "control"
    avatar: str


class Pause(ClientMessage, frozen=True, tag="pause"):
    """The host stops the game's clock, or lets it go on."""

    budget: ClassVar[Budget] = "control"
    paused: bool


class CastVote(ClientMessage, frozen=True, tag="vote"):
    """For kicking a player, or for a pause or its end; the first opens the vote."""

    budget: ClassVar[Budget] = "control"
    kind: VoteKind
    player_id: str = ""


class Kick(ClientMessage, frozen=True, tag="kick"):
    """The host sends a player away; `ban`: for as long as the room stands. Kicking the artist lets it rest."""

    budget: ClassVar[Budget] = "control"
    player_id: str
    ban: bool = False


class Report(ClientMessage, frozen=True, tag="report"):
    """Tells the server's owner about a player; the drawing and the last lines of chat are kept with it."""

    budget: ClassVar[Budget] = "control"
    player_id: str
    reason: str


class PlayAgain(ClientMessage, frozen=True, tag="play_again"):
    """The host takes everybody back to the lobby after the podium."""

    budget: ClassVar[Budget] = "control"


class LeaveRoom(ClientMessage, frozen=True, tag="leave_room"):
    """The player goes for good; closing the socket alone keeps the seat for a while."""

    budget: ClassVar[Budget] = "control"


AnyClientMessage = (
    Hello
    | ChangeSettings
    | SetWords
    | Ready
    | StartGame
    | ChooseWord
    | Say
    | React
    | Rate
    | Judge
    | Become
    | SetAvatar
    | Pause
    | CastVote
    | Kick
    | Report
    | PlayAgain
    | LeaveRoom
)
