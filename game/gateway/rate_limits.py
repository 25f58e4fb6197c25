"""How fast one connection may talk."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Allowance:
    """A token bucket: `rate` messages a second in the long run, `burst` at once."""

    rate: float
    burst: float
    _left: float = field(init=False)
    _at: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._left = self.burst

    def take(self, now: float) -> bool:
        """Use one up if there is one; `now` in seconds, never going back."""
        self._left = min(self.burst, self._left + (now - self._at) * self.rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def for_messages() -> Allowance:
    """Chat, guesses and control."""
    return Allowance(rate=4, burst=12)


def for_ink() -> Allowance:
    """Ink: a browser sends a batch every 33 ms at most."""
    return Allowance(rate=60, burst=120)


def for_strikes() -> Allowance:
    """Refusals: one who is refused faster than this for long is cut off."""
    return Allowance(rate=2, burst=60)


def for_passwords() -> Allowance:
    """Ways into rooms with a password, by address."""
    return Allowance(rate=1 / 6, burst=20)
