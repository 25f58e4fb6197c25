"""A queue of drawings: taskiq's broker on a Redis stream, but for how it is read.

taskiq-redis (1.2.4) looks for what a dead worker has left only after a new message has come, so that on a quiet evening a drawing would
wait for the next one; it holds an entry for taken once it is read, however long that was ago; and it reads all its streams as one, so that
no queue goes before another. So `listen` is ours; sending, the messages, the places for tasks and the acknowledging are taskiq's.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError
from taskiq import AckableMessage
from taskiq.kicker import AsyncKicker
from taskiq.message import BrokerMessage
from taskiq_redis import RedisStreamBroker

from game.redis_connection import Client, options
from game.studio.fleet.wire import BEAT, GONE, Wanted, queue_key

log = structlog.get_logger()
TASK: Final = "draw"
_group: Final = "artists"
_field: Final = b"data"
_block_ms: Final = 200
_most_waiting: Final = 10_000
_long_ago_ms: Final = 3_600_000


Gate = Callable[[], Awaitable[bool]]


async def always() -> bool:
    """Take whatever comes."""
    return True


@dataclass(frozen=True, slots=True)
class Load:
    """A queue as Redis knows it in one moment."""

    waiting: int
    """Jobs that nobody has taken;"""
    mine: int
    """and those that this worker has: what is on its way to it too."""


class DrawingQueue(RedisStreamBroker):
    """The jobs that are wanted now, or those ahead, for one perceptor. Servers send and take back; workers listen."""

    def __init__(
        self, redis_url: str, perceptor: str, wanted: Wanted, name: str = "server", may_take: Callable[[], Awaitable[bool]] = always
    ) -> None:
        """`name` is the worker's; `may_take` is asked before an entry is read."""
        super().__init__(
            redis_url,
            queue_name=queue_key(perceptor, wanted),
            consumer_group_name=_group,
            consumer_name=name,
            consumer_id="0",  # from the very first: what was sent before there was a worker too
            **options(),
        )
        self._redis: Client = Redis(connection_pool=self.connection_pool)
        self._may_take = may_take
        self._sent: dict[str, bytes] = {}
        self._held: dict[str, bytes] = {}
        self._cursor = b"0-0"
        self._looked_for_orphans = 0.0
        self._is_declared = False

    async def send(self, job: str) -> None:
        """Put a job at the end. Raises taskiq's SendTaskError if Redis is away."""
        await AsyncKicker[[], None](TASK, self, {}).with_task_id(job).kiq()

    async def kick(self, message: BrokerMessage) -> None:
        """See AsyncBroker. The entry is remembered, so that it can be taken back."""
        entry = await self._redis.xadd(self.queue_name, {_field: message.message}, maxlen=_most_waiting)
        self._sent[message.task_id] = entry

    async def take_back(self, job: str) -> None:
        """Nobody shall begin with it any more; who has done so hears of it otherwise."""
        if (entry := self._sent.pop(job, None)) is not None:
            await self._redis.xdel(self.queue_name, entry)

    async def load(self) -> Load:
        """Ask Redis."""
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.xlen(self.queue_name)
            pipe.xpending(self.queue_name, _group)
            there, taken = await pipe.execute(raise_on_error=False)
        if isinstance(there, Exception):
            raise there
        if isinstance(taken, Exception):  # before the first worker there is no group
            return Load(int(there), 0)
        mine = sum(int(each["pending"]) for each in taken["consumers"] if each["name"] == self.consumer_name.encode())
        return Load(max(0, int(there) - int(taken["pending"])), mine)

    @property
    def held(self) -> frozenset[str]:
        """The jobs that this worker has read and not let go."""
        return frozenset(self._held)

    def sent_at(self, job: str) -> float:
        """When a job that is held was sent, in seconds on Redis's clock."""
        return int(self._held[job].split(b"-")[0]) / 1000

    async def keep(self) -> None:
        """Claim once more what is held, so that nobody else takes it over."""
        if self._held:
            await self._redis.xclaim(self.queue_name, _group, self.consumer_name, 0, [*self._held.values()], justid=True)

    async def hand_over(self) -> None:
        """Others may take at once what is held: this worker ends."""
        if self._held:
            await self._redis.xclaim(self.queue_name, _group, self.consumer_name, 0, [*self._held.values()], idle=_long_ago_ms, justid=True)
        else:
            await self._redis.xgroup_delconsumer(self.queue_name, _group, self.consumer_name)

    def let_go(self, job: str) -> None:
        """Claim it no more."""
        self._held.pop(job, None)

    async def listen(self) -> AsyncGenerator[AckableMessage, None]:
        """See AsyncBroker. What a dead worker has left comes first; Redis may go away meanwhile, and come back with nothing in it."""
        while True:
            try:
                entry = await self._next()
            except (RedisError, OSError) as error:
                if self._is_declared:
                    log.warning("the queue of drawings cannot be read; trying again", queue=self.queue_name, reason=str(error))
                self._is_declared = False  # it may have forgotten the group, or this is what it says
                await asyncio.sleep(BEAT)
                continue
            if entry is not None:
                number, fields = entry
                job = self.formatter.loads(fields[_field]).task_id
                if job not in self._held:
                    self._held[job] = number
                    yield AckableMessage(data=fields[_field], ack=partial(self._done, number))

    async def _next(self) -> tuple[bytes, dict[bytes, bytes]] | None:
        if not self._is_declared:
            await self._declare_consumer_group()
            self._is_declared = True
        if not await self._may_take():
            await asyncio.sleep(_block_ms / 1000)
            return None
        if time.monotonic() > self._looked_for_orphans + BEAT:
            self._cursor, orphans, *_ = await self._redis.xautoclaim(
                self.queue_name, _group, self.consumer_name, int(1000 * GONE), self._cursor, count=1
            )
            if orphans:
                return _entry(orphans)
            self._looked_for_orphans = time.monotonic()
        found = await self._redis.xreadgroup(_group, self.consumer_name, {self.queue_name: ">"}, count=1, block=_block_ms)
        return _entry(found[0][1]) if found else None

    async def _done(self, entry: bytes) -> None:
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.xack(self.queue_name, _group, entry)
            pipe.xdel(self.queue_name, entry)
            await pipe.execute()


def _entry(entries: list[tuple[bytes, dict[bytes, bytes]]]) -> tuple[bytes, dict[bytes, bytes]]:
    return entries[0]
