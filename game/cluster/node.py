"""One node of several: keeps its lease, hears of the others, and passes on what they say."""

import asyncio
import itertools
import time
import uuid
from collections.abc import Coroutine
from typing import Final

import structlog

from game.bus.redis import RedisLinks
from game.cluster.edge import Edge
from game.cluster.guests import SharedBus
from game.cluster.hashing import winner
from game.cluster.hospitality import Hospitality
from game.cluster.leased_room import LeasedRoom
from game.cluster.leases import LEASE_SECONDS, Holding, Leases, Standing
from game.cluster.remote_room import RemoteRoom
from game.cluster.rooms import ClusterRooms
from game.cluster.shared_snapshots import Owed
from game.cluster.wire import Banished, Entered, Event, Finished, Moved, NodeMessage, Proclaimed, Seats, Take, Unknown, Used, WhoSeats, decode, encode
from game.gateway.rate_limits import Budgets
from game.protocol.client_messages import Budget
from game.rooms.registry import House
from game.rooms.room import MayTry
from game.store.away import in_short
from game.store.writer import ResultWriter
from game.studio.base import Studio

log = structlog.get_logger()
_renew_every: Final = 0.75
"""Seconds between two renewals."""
_patience: Final = 2.0
"""Seconds that a renewal may take: beyond them it might be found to have run out when it comes back."""
_others_turn: Final = 2.0
"""Seconds after which a room that nobody took is anybody's: nodes may differ for a moment over who lives."""
_answer_within: Final = 1.0
_alone_for: Final = 2.0
"""Seconds that a node without its lease hopes to reach somebody again."""


