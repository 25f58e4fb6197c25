"""One worker of the fleet: takes drawings from the queues, has its machine's own studio make them, tells how they come about."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import Final

import structlog
from redis.exceptions import RedisError
from taskiq import Context, TaskiqDepends
from taskiq.acks import AcknowledgeType
from taskiq.receiver import Receiver

from game.redis_connection import connect, ended
from game.studio.base import DrawingJob, StudioError
from game.studio.fleet.account import Account, SupersededError, newest_attempt
from game.studio.fleet.queue import TASK, DrawingQueue
from game.studio.fleet.wire import BEAT, GONE, QUEUES, WORKERS, Announcement, Wanted, decode_order, encode, job_key, report_of, worker_key
from game.studio.local import LocalStudio
from game.studio.wire import WorkerFailed

log = structlog.get_logger()
_most_attempts: Final = 3
"""Workers over which a drawing may come to grief: then it is the drawing that kills them."""
_shortest: Final = 1.0

Ack = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class InHand:
    """A drawing that this worker makes."""

    job: DrawingJob
    account: Account
    ack: Ack
    drawing: "asyncio.Task[None]"


class FleetWorker:
    """Works for whoever sends jobs to this Redis, until it is told to end."""

    def __init__(self, redis_url: str, perceptor: str, device: str, studio: LocalStudio, at_once: int) -> None:
        """`studio` draws, with this perceptor on this device; `at_once` live drawings are taken at the same time."""
        self.name = f"{socket.gethostname()}-{os.getpid()}-{token_hex(3)}"
        self._perceptor, self._device, self._studio, self._at_once = perceptor, device, studio, at_once
        self._redis = connect(redis_url)
        self._queues = {
            "now": DrawingQueue(redis_url, perceptor, "now", self.name, self._is_warm),
            "ahead": DrawingQueue(redis_url, perceptor, "ahead", self.name, self._has_time),
        }
        self._in_hand: dict[str, InHand] = {}
        self._is_away = False

    async def run(self, end: asyncio.Event) -> None:
        """Work until `end` is set; then hand over what is in hand."""
        await self._studio.start()
        beat = asyncio.create_task(self._beat())
        receivers = [asyncio.create_task(self._receive(wanted, end)) for wanted in QUEUES]
        await end.wait()
        await ended([beat])
        with contextlib.suppress(RedisError, OSError):
            await self._redis.delete(worker_key(self.name))
            for queue in self._queues.values():
                await queue.hand_over()
        await ended([*receivers, *(each.drawing for each in self._in_hand.values())])
        await self._studio.stop()
        for queue in self._queues.values():
            await queue.shutdown()
        await self._redis.aclose()

    async def _is_warm(self) -> bool:
        return bool(self._studio.warm_pids)

    async def _has_time(self) -> bool:
        """Whether anything may be drawn ahead here: there is a place, and no live drawing waits for one."""
        now = await self._queues["now"].load()
        taken = now.mine + len(self._queues["ahead"].held)
        return await self._is_warm() and taken < self._at_once and not now.waiting

    async def _receive(self, wanted: Wanted, end: asyncio.Event) -> None:
        queue = self._queues[wanted]

        async def draw(context: Context = TaskiqDepends()) -> None:  # noqa: B008  # taskiq's way
            await self._take(context.message.task_id, context.ack, queue)

        queue.register_task(draw, TASK)
        receiver = Receiver(queue, max_async_tasks=self._at_once, run_startup=False, ack_type=AcknowledgeType.MANUAL)
        await receiver.listen(end)

    async def _take(self, job: str, ack: Ack, queue: DrawingQueue) -> None:
        """Make one drawing. Unless it is acknowledged, others will take it over."""
        try:
            begun = await self._begin(job, ack, queue)
            if begun is not None:
                self._in_hand[job] = begun
                await asyncio.wait({begun.drawing})
                if begun.drawing.cancelled():
                    return
                begun.drawing.result()
            await ack()
        except SupersededError:
            log.info("another worker has taken a drawing over", job=job)
        except (RedisError, OSError) as error:
            log.warning("a drawing is left to others", job=job, reason=str(error))
        except Exception:
            log.exception("a drawing is left to others", job=job)
        finally:
            self._in_hand.pop(job, None)
            queue.let_go(job)

    async def _begin(self, job: str, ack: Ack, queue: DrawingQueue) -> InHand | None:
        """Begin a drawing, or go on with it; None if there is nothing to do."""
        packed, wanted = await self._redis.hmget(job_key(job), "order", "wanted")
        if packed is None:
            return None
        account = await Account.opened(self._redis, job)
        if account.is_closed:
            return None
        if account.attempt > _most_attempts:
            await account.tell(WorkerFailed(0, f"{_most_attempts} workers in a row ended over this drawing.", "order"))
            return None
        order = decode_order(packed)
        seconds = order.commission.seconds
        if not order.ahead:
            now, microseconds = await self._redis.time()
            seconds = max(_shortest, seconds - (now + microseconds / 1e6 - queue.sent_at(job)))
        drawing_job = DrawingJob(replace(order.commission, seconds=seconds), order.ahead, order.shown + account.shown)
        if order.ahead and wanted == b"now":
            self._studio.hurry(drawing_job)
        return InHand(drawing_job, account, ack, asyncio.create_task(self._draw(drawing_job, account)))

    async def _draw(self, job: DrawingJob, account: Account) -> None:
        try:
            async with aclosing(self._studio.draw(job)) as events:
                async for event in events:
                    await account.tell(report_of(event))
        except StudioError as error:
            await account.tell(WorkerFailed(0, str(error), "worker"))

    async def _beat(self) -> None:
        """Look at what is in hand, keep it, and announce this worker, again and again."""
        while True:
            try:
                for job, mine in [*self._in_hand.items()]:
                    await self._look_at(job, mine)
                for queue in self._queues.values():
                    await queue.keep()
                await self._announce()
                self._is_away = False
            except (RedisError, OSError) as error:
                if not self._is_away:
                    log.warning("Redis is away; waiting for it", reason=str(error))
                self._is_away = True
            except Exception:
                log.exception("this worker could not look after its drawings; trying again")
            await asyncio.sleep(BEAT)

    async def _look_at(self, job: str, mine: InHand) -> None:
        """Whether it is still wanted, and wanted of this worker."""
        wanted = await self._redis.hget(job_key(job), "wanted")
        if wanted is None:
            mine.drawing.cancel()
            await mine.ack()
        elif await newest_attempt(self._redis, job) > mine.account.attempt:
            mine.drawing.cancel()
        elif wanted == b"now" and mine.job.ahead:
            self._studio.hurry(mine.job)

    async def _announce(self) -> None:
        at_once = self._at_once if await self._is_warm() else 0
        me = Announcement(self.name, self._perceptor, self._device, at_once, self._studio.drawing_seconds, tuple(self._in_hand))
        async with self._redis.pipeline(transaction=False) as pipe:
            pipe.sadd(WORKERS, self.name)
            pipe.set(worker_key(self.name), encode(me), px=int(1000 * GONE))
            await pipe.execute()
