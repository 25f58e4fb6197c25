"""The kinds of games. What sets one apart from the others is said here, as a table; the rest of the rules asks it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from game.protocol.client_messages import GameMode

ArtistsPart = Literal["shares", "none", "all", "beside", "continues", "coin"]
"""The AI artist takes turns among people's, as often as the room has set; draws none; draws all; draws each person's word on a second
canvas; goes on from a person's first strokes; or draws where a coin says so, and nobody is told."""


@dataclass(frozen=True, slots=True)
class Mode:
    """One kind of game."""

    artist: ArtistsPart
    rounds: int
    """Set when the mode is chosen."""
    least_people: int = 1
    ai_guesses: bool = True
    """Whether there may be AI guessers. Those know the artist's hand too well to be fun where it draws every word."""
    most_strokes: int = 0
    """With how many strokes a person has to make do, without other tools; 0: as many as they like."""
    least_guessers: int = 0
    """AI guessers who sit there in any case."""
    counts: bool = True
    """Whether people stand against the machine in it; see match.py."""
    one_for_all: bool = False
    """The first right guess of a person ends the turn, and all of them have its points."""
    fixed: Mapping[str, object] = field(default_factory=dict)
    """Settings that cannot be changed."""

    @property
    def is_open(self) -> bool:
        """Whether everybody is told the word, for it is the hand that has to be guessed."""
        return self.artist == "coin"


MODES: Final[Mapping[GameMode, Mode]] = {
    "party": Mode("shares", rounds=3, counts=False),
    "versus": Mode("none", rounds=3, least_guessers=1),
    "together": Mode("all", rounds=10, ai_guesses=False, one_for_all=True),
    "duel": Mode("beside", rounds=2, least_people=2),
    "imitation": Mode("coin", rounds=2, least_people=2, ai_guesses=False, most_strokes=16),
    "finish": Mode("continues", rounds=2, least_people=2, most_strokes=3, counts=False),
    "daily": Mode(
        "all",
        rounds=5,
        ai_guesses=False,
        fixed={
            "rounds": 5,
            "draw_seconds": 60,
            "hints": 2,
            "word_mode": "normal",
            "scoring": "speed",
            "artist_show": "settled",
            "artist_order": "easy",
            "artist_style": "ink",
            "artist_colours": True,
            "perceptor": "",
        },
    ),
}
