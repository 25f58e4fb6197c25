"""What the host may set in the lobby, with bounds and defaults."""

from dataclasses import dataclass, fields, replace
from typing import Final

from game.protocol.client_messages import ChangeSettings
from game.protocol.limits import MAX_PLAYERS
from game.protocol.server_messages import SettingsView


class SettingsError(ValueError):
    """A value out of bounds; says which, and the bounds."""


@dataclass(frozen=True, slots=True)
class LobbySettings:
    """The settings of one room."""

    rounds: int = 3
    draw_seconds: int = 80
    max_players: int = 8
    hints: int = 2
    human_turns_per_artist_turn: int = 2
    """The artist draws once before every so many human turns; 0: only when fewer than two people play."""

    def changed(self, change: ChangeSettings) -> "LobbySettings":
        """Return these settings with the given ones replaced. Raises SettingsError and changes nothing."""
        given = {field.name: value for field in fields(self) if (value := getattr(change, field.name)) is not None}
        for name, value in given.items():
            low, high = bounds[name]
            if not low <= value <= high:
                raise SettingsError(f"{name} is a whole number from {low} to {high}; got {value}.")
        return replace(self, **given)

    def view(self) -> SettingsView:
        """Return the settings as everybody sees them."""
        return SettingsView(**{field.name: getattr(self, field.name) for field in fields(self)})


bounds: Final[dict[str, tuple[int, int]]] = {
    "rounds": (1, 10),
    "draw_seconds": (15, 240),
    "max_players": (1, MAX_PLAYERS),
    "hints": (0, 5),
    "human_turns_per_artist_turn": (0, MAX_PLAYERS),
}
