"""How fast one may talk: budgets, by what is said, for each connection, for each player and for each address.

What a message is counted as stands beside its type (`budget`, game/protocol/client_messages.py); how much of it there may be stands here.
A player's budget is one for all their connections, so that neither coming back nor a second tab gives a fresh one. An address's is wide:
a class of thirty behind one must not notice it.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from game.gateway.networks import network_of
from game.protocol.client_messages import Budget


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

    def has_one(self, now: float) -> bool:
        """Whether `take` would find one."""
        return min(self.burst, self._left + (now - self._at) * self.rate) >= 1


@dataclass(frozen=True, slots=True)
class Rate:
    """`rate` a second in the long run, `burst` at once."""

    rate: float
    burst: int

    def allowance(self) -> Allowance:
        """Return a full bucket."""
        return Allowance(self.rate, self.burst)


@dataclass(frozen=True, slots=True)
class Rates:
    """Of one budget: what a connection, a player and an address may. None: those are not counted by it."""

    connection: Rate | None = None
    player: Rate | None = None
    address: Rate | None = None


DRAW: Final = Rate(60, 120)
"""A browser sends a batch every 33 ms at most. Only a connection's: who draws changes, and joins are counted."""
RATES: Final[Mapping[Budget, Rates]] = {
    "draw": Rates(DRAW),
    # One guess in 1.3 s, ten at once: as fast as a person types, and at most 70 in a turn of 80 s for a program that tries words.
    "chat": Rates(Rate(0.75, 10), Rate(1, 12), Rate(25, 300)),
    # The longest text of `set_words` comes in eight parts.
    "control": Rates(Rate(4, 20)),
    "join": Rates(player=Rate(0.5, 20), address=Rate(8, 240)),
    "room": Rates(player=Rate(0.1, 20), address=Rate(0.2, 60)),
}
"""The table. A test compares it with docs/protocol.md."""


def for_strikes() -> Allowance:
    """Refusals: one who is refused faster than this for long is cut off."""
    return Allowance(rate=2, burst=60)


def for_passwords() -> Allowance:
    """Wrong passwords."""
    return Allowance(rate=1 / 6, burst=10)


def for_transfers() -> Allowance:
    """Codes for taking an identity to another device."""
    return Allowance(rate=1 / 10, burst=10)


def for_tokens() -> Allowance:
    """Wrong tokens of the server's owner."""
    return Allowance(rate=1 / 6, burst=10)


class ByKey:
    """An allowance for each key, whatever a key stands for."""

    def __init__(self, new: Callable[[], Allowance], most: int = 10_000) -> None:
        """`most` keys are remembered, those seen last."""
        self._new, self._most = new, most
        self._by_key: OrderedDict[str, Allowance] = OrderedDict()

    def take(self, key: str, now: float) -> bool:
        """Use one of the key's up if there is one."""
        allowance = self._by_key.get(key)
        if allowance is None:
            allowance = self._by_key[key] = self._new()
            if len(self._by_key) > self._most:
                self._by_key.popitem(last=False)
        self._by_key.move_to_end(key)
        return allowance.take(now)

    def has_one(self, key: str, now: float) -> bool:
        """Whether `take` would find one."""
        allowance = self._by_key.get(key)
        return allowance is None or allowance.has_one(now)


class ByAddress(ByKey):
    """An allowance for each network address; of IPv6, for each network of 2 to the 64, as one subscriber has."""

    def take(self, address: str, now: float) -> bool:
        """Use one of the address's up if there is one."""
        return super().take(network_of(address), now)

    def has_one(self, address: str, now: float) -> bool:
        """Whether `take` would find one."""
        return super().has_one(network_of(address), now)


class Budgets:
    """What all connections of a server share: the players' and the addresses' budgets."""

    def __init__(self, rates: Mapping[Budget, Rates] = RATES) -> None:
        self._rates = rates
        self.refusals: Counter[str] = Counter()
        """How often there was none left, by budget, and by what else is limited beside them."""
        self._players = {kind: ByKey(each.player.allowance) for kind, each in rates.items() if each.player}
        self._addresses = {kind: ByAddress(each.address.allowance) for kind, each in rates.items() if each.address}
        self.tell: Callable[[Budget, str, str], object] | None = None
        """Hears of what was used up of budgets that no connection has for itself: coming in and opening rooms, which may be tried anywhere."""

    def take(self, budget: Budget, player_id: str, address: str, now: float) -> bool:
        """Use one up of the player's and one of the address's. `now` is time.monotonic's.

        What the player is refused costs the address nothing: nobody uses up what belongs to the others there.
        """
        is_taken = self.used(budget, player_id, address, now)
        if is_taken and self.tell is not None and self._rates[budget].connection is None:
            self.tell(budget, player_id, address)
        return is_taken

    def used(self, budget: Budget, player_id: str, address: str, now: float) -> bool:
        """As `take`, for what was used up at another server that is one with this."""
        player, at_address = self._players.get(budget), self._addresses.get(budget)
        has_one = (player is None or player.take(player_id, now)) and (at_address is None or at_address.take(address, now))
        if not has_one:
            self.refusals[budget] += 1
        return has_one

    def of_connection(self, player_id: str, address: str) -> "ConnectionBudgets":
        """Return what a new connection of this player from this address may."""
        return ConnectionBudgets(self, self._rates, player_id, address)


class ConnectionBudgets:
    """What one connection may: of its own, and of what it shares with others."""

    __slots__ = ("_address", "_own", "_player_id", "_rates", "_shared")

    def __init__(self, shared: Budgets, rates: Mapping[Budget, Rates], player_id: str, address: str) -> None:
        self._shared, self._rates, self._player_id, self._address = shared, rates, player_id, address
        self._own: dict[Budget, Allowance] = {}

    def take(self, budget: Budget, now: float) -> bool:
        """Use one up, if there is one left everywhere. `now` is time.monotonic's."""
        rate = self._rates[budget].connection
        if rate is not None:
            own = self._own.get(budget)
            if own is None:
                own = self._own[budget] = rate.allowance()
            if not own.take(now):
                self.refused(budget)
                return False
        return self._shared.take(budget, self._player_id, self._address, now)

    def refused(self, budget: Budget) -> None:
        """Count one that was refused for want of an own budget."""
        self._shared.refusals[budget] += 1
