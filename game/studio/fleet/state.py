"""What a server knows of the fleet."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec

from game.redis_connection import Client
from game.studio.fleet.queue import DrawingQueue
from game.studio.fleet.wire import WORKERS, Announcement, Wanted, decode_announcement, worker_key


@dataclass(frozen=True, slots=True)
class FleetState:
    """As it was when the server last looked, at most a second ago."""

    is_there: bool = False
    """Whether Redis answers."""
    workers: tuple[Announcement, ...] = ()
    """All that are alive, whatever their perceptor."""
    waiting: Mapping[Wanted, int] = field(default_factory=dict)
    """How many drawings of this server's perceptors nobody has taken."""

    def artists(self, perceptor: str) -> int:
        """How many drawings can be made at once with this perceptor."""
        return sum(worker.at_once for worker in self.workers if worker.perceptor == perceptor)

    def has(self, job: str) -> bool:
        """Whether a worker that is alive has this job in hand."""
        return any(job in worker.jobs for worker in self.workers)


@dataclass(slots=True)
class FleetCounts:
    """What became of the drawings since the server started."""

    by_fleet: int = 0
    """Those that the fleet has made to their end,"""
    by_this_machine: int = 0
    """and those that this machine has made, or gone on with."""
    waits: int = 0
    """How many that were wanted at once a worker has begun,"""
    waited_seconds: float = 0.0
    """and how long they had waited for it, all together."""


def _workers(announced: Iterable[bytes | None]) -> Iterator[Announcement]:
    for packed in announced:
        if packed is not None:
            with suppress(msgspec.DecodeError):  # one of another version: it cannot be counted on
                yield decode_announcement(packed)


async def look(redis: Client, queues: Mapping[tuple[str, Wanted], DrawingQueue]) -> FleetState:
    """Ask Redis; workers that are gone are struck off. Raises a RedisError or OSError if it does not answer."""
    names = sorted(name.decode() for name in await redis.smembers(WORKERS))
    announced = await redis.mget(map(worker_key, names)) if names else []
    if gone := [name for name, packed in zip(names, announced, strict=True) if packed is None]:
        await redis.srem(WORKERS, *gone)
    waiting: Counter[Wanted] = Counter()
    for (_, wanted), queue in queues.items():
        waiting[wanted] += (await queue.load()).waiting
    return FleetState(True, tuple(_workers(announced)), waiting)
