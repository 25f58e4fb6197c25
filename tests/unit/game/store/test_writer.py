import asyncio
import contextlib
import errno
import os
import threading
import time
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.exc import OperationalError, ProgrammingError
from structlog.testing import capture_logs

from game.rules.effects import ReportRecord
from game.store import writer as module
from game.store.entries import ForgetDrawings, encode
from game.store.journal import Journal
from game.store.models import JournalRow, PlayerRow, ReportRow, StandingRow, TurnRow
from game.store.session import connect
from game.store.writer import ResultWriter
from tests.unit.game.store.sample import began, ended, turn


def gone():
    return OperationalError("", {}, ConnectionRefusedError("the database is away"))


class Flaky:
    """Sessions of a database that goes away: while `is_away`, and once for each of `fails`, before, in or just after a transaction."""

    def __init__(self, sessions):
        self._sessions = sessions
        self.is_away = False
        self.fails = deque()
        self.slow = 0.0
        self.tries = 0

    @contextlib.asynccontextmanager
    async def begin(self):
        self.tries += 1
        fail = "before" if self.is_away else self.fails.popleft() if self.fails else None
        if fail == "before":
            raise gone()
        async with self._sessions.begin() as session:
            await asyncio.sleep(self.slow)
            yield session
            if fail == "in":
                raise gone()
        if fail == "after":  # it was committed; the word of it was lost on the way
            raise gone()


def report(name):
    return ReportRecord("room", "", 0, "ada", "Ada", "ben", "Ben", str(name), b"", ())


async def reported(sessions):
    async with sessions() as session:
        return list(await session.scalars(select(ReportRow.reason).order_by(ReportRow.id)))


async def rows(sessions, table):
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(table))


async def until(condition, patience=10):
    async with asyncio.timeout(patience):
        while not condition():
            await asyncio.sleep(0.002)


async def crash(writer):
    """The process ends with nothing done in order; its files are closed by the kernel."""
    if writer._task is not None:
        writer._task.cancel()
        await asyncio.gather(writer._task, return_exceptions=True)
    if writer._syncing is not None:
        await writer._syncing
    for journal in (*writer._earlier, writer._journal):
        journal.close()


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(module, "_first_pause", 0.005)
    monkeypatch.setattr(module, "_longest_pause", 0.02)


@pytest.fixture
def flaky(sessions):
    return Flaky(sessions)


@pytest.fixture
async def open_writer(flaky, tmp_path):
    """Makes writers that have started; those not stopped by the test are stopped after it."""
    writers = []

    def make(start=True, **how):
        writer = ResultWriter(flaky, tmp_path / "journal", **how)
        writers.append(writer)
        if start:
            writer.start()
        return writer

    yield make
    for writer in writers:
        if writer._journal._file >= 0:
            await writer.stop(0)


def files(tmp_path, suffix):
    return sorted((tmp_path / "journal").glob(f"*{suffix}"))


async def test_entries_are_written_in_the_order_in_which_they_came(open_writer, sessions, tmp_path):
    writer = open_writer()
    for number in range(20):
        writer.keep(report(number))
    assert writer.waiting == 20
    assert await writer.keep_and_wait(report("last"), 10)
    assert await reported(sessions) == [*map(str, range(20)), "last"]
    await writer.stop()
    assert files(tmp_path, "") == []
    assert await rows(sessions, JournalRow) == 0


async def test_a_game_adds_up_once(open_writer, sessions, flaky):
    flaky.fails.extend(["before", "in", "after"] * 3)
    writer = open_writer()
    for entry in (began(), turn(), ended(ada=7, ben=5)):
        writer.keep(entry)
    await until(lambda: not writer.waiting)
    async with sessions() as session:
        standings = {row.player_id: (row.score, row.games) for row in await session.scalars(select(StandingRow).where(StandingRow.period == "all"))}
    assert standings == {"ada": (7, 1), "ben": (5, 1)}
    assert await rows(sessions, TurnRow) == 1


@pytest.mark.parametrize("when", ["before", "in", "after"])
async def test_a_database_that_fails_once_has_the_entry_once(open_writer, sessions, flaky, when):
    writer = open_writer()
    flaky.fails.append(when)
    assert await writer.keep_and_wait(report("one"), 10)
    assert await writer.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "two"]
    assert not writer.is_stuck


async def test_it_settles_when_the_database_has_all_that_was_taken_until_then(open_writer, sessions, flaky):
    flaky.is_away = True
    writer = open_writer()
    assert await writer.settle(0.01)  # nothing waits
    writer.keep(report("one"))
    writer.keep(report("two"))
    assert not await writer.settle(0.02)
    assert not writer._waiting, "who gave up waiting is still known"
    flaky.is_away = False
    assert await writer.settle(10)
    assert await reported(sessions) == ["one", "two"]


