"""The outbox: carries what is to be kept from the rooms through a journal to the database, each entry once, without making a room wait."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from game.store.away import in_short, passes
from game.store.entries import Entry, decode, encode
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
_look_again: Final = 60.0
"""Seconds after which is looked for journals whose process has ended only now: one that was killed while it waited for the disk, say."""
_tries: Final = 4
"""So often is tried what fails in a way of which nobody knows whether it passes."""


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
        self._unfiled: deque[bytes] = deque()
        """What the journal does not take just now: the disk is full."""
        self._applied = 0
        """How many entries of the journal in hand the database has."""
        self._news = asyncio.Event()
        self._waiting: deque[tuple[int, asyncio.Event]] = deque()
        self._task: asyncio.Task[None] | None = None
        self._syncing: asyncio.Future[None] | None = None
        self._dropping: asyncio.Future[None] | None = None
        self.is_stuck = False
        """Whether the last try failed."""

    def start(self) -> None:
        """Begin to write."""
        self._task = asyncio.create_task(self._write_all())

    @property
    def waiting(self) -> int:
        """How many entries of this process the database does not have yet."""
        return self._last - self._applied

    @property
    def pending(self) -> int:
        """How many the database may not have yet, those of earlier processes included."""
        return self.waiting + sum(journal.count for journal in self._earlier)

    @property
    def _last(self) -> int:
        """The number of the newest entry."""
        return self._journal.count + len(self._unfiled)

    def keep(self, entry: Entry) -> int:
        """Take an entry; return its number. Never waits for the database or the disk, and a full disk is no reason to end a game."""
        self._unfiled.append(encode(entry))
        self._file_them()
        self._news.set()
        return self._last

    @property
    def unfiled(self) -> int:
        """How many entries the journal did not take: they are in memory alone."""
        return len(self._unfiled)

    def file_what_waits(self) -> None:
        """Try the journal again, if it did not take all."""
        if self._unfiled:
            self._file_them()
            self._news.set()

    def _file_them(self) -> None:
        try:
            while self._unfiled:
                self._journal.append(self._unfiled[0])
                self._unfiled.popleft()
        except OSError as error:
            log.error("the journal takes no more; results are in memory alone", count=len(self._unfiled), reason=str(error))

    async def keep_and_wait(self, entry: Entry, patience: float) -> bool:
        """Take an entry; return whether the database had it within so many seconds. If not, it will have it later."""
        return await self._has_written(self.keep(entry), patience)

    async def settle(self, patience: float) -> bool:
        """Wait until the database has what was taken until now; return whether it had it all within so many seconds."""
        return not self.waiting or await self._has_written(self._last, patience)

    async def _has_written(self, number: int, patience: float) -> bool:
        done = asyncio.Event()
        waiter = (number, done)
        self._waiting.append(waiter)
        try:
            async with asyncio.timeout(patience):
                await done.wait()
        except TimeoutError:
            return False
        finally:
            if not done.is_set():  # whoever asks in vain must leave nothing behind: that may be anybody, and often
                self._waiting.remove(waiter)
        return True

    async def stop(self, patience: float = 10.0) -> None:
        """Write what waits, for `patience` seconds at most; the rest stays in the journal for the next start."""
        if not self.is_stuck:
            await self.settle(patience)
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._syncing is not None:  # a thread has the file still, and the next process would not get it
            await self._syncing
        if self._dropping is not None:  # else the database would remember a journal that is gone
            await asyncio.wait({self._dropping}, timeout=patience)
        self._file_them()
        if self._unfiled:
            log.error("results are lost: the journal did not take them", count=len(self._unfiled))
        if self.waiting:
            log.warning("results wait in the journal for the next start", count=self.waiting, journal=str(self._journal.path))
            self._sync(self._journal)
            self._journal.close()
        elif self._applied and not self.is_stuck:
            await self._drop(self._journal, patience)
        else:
            self._journal.delete()
        for journal in self._earlier:
            journal.close()

    async def _write_all(self) -> None:
        if self._prepare is not None:
            await self._bring_up_to_date(self._prepare)
        clock = asyncio.get_running_loop().time
        look_at = clock() + _look_again
        while True:
            await self._write_earlier()
            if not await self._is_news_within(max(0.0, look_at - clock())):
                self._earlier.extend(left_behind(self._folder))
                look_at = clock() + _look_again
                continue
            self._syncing = asyncio.ensure_future(asyncio.to_thread(self._sync, self._journal))
            await asyncio.shield(self._syncing)
            await self._catch_up(self._journal)
            if self._unfiled:
                await asyncio.sleep(_first_pause)
                self._file_them()
                self._news.set()
            elif self._journal.size > _largest_journal and not self.waiting:
                await self._begin_anew()

    async def _write_earlier(self) -> None:
        """What other processes left."""
        for journal in list(self._earlier):
            await self._catch_up(journal)
            self._earlier.remove(journal)
            await self._drop(journal, _patience)

    async def _is_news_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True

    async def _bring_up_to_date(self, prepare: Callable[[], None]) -> None:
        while True:
            try:
                return await self._patiently(partial(asyncio.to_thread, prepare))
            except Exception as error:  # its tables are a newer version's, say: whoever hosts it must see to that
                self.is_stuck = True
                log.error("the database's tables cannot be brought up to date; results wait in the journal", reason=in_short(error))
                await asyncio.sleep(_longest_pause)

    async def _begin_anew(self) -> None:
        try:
            journal = Journal.fresh(self._folder)
        except OSError as error:
            log.warning("no new journal can be begun; the old one grows", reason=str(error))
            return
        finished, self._journal, self._applied = self._journal, journal, 0
        self._dropping = asyncio.ensure_future(self._drop(finished, _patience))
        await asyncio.shield(self._dropping)

    def _sync(self, journal: Journal) -> None:
        try:
            journal.sync()
        except OSError as error:
            log.warning("the disk does not say that it has the journal", reason=str(error))

    async def _catch_up(self, journal: Journal) -> None:
        """Write the entries of a journal that were not read yet."""
        count = 0
        while True:
            try:
                for number, data in journal.read_on():
                    await self._write_patiently(journal.id, number, data)
                    count += 1
                    if journal is self._journal:
                        self._has_applied(number)
                break
            except OSError as error:
                log.error("a journal cannot be read just now; it is tried again", journal=str(journal.path), reason=str(error))
                await asyncio.sleep(_longest_pause)
        if journal is not self._journal and count:
            log.info("results that an earlier run left in its journal are in the database", count=count)

    def _has_applied(self, number: int) -> None:
        self._applied = number
        while self._waiting and self._waiting[0][0] <= number:
            self._waiting.popleft()[1].set()

    async def _write_patiently(self, journal: str, number: int, data: bytes) -> None:
        try:
            await self._patiently(lambda: self._write_once(journal, number, data))
        except Exception as error:  # also of a bug of ours: it must cost one result's place in the database, not all that follow
            await self._put_aside(journal, number, data, error)

    async def _patiently(self, action: Callable[[], Awaitable[object]]) -> None:
        """Do something until the database lets us. Raises what waiting does not help against."""
        pause = _first_pause
        tries = 0
        while True:
            try:
                await action()
            except Exception as error:
                is_away = passes(error)
                tries = tries + 1 if is_away is None else 0
                if is_away is False or tries == _tries:
                    raise
                self.is_stuck = True
                log.warning("the database does not take what is to be kept; it is tried again", reason=in_short(error), seconds=pause)
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

    async def _put_aside(self, journal: str, number: int, data: bytes, error: Exception) -> None:
        """What does not fit the database must not hold up the rest, and is not thrown away either."""
        aside = self._folder / f"{journal}-{number}.refused"
        await self._patiently(partial(asyncio.to_thread, aside.write_bytes, data))
        is_bug = passes(error) is not False
        log.error(
            "a result does not fit the database and was put aside", reason=in_short(error), aside=str(aside), exc_info=error if is_bug else None
        )

    async def _drop(self, journal: Journal, patience: float) -> None:
        """A journal that is all written goes, and then what the database knows of it."""
        journal.delete()
        try:
            async with asyncio.timeout(patience), self._sessions.begin() as session:
                await session.execute(delete(JournalRow).where(JournalRow.id == journal.id))
        except (SQLAlchemyError, OSError) as error:
            log.info("a finished journal's row stays", reason=in_short(error))


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
