"""What follows from the command in hand: collected in order, timers numbered so that a stale one is known."""

from dataclasses import dataclass, field

from game.protocol.ink import InkFrame
from game.protocol.server_messages import ServerMessage
from game.rules.clock import GameClock
from game.rules.effects import CancelTimer, Effect, Event, Outcome, SetTimer


@dataclass(slots=True)
class Timer:
    """An armed timer; `at` is on the game's clock or the world's."""

    at: float
    serial: int
    on_game_clock: bool


@dataclass(slots=True)
class Timers:
    """All that are armed, by name."""

    armed: dict[str, Timer] = field(default_factory=dict)
    serial: int = 0


class Outbox:
    """Collects outcomes until they are taken."""

    def __init__(self, timers: Timers, clock: GameClock) -> None:
        self._timers, self._clock = timers, clock
        self._outcomes: list[Outcome] = []

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
        """Arm a timer on the world's clock, replacing the one of the same name."""
        self._arm(name, at, on_game_clock=False)
        self.do(SetTimer(name, at, self._timers.serial))

    def set_game_timer(self, name: str, at: float) -> None:
        """Arm a timer on the game's clock: it waits while the game is paused."""
        self._arm(name, at, on_game_clock=True)
        if not self._clock.is_paused:
            self.do(SetTimer(name, self._clock.world_time(at), self._timers.serial))

    def _arm(self, name: str, at: float, *, on_game_clock: bool) -> None:
        self._timers.serial += 1
        self._timers.armed[name] = Timer(at, self._timers.serial, on_game_clock)

    def cancel_timer(self, name: str) -> None:
        """Disarm a timer, if it is armed."""
        if self._timers.armed.pop(name, None) is not None:
            self.do(CancelTimer(name))

    def pause(self, now: float) -> None:
        """Stop the game's clock and the timers on it."""
        self._clock.pause(now)
        for name, timer in self._timers.armed.items():
            if timer.on_game_clock:
                self.do(CancelTimer(name))

    def resume(self, now: float) -> None:
        """Let them go on."""
        self._clock.resume(now)
        for name, timer in self._timers.armed.items():
            if timer.on_game_clock:
                self.do(SetTimer(name, self._clock.world_time(timer.at), timer.serial))

    def rearm(self) -> None:
        """After an outage: set all that were armed, each for its time."""
        for name, timer in self._timers.armed.items():
            if not timer.on_game_clock:
                self.do(SetTimer(name, timer.at, timer.serial))
            elif not self._clock.is_paused:
                self.do(SetTimer(name, self._clock.world_time(timer.at), timer.serial))

    def fired(self, name: str, serial: int) -> bool:
        """Whether this is the timer that is armed, and not one that was replaced, cancelled or paused while it was on its way."""
        timer = self._timers.armed.get(name)
        if timer is None or timer.serial != serial or (timer.on_game_clock and self._clock.is_paused):
            return False
        del self._timers.armed[name]
        return True
