"""The bus of a single process: a table of sinks."""

from game.bus.base import Payload, Sink


class LocalBus:
    """Delivers at once, in the order published."""

    def __init__(self) -> None:
        self._rooms: dict[str, dict[str, Sink]] = {}
        self._last: dict[str, tuple[frozenset[str] | None, list[Sink]]] = {}
        """Of each room the last audience and its sinks: what comes often, ink, goes to the same ones again and again."""
        self.ink = self.messages = 0
        """How much was handed to sinks: frames of ink, and all else."""

    def subscribe(self, room: str, player_id: str, sink: Sink) -> Sink | None:
        """See Bus."""
        earlier = self._rooms.get(room, {}).get(player_id)
        # Made anew, for somebody may come while something is being published.
        self._rooms[room] = self._rooms.get(room, {}) | {player_id: sink}
        self._last.pop(room, None)
        return earlier

    def unsubscribe(self, room: str, player_id: str, sink: Sink) -> bool:
        """See Bus."""
        sinks = self._rooms.get(room, {})
        if sinks.get(player_id) is not sink:
            return False
        self._last.pop(room, None)
        if len(sinks) == 1:
            del self._rooms[room]
        else:
            self._rooms[room] = {other: theirs for other, theirs in sinks.items() if other != player_id}
        return True

    def publish(self, room: str, audience: frozenset[str] | None, payload: Payload) -> None:
        """See Bus."""
        last = self._last.get(room)
        if last is None or last[0] is not audience:
            last = audience, self._sinks(room, audience)
            if last[1]:
                self._last[room] = last
        if type(payload.content) is bytes:
            self.ink += len(last[1])
        else:
            self.messages += len(last[1])
        for sink in last[1]:
            sink.put(payload)

    def _sinks(self, room: str, audience: frozenset[str] | None) -> list[Sink]:
        return [sink for player_id, sink in self._rooms.get(room, {}).items() if audience is None or player_id in audience]

    def dismiss(self, room: str, player_id: str, code: int) -> None:
        """See Bus."""
        sink = self._rooms.get(room, {}).get(player_id)
        if sink is not None:
            sink.finish(code)
