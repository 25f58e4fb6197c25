"""One turn: a drawer, a secret word, a canvas, and who has guessed it."""

from dataclasses import dataclass, field

from game.protocol.server_messages import TurnView
from game.rules.canvas import Canvas
from game.rules.effects import GuessRecord
from game.rules.hints import blanks
from game.rules.players import Player
from game.rules.scoring import drawer_points, guesser_points


@dataclass(slots=True)
class Turn:
    """What is known of the turn in hand. `word` is empty while a person chooses; times are in seconds on the game's clock."""

    number: int
    round: int
    drawer: Player
    choices: tuple[str, ...]
    deadline: float
    word: str = ""
    started: float = 0.0
    seconds: float = 0.0
    """How long there is to draw."""
    hints: list[int] = field(default_factory=list)
    """Indices of letters to reveal, in order."""
    revealed: set[int] = field(default_factory=set)
    guesses: dict[str, GuessRecord] = field(default_factory=dict)
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.number)

    @property
    def blanks(self) -> str:
        """What guessers see of the word."""
        return blanks(self.word, self.revealed)

    def view(self, now: float, lasts: float) -> TurnView:
        """Return the turn for one who comes in now, in a phase that lasts so many seconds."""
        remaining_ms = max(0, round((self.deadline - now) * 1000))
        return TurnView(self.number, self.round, self.drawer.id, remaining_ms, lasts, self.blanks)

    def start(self, word: str, now: float, seconds: float, hints: list[int]) -> None:
        """Begin to draw `word`."""
        self.word, self.started, self.seconds, self.hints, self.deadline = word, now, seconds, hints, now + seconds

    def knows_word(self, player_id: str) -> bool:
        """Whether this player drew or guessed it."""
        return player_id == self.drawer.id or player_id in self.guesses

    def guessed_by(self, player: Player, now: float) -> GuessRecord:
        """Record that the player found the word now."""
        people_before = sum(not guess.is_ai for guess in self.guesses.values())
        points = guesser_points((self.deadline - now) / self.seconds, people_before, is_ai=player.is_ai)
        guess = GuessRecord(player.id, player.nickname, player.is_ai, now - self.started, points)
        self.guesses[player.id] = guess
        return guess

    def drawer_points(self, people: list[str]) -> int:
        """What the drawer earns, `people` being the persons who could guess."""
        return drawer_points([self.guesses[person].points if person in self.guesses else 0 for person in people])
