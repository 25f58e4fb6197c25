"""The jobs that a server has given to the fleet: asked for, heard of, looked after, taken back."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

import msgspec
import structlog
from redis.exceptions import RedisError
from taskiq.exceptions import SendTaskError

from game.redis_connection import PATIENCE, connect, ended
from game.studio.base import DrawingJob
from game.studio.fleet.queue import DrawingQueue
from game.studio.fleet.state import FleetCounts, FleetState, look
from game.studio.fleet.wire import BEAT, QUEUES, Order, Told, Wanted, decode_told, encode, job_key, told_key

log = structlog.get_logger()
_late: Final = 3.0
"""Seconds after which a live drawing that nobody has begun is not left to the fleet any more;"""
_deserted: Final = 8.0
"""and one that was begun, when nobody has had it in hand for so long: by then another worker would have taken it over."""
_unattended: Final = 10
"""Seconds that an order lives without its server."""
_ear_ms: Final = 100
"""By so much what is told of a new job may be heard late, for one XREAD hears all jobs."""


class FleetLateError(Exception):
    """The fleet does not make this drawing, or not in time."""


@dataclass(slots=True, eq=False)
class Errand:
    """One job in the fleet's hands."""

    job: DrawingJob
    wanted: Wanted
    perceptor: str
    id: str = field(default_factory=lambda: token_hex(8))
    asked: float = field(default_factory=time.monotonic)
    cared_for: float = field(default_factory=time.monotonic)
    """When somebody was last known to have it in hand, or it was asked for."""
    is_taken: bool = False
    position: bytes = b"0"
    """In the stream of what is told."""
    told: "asyncio.Queue[Told | FleetLateError]" = field(default_factory=asyncio.Queue)
    sending: "asyncio.Task[None] | None" = None

    @property
    def is_sent(self) -> bool:
        """Whether Redis knows of it."""
        return self.sending is not None and self.sending.done()

    def is_deserted(self, state: FleetState) -> bool:
        """Whether waiting any longer would keep people waiting."""
        can_wait = self.wanted == "ahead" and state.artists(self.perceptor)
        return not can_wait and time.monotonic() - self.cared_for > (_deserted if self.is_taken else _late)


