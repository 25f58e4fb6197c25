"""What a poster shows of one drawing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """One drawing of a game."""

    ink: bytes
    """Records as `Canvas.ink` has them."""
    word: str
    caption: str
    """Who drew it, how many liked it: one line."""
