"""The outbox: carries what is to be kept from the rooms through a journal to the database, each entry once, without making a room wait."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.entries import Entry, EntryError, decode, encode
from game.store.journal import Journal, left_behind
from game.store.models import JournalRow
from game.store.results import write
from game.store.session import Sessions

log = structlog.get_logger()
_first_pause: Final = 0.5
_longest_pause: Final = 15.0
_patience: Final = 20.0
"""Seconds for one transaction: a database that hangs is as good as one that is away."""
_largest_journal: Final = 4 * 1024 * 1024
"""Bytes after which, when all of it is in the database, a new file is begun."""


class ResultWriter:
    """Writes entries one after another, in the order they came; tries again while the database is away.

    An entry is in the journal when `keep` returns. What an earlier process left there is written first.
    """

    def __init__(self, sessions: Sessions, folder: Path, prepare: Callable[[], None] | None = None) -> None:
        """`folder`: where the journals lie; `prepare` brings the tables up to date, if that is still to be done. It blocks."""
        self._prepare = prepare
        self._sessions = sessions
        self._folder = folder
        self._earlier: list[Journal] = list(left_behind(folder))
        self._journal = Journal.fresh(folder)
        self._applied = 0
        """How many entries of the journal in hand the database has."""
        self._news = asyncio.Event()
        self._waiting: deque[tuple[int, asyncio.Event]] = deque()
        self._task: asyncio.Task[None] | None = None
        self.is_stuck = False
        """Whether the last try failed."""

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_all())

    @property
    def waiting(self) -> int:
        """How many entries of this process the database does not have yet."""
        return self._journal.count - self._applied

    def keep(self, entry: Entry) -> int:
        """Take an entry; return its number. Never waits for the database or the disk."""
        number = self._journal.append(encode(entry))
        self._news.set()
        return number

    async def keep_and_wait(self, entry: Entry, patience: float) -> bool:
        """Take an entry; return whether the database had it within so many seconds. If not, it will have it later."""
        return await self._has_written(self.keep(entry), patience)

    async def _has_written(self, number: int, patience: float) -> bool:
        done = asyncio.Event()
        self._waiting.append((number, done))
        try:
            async with asyncio.timeout(patience):
                await done.wait()
        except TimeoutError:
            return False
        return True

    async def stop(self, patience: float = 10.0) -> None:
        """Write what waits, for `patience` seconds at most; the rest stays in the journal for the next start."""
        if self.waiting and not self.is_stuck:
            await self._has_written(self._journal.count, patience)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self.waiting:
            log.warning("results wait in the journal for the next start", count=self.waiting, journal=str(self._journal.path))
            self._journal.sync()
            self._journal.close()
        else:
            self._journal.delete()
        for journal in self._earlier:
            journal.close()

    async def _write_all(self) -> None:
        if self._prepare is not None:
            await self._patiently(partial(asyncio.to_thread, self._prepare))
        for journal in list(self._earlier):
            await self._catch_up(journal)
            self._earlier.remove(journal)
            await self._drop(journal)
        while True:
            await self._news.wait()
            self._news.clear()
            await asyncio.to_thread(self._journal.sync)
            await self._catch_up(self._journal)
            if self._journal.size > _largest_journal and not self.waiting:
                finished, self._journal, self._applied = self._journal, Journal.fresh(self._folder), 0
                await self._drop(finished)

    async def _catch_up(self, journal: Journal) -> None:
        """Write the entries of a journal that were not read yet."""
        is_own = journal is self._journal
        number = self._applied if is_own else 0
        for data in journal.read_on():
            number += 1
            await self._write_patiently(journal.id, number, data)
            if is_own:
                self._applied = number
                while self._waiting and self._waiting[0][0] <= number:
                    self._waiting.popleft()[1].set()
        if not is_own and number:
            log.info("results that an earlier run left in its journal are in the database", count=number)

    async def _write_patiently(self, journal: str, number: int, data: bytes) -> None:
        try:
            await self._patiently(lambda: self._write_once(journal, number, data))
        except (IntegrityError, DataError, EntryError) as error:
            await self._put_aside(journal, number, data, str(error))
        except Exception as error:  # a bug of ours must cost one result's place in the database, not all that follow
            log.exception("writing a result failed")
            await self._put_aside(journal, number, data, repr(error))

    async def _patiently(self, action: Callable[[], Awaitable[None]]) -> None:
        """Do something until the database lets us. Raises what waiting does not help against."""
        pause = _first_pause
        while True:
            try:
                await action()
            except (IntegrityError, DataError):
                raise
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                self.is_stuck = True
                log.warning("the database does not take what is to be kept; it is tried again", reason=_in_short(error), seconds=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _longest_pause)
            else:
                self.is_stuck = False
                return

    async def _write_once(self, journal: str, number: int, data: bytes) -> None:
        entry, at = decode(data)
        async with asyncio.timeout(_patience), self._sessions.begin() as session:
            if await _is_news(session, journal, number):
                await write(session, entry, at)

    async def _put_aside(self, journal: str, number: int, data: bytes, reason: str) -> None:
        """What does not fit the database must not hold up the rest, and is not thrown away either."""
        aside = self._folder / f"{journal}-{number}.refused"
        await asyncio.to_thread(aside.write_bytes, data)
        log.error("a result does not fit the database and was put aside", reason=reason, aside=str(aside))

    async def _drop(self, journal: Journal) -> None:
        """A journal that is all written goes, and then what the database knows of it."""
        journal.delete()
        try:
            async with self._sessions.begin() as session, asyncio.timeout(_patience):
                row = await session.get(JournalRow, journal.id)
                if row is not None:
                    await session.delete(row)
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            log.info("a finished journal's row stays", reason=_in_short(error))


async def _is_news(session: AsyncSession, journal: str, number: int) -> bool:
    """Whether this entry is not in the database yet; if so, the transaction says that it is now."""
    row = await session.get(JournalRow, journal, with_for_update=True)
    if row is None:
        session.add(JournalRow(id=journal, applied=number))
        return True
    if row.applied >= number:
        return False
    row.applied = number
    return True


def _in_short(error: BaseException) -> str:
    """The database's own words, without the statement."""
    inner = error.orig if isinstance(error, OperationalError | InterfaceError) else error
    return str(inner).strip() or type(error).__name__
