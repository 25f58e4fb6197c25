"""Who sits in a room."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from game.protocol.limits import NICKNAME_LENGTH
from game.protocol.server_messages import PlayerView

ARTIST_ID: Final = "artist"
ARTIST_NICKNAME: Final = "The Artist"


@dataclass(slots=True)
class Player:
    """A seat and what its player has earned in the game so far."""

    id: str
    nickname: str
    is_ai: bool = False
    connected: bool = True
    score: int = 0

    def view(self, guessed: bool) -> PlayerView:
        """Return the player as everybody sees it."""
        return PlayerView(self.id, self.nickname, self.score, self.connected, self.is_ai, guessed)


class NicknameError(ValueError):
    """A nickname that cannot be shown to others."""


def clean_nickname(nickname: str) -> str:
    """Return the nickname with its spaces tidied. Raises NicknameError for one that is empty, long or made to deceive."""
    tidy = " ".join(nickname.split())
    if not tidy:
        raise NicknameError("A nickname has at least one visible character.")
    if len(tidy) > NICKNAME_LENGTH:
        raise NicknameError(f"A nickname has at most {NICKNAME_LENGTH} characters; this one has {len(tidy)}.")
    if any(character in "<>&" for character in tidy):
        raise NicknameError("A nickname has no markup: leave out <, > and &.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in tidy):
        raise NicknameError("A nickname has no control or invisible characters.")
    return tidy
