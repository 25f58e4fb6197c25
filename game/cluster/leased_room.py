"""A room that acts only while its node certainly owns it."""

from collections import deque
from collections.abc import Callable
from typing import Any

from game.cluster.guests import SharedBus
from game.protocol.close_codes import RESTARTING
from game.rooms.door import Admission
from game.rooms.room import Lag, Room
from game.rooms.snapshots import RoomSnapshot
from game.rules.commands import Command


class LeasedRoom(Room):
    """Holds what comes while the lease is not sure: a process that stood still may have lost its rooms without knowing."""

    def __init__(self, code: str, game: Any, bus: SharedBus, *given: Any, is_ours: Callable[[], bool], fence: int) -> None:
        """`is_ours`: whether the node's lease certainly runs. `fence`: see Leases."""
        super().__init__(code, game, bus, *given)
        self._shared_bus, self._is_ours, self.fence = bus, is_ours, fence
        self._held: deque[Command | Admission | Lag] = deque()

    @property
    def epoch(self) -> str:
        """Of the room's events."""
        return self._epoch

    def _take(self, coming: Command | Admission | Lag) -> None:
        if not self._closed and (self._held or not self._is_ours()):
            self._held.append(coming)
        else:
            super()._take(coming)

    def go_on(self) -> None:
        """The lease is sure again, or lost for good."""
        held, self._held = self._held, deque()
        for coming in held:
            super()._take(coming)

    def last_state(self, owed: tuple[bytes, ...]) -> RoomSnapshot:
        """End the room here, and return it as it is now."""
        self._stop(RESTARTING)
        return RoomSnapshot(self.code, self._now(), self.game.freeze(), owed)

    def send_pages_on(self) -> None:
        """Have the pages at this node come back at another, which may have the room already."""
        for sink in self._shared_bus.here(self.code):
            sink.finish(RESTARTING)

    def let_go(self) -> None:
        """Another owns the room, or will: nothing more comes of it here. Pages at this node come back by themselves, guests follow it."""
        if not self._closed:
            self._stop(RESTARTING)
        self.go_on()  # who waits at the door goes on to the other
        self.send_pages_on()
        self._shared_bus.forget(self.code)
