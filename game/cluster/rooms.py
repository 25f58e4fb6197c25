"""The rooms of one node of several."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from functools import partial
from typing import Any, Final, Protocol

import msgspec
import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from game.bus.redis import PREFIX, RedisLinks
from game.cluster.guests import SharedBus
from game.cluster.hashing import winner
from game.cluster.hospitality import Hospitality
from game.cluster.leased_room import LeasedRoom
from game.cluster.leases import Holding, Leases
from game.cluster.remote_room import RemoteRoom
from game.cluster.shared_snapshots import Owed, SharedSnapshots
from game.cluster.wire import Banished, Proclaimed
from game.protocol.client_messages import GameMode
from game.rooms.door import Door
from game.rooms.registry import House, Rooms, Unreachable, fresh_code
from game.rooms.room import MayTry
from game.rooms.snapshots import RoomSnapshot
from game.rooms.summary import RoomSummary, summary_of
from game.rules.commands import Reopen
from game.rules.game import Game
from game.rules.state import SnapshotError
from game.store.entries import EntryError, decode
from game.studio.base import Studio

log = structlog.get_logger()
_list_lives: Final = 5
_looked_up_for: Final = 1.0
"""Seconds for which the other nodes' public rooms are not asked for again."""
_summaries: Final = msgspec.msgpack.Decoder(list[RoomSummary])


class Cluster(Protocol):
    """What the rooms need of their node."""

    node: str
    links: RedisLinks
    guests: Hospitality

    def is_sure(self) -> bool:
        """Whether the node's lease certainly runs."""

    def candidates(self) -> list[str]:
        """The nodes that take rooms."""

    def living(self) -> list[str]:
        """All nodes that live."""

    def remote(self, code: str, owner: str | None) -> RemoteRoom | None:
        """The way to a room elsewhere: as it is known, or to this owner."""

    async def start(self) -> None:
        """Join the others."""

    async def drain(self) -> None:
        """Hand all rooms over."""

    async def stop(self) -> None:
        """Leave the others."""

    def gone(self, room: LeasedRoom) -> None:
        """A room is no longer here."""

    def tell_others(self, message: Proclaimed | Banished) -> None:
        """Tell all other nodes."""

    def seated_elsewhere(self, player_id: str) -> Awaitable[bool]:
        """Whether a room of another node has a seat for this player."""