async def test_a_database_that_is_away_at_the_start_gets_it_all_when_it_comes_back(open_writer, sessions, flaky):
    flaky.is_away = True
    prepared = []

    def prepare():
        if flaky.is_away:
            raise gone()
        prepared.append(threading.current_thread())

    writer = open_writer(prepare=prepare)
    writer.keep(report("one"))
    await until(lambda: writer.is_stuck)
    assert not await writer.keep_and_wait(report("two"), 0.02)
    assert writer.waiting == 2
    flaky.is_away = False
    await until(lambda: not writer.waiting)
    assert await reported(sessions) == ["one", "two"]
    assert len(prepared) == 1
    assert prepared[0] is not threading.main_thread()


async def test_tables_that_cannot_be_brought_up_to_date_do_not_end_the_writing(open_writer, sessions):
    attempts = iter([RuntimeError("Can't locate revision identified by '9999'")] * 8)

    def prepare():
        for error in attempts:
            raise error

    writer = open_writer(prepare=prepare)
    with capture_logs() as logs:
        assert await writer.keep_and_wait(report("one"), 10)
    assert any("cannot be brought up to date" in line["event"] for line in logs)
    assert await reported(sessions) == ["one"]


async def test_tables_that_are_missing_are_waited_for(open_writer, sessions, flaky, monkeypatch):
    async def write(*_):
        raise ProgrammingError("", {}, Exception('relation "players" does not exist'))

    with monkeypatch.context() as patch:
        patch.setattr(module, "write", write)
        writer = open_writer()
        writer.keep(report("one"))
        await until(lambda: flaky.tries > 2 * module._tries)
    await until(lambda: not writer.waiting)
    assert await reported(sessions) == ["one"]


async def test_what_a_crashed_process_left_is_written_once_and_before_what_is_new(open_writer, sessions, flaky, tmp_path):
    first = open_writer()
    assert await first.keep_and_wait(report("written"), 10)
    flaky.is_away = True
    for name in ("left", "behind"):
        first.keep(report(name))
    await crash(first)
    second = open_writer()  # while the database is still away
    second.keep(report("second"))
    await crash(second)
    flaky.is_away = False
    third = open_writer(start=False)
    third.keep(report("third"))
    third.start()
    await until(lambda: not third.waiting)
    assert await reported(sessions) == ["written", "left", "behind", "second", "third"]
    assert files(tmp_path, "") == [third._journal.path]
    assert await rows(sessions, JournalRow) == 1
    await third.stop()


async def test_a_crash_after_the_commit_does_not_write_it_twice(open_writer, sessions, flaky):
    first = open_writer()
    flaky.fails.append("after")
    first.keep(report("one"))
    await until(lambda: first.is_stuck)
    await crash(first)
    second = open_writer()
    assert await second.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "two"]


async def test_a_half_written_entry_is_put_aside_and_the_rest_goes_in(open_writer, sessions, flaky, tmp_path):
    flaky.is_away = True
    first = open_writer()
    first.keep(report("one"))
    first.keep(report("two"))
    await crash(first)
    os.truncate(first._journal.path, first._journal.path.stat().st_size - 1)
    flaky.is_away = False
    second = open_writer()
    assert await second.keep_and_wait(report("three"), 10)
    assert await reported(sessions) == ["one", "three"]
    assert len(files(tmp_path, ".damaged")) == 1


async def test_what_the_database_refuses_is_put_aside_and_the_following_goes_in(open_writer, sessions, tmp_path):
    writer = open_writer()
    lost = turn(game="no such game")
    writer.keep(lost)
    assert await writer.keep_and_wait(report("next"), 10)
    assert await reported(sessions) == ["next"]
    assert await rows(sessions, PlayerRow) == 2  # nothing of the turn, its guessers neither
    (refused,) = files(tmp_path, ".refused")
    assert refused.name == f"{writer._journal.id}-1.refused"
    assert module.decode(refused.read_bytes())[0] == lost
    assert not writer.is_stuck


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("misfit", [began(host_nickname="x" * 40), began(host_nickname="nul\0"), began(rounds=2**40)])
async def test_values_that_postgresql_cannot_hold_hold_up_nothing(open_writer, sessions, tmp_path, misfit):
    writer = open_writer()
    writer.keep(misfit)
    assert await writer.keep_and_wait(report("next"), 5)
    assert len(files(tmp_path, ".refused")) == 1


