"""Who is let into no room of this server: kept in the database, and known by heart, for the door must not wait for it."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import delete, select

from game.store.away import in_short
from game.store.models import BanRow, PlayerRow
from game.store.session import Sessions

log = structlog.get_logger()
_read_every: Final = 10.0
"""Seconds after which a ban is known to other servers at the same database."""


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who is banned."""

    player_id: str
    nickname: str
    reason: str
    made: datetime


class Bans:
    """Reads the table again and again. While the database is away, what was known last holds."""

    def __init__(self, sessions: Sessions, banish: Callable[[Collection[str]], object]) -> None:
        """`banish` is told who has been banned, to send them away."""
        self._sessions, self._banish = sessions, banish
        self._ids: frozenset[str] = frozenset()
        self._deeds = 0
        self._task: asyncio.Task[None] | None = None

    def __contains__(self, player_id: str) -> bool:
        return player_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def start(self) -> None:
        """Begin to read."""
        self._task = asyncio.create_task(self._read_again_and_again())

    async def stop(self) -> None:
        """Read no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def list(self) -> list[Ban]:
        """All, the newest first."""
        async with self._sessions() as session:
            rows = await session.scalars(select(BanRow).order_by(BanRow.made.desc(), BanRow.player_id))
            return [Ban(row.player_id, row.nickname, row.reason, row.made) for row in rows]

    async def ban(self, player_id: str, nickname: str, reason: str) -> None:
        """Ban somebody from now on, with the nickname that they are known by unless one is given. Banned already, the reason is the new one."""
        async with self._sessions() as session, session.begin():
            if not nickname:
                known = await session.get(PlayerRow, player_id)
                nickname = known.nickname if known else ""
            await session.merge(BanRow(player_id=player_id, nickname=nickname, reason=reason))
        self._know(self._ids | {player_id})

    async def lift(self, player_id: str) -> bool:
        """Let somebody in again; whether they were banned."""
        async with self._sessions() as session, session.begin():
            row = await session.get(BanRow, player_id)
            if row is not None:
                await session.execute(delete(BanRow).where(BanRow.player_id == player_id))
        self._know(self._ids - {player_id})
        return row is not None

    async def read(self) -> None:
        """Learn who is banned now, by whatever server."""
        before = self._deeds
        async with self._sessions() as session:
            ids = frozenset(await session.scalars(select(BanRow.player_id)))
        if self._deeds == before:  # or what was read is older than what was done here meanwhile
            self._know(ids)

    def _know(self, ids: frozenset[str]) -> None:
        came, self._ids = ids - self._ids, ids
        self._deeds += 1
        if came:
            self._banish(came)

    async def _read_again_and_again(self) -> None:
        is_away = False
        while True:
            try:
                await self.read()
                is_away = False
            except Exception as error:  # no database is no reason to end the watch; the writer and /readyz say that it is away
                if not is_away:
                    log.info("bans cannot be read; those known last hold", reason=in_short(error))
                is_away = True
            await asyncio.sleep(_read_every)
