"""The game's clock, which stands still while the game is paused."""

from dataclasses import dataclass


@dataclass(slots=True)
class GameClock:
    """Times of turns are on this clock; "now" is the world's time, any monotonic clock. All in seconds."""

    paused_at: float | None = None
    lost: float = 0.0
    """What pauses took so far."""

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return self.paused_at is not None

    def time(self, now: float) -> float:
        """What it shows."""
        return (now if self.paused_at is None else self.paused_at) - self.lost

    def world_time(self, at: float) -> float:
        """When it will show `at`, if it is not paused till then."""
        return at + self.lost

    def pause(self, now: float) -> None:
        """Stand still from now on."""
        self.paused_at = now

    def resume(self, now: float) -> None:
        """Go on where it stood."""
        if self.paused_at is not None:
            self.lost += now - self.paused_at
            self.paused_at = None
