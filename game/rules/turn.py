"""One turn: a drawer, a secret word, a canvas, and who has guessed it."""

from base64 import b32encode
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Literal

from game.protocol.client_messages import Hand, Scoring
from game.protocol.ink import InkFrame
from game.protocol.turn_messages import ArtistStatus, EndReason
from game.protocol.views import JudgementLine, TurnView
from game.rules.canvas import Canvas
from game.rules.effects import Guesser, GuessRecord
from game.rules.hints import UNKNOWN, blanks
from game.rules.judgements import Judgement
from game.rules.players import ARTIST_ID, Player
from game.rules.scoring import drawer_points, guesser_points
from game.rules.thoughts import Mind
from game.rules.vocabulary import Word


def drawing_key(game_id: str, turn: int) -> str:
    """The name under which a turn's drawing is kept and can be seen by whoever is told it: nobody guesses it, nor the game's id from it."""
    return b32encode(blake2b(f"{game_id}/{turn}".encode(), digest_size=10).digest()).decode().lower()


@dataclass(slots=True)
class Turn:
    """What is known of the turn in hand. `word` is None while a person chooses; times are in seconds on the game's clock."""

    number: int
    round: int
    drawer_id: str
    drawer_nickname: str
    drawer_is_ai: bool
    choices: tuple[Word, ...]
    deadline: float
    lasts: float
    """How long the phase in hand is in all."""
    hands: list[str] = field(default_factory=list)
    """Who may draw, canvas by canvas; in a duel there are two, the drawer's and the machine's."""
    is_open: bool = False
    """Everybody is told the word, and nobody the drawer: it is the hand that has to be guessed."""
    most_strokes: int = 0
    """With how many strokes a person has to make do; 0: as many as they like."""
    word: Word | None = None
    hides_length: bool = False
    started: float = 0.0
    seconds: float = 0.0
    """How long there is to draw."""
    hints: list[int] = field(default_factory=list)
    """Indices of letters to reveal, in order."""
    revealed: set[int] = field(default_factory=set)
    guesses: dict[str, GuessRecord] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)
    """Who only watched when the word was talked of: no guessers of this turn any more."""
    canvas_told_at: float | None = None
    """When, on the world's clock, the drawer was last told what is on the canvas."""
    artist_status: Literal["thinking", "drawing", "finished", "failed"] = "thinking"
    artist_strokes: int = 0
    artist_sureness: float | None = None
    held: list[InkFrame] = field(default_factory=list)
    """What the artist drew while the game was paused."""
    canvases: list[Canvas] = field(default_factory=lambda: [Canvas()])
    rough: Canvas = field(default_factory=Canvas)
    """What a person's hand really drew, where the others see it smoothed."""
    judgements: dict[str, Judgement] = field(default_factory=dict)
    gains: dict[str, int] = field(default_factory=dict)
    """What players have earned by it, the drawers too."""
    guessers: int = 0
    """Once it is over: how many people could have found the word."""
    minds: dict[str, Mind] = field(default_factory=dict)
    """What AI players think, by player."""
    missed: tuple[Guesser, ...] = ()
    """Once it is over: who could have found the word and did not."""
    outcome: tuple[EndReason, float, int] | None = None
    """Why it ended, after how many seconds, and what the drawer earned; None while it runs."""

    def __post_init__(self) -> None:
        self.hands = self.hands or [self.drawer_id]
        self.canvases += [Canvas() for _ in self.hands[len(self.canvases) :]]

    @property
    def canvas(self) -> Canvas:
        """The drawer's."""
        return self.canvases[0]

    @property
    def is_blank(self) -> bool:
        """Whether the drawer has drawn nothing yet."""
        return self.canvas.is_blank and self.rough.is_blank

    @property
    def rival_id(self) -> str:
        """Who draws on the second canvas, if there is one."""
        return ARTIST_ID if len(self.canvases) > 1 else ""

    @property
    def artist_draws(self) -> bool:
        """Whether the AI artist has a hand in it now."""
        return ARTIST_ID in self.hands

    @property
    def hand(self) -> Hand:
        """Whose the drawer's is."""
        return "machine" if self.drawer_is_ai else "person"

    @property
    def text(self) -> str:
        """The secret word; empty while it is being chosen."""
        return self.word.text if self.word else ""

    @property
    def blanks(self) -> str:
        """What guessers see of the word."""
        if self.is_open:
            return self.text
        return UNKNOWN if self.hides_length and self.word else blanks(self.text, self.revealed)

    @property
    def likes(self) -> int:
        """Thumbs up."""
        return sum(rating > 0 for rating in self.ratings.values())

    @property
    def dislikes(self) -> int:
        """Thumbs down."""
        return sum(rating < 0 for rating in self.ratings.values())

    @property
    def artist(self) -> ArtistStatus:
        """What the artist is about, if it draws."""
        return ArtistStatus(self.artist_status, self.artist_strokes, self.artist_sureness)

    def remaining_ms(self, time: float) -> int:
        """How much is left of the phase in hand."""
        return max(0, round((self.deadline - time) * 1000))

    def elapsed_ms(self, time: float) -> int:
        """How long it has been drawn."""
        return max(0, round((time - self.started) * 1000))

    def view(self, time: float, player_id: str, *, is_over: bool) -> TurnView:
        """Return the turn for one who comes in now, perhaps when it has ended."""
        return TurnView(
            turn=self.number,
            round=self.round,
            drawer_id=self.drawer_id if is_over or not self.is_open or player_id == self.drawer_id else "",
            remaining_ms=self.remaining_ms(time),
            seconds=self.lasts,
            blanks=self.blanks,
            likes=self.likes,
            dislikes=self.dislikes,
            rival_id=self.rival_id,
            strokes=self.most_strokes,
            judgements=[line for line in self.judgement_lines if is_over or not self.is_open or line.player_id == player_id],
        )

    def start(self, word: Word, time: float, seconds: float, hints: list[int], *, hides_length: bool) -> None:
        """Begin to draw `word`."""
        self.word, self.started, self.seconds, self.lasts = word, time, seconds, seconds
        self.hints, self.hides_length, self.deadline = hints, hides_length, time + seconds

    def knows_word(self, player_id: str) -> bool:
        """Whether this player drew or guessed it, or was told it with everybody else."""
        return self.is_open or player_id == self.drawer_id or player_id in self.guesses

    def is_done(self, player_id: str) -> bool:
        """Whether this player has found what there was to find."""
        return player_id in (self.judgements if self.is_open else self.guesses)

    def shows_done(self, player_id: str) -> bool:
        """Whether others may know that: who has judged an imitation does not draw it."""
        return player_id in self.guesses or (self.outcome is not None and self.is_done(player_id))

    @property
    def judgement_lines(self) -> list[JudgementLine]:
        """What was said about the hand, by whom."""
        return [JudgementLine(player, judgement.hand) for player, judgement in self.judgements.items()]

    def count_hands(self, hand: Hand) -> int:
        """How many said that it was this one."""
        return sum(judgement.hand == hand for judgement in self.judgements.values())

    def guessed_by(self, player: Player, time: float, scoring: Scoring) -> GuessRecord:
        """Record that the player found the word now."""
        people_before = sum(not guess.is_ai for guess in self.guesses.values())
        remaining, total = self.remaining_ms(time), round(self.seconds * 1000)
        points = guesser_points(scoring, remaining, total, people_before, is_ai=player.is_ai)
        guess = GuessRecord(player.id, player.nickname, player.is_ai, total - min(total, remaining), points)
        self.guesses[player.id] = guess
        return guess

    def drawer_points(self, people: list[str]) -> int:
        """What the drawer earns, `people` being the persons who could guess: by what each of them has from the turn."""
        return drawer_points([self.gains.get(person, 0) for person in people])
