"""Who sits in a room."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from game.protocol.client_messages import Role
from game.protocol.limits import NICKNAME_LENGTH
from game.protocol.views import PlayerView

ARTIST_ID: Final = "artist"
ARTIST_NICKNAME: Final = "The Artist"
GUESSERS: Final = {"guesser-1": "Pixel", "guesser-2": "Vector", "guesser-3": "Smudge"}
"""The AI guessers' ids and names."""
_most_marks: Final = 2
"""Accents on one letter; more of them climb over the lines above."""


@dataclass(slots=True)
class Player:
    """A seat and what its player has earned in the game so far."""

    id: str
    nickname: str
    colour: int = 0
    avatar: str = ""
    is_ai: bool = False
    connected: bool = True
    score: int = 0
    role: Role = "player"
    next_role: Role = "player"
    ready: bool = False
    address: str = ""
    spoke_at: float | None = None
    """When, on the world's clock, the last line of chat came."""
    reacted_at: float | None = None
    may_call_votes_at: float = 0.0

    @property
    def plays(self) -> bool:
        """Whether it is a person who draws and guesses, and does not only watch."""
        return not self.is_ai and self.role == "player"

    @property
    def guesses(self) -> bool:
        """Whether a line of theirs may be a guess."""
        return self.plays or self.id in GUESSERS

    def view(self, guessed: bool = False) -> PlayerView:
        """Return the player as everybody sees it."""
        return PlayerView(
            id=self.id,
            nickname=self.nickname,
            score=self.score,
            connected=self.connected,
            is_ai=self.is_ai,
            guessed=guessed,
            role=self.role,
            next_role=self.next_role,
            ready=self.ready,
            colour=self.colour,
            avatar=self.avatar,
        )


class NicknameError(ValueError):
    """A nickname that cannot be shown to others."""


def clean_nickname(nickname: str) -> str:
    """Return the nickname with its spaces tidied. Raises NicknameError for one that is empty, long or made to deceive."""
    tidy = " ".join(unicodedata.normalize("NFC", nickname).split())
    if not any(unicodedata.category(character)[0] in "LNPS" for character in tidy):
        raise NicknameError("A nickname has at least one visible character.")
    if len(tidy) > NICKNAME_LENGTH:
        raise NicknameError(f"A nickname has at most {NICKNAME_LENGTH} characters; this one has {len(tidy)}.")
    if any(character in "<>&" for character in tidy):
        raise NicknameError("A nickname has no markup: leave out <, > and &.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in tidy):
        raise NicknameError("A nickname has no control or invisible characters.")
    marks = 0
    for character in tidy:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks > _most_marks:
            raise NicknameError(f"A nickname has at most {_most_marks} accents on a letter.")
    return tidy


def looks_like(nickname: str) -> str:
    """What must differ between two nicknames in one room: letters that differ in case, width or accent alone look alike."""
    plain = unicodedata.normalize("NFKD", nickname.casefold())
    return "".join(character for character in plain if not unicodedata.combining(character) and not character.isspace())
