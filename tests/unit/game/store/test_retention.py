import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from game.store import retention as module
from game.store.drawings import Wanted, in_gallery
from game.store.models import StandingRow, TransferRow
from game.store.retention import Retention
from game.store.scores import leaderboard
from game.store.writer import ResultWriter
from tests.unit.game.store.sample import began, ended, put, turn


@pytest.fixture
async def writer(sessions, tmp_path):
    writer = ResultWriter(sessions, tmp_path / "journal")
    writer.start()
    yield writer
    await writer.stop()


async def until_written(writer):
    async with asyncio.timeout(10):
        while writer.waiting:
            await asyncio.sleep(0.002)


async def ages(sessions):
    return [card.word for card in (await in_gallery(sessions, Wanted(), "nobody", 9)).drawings]


@pytest.fixture
async def old_and_new(sessions):
    """A drawing of 40 days ago and one of now, with scores and a code of each time."""
    for name, ago in (("old", 40), ("new", 0)):
        at = datetime.now(UTC) - timedelta(days=ago)
        await put(sessions, began(name), turn(game=name, word=name), ended(name, ada=5), at=at)
        async with sessions.begin() as session:
            session.add(TransferRow(digest=name, player_id="ada", expires=at + timedelta(minutes=5)))


@pytest.mark.parametrize(("days", "left"), [(0, ["new", "old"]), (41, ["new", "old"]), (30, ["new"])])
async def test_old_drawings_go_if_the_owner_wants_it(sessions, writer, old_and_new, days, left):
    await Retention(sessions, writer, days).once()
    await until_written(writer)
    assert await ages(sessions) == left
    assert [line.score for line in await leaderboard(sessions, 5)] == [10]


async def test_what_is_over_goes_in_any_case(sessions, writer, old_and_new):
    await Retention(sessions, writer, 0).once()
    async with sessions() as session:
        assert list(await session.scalars(select(TransferRow.digest))) == ["new"]
        periods = set(await session.scalars(select(StandingRow.period)))
    assert len(periods) == 3
    assert "all" in periods
    assert [line.score for line in await leaderboard(sessions, 5, "day")] == [5]


async def test_it_is_done_soon_after_the_start_and_again_and_again(sessions, writer, old_and_new, monkeypatch):
    monkeypatch.setattr(module, "_first_pause", 0.01)
    monkeypatch.setattr(module, "_pause", 0.01)
    retention = Retention(sessions, writer, 30)
    retention.start()
    async with asyncio.timeout(10):
        while await ages(sessions) != ["new"]:
            await asyncio.sleep(0.005)
        await put(sessions, began("older"), turn(game="older"), at=datetime.now(UTC) - timedelta(days=50))
        while await ages(sessions) != ["new"]:
            await asyncio.sleep(0.005)
    await retention.stop()


async def test_a_database_that_is_away_does_not_end_it(sessions, writer, old_and_new, tmp_path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'no such folder' / 'no.db'}")
    away = async_sessionmaker(engine)
    with pytest.raises(OperationalError):
        async with away() as session:
            await session.scalar(select(func.now()))
    await Retention(away, writer, 30).once()
    await until_written(writer)
    assert await ages(sessions) == ["new"]
    await engine.dispose()


async def test_one_that_was_not_started_can_be_stopped(sessions, writer):
    await Retention(sessions, writer, 0).stop()
