"""A room as a player's connection sees it, whether it stands on this server or on another."""

from dataclasses import dataclass
from typing import Protocol

from game.bus.base import Sink
from game.rules.commands import Act, Command, Disconnect, Join


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody at the door: the join, where their events go, and the last event that they have seen."""

    join: Join
    sink: Sink
    epoch: str
    seen: int


class Door(Protocol):
    """The way into a room, and of what is said in it. Nothing of it blocks."""

    @property
    def code(self) -> str:
        """The room's."""

    def admit(self, admission: Admission) -> None:
        """Let a player come in; from then on the events go to their sink, and what was missed first of all.

        A connection of the same player's that was there before is finished.
        """

    def post(self, command: Command) -> None:
        """Have a command applied after those posted before it."""

    def catch_up(self, player_id: str, sink: Sink, seen: int) -> None:
        """Send a player whose line could not take all what came after version `seen`: what is still known, or else everything anew."""

    def depart(self, sink: Sink, last: Act | Disconnect) -> None:
        """The connection with this sink ends: nothing more goes to it, and the room hears the last thing, unless the player came in on another."""
