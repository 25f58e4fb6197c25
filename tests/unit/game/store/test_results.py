import asyncio

import asyncpg
import pytest
from alembic import command
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from game.protocol.server_messages import PodiumLine
from game.rules.effects import ChatLine, GameBegan, GameRecord, GuessRecord, ReportRecord, TurnRecord
from game.store.drawings import ink_of
from game.store.models import DrawingRow, GameRow, GuessRow, ReportRow, ScoreRow, TurnRow
from game.store.results import write
from game.store.scores import leaderboard
from game.store.session import alembic_config, connect, migrate
from game.store.writer import ResultWriter

TURN = TurnRecord(
    "g1", 1, 1, "house", "artist", "The Artist", True, "time_up", 80.0, b"\x06", 120, 2, 1, (GuessRecord("p1", "Ada", False, 9500, 240),)
)
GAME = GameRecord("g1", (PodiumLine("p1", "Ada", 240, 1, False, 0, ""), PodiumLine("artist", "The Artist", 120, 2, True, 0, "")))


async def _fresh_postgres() -> str:
    """A database of the test's own on the local PostgreSQL; skips where there is none."""
    try:
        connection = await asyncpg.connect(host="127.0.0.1", port=5432, user="postgres", database="postgres", timeout=2)
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        pytest.skip(f"PostgreSQL is not running at 127.0.0.1:5432: {error}")
    await connection.execute("DROP DATABASE IF EXISTS guesstroke_unit")
    await connection.execute("CREATE DATABASE guesstroke_unit")
    await connection.close()
    return "postgresql+asyncpg://postgres@127.0.0.1:5432/guesstroke_unit"


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request, tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path / 'store' / 'test.db'}" if request.param == "sqlite" else await _fresh_postgres()


@pytest.fixture
async def sessions(url):
    await asyncio.to_thread(migrate, url)
    engine, sessions = connect(url)
    assert make_url(url).get_backend_name() == engine.dialect.name
    yield sessions
    await engine.dispose()


async def test_a_game_is_kept_with_its_turns_drawings_and_scores(sessions):
    for result in (GameBegan("g1", "room", 3), TURN, GAME):
        await write(sessions, result)
    async with sessions() as session:
        assert (await session.get(GameRow, "g1")).ended is not None
        turn = (await session.scalars(select(TurnRow))).one()
        assert (turn.word, turn.drawer_id, turn.drawer_points, turn.likes, turn.dislikes) == ("house", "artist", 120, 2, 1)
        assert (await session.get(DrawingRow, turn.id)).ink == b"\x06"
        guess = await session.get(GuessRow, (turn.id, "p1"))
        assert (guess.points, guess.seconds) == (240, 9.5)
        assert await session.scalar(select(func.count()).select_from(ScoreRow)) == 2


async def test_a_drawing_is_found_by_its_game_and_turn(sessions):
    for result in (GameBegan("g1", "room", 3), TURN):
        await write(sessions, result)
    assert await ink_of(sessions, "g1", 1) == b"\x06"
    assert await ink_of(sessions, "g1", 2) is None
    assert await ink_of(sessions, "g2", 1) is None


async def test_a_report_is_kept_with_what_there_was_to_see(sessions):
    lines = (ChatLine("p1", "Ada", "hello"), ChatLine("p2", "Ben", "go away"))
    await write(sessions, ReportRecord("room", "", 0, "p1", "Ada", "p2", "Ben", "rude", b"\x06", lines))
    async with sessions() as session:
        report = (await session.scalars(select(ReportRow))).one()
        assert (report.reporter_id, report.player_id, report.reason, report.ink) == ("p1", "p2", "rude", b"\x06")
        assert report.chat == "Ada: hello\nBen: go away"


async def test_the_leaderboard_adds_games_up_best_first(sessions):
    for game in ("g1", "g2"):
        await write(sessions, GameBegan(game, "room", 3))
        await write(
            sessions, GameRecord(game, (PodiumLine("p1", f"Ada of {game}", 100, 1, False, 0, ""), PodiumLine("p2", "Ben", 90, 2, False, 1, "")))
        )
    lines = await leaderboard(sessions, 10)
    assert [(line.nickname, line.score, line.games, line.wins) for line in lines] == [("Ada of g2", 200, 2, 2), ("Ben", 180, 2, 0)]
    assert len(await leaderboard(sessions, 1)) == 1


async def test_the_writer_keeps_the_order_and_leaves_out_what_does_not_fit(sessions):
    writer = ResultWriter(sessions)
    writer.start()
    for result in (GameBegan("g1", "room", 3), TURN, TURN, GAME):
        writer.keep(result)
    await writer.stop()
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(TurnRow)) == 1
        assert await session.scalar(select(func.count()).select_from(ScoreRow)) == 2


async def test_turns_that_were_kept_before_there_were_thumbs_stay_through_both_ways(url, sessions):
    for result in (GameBegan("g1", "room", 3), TURN):
        await write(sessions, result)
    config = alembic_config(url)
    await asyncio.to_thread(command.downgrade, config, "0001")
    await asyncio.to_thread(command.upgrade, config, "head")
    async with sessions() as session:
        turn = (await session.scalars(select(TurnRow))).one()
        assert (turn.word, turn.likes, turn.dislikes) == ("house", 0, 0)
        assert (await session.get(DrawingRow, turn.id)).ink == b"\x06"


async def test_migrating_twice_changes_nothing(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"
    await asyncio.to_thread(migrate, url)
    await asyncio.to_thread(migrate, url)
