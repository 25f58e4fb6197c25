"""How many connections are open from each address, and that they do not become too many."""

from collections import Counter

from game.gateway.networks import network_of


class OpenConnections:
    """Counts WebSockets by address, from the handshake until they are gone. `most` from each; 0: any number."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()
        self.refused = 0
        """How many could not come in."""

    def enter(self, address: str) -> "Place | None":
        """Count one more; None if there are as many as may be."""
        network = network_of(address)
        if self._most and self._open[network] >= self._most:
            self.refused += 1
            return None
        self._open[network] += 1
        return Place(self._open, network)


class Place:
    """One connection's, until it leaves; leaving twice is leaving once."""

    __slots__ = ("_is_left", "_network", "_open")

    def __init__(self, open_by_network: Counter[str], network: str) -> None:
        self._open, self._network, self._is_left = open_by_network, network, False

    def leave(self) -> None:
        """Count one less; nothing is kept about an address without any."""
        if not self._is_left:
            self._is_left = True
            self._open[self._network] -= 1
            if not self._open[self._network]:
                del self._open[self._network]
