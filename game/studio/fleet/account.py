"""A worker's account of one job: what the workers before have told of it, and what this one tells."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from redis.exceptions import ResponseError

from game.redis_connection import Client
from game.studio.base import Mark
from game.studio.fleet.wire import Told, decode_told, encode, told_key
from game.studio.wire import WorkerBeat, WorkerDone, WorkerStroke

_lives: Final = 60
"""Seconds for which is kept what nobody listens to any more."""


class SupersededError(Exception):
    """Another worker has taken the job over: what this one says would not be heard."""


@dataclass(frozen=True, slots=True)
class Account:
    """Opened by an attempt at the job; see the package on how later attempts silence earlier ones."""

    redis: Client
    job: str
    attempt: int
    """Counted from 1."""
    shown: tuple[Mark, ...]
    """The strokes, bare of their style, that the attempts before have told."""
    is_closed: bool
    """Whether one of them has told the end."""
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @classmethod
    async def opened(cls, redis: Client, job: str) -> "Account":
        """Read what was told, and say that somebody has taken the job."""
        entries = await redis.xrange(told_key(job))
        told = [decode_told(fields[b"report"]) for _, fields in entries]
        attempt = _attempt_of(entries[-1][0]) + 1 if entries else 1
        shown = tuple(report.bare for report in told if isinstance(report, WorkerStroke))
        account = cls(redis, job, attempt, shown, any(isinstance(report, WorkerDone) for report in told))
        if not account.is_closed:
            await account.tell(WorkerBeat())
        return account

    async def tell(self, report: Told) -> None:
        """Add to it. Raises SupersededError if another worker has opened it since, or if this report is there already: when the connection
        broke over it, nobody knows, and it was sent again. Then the job is not acknowledged, and somebody goes on from what is there.
        """
        number = f"{self.attempt}-{next(self._numbers)}"
        async with self.redis.pipeline(transaction=False) as pipe:
            pipe.xadd(told_key(self.job), {b"report": encode(report)}, id=number)
            pipe.expire(told_key(self.job), _lives)
            added, _ = await pipe.execute(raise_on_error=False)
        if isinstance(added, ResponseError):
            raise SupersededError(self.job) from added
        if isinstance(added, Exception):
            raise added


def _attempt_of(entry: bytes) -> int:
    return int(entry.split(b"-")[0])


async def newest_attempt(redis: Client, job: str) -> int:
    """Which attempt has spoken last; 0 if Redis knows of none."""
    last = await redis.xrevrange(told_key(job), count=1)
    return _attempt_of(last[0][0]) if last else 0
