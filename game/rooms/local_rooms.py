"""The rooms of a server that is alone: kept in files, which the next server with the same data folder opens again."""

import structlog

from game.bus.local import LocalBus
from game.rooms.registry import House, Rooms
from game.rooms.room import Keep, MayTry, Room, any_password
from game.rooms.snapshots import Snapshots
from game.rules.commands import Reopen
from game.rules.game import Game
from game.rules.state import SnapshotError
from game.store.entries import EntryError, decode
from game.studio.base import Studio

log = structlog.get_logger()


class LocalRooms(Rooms):
    """As Rooms; `reopen` lets those stand again that an earlier server left."""

    def __init__(self, house: House, bus: LocalBus, studio: Studio, keep: Keep, snapshots: Snapshots, may_try: MayTry = any_password) -> None:
        """`may_try`: see Room."""
        super().__init__(house, bus)
        self._studio, self._keep, self._snapshots, self._may_try = studio, keep, snapshots, may_try

    @property
    def keeping(self) -> Snapshots:
        """See Rooms."""
        return self._snapshots

    async def start(self) -> None:
        """See Rooms."""
        self.reopen()

    def reopen(self) -> None:
        """Let the rooms of a server that has ended stand again, as they were."""
        for snapshot in self._snapshots.taken_over():
            try:
                game, owed = self._thawed(snapshot), [decode(entry)[0] for entry in snapshot.owed]
            except (SnapshotError, EntryError) as error:
                log.error("a room cannot be opened again", room=snapshot.code, reason=str(error), aside=str(self._snapshots.refuse(snapshot.code)))
                continue
            for entry in owed:
                self._keep(entry)
            self._stand(snapshot.code, game, snapshot.at).post(Reopen())
        if self._rooms:
            log.info("rooms are open again", count=len(self._rooms))

    async def suspend(self) -> None:
        """See Rooms. Everybody is told before."""
        self.announce("restarting")
        for room in self._rooms.values():
            room.suspend()
        self._rooms.clear()
        self._snapshots.close()

    def _room(self, code: str, game: Game, clock: float | None) -> Room:
        return Room(code, game, self.bus, self._studio, self._keep, self._snapshots.save, lambda: self._closed(code), clock, self._may_try)

    def _closed(self, code: str) -> None:
        self._rooms.pop(code, None)
        self._snapshots.forget(code)
