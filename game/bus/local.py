"""The bus of a single process: a table of sinks."""

from game.bus.base import Payload, Sink


class LocalBus:
    """Delivers at once, in the order published."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, Sink]] = {}

    def subscribe(self, room: str, player_id: str, sink: Sink) -> None:
        """See Bus."""
        # Made anew, for somebody may come while something is being published.
        self._rooms[room] = self._rooms.get(room, {}) | {player_id: sink}

    def unsubscribe(self, room: str, player_id: str, sink: Sink) -> bool:
        """See Bus."""
        sinks = self._rooms.get(room, {})
        if sinks.get(player_id) is not sink:
            return False
        if len(sinks) == 1:
            del self._rooms[room]
        else:
            self._rooms[room] = {other: theirs for other, theirs in sinks.items() if other != player_id}
        return True

    def publish(self, room: str, audience: frozenset[str] | None, payload: Payload) -> None:
        """See Bus."""
        for player_id, sink in self._rooms.get(room, {}).items():
            if audience is None or player_id in audience:
                sink.put(payload)

    def dismiss(self, room: str, player_id: str, code: int) -> None:
        """See Bus."""
        sink = self._rooms.get(room, {}).get(player_id)
        if sink is not None:
            sink.finish(code)