async def test_numbers_that_no_database_holds_hold_up_nothing(open_writer, sessions, tmp_path):
    writer = open_writer()
    writer.keep(began(rounds=2**63))
    assert await writer.keep_and_wait(report("next"), 5)
    assert len(files(tmp_path, ".refused")) == 1


async def test_bytes_that_are_no_entry_are_put_aside(open_writer, sessions, tmp_path):
    journal = Journal.fresh(tmp_path / "journal")
    for data in (b"junk", encode(report("one"))):
        journal.append(data)
    journal.close()
    writer = open_writer()
    assert await writer.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "two"]
    assert [path.read_bytes() for path in files(tmp_path, ".refused")] == [b"junk"]


@pytest.mark.parametrize("fails", [1, 100])
async def test_a_bug_costs_one_result_at_most(open_writer, sessions, flaky, tmp_path, monkeypatch, fails):
    write, left = module.write, [fails]

    async def buggy(session, entry, at):
        if entry.reason == "one" and left[0]:
            left[0] -= 1
            raise RuntimeError("a bug")
        await write(session, entry, at)

    monkeypatch.setattr(module, "write", buggy)
    writer = open_writer()
    writer.keep(report("one"))
    assert await writer.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == (["one", "two"] if fails == 1 else ["two"])
    assert len(files(tmp_path, ".refused")) == (fails > 1)


async def test_what_cannot_be_put_aside_yet_is_not_lost(open_writer, sessions, tmp_path, monkeypatch):
    attempts = []
    write_bytes = Path.write_bytes

    def full(path, data):
        attempts.append(path)
        if len(attempts) < 8:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    writer = open_writer()
    writer.keep(turn(game="no such game"))
    assert await writer.keep_and_wait(report("next"), 10)
    assert len(files(tmp_path, ".refused")) == 1


async def test_keeping_waits_for_nothing(open_writer, flaky):
    flaky.is_away = True
    writer = open_writer()
    numbers, seconds = [], []
    for number in range(200):
        began_at = time.perf_counter()
        numbers.append(writer.keep(report(number)))
        seconds.append(time.perf_counter() - began_at)
    assert numbers == list(range(1, 201))
    assert sorted(seconds)[100] < 0.005
    assert writer.waiting == 200


async def test_a_full_disk_ends_no_game_and_loses_nothing_while_the_process_lives(open_writer, sessions, monkeypatch):
    writer = open_writer()
    assert await writer.keep_and_wait(report("one"), 10)

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        assert [writer.keep(report(name)) for name in ("two", "three")] == [2, 3]
        assert not await writer.keep_and_wait(report("four"), 0.03)
        assert writer.waiting == 3
    assert await writer.keep_and_wait(report("five"), 10)
    assert await reported(sessions) == ["one", "two", "three", "four", "five"]


async def test_a_disk_that_does_not_answer_to_sync_is_no_reason_to_stop(open_writer, sessions, monkeypatch):
    def broken(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Journal, "sync", broken)
    writer = open_writer()
    assert await writer.keep_and_wait(report("one"), 10)
    assert await reported(sessions) == ["one"]


async def test_stopping_writes_what_waits(open_writer, sessions, tmp_path):
    writer = open_writer()
    for number in range(10):
        writer.keep(report(number))
    await writer.stop()
    assert len(await reported(sessions)) == 10
    assert files(tmp_path, "") == []


async def test_stopping_does_not_wait_for_a_database_that_is_away(open_writer, sessions, flaky, tmp_path):
    flaky.is_away = True
    writer = open_writer()
    writer.keep(report("one"))
    await until(lambda: writer.is_stuck)
    began_at = time.perf_counter()
    await writer.stop()
    assert time.perf_counter() - began_at < 5
    assert len(files(tmp_path, ".journal")) == 1
    flaky.is_away = False
    second = open_writer()
    await second.stop()  # what an earlier run left may take its time: it has it written, or leaves it for the next
    third = open_writer()
    assert await third.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "two"]


async def test_a_writer_that_never_started_leaves_its_entries_to_the_next(open_writer, sessions):
    first = open_writer(start=False)
    first.keep(report("one"))
    await first.stop(0.01)
    second = open_writer()
    assert await second.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "two"]


