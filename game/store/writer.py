"""Carries results from the rooms to the database without making a room wait."""

import asyncio
from typing import Final

import structlog
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from game.rules.effects import Kept
from game.store.results import write
from game.store.session import Sessions

log = structlog.get_logger()
_first_pause: Final = 0.5
_longest_pause: Final = 30.0


class ResultWriter:
    """Writes results one after another, in the order they came; tries again while the database is away."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._queue: asyncio.Queue[Kept] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_all())

    def keep(self, result: Kept) -> None:
        """Queue a result; never blocks."""
        self._queue.put_nowait(result)

    async def stop(self, patience: float = 10.0) -> None:
        """Write what waits, for `patience` seconds at most, then end."""
        try:
            async with asyncio.timeout(patience):
                await self._queue.join()
        except TimeoutError:
            log.error("results were not written", count=self._queue.qsize() + 1)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _write_all(self) -> None:
        while True:
            result = await self._queue.get()
            pause = _first_pause
            while not await self._written(result):
                await asyncio.sleep(pause)
                pause = min(2 * pause, _longest_pause)
            self._queue.task_done()

    async def _written(self, result: Kept) -> bool:
        """Whether the result needs no other try."""
        try:
            await write(self._sessions, result)
        except IntegrityError:
            log.exception("a result does not fit the database and is left out", kind=type(result).__name__)
        except (SQLAlchemyError, OSError) as error:
            log.warning("the database did not take a result; trying again", reason=str(error))
            return False
        return True