class ClusterRooms(Rooms):
    """As Rooms; each room here is one that this node holds the lease of, and those of other nodes are reached through it."""

    def __init__(
        self, house: House, bus: SharedBus, studio: Studio, owed: Owed, may_try: MayTry, links: RedisLinks, leases: Leases, node: Cluster
    ) -> None:
        super().__init__(house, bus)
        self.snapshots = SharedSnapshots(links, leases, node.node, self._refused)
        self._shared_bus, self._studio, self._owed, self._may_try = bus, studio, owed, may_try
        self._links, self._leases, self.node = links, leases, node
        self._listed_at, self._others = -_looked_up_for, list[RoomSummary]()
        self.closing: dict[str, int] = {}
        """Rooms that have closed while the database still says that they are ours."""

    # --- finding

    def find(self, code: str) -> LeasedRoom | None:
        """See Rooms."""
        room = super().find(code)
        assert room is None or isinstance(room, LeasedRoom)
        return room

    @property
    def fences(self) -> dict[str, int]:
        """The rooms here, with their fences."""
        return {code: room.fence for code, room in self._rooms.items() if isinstance(room, LeasedRoom)}

    async def door(self, code: str) -> Door | None:
        """See Rooms. Raises Unreachable."""
        code = code.lower()
        room = self.find(code) or self.node.remote(code, None)
        if room is not None:
            return room
        try:
            owner = await self.locate(code)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            raise Unreachable("The room cannot be found just now. Try again in a moment.") from error
        return self.find(code) or (self.node.remote(code, owner) if owner is not None else None)

    async def locate(self, code: str) -> str | None:
        """The node that owns a room; None if there is no such room. Raises what the database does."""
        try:
            known = await self.snapshots.look(code)
            if known is not None and known[0] in self.node.living() and known[0] != self.node.node:
                return known[0]
        except (RedisError, OSError, TimeoutError):
            pass
        where = await self._leases.where(code)
        return where[0] if where is not None else None

    async def look(self, code: str) -> RoomSummary | None:
        """See Rooms. Raises Unreachable."""
        here = await super().look(code)
        if here is not None:
            return here
        try:
            known = await self.snapshots.look(code.lower())
        except (RedisError, OSError, TimeoutError) as error:
            raise Unreachable("The room cannot be looked at just now. Try again in a moment.") from error
        return known[1] if known is not None else None

    async def _listed(self) -> list[RoomSummary]:
        now = time.monotonic()
        if now - self._listed_at > _looked_up_for:
            self._listed_at = now
            others = [f"{PREFIX}public:{node}" for node in self.node.living() if node != self.node.node]
            try:
                found = await self._links.ask("MGET", *others) if others else []
            except (RedisError, OSError, TimeoutError):  # those of this node are better than none
                found = []
            self._others = [room for rooms in found if rooms is not None for room in _summaries.decode(rooms)]
        return self.listed_here() + self._others

    def publish_list(self) -> None:
        """Tell the other nodes of the public rooms here."""
        name, rooms = f"{PREFIX}public:{self.node.node}", msgspec.msgpack.encode(self.listed_here())
        self._links.keep(name, lambda pipeline: pipeline.set(name, rooms, ex=_list_lives), lambda _: None)

    async def seats(self, player_id: str) -> bool:
        """See Rooms."""
        return self.seats_here(player_id) or await self.node.seated_elsewhere(player_id)

    # --- what the servers' owner does

    def broadcast(self, text: str) -> None:
        """See Rooms."""
        self.broadcast_here(text)
        self.node.tell_others(Proclaimed(text))

    def broadcast_here(self, text: str) -> None:
        """Show it in the rooms of this node."""
        super().broadcast(text)

    def banish(self, player_ids: Collection[str]) -> None:
        """See Rooms."""
        self.banish_here(player_ids)
        self.node.tell_others(Banished(tuple(player_ids)))

    def banish_here(self, player_ids: Collection[str]) -> None:
        """Send them away from the rooms of this node."""
        super().banish(player_ids)

    # --- opening and closing

    async def open(self, *, is_public: bool = False, language: str | None = None, game_mode: GameMode = "party") -> str:
        """See Rooms. Raises Unreachable."""
        try:
            return await super().open(is_public=is_public, language=language, game_mode=game_mode)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            raise Unreachable("No room can be opened just now: the database does not answer. Try again in a moment.") from error

    async def _new_code(self) -> str:
        """One that hashing gives to this node, so that a room stands where it was asked for, and all nodes would say so."""
        nodes = self.node.candidates()
        if self.node.node not in nodes or not self.node.is_sure():
            raise Unreachable("This server is about to restart. Try again in a moment.")
        code = fresh_code()
        while winner(code, nodes) != self.node.node:
            code = fresh_code()
        await self._leases.claim(code)
        return code

    def _room(self, code: str, game: Game, clock: float | None, fence: int = 1) -> LeasedRoom:
        return LeasedRoom(
            code,
            game,
            self._shared_bus,
            self._studio,
            partial(self._owed.keep, code),
            self._save,
            lambda: self._closed(code),
            clock,
            self._may_try,
            is_ours=self.node.is_sure,
            fence=fence,
        )

    def _save(self, snapshot: RoomSnapshot) -> bool:
        room = self.find(snapshot.code)
        if room is None:
            return True
        owed = (*self._owed.of(snapshot.code), *snapshot.owed)
        return self.snapshots.save(msgspec.structs.replace(snapshot, owed=owed), room.fence, summary_of(room))

    def _closed(self, code: str) -> None:
        room = self._rooms.pop(code)
        assert isinstance(room, LeasedRoom)
        self.closing[code] = room.fence
        self.snapshots.forget(code)
        self.node.gone(room)

    async def release_closed(self) -> None:
        """Tell the database of rooms that have closed. Raises what it does."""
        for code, fence in list(self.closing.items()):
            await self._leases.release(code, fence)
            self.closing.pop(code, None)

    def _refused(self, code: str, fence: int) -> None:
        """Redis knows a later owner."""
        room = self.find(code)
        if room is not None and room.fence == fence:
            self.let_go(room)

    def send_pages_on(self) -> None:
        """Have the pages at this node come back at another."""
        for room in list(self._rooms.values()):
            if isinstance(room, LeasedRoom):
                room.send_pages_on()

    def let_go(self, room: LeasedRoom) -> None:
        """Another node owns this room."""
        log.warning("another node has this room now", room=room.code, fence=room.fence)
        self._rooms.pop(room.code, None)
        self.snapshots.let_go(room.code)
        room.let_go()
        self.node.gone(room)

    async def stand_again(self, code: str, holding: Holding) -> LeasedRoom | None:
        """Let a room stand here that this node has just been given; None if nothing of it is left that can be read."""
        try:
            snapshot = await self.snapshots.newest(code, holding)
            if snapshot is None:
                raise SnapshotError("nothing of it was kept")
            game, owed = self._thawed(snapshot), [decode(entry)[0] for entry in snapshot.owed]
        except (SnapshotError, EntryError, msgspec.DecodeError) as error:
            log.error("a room cannot be opened again", room=code, reason=str(error))
            self.closing[code] = holding.fence
            return None
        for entry in owed:
            self._owed.keep(code, entry)
        room = self._room(code, game, snapshot.at, holding.fence)
        self._rooms[code] = room
        room.post(Reopen())
        return room

    @property
    def keeping(self) -> SharedSnapshots:
        """See Rooms."""
        return self.snapshots

    async def start(self) -> None:
        """See Rooms. Raises Mistake if the other nodes sign with other keys."""
        await self.node.start()

    async def suspend(self) -> None:
        """See Rooms: other nodes take them over."""
        await self.node.drain()

    async def stop(self) -> None:
        """See Rooms."""
        await self.node.stop()

    async def hand_over(self, send_take: Callable[[str, str], Any]) -> None:
        """Give all rooms to other nodes, with their last states; `send_take` tells a node of one. Without other nodes they wait for the next."""
        others = [node for node in self.node.candidates() if node != self.node.node]
        await asyncio.gather(*(self._hand_over(room, others, send_take) for room in list(self._rooms.values()) if isinstance(room, LeasedRoom)))

    async def _hand_over(self, room: LeasedRoom, others: list[str], send_take: Callable[[str, str], Any]) -> None:
        snapshot = room.last_state(self._owed.of(room.code))
        self._rooms.pop(room.code, None)
        heir, number = winner(room.code, others), self.snapshots.number_of(room.code) + 1
        state = msgspec.msgpack.encode(snapshot)
        try:
            if heir is None:
                await self._leases.save([(room.code, room.fence, number, state)])
            elif await self._leases.hand_over(room.code, room.fence, heir, number, state):
                send_take(heir, room.code)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.error("a room could not be handed over; another node takes it when this one's lease has run out", room=room.code, reason=str(error))
        room.let_go()
