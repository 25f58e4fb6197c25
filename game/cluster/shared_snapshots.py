"""Rooms kept where other nodes find them: in Redis at once, in PostgreSQL some seconds later.

Redis has the newest state of each room, written in the same pipeline as the events that follow it, and before them, so that nobody
at another node has seen more than the next owner knows. PostgreSQL has one of some seconds ago, for a Redis that forgets. Both refuse
what comes with a lower fence than they have seen.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import msgspec
import structlog
from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from game.bus.redis import PREFIX, RedisLinks
from game.cluster.leases import Holding, Leases
from game.rooms.snapshots import RoomSnapshot
from game.rooms.summary import RoomSummary
from game.store.away import in_short
from game.store.entries import Entry, encode
from game.store.writer import ResultWriter

log = structlog.get_logger()
_to_database_every: Final = 5.0
_patience: Final = 8.0
"""Seconds without an answer from Redis, after which rooms are taken not to be kept, unless the database takes them."""
_forgotten_after: Final = 2 * 3600
_save: Final = """
if tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'number', ARGV[2], 'owner', ARGV[3], 'state', ARGV[4], 'summary', ARGV[5])
redis.call('EXPIRE', KEYS[1], ARGV[6])
return 1"""
_forget: Final = "if redis.call('HGET', KEYS[1], 'owner') == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1"
_summaries: Final = msgspec.msgpack.Decoder(RoomSummary)


class Owed:
    """What rooms handed to the store and the database may not have yet: it goes into their snapshots, so that it outlives this machine."""

    def __init__(self, results: ResultWriter) -> None:
        self._results = results
        self._entries: deque[tuple[str, bytes]] = deque()

    def keep(self, code: str, entry: Entry) -> None:
        """Hand an entry of this room to the store."""
        self._entries.append((code, encode(entry)))
        self._results.keep(entry)

    def of(self, code: str) -> tuple[bytes, ...]:
        """The room's entries that the database may not have. The store writes in order, so that they are among the last."""
        while len(self._entries) > self._results.waiting:
            self._entries.popleft()
        return tuple(entry for owner, entry in self._entries if owner == code)


class SharedSnapshots:
    """One node's; what it keeps is known by room, fence and number."""

    def __init__(self, links: RedisLinks, leases: Leases, node: str, lost: Callable[[str, int], None]) -> None:
        """`lost`: this room, with this fence, is another's: its state was refused."""
        self._links, self._leases, self._node, self._lost = links, leases, node, lost
        self._numbers: dict[str, int] = {}
        self._for_database: dict[str, tuple[str, int, int, bytes]] = {}
        self._unanswered_since: float | None = None
        self._database_took = 0.0
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write to the database."""
        self._task = asyncio.create_task(self._write_on())

    async def stop(self) -> None:
        """Write what waits, and end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._write()

    @property
    def is_failing(self) -> bool:
        """Whether what is played now would not outlive this node."""
        silent = self._unanswered_since
        now = time.monotonic()
        return silent is not None and now - silent > _patience and now - self._database_took > _patience

    def save(self, snapshot: RoomSnapshot, fence: int, summary: RoomSummary) -> bool:
        """Keep a room as it is now. Never blocks."""
        code = snapshot.code
        number = self._numbers[code] = self._numbers.get(code, 0) + 1
        state = msgspec.msgpack.encode(snapshot)
        given = (f"{PREFIX}room:{code}", fence, number, self._node, state, msgspec.msgpack.encode(summary), _forgotten_after)
        if self._unanswered_since is None:
            self._unanswered_since = time.monotonic()
        self._links.keep(code, lambda pipeline: pipeline.eval(_save, 1, *given), lambda answer: self._answered(code, fence, answer))
        self._for_database[code] = code, fence, number, state
        return True

    def _answered(self, code: str, fence: int, answer: Any) -> None:
        self._unanswered_since = None
        if answer == 0:
            self._lost(code, fence)
        elif isinstance(answer, Exception):
            log.error("Redis does not take a room", room=code, reason=str(answer))

    def forget(self, code: str) -> None:
        """The room has closed."""
        self.let_go(code)
        self._links.keep(code, lambda pipeline: pipeline.eval(_forget, 1, f"{PREFIX}room:{code}", self._node), lambda _: None)

    def let_go(self, code: str) -> None:
        """The room is another's."""
        self._numbers.pop(code, None)
        self._for_database.pop(code, None)

    def number_of(self, code: str) -> int:
        """Of the room's last state."""
        return self._numbers.get(code, 0)

    async def newest(self, code: str, holding: Holding) -> RoomSnapshot | None:
        """The newest state of a room that was taken over, wherever it is; its states are numbered on from there."""
        number, state = holding.number, holding.state
        try:
            found = await self._links.ask("HMGET", f"{PREFIX}room:{code}", "number", "state")
        except (RedisError, OSError, TimeoutError):
            found = [None, None]
        if found[1] is not None and int(found[0]) > number:
            number, state = int(found[0]), found[1]
        self._numbers[code] = number
        return None if state is None else msgspec.msgpack.decode(state, type=RoomSnapshot)

    async def look(self, code: str) -> tuple[str, RoomSummary] | None:
        """The node that a room was last kept by, and how it was then; None if Redis knows none. Raises RedisError, OSError, TimeoutError."""
        owner, summary = await self._links.ask("HMGET", f"{PREFIX}room:{code}", "owner", "summary")
        return None if owner is None else (owner.decode(), _summaries.decode(summary))

    async def _write_on(self) -> None:
        while True:
            await asyncio.sleep(_to_database_every)
            await self._write()

    async def _write(self) -> None:
        waiting, self._for_database = self._for_database, {}
        try:
            if waiting:
                # In one order everywhere, so that two nodes never wait for each other.
                await self._leases.save([waiting[code] for code in sorted(waiting)])
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("rooms could not be kept in the database; trying again", reason=in_short(error))
            self._for_database = waiting | self._for_database
        else:
            self._database_took = time.monotonic()
