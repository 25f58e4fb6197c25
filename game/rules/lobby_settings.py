"""What the host may set, with bounds and defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from game.protocol.client_messages import AiStrength, ArtistOrder, ArtistShow, ChangeSettings, Difficulty, GameMode, Scoring, WordMode
from game.protocol.limits import MAX_AI_GUESSERS, MAX_PLAYERS, PASSWORD_LENGTH, STYLE_LENGTH
from game.protocol.views import SettingsView
from game.rules.modes import MODES

Bounds = Mapping[str, tuple[int, int]]


class SettingsError(ValueError):
    """A value out of bounds; says which, and the bounds."""


@dataclass(frozen=True, slots=True)
class LobbySettings:
    """The settings of one room."""

    game_mode: GameMode = "party"
    rounds: int = 3
    draw_seconds: int = 80
    max_players: int = 8
    choices: int = 3
    """Words to choose from; with one there is nothing to choose."""
    hints: int = 2
    human_turns_per_artist_turn: int = 2
    """The artist draws once before every so many human turns; 0: only when fewer than two people play."""
    artist_show: ArtistShow = "settled"
    artist_order: ArtistOrder = "easy"
    artist_style: str = "ink"
    artist_colours: bool = True
    perceptor: str = ""
    """The model that the artist draws with; empty: the house's usual one."""
    ai_guessers: int = 0
    """How many AI players guess, where the mode has any."""
    ai_strength: AiStrength = "fair"
    clients_per_address: int = 8
    """How many people may come from one network address."""
    slow_mode_seconds: int = 0
    """Between two lines of chat of one player; a right guess is always taken."""
    language: str = "en"
    theme: str = "all"
    difficulty: Difficulty = "mixed"
    word_mode: WordMode = "normal"
    scoring: Scoring = "speed"
    custom_words_only: bool = False
    profanity_filter: bool = True
    is_public: bool = False
    in_gallery: bool = False
    """Whether the games' drawings are in the server's gallery; by their links they can be seen anyway."""
    password: str = ""
    """As it is kept, not as it was typed: see passwords.py."""

    def changed(self, change: ChangeSettings, bounds: Bounds, texts: Mapping[str, tuple[str, ...]]) -> "LobbySettings":
        """Return these settings with the given ones replaced. Raises SettingsError and changes nothing.

        `bounds` are those of the numbers, `texts` what may be chosen of the rest.
        """
        given = {field.name: value for field in fields(self) if (value := getattr(change, field.name)) is not None}
        for name, value in given.items():
            if name in bounds:
                low, high = bounds[name]
                if not low <= value <= high:
                    raise SettingsError(f"{name} is a whole number from {low} to {high}; got {value}.")
            elif name in texts and value not in texts[name]:
                raise SettingsError(f"{name} is one of {', '.join(map(_spelt, texts[name]))}; got {value!r}.")
        if len(given.get("password", "")) > PASSWORD_LENGTH:
            raise SettingsError(f"A password has at most {PASSWORD_LENGTH} characters.")
        if "artist_style" in given:
            given["artist_style"] = _style(given["artist_style"])
        return replace(self, **self._mode_given(given, bounds))

    def _mode_given(self, given: dict[str, Any], bounds: Bounds) -> dict[str, Any]:
        """What is given, with what a mode brings along when it is chosen. Raises SettingsError for what the mode does not leave open."""
        mode = MODES[given.get("game_mode", self.game_mode)]
        for name, value in given.items():
            if mode.fixed.get(name, value) != value:
                raise SettingsError(f"The daily words are the same for everybody, and so is {name}: {mode.fixed[name]}; got {value!r}.")
        if min(given.get("ai_guessers", mode.least_guessers), bounds.get("ai_guessers", (0, mode.least_guessers))[1]) < mode.least_guessers:
            raise SettingsError(f"This game takes {mode.least_guessers} AI guesser at least: without it there is nobody to play against.")
        if given.get("game_mode", self.game_mode) == self.game_mode:
            return given
        low, high = bounds.get("rounds", (mode.rounds, mode.rounds))
        return {"rounds": max(low, min(high, mode.rounds)), **given}

    def in_force(self) -> "LobbySettings":
        """These settings as the mode has them; another mode finds what the host chose before."""
        mode = MODES[self.game_mode]
        if not mode.fixed and self.ai_guessers >= mode.least_guessers:
            return self
        forced: dict[str, Any] = {"ai_guessers": max(self.ai_guessers, mode.least_guessers), **mode.fixed}
        return replace(self, **forced)

    @property
    def seated_guessers(self) -> int:
        """How many AI guessers sit at the table."""
        return self.ai_guessers if MODES[self.game_mode].ai_guesses else 0

    def view(self, custom_words: int) -> SettingsView:
        """Return the settings as everybody sees them."""
        shown = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "password"}
        return SettingsView(**shown, custom_words=custom_words, has_password=bool(self.password))


def _spelt(choice: str) -> str:
    return choice or "nothing (the usual one)"


def _style(text: str) -> str:
    style = " ".join(text.split())
    if not 1 <= len(style) <= STYLE_LENGTH or not style.isprintable():
        raise SettingsError(f"The artist's style is 1 to {STYLE_LENGTH} characters of words, crayon or watercolour; got {text!r}.")
    return style


BOUNDS: Final[Bounds] = {
    "rounds": (1, 20),
    "draw_seconds": (15, 240),
    "max_players": (1, MAX_PLAYERS),
    "choices": (1, 5),
    "hints": (0, 5),
    "human_turns_per_artist_turn": (0, MAX_PLAYERS),
    "ai_guessers": (0, MAX_AI_GUESSERS),
    "clients_per_address": (1, MAX_PLAYERS),
    "slow_mode_seconds": (0, 30),
}
"""The server's owner may draw them narrower or wider."""

ONLY_IN_THE_LOBBY: Final = frozenset(
    {"game_mode", "rounds", "language", "theme", "difficulty", "word_mode", "scoring", "custom_words_only", "in_gallery"}
)
"""The rest may be changed in a game too; the time, the choices and the hints hold from the next turn."""