class Errands:
    """All of them, over one connection that listens and a few that ask."""

    def __init__(self, redis_url: str, perceptors: Sequence[str]) -> None:
        """`perceptors`: that drawings may be wanted of, the usual one first."""
        self._redis = connect(redis_url)
        self._perceptors = tuple(perceptors)
        self._queues = {(name, wanted): DrawingQueue(redis_url, name, wanted) for name in perceptors for wanted in QUEUES}
        self._errands: dict[str, Errand] = {}
        self._some = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.state, self.counts = FleetState(), FleetCounts()

    async def start(self) -> None:
        """Look who is there, and go on looking."""
        await self._look()
        self._loops = [asyncio.create_task(_again_and_again(each)) for each in (self._look_after, self._hear)]

    async def stop(self) -> None:
        """Hear no more, and want nothing more; without Redis, orders that are left die by themselves."""
        await ended(self._loops)
        for errand in [*self._errands.values()]:
            self.end(errand)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PATIENCE)
        await ended(self._tasks)
        for queue in self._queues.values():
            await queue.shutdown()
        await self._redis.aclose()

    def ask(self, job: DrawingJob) -> Errand:
        """Give a job to the fleet. Raises FleetLateError if there is nobody to take it; that comes as what is told too, where it turns out later."""
        usual, wish = self._perceptors[0], job.commission.manner.perceptor
        perceptor = wish if wish in self._perceptors and self.state.artists(wish) else usual
        if not self.state.artists(perceptor):
            raise FleetLateError("no worker has this perceptor" if self.state.is_there else "Redis is away")
        errand = Errand(job, "ahead" if job.ahead else "now", perceptor)
        self._errands[errand.id] = errand
        self._some.set()
        errand.sending = self._do(self._send(errand, errand.wanted))
        return errand

    def end(self, errand: Errand) -> None:
        """It is done, or not wanted any more: forget it, wherever it is."""
        self._errands.pop(errand.id, None)
        if not self._errands:
            self._some.clear()
        self._do(self._forget(errand))

    def hurry(self, errand: Errand) -> None:
        """It is wanted now: whoever has it in hand shall know, and if nobody has, it goes before those that are drawn ahead."""
        if errand.wanted == "ahead":
            errand.wanted, errand.cared_for = "now", time.monotonic()
            self._do(self._hurry(errand))

    async def _send(self, errand: Errand, wanted: Wanted) -> None:
        job = errand.job
        try:
            async with self._redis.pipeline() as pipe:
                pipe.hset(job_key(errand.id), mapping={"order": encode(Order(job.commission, job.ahead, job.shown)), "wanted": wanted})
                pipe.expire(job_key(errand.id), _unattended)
                await pipe.execute()
            await self._queues[errand.perceptor, wanted].send(errand.id)
        except (RedisError, OSError, SendTaskError) as error:
            errand.told.put_nowait(FleetLateError(f"Redis is away: {error}"))

    async def _hurry(self, errand: Errand) -> None:
        await _when_sent(errand)
        async with self._redis.pipeline() as pipe:
            pipe.hset(job_key(errand.id), "wanted", "now")
            pipe.expire(job_key(errand.id), _unattended)
            await pipe.execute()
        if not errand.is_taken:  # one who takes it in this moment is superseded by one who takes it from the other queue
            await self._queues[errand.perceptor, "ahead"].take_back(errand.id)
            await self._queues[errand.perceptor, "now"].send(errand.id)

    async def _forget(self, errand: Errand) -> None:
        await _when_sent(errand)
        await self._redis.delete(job_key(errand.id), told_key(errand.id))
        for wanted in QUEUES:
            await self._queues[errand.perceptor, wanted].take_back(errand.id)

    def _do(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Beside what else goes on. Where Redis is away, it is for nothing: orders that nobody attends to die by themselves."""

        async def done() -> None:
            try:
                await work
            except (RedisError, OSError, SendTaskError) as error:
                log.info("the fleet could not be told", reason=str(error))
            except Exception:
                log.exception("an errand to the fleet failed")

        task = asyncio.create_task(done())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _hear(self) -> None:
        """Hand on what workers tell."""
        await self._some.wait()
        positions = {told_key(errand.id): errand.position for errand in self._errands.values()}
        for key, entries in await self._redis.xread(positions, block=_ear_ms) if positions else ():
            if (errand := self._errands.get(key.decode().rsplit(":", 1)[1])) is not None:
                for position, fields in entries:
                    errand.position = position
                    self._heard(errand, fields[b"report"])

    def _heard(self, errand: Errand, packed: bytes) -> None:
        try:
            errand.told.put_nowait(decode_told(packed))
        except (msgspec.DecodeError, ValueError) as error:
            log.warning("a worker of the fleet says what is no report", job=errand.id, reason=str(error))
            errand.told.put_nowait(FleetLateError("what a worker says cannot be drawn"))
            return
        errand.cared_for = time.monotonic()
        if not errand.is_taken:
            errand.is_taken = True
            if errand.wanted == "now":
                self.counts.waits += 1
                self.counts.waited_seconds += errand.cared_for - errand.asked

    async def _look_after(self) -> None:
        """Keep orders alive, and take those back that nobody cares for."""
        await asyncio.sleep(BEAT)
        await self._look()
        forgotten = await self._attend()
        for errand in list(self._errands.values()):
            if self.state.has(errand.id):
                errand.cared_for = time.monotonic()
            if not self.state.is_there:
                errand.told.put_nowait(FleetLateError("Redis is away"))
            elif errand.id in forgotten:
                errand.told.put_nowait(FleetLateError("Redis has forgotten it"))
            elif errand.is_deserted(self.state):
                errand.told.put_nowait(FleetLateError("nobody goes on with it" if errand.is_taken else "nobody has begun in time"))

    async def _look(self) -> None:
        was_there = self.state.is_there
        try:
            self.state = await look(self._redis, self._queues)
        except (RedisError, OSError) as error:
            self.state = FleetState()
            if was_there:
                log.warning("the fleet cannot be reached; drawing on this machine", reason=str(error))

    async def _attend(self) -> set[str]:
        """Prolong the orders' lives; return those that Redis does not know any more."""
        jobs = [errand.id for errand in self._errands.values() if errand.is_sent]
        try:
            async with self._redis.pipeline(transaction=False) as pipe:
                for job in jobs:
                    pipe.expire(job_key(job), _unattended)
                return {job for job, known in zip(jobs, await pipe.execute(), strict=True) if not known}
        except (RedisError, OSError):
            return set()


async def _again_and_again(do: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await do()
        except (RedisError, OSError):  # `_look` sees it too, and says it once
            await asyncio.sleep(BEAT)
        except Exception:
            log.exception("the fleet was not attended to; trying again")
            await asyncio.sleep(BEAT)


async def _when_sent(errand: Errand) -> None:
    if errand.sending is not None:
        await asyncio.wait({errand.sending})