async def test_a_large_journal_is_followed_by_a_new_one(open_writer, sessions, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_largest_journal", 300)
    writer = open_writer()
    seen = set()
    for number in range(12):
        assert await writer.keep_and_wait(report(number), 10)
        seen.add(writer._journal.id)
    for number in range(12, 40):
        writer.keep(report(number))
    await until(lambda: not writer.waiting)
    assert len(seen) > 2
    assert await reported(sessions) == [*map(str, range(40))]
    await writer.stop()
    assert files(tmp_path, "") == []
    assert await rows(sessions, JournalRow) == 0


async def test_the_database_forgets_a_journal_that_was_full_just_before_the_end(open_writer, sessions, flaky, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_largest_journal", 1)
    writer = open_writer()
    first = writer._journal.id
    assert await writer.keep_and_wait(report("one"), 10)
    flaky.slow = 0.05
    await until(lambda: writer._journal.id != first)
    await writer.stop()
    assert files(tmp_path, "") == []
    assert await rows(sessions, JournalRow) == 0


async def test_where_no_new_journal_can_be_begun_the_old_one_grows(open_writer, sessions, monkeypatch):
    monkeypatch.setattr(module, "_largest_journal", 1)
    writer = open_writer()

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Journal, "fresh", full)
    for name in ("one", "two"):
        assert await writer.keep_and_wait(report(name), 10)
    assert await reported(sessions) == ["one", "two"]


async def test_a_journal_that_another_process_has_is_left_alone(open_writer, sessions, flaky):
    flaky.is_away = True
    one, other = open_writer(), open_writer()
    one.keep(report("one"))
    flaky.is_away = False
    await until(lambda: not one.waiting)
    assert await other.keep_and_wait(report("other"), 10)
    assert sorted(await reported(sessions)) == ["one", "other"]
    assert one._journal.path.exists()


async def test_a_journal_whose_process_ends_only_now_is_found(open_writer, sessions, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_look_again", 0.02)
    journal = Journal.fresh(tmp_path / "journal")
    journal.append(encode(report("late")))
    writer = open_writer()
    assert await writer.keep_and_wait(report("one"), 10)
    await asyncio.sleep(0.05)
    assert await reported(sessions) == ["one"]
    journal.close()
    await until(lambda: not journal.path.exists())
    assert await writer.keep_and_wait(report("two"), 10)
    assert await reported(sessions) == ["one", "late", "two"]


async def test_stopping_waits_for_the_disk_so_that_the_next_process_gets_the_file(open_writer, flaky, tmp_path, monkeypatch):
    flaky.is_away = True
    synced = []

    def slow(journal):
        time.sleep(0.1)
        synced.append(os.fstat(journal._file).st_size)

    monkeypatch.setattr(Journal, "sync", slow)
    writer = open_writer()
    writer.keep(report("one"))
    await asyncio.sleep(0.02)
    await writer.stop(0)
    assert len(synced) == 2
    with contextlib.closing(Journal(writer._journal.path)) as journal:
        assert journal.count == 1


async def test_a_deletion_comes_after_what_was_kept_before_it(open_writer, sessions):
    writer = open_writer()
    writer.keep(began())
    drawn = turn()
    writer.keep(drawn)
    assert await writer.keep_and_wait(ForgetDrawings(key=drawn.key), 10)
    async with sessions() as session:
        assert await session.scalar(select(TurnRow.key)) == drawn.key
        assert await rows(sessions, module.JournalRow) == 1


STEPS = st.lists(
    st.sampled_from(["keep", "keep", "keep", "breathe", "breathe", "rest", "crash", "stop", "away", "back", "before", "in", "after"]), max_size=24
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_each_record_is_there_once_and_in_order(url, steps, monkeypatch):
    monkeypatch.setattr(module, "_largest_journal", 400)

    async def play(folder):
        engine, sessions = connect(url)
        try:
            async with sessions.begin() as session:
                for table in (ReportRow, JournalRow):
                    await session.execute(delete(table))
            count = await take(steps, sessions, folder)
            assert await reported(sessions) == [*map(str, range(count)), "last"]
        finally:
            await engine.dispose()
        return list(folder.iterdir())

    with TemporaryDirectory() as folder:
        assert asyncio.run(play(Path(folder))) == []


async def take(steps, sessions, folder):
    """Live through it all; return how many records were kept before the last."""
    flaky = Flaky(sessions)
    writer = ResultWriter(flaky, folder)
    writer.start()
    count = 0
    for step in steps:
        match step:
            case "keep":
                writer.keep(report(count))
                count += 1
            case "breathe" | "rest":
                await asyncio.sleep(0.0005 if step == "breathe" else 0.015)
            case "crash" | "stop":
                await (crash(writer) if step == "crash" else writer.stop(0.005))
                writer = ResultWriter(flaky, folder)
                writer.start()
            case "away" | "back":
                flaky.is_away = step == "away"
            case _:
                flaky.fails.append(step)
    flaky.is_away = False
    flaky.fails.clear()
    assert await writer.keep_and_wait(report("last"), 10)
    await writer.stop()
    return count