class Node:
    """Listens to the links; `rooms` and all beside it are this node's."""

    def __init__(self, redis_url: str, database_url: str, keys: str, budgets: Budgets) -> None:
        """`keys`: see Leases. Raises Mistake for a database that cannot hold leases."""
        self.node = uuid.uuid4().hex[:16]
        self.links = RedisLinks(redis_url, self.node)
        self._budgets = budgets
        budgets.tell = self._tell_used
        self.leases = Leases(database_url, self.node, keys)
        self.bus = SharedBus()
        self.rooms: ClusterRooms
        self.edge: Edge
        self.guests: Hospitality
        self._nodes: dict[str, bool] = {}
        self._sure_until = 0.0
        self._is_draining = False
        self._orphans_since: dict[str, float] = {}
        self._opening: set[str] = set()
        self._questions: dict[int, tuple[asyncio.Future[bool], set[str]]] = {}
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._database_is_away = False
        self._alone_since: float | None = None

    def build_rooms(self, house: House, studio: Studio, results: ResultWriter, may_try: MayTry) -> ClusterRooms:
        """Make what stands on this node."""
        self.rooms = ClusterRooms(house, self.bus, studio, Owed(results), may_try, self.links, self.leases, self)
        self.edge = Edge(self.node, self._send, self.rooms.locate, self.rooms.find)
        self.guests = Hospitality(self.links.send, self.rooms.find)
        return self.rooms

    async def start(self) -> None:
        """Join the others. Raises Mistake if they sign with other keys."""
        await self.links.start(self)
        try:
            await self.leases.check_keys()
            await self._renew()
        except (OSError, TimeoutError) as error:
            log.error("the database does not answer: this node takes no rooms until it does", reason=in_short(error))
        self.rooms.snapshots.start()
        self._do(self._beat())
        log.info("this node is open", node=self.node, nodes=len(self._nodes))

    async def drain(self) -> None:
        """The server stops: hand all rooms over, and close the connections here, whose pages come back at another node."""
        if self._is_draining:
            return
        self._is_draining = True
        try:
            async with asyncio.timeout(_patience):
                await self._renew()
        except Exception as error:
            log.warning("the other nodes cannot be told that this one ends", reason=in_short(error))
        await self.rooms.hand_over(lambda heir, code: self.links.send(heir, encode(Take(code))))
        await self.links.flush()

    async def stop(self) -> None:
        """End, after `drain`."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.rooms.snapshots.stop()
        await self.links.stop()
        try:
            async with asyncio.timeout(_patience):
                await self.rooms.release_closed()
                await self.leases.leave()
        except Exception as error:
            log.info("this node's lease has to run out by itself", reason=in_short(error))
        await self.leases.close()

    def _do(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # --- Cluster, for the rooms

    def is_sure(self) -> bool:
        """See Cluster."""
        return time.monotonic() < self._sure_until

    def candidates(self) -> list[str]:
        """See Cluster."""
        return [node for node, draining in self._nodes.items() if not draining]

    def living(self) -> list[str]:
        """See Cluster."""
        return list(self._nodes)

    def remote(self, code: str, owner: str | None) -> RemoteRoom | None:
        """See Cluster."""
        return self.edge.known(code) if owner is None else self.edge.room(code, owner)

    def gone(self, room: LeasedRoom) -> None:
        """See Cluster."""
        self.guests.forget(room)

    async def seated_elsewhere(self, player_id: str) -> bool:
        """See Cluster. Who does not answer in time is taken to have none."""
        others = {node for node in self._nodes if node != self.node}
        if not others:
            return False
        number = next(self._numbers)
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._questions[number] = answer, others
        self.links.broadcast(encode(WhoSeats(number, player_id)))
        try:
            async with asyncio.timeout(_answer_within):
                return await answer
        except TimeoutError:
            return False
        finally:
            del self._questions[number]

    def tell_others(self, message: Proclaimed | Banished) -> None:
        """See Cluster."""
        self.links.broadcast(encode(message))

    # --- Listener, for the links

    def receive(self, sender: str, frame: bytes) -> None:
        """See Listener."""
        message = decode(frame)
        match message:
            case Event() | Entered() | Finished() | Unknown() | Moved():
                if isinstance(message, Moved):
                    self._has_moved(message)
                self.edge.take(sender, message)
            case Take(code):
                self._do(self._take_handed(code))
            case WhoSeats(number, player_id):
                self._send(sender, Seats(number, self.rooms.seats_here(player_id)))
            case Seats(number, is_seated):
                self._answered(number, sender, is_seated)
            case Used(budget, player_id, address):
                self._budgets.used(budget, player_id, address, time.monotonic())
            case Proclaimed(text):
                self.rooms.broadcast_here(text)
            case Banished(player_ids):
                self.rooms.banish_here(player_ids)
            case _:
                self.guests.take(sender, message)

    def missed(self, sender: str) -> None:
        """See Listener."""
        self.edge.missed(sender)
        self.guests.missed(sender)

    def _send(self, node: str, message: NodeMessage) -> None:
        self.links.send(node, encode(message))

    def _tell_used(self, budget: Budget, player_id: str, address: str) -> None:
        self.links.broadcast(encode(Used(budget, player_id, address)))

    def _has_moved(self, moved: Moved) -> None:
        room = self.rooms.find(moved.code)
        if room is not None and room.fence < moved.fence:
            self.rooms.let_go(room)

    def _answered(self, number: int, sender: str, is_seated: bool) -> None:
        answer, waiting = self._questions.get(number, (None, set()))
        waiting.discard(sender)
        if answer is not None and not answer.done() and (is_seated or not waiting):
            answer.set_result(is_seated)

    # --- the lease

    async def _beat(self) -> None:
        while True:
            began = time.monotonic()
            try:
                async with asyncio.timeout(_patience):
                    await self._renew()
                    await self.rooms.release_closed()
            except Exception as error:
                self._cannot_renew(began, error)
            else:
                if self._database_is_away:
                    log.info("the database answers")
                self._database_is_away = False
            self._look_around()
            if self.is_sure():
                for code in self.rooms.fences:
                    if (room := self.rooms.find(code)) is not None:
                        room.go_on()
            self.rooms.publish_list()
            for node in self._nodes:
                if node != self.node:
                    self.links.beat(node)
            self.links.beat("all")
            await asyncio.sleep(max(0.1, _renew_every - (time.monotonic() - began)))

    def _cannot_renew(self, began: float, error: Exception) -> None:
        """Without the database nobody can be sure, but neither can another node take a room through it.

        Whoever still reaches the others through Redis plays on: had a room been taken all the same, its new owner would be heard there,
        and what is sent from here be refused by its fence. Whoever reaches neither holds still.
        """
        if not self._database_is_away:
            log.error("the database does not answer: leases cannot be renewed", reason=in_short(error))
        self._database_is_away = True
        if not self.links.is_away:
            self._sure_until = max(self._sure_until, began + LEASE_SECONDS)

    def _look_around(self) -> None:
        """Who is cut off from everything for a while has lost its rooms to others: its players shall go there too, and nobody come here."""
        now = time.monotonic()
        if self.is_sure() or not self.links.is_away or len(self._nodes) < 2:
            self._alone_since, self.rooms.is_cut_off = None, False
            return
        self._alone_since = self._alone_since or now
        if not self.rooms.is_cut_off and now - self._alone_since > _alone_for:
            log.error("this node reaches neither the database nor Redis: its players are sent to other nodes")
            self.rooms.is_cut_off = True
            self.rooms.send_pages_on()
            self.edge.send_pages_on()

    async def _renew(self) -> None:
        began, before = time.monotonic(), self.rooms.fences
        standing = await self.leases.renew(draining=self._is_draining)
        for code, fence in before.items():
            room = self.rooms.find(code)
            if room is not None and room.fence == fence and standing.mine.get(code) != fence:
                self.rooms.let_go(room)
        has_lapsed = began > self._sure_until
        self._sure_until = began + LEASE_SECONDS
        self._see(standing)
        if has_lapsed:  # the others have taken this node for dead, and its players for gone
            self.edge.enter_again()
        if not self._is_draining:
            self._take_what_is_due(standing)

    def _see(self, standing: Standing) -> None:
        dead = self._nodes.keys() - standing.nodes.keys()
        self._nodes = dict(standing.nodes)
        for node in dead:
            log.warning("a node is no more", node=node)
            self.links.forget(node)
            self.guests.lost(node)
        self.edge.lost(self._nodes)

    def _take_what_is_due(self, standing: Standing) -> None:
        now, candidates = time.monotonic(), self.candidates()
        self._orphans_since = {code: self._orphans_since.get(code, now) for code in standing.orphans}
        for code, owner in standing.orphans.items():
            if winner(code, candidates) == self.node or now - self._orphans_since[code] > _others_turn:
                self._do(self._take(code, owner))
        for code in standing.mine:
            if self.rooms.find(code) is None and code not in self.rooms.closing:
                self._do(self._take_handed(code))

    async def _take(self, code: str, owner: str) -> None:
        """A room whose node is no more."""
        if code in self._opening:
            return
        self._opening.add(code)
        try:
            holding = await self.leases.take(code, owner)
            if holding is not None:
                await self._open(code, holding)
        except Exception as error:  # it is still an orphan at the next look
            log.warning("a room could not be taken over; trying again", room=code, reason=in_short(error))
        finally:
            self._opening.discard(code)

    async def _take_handed(self, code: str) -> None:
        """A room that another node has handed over; or one that this node owns, and lost on its way."""
        if code in self._opening or self.rooms.find(code) is not None:
            return
        self._opening.add(code)
        try:
            holding = await self.leases.held(code)
            if holding is not None and self.rooms.find(code) is None:
                await self._open(code, holding)
        except Exception as error:
            log.warning("a room that was handed over could not be opened; trying again", room=code, reason=in_short(error))
        finally:
            self._opening.discard(code)

    async def _open(self, code: str, holding: Holding) -> None:
        room = await self.rooms.stand_again(code, holding)
        if room is not None:
            log.info("a room has come to this node", room=code, fence=holding.fence)
            self.links.broadcast(encode(Moved(code, holding.fence)))
            self.edge.come_here(room)
