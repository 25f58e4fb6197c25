"""What the machine thought while a turn ran: kept until its end, and told then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from game.protocol.turn_messages import Thoughts
from game.protocol.views import FoundLine, ThoughtLine
from game.rules.effects import GuessRecord

_most_points: Final = 120
"""Of one player in one turn: beyond that every other one is left out."""
_most_words: Final = 8


@dataclass(slots=True)
class Mind:
    """One AI player's thoughts in a turn: (milliseconds from its start, value), and the likeliest words from when on."""

    points: list[tuple[int, float]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)

    def add(self, at: int, value: float, word: str = "") -> None:
        """Note a thought; `word`: what was the likeliest."""
        self.points.append((at, round(value, 4)))
        if len(self.points) > _most_points:
            self.points = self.points[::2]
        if word and (not self.words or self.words[-1][1] != word):
            self.words.append((at, word))
            del self.words[:-_most_words]


def thoughts_of(turn: int, minds: Mapping[str, Mind], artist_id: str, guesses: Mapping[str, GuessRecord], machines: Sequence[str]) -> Thoughts | None:
    """Return what is told after a turn; None where no AI player thought anything. `machines`: AI guessers who are here."""
    lines = [
        ThoughtLine(player, "artist" if player == artist_id else "guesser", mind.points, mind.words)
        for player, mind in minds.items()
        if mind.points and player in (artist_id, *machines)
    ]
    found = [FoundLine(player, guess.milliseconds) for player, guess in guesses.items()]
    return Thoughts(turn, lines, found) if lines else None
