"""What follows from the command in hand: collected in order, timers numbered so that a stale one is known."""

from game.protocol.ink import InkFrame
from game.protocol.server_messages import ServerMessage
from game.rules.effects import CancelTimer, Effect, Event, Outcome, SetTimer


class Outbox:
    """Collects outcomes until they are taken."""

    def __init__(self) -> None:
        self._outcomes: list[Outcome] = []
        self._timers: dict[str, int] = {}
        self._serial = 0

    def take(self) -> list[Outcome]:
        """Return what was collected, and start anew."""
        taken, self._outcomes = self._outcomes, []
        return taken

    def tell(self, message: ServerMessage | InkFrame, audience: frozenset[str] | None = None) -> None:
        """Add an event; `audience` None: everybody in the room."""
        self._outcomes.append(Event(message, audience))

    def do(self, effect: Effect) -> None:
        """Add an effect."""
        self._outcomes.append(effect)

    def set_timer(self, name: str, at: float) -> None:
        """Arm a timer, replacing the one of the same name."""
        self._serial += 1
        self._timers[name] = self._serial
        self.do(SetTimer(name, at, self._serial))

    def cancel_timer(self, name: str) -> None:
        """Disarm a timer, if it is armed."""
        if self._timers.pop(name, None) is not None:
            self.do(CancelTimer(name))

    def fired(self, name: str, serial: int) -> bool:
        """Whether this is the timer that is armed, and not one that was replaced or cancelled while it was on its way."""
        if self._timers.get(name) != serial:
            return False
        del self._timers[name]
        return True
