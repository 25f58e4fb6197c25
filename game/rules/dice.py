"""A room's generator of chance, whose state is kept as bytes while it does not change."""

from random import Random
from typing import Any, Self

import msgspec


class Dice(Random):
    """Gives what Random gives. Its state is 625 numbers, and a room is saved far more often than anything is left to chance in it."""

    _frozen: msgspec.Raw | None = None

    @classmethod
    def like(cls, random: Random) -> Self:
        """One that goes on as this generator would."""
        return cls.at(random.getstate())

    @classmethod
    def at(cls, state: tuple[Any, ...]) -> Self:
        """One in a state that `getstate` gave. Raises TypeError, ValueError or OverflowError for what is none."""
        dice = cls()
        dice.setstate(state)
        return dice

    @property
    def frozen(self) -> msgspec.Raw:
        """What `getstate` gives (msgpack)."""
        if self._frozen is None:
            self._frozen = msgspec.Raw(msgspec.msgpack.encode(self.getstate()))
        return self._frozen

    # All that changes a Random goes through these.

    def random(self) -> float:
        """See Random."""
        self._frozen = None
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        """See Random."""
        self._frozen = None
        return super().getrandbits(k)

    def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
        """See Random. Of two that it makes it keeps the second."""
        self._frozen = None
        return super().gauss(mu, sigma)

    def setstate(self, state: tuple[Any, ...]) -> None:
        """See Random."""
        self._frozen = None
        super().setstate(state)

    def seed(self, *given: Any, **named: Any) -> None:
        """See Random."""
        self._frozen = None
        super().seed(*given, **named)
