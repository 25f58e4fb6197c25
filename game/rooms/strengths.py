"""How well AI guessers guess. All of them see the same; what differs is how often they look, how sure they must be, and how long they take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from game.protocol.client_messages import AiStrength


@dataclass(frozen=True, slots=True)
class Strength:
    """One strength. All in seconds, but for what says otherwise."""

    looks_every: float
    doubt: float
    """Its probabilities are taken to the power of one over this: above 1 it is less sure than it could be, and errs more."""
    sure: float
    """How probable, 0..1, a word must be to be said; towards the turn's end less and less is enough."""
    think: tuple[float, float]
    """Between seeing and saying, from .. to, at random."""
    pause: float
    """Between two guesses, at least."""
    most: int
    """Guesses a turn."""
    counts_letters: bool = True
    """Whether it minds how long the word is and which letters are shown: those who do not are wrong far more often."""


STRENGTHS: Final[Mapping[AiStrength, Strength]] = {
    "gentle": Strength(looks_every=2.0, doubt=1.3, sure=0.7, think=(6.0, 14.0), pause=9.0, most=4, counts_letters=False),
    "fair": Strength(looks_every=1.0, doubt=1.7, sure=0.65, think=(3.5, 9.0), pause=6.0, most=6),
    "sharp": Strength(looks_every=0.5, doubt=1.0, sure=0.5, think=(1.5, 4.0), pause=3.0, most=8),
}
LEAST_SURE: Final = 0.12
"""How probable a word must be to be said at the turn's very end."""
SECONDS_PER_LETTER: Final = 0.18
"""It types, too."""
