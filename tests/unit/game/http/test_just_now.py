import asyncio
import threading

import pytest
from sqlalchemy import select

from game.http import just_now
from game.http.just_now import found
from game.rules.effects import ReportRecord
from game.store.models import ReportRow
from game.store.session import connect, migrate
from game.store.writer import ResultWriter


@pytest.fixture
async def sessions(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/game.db"
    await asyncio.to_thread(migrate, url)
    engine, sessions = connect(url)
    yield sessions
    await engine.dispose()


@pytest.fixture
def let_go():
    """When set, what waits for the database comes to it."""
    return threading.Event()


@pytest.fixture
async def writer(sessions, tmp_path, let_go):
    writer = ResultWriter(sessions, tmp_path / "journal", prepare=let_go.wait)
    writer.start()
    yield writer
    let_go.set()
    await writer.stop()


@pytest.fixture
def ask(sessions, let_go):
    """Asks the database for the report, which is on its way to it when it was asked."""

    async def asked():
        async with sessions() as session:
            reason = await session.scalar(select(ReportRow.reason))
        asked.times += 1
        let_go.set()
        return reason

    asked.times = 0
    return asked


REPORT = ReportRecord("room", "", 0, "ada", "Ada", "ben", "Ben", "rude", b"", ())


async def test_what_is_on_its_way_to_the_database_is_found(writer, ask):
    writer.keep(REPORT)
    assert await found(ask, writer) == "rude"
    assert ask.times == 2


async def test_what_there_is_not_is_asked_for_once(writer, ask):
    assert await found(ask, writer) is None
    assert ask.times == 1


async def test_nobody_waits_long_for_a_database_that_takes_nothing(writer, sessions, monkeypatch):
    monkeypatch.setattr(just_now, "_patience", 0.05)
    writer.keep(REPORT)

    async def ask():
        async with sessions() as session:
            return await session.scalar(select(ReportRow.reason))

    assert await found(ask, writer) is None
    assert writer.waiting == 1
