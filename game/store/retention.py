"""Deletes what has been kept long enough."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from game.store.entries import ForgetDrawings
from game.store.forgetting import forget_what_is_over
from game.store.session import Sessions
from game.store.writer import ResultWriter

log = structlog.get_logger()
_pause: Final = 3600.0
_first_pause: Final = 10.0
"""A server that starts has better things to do."""


class Retention:
    """Every hour: old drawings, if the server's owner wants them deleted, codes that have expired, standings of past days and weeks."""

    def __init__(self, sessions: Sessions, writer: ResultWriter, days: int) -> None:
        """`days` after which drawings go; 0 keeps them for ever."""
        self._sessions, self._writer, self._days = sessions, writer, days
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.create_task(self._go_on())

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go_on(self) -> None:
        await asyncio.sleep(_first_pause)
        while True:
            await self.once()
            await asyncio.sleep(_pause)

    async def once(self) -> None:
        """Do it now."""
        if self._days:
            self._writer.keep(ForgetDrawings(before=datetime.now(UTC) - timedelta(days=self._days)))
        try:
            async with self._sessions.begin() as session:
                await forget_what_is_over(session)
        except (SQLAlchemyError, OSError) as error:
            log.info("what is over was not deleted; it is tried again in an hour", reason=str(error))
