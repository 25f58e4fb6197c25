"""What the server says of a game and its turns: server messages, too, as those of `server_messages`."""

from typing import Literal

import msgspec

from game.protocol.client_messages import Hand
from game.protocol.server_messages import ServerMessage
from game.protocol.views import DrawingLine, FoundLine, Highlight, JudgementLine, MatchView, PlayerView, PodiumLine, ScoreLine, ThoughtLine

EndReason = Literal["all_guessed", "all_judged", "time_up", "drawer_left", "drawer_away", "drawer_idle", "artist_failed", "not_enough_players"]


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


class CloseGuess(ServerMessage, frozen=True, tag="close_guess"):
    """To the guesser alone: nearly."""

    text: str


class Guessed(ServerMessage, frozen=True, tag="guessed"):
    """Somebody found the word. `place` counts from 1."""

    player_id: str
    place: int
    gained: int


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
    judgements: list[JudgementLine] = msgspec.field(default_factory=list)
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
    course: list[int] = msgspec.field(default_factory=list)
    """Turn by turn, after how many milliseconds a person found the word; -1 where none did."""
    day: str = ""
    """Of a daily game: 2026-11-25."""


class ArtistStatus(ServerMessage, frozen=True, tag="artist_status"):
    """What the AI artist is about: getting ready, drawing, or done with so many strokes; or it can not, and the person draws alone."""

    status: Literal["thinking", "drawing", "finished", "failed"]
    strokes: int
    sureness: float | None = None
    """How sure it is that the word can be told from its drawing, 0..1; None while it has not said."""
