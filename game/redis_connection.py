"""The way to Redis, and off it."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as LineBroken

Client = Any
"""A redis.asyncio.Redis. Its answers are typed as unions of all that its protocols and options may make of them, of which ours are one."""

PATIENCE: Final = 2.0
"""Seconds for an answer, which usually takes less than one thousandth of that."""


def options() -> Mapping[str, Any]:
    """Of a connection. Where Redis is away it says so at once, for there is something else to do then; but a line that was broken while nobody
    used it, as by a restart of Redis, is made anew.
    """
    return {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "retry": Retry(NoBackoff(), 1, (LineBroken,))}


def connect(redis_url: str) -> Client:
    """A client. Raises ValueError for what is no address of Redis's."""
    return Redis.from_url(redis_url, **options())


async def ended(tasks: Iterable["asyncio.Task[None]"]) -> None:
    """Cancel tasks that speak with Redis until they are done.

    Once is not enough: redis-py sends by asyncio.wait_for, which before Python 3.12 loses a cancellation that comes just when it is ready.
    """
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=0.1)
