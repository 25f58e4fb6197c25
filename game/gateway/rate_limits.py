"""How fast one connection may talk."""

from collections import OrderedDict
from collections.abc import Callable
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
    """Wrong passwords."""
    return Allowance(rate=1 / 6, burst=10)


def for_rooms() -> Allowance:
    """Rooms opened."""
    return Allowance(rate=1 / 5, burst=60)


def for_transfers() -> Allowance:
    """Codes for taking an identity to another device."""
    return Allowance(rate=1 / 10, burst=10)


class ByAddress:
    """An allowance for each network address; of IPv6, for each network of 2 to the 64, as one subscriber has."""

    def __init__(self, new: Callable[[], Allowance], most: int = 10_000) -> None:
        """`most` addresses are remembered, those seen last."""
        self._new, self._most = new, most
        self._by_address: OrderedDict[str, Allowance] = OrderedDict()

    def take(self, address: str, now: float) -> bool:
        """Use one of the address's up if there is one."""
        network = ":".join(address.split(":")[:4]) if ":" in address else address
        allowance = self._by_address.setdefault(network, self._new())
        self._by_address.move_to_end(network)
        while len(self._by_address) > self._most:
            self._by_address.popitem(last=False)
        return allowance.take(now)
