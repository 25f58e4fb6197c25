import asyncio
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, create_engine, insert, select, text

from game.drawing.pace import usual_times
from game.rules.effects import ChatLine, ReportRecord
from game.rules.turn import drawing_key
from game.store.belongings import belongings_of
from game.store.drawings import Wanted, in_gallery, told
from game.store.entries import ForgetPlayer
from game.store.games import game_of
from game.store.hands import Duels, hands
from game.store.kept_drawings import KeptDrawings
from game.store.migration import alembic_config
from game.store.models import Base, ReportLineRow, TurnRow
from game.store.players import personal_page
from game.store.scores import leaderboard
from game.store.session import connect, engine_for, migrate, newest_revision
from game.studio.base import DrawingStarted, Mark, StrokeDrawn
from game.studio.keeping import KeptDrawing
from tests.databases import empty_postgres, sqlite_url
from tests.unit.game.store import sample
from tests.unit.game.store.sample import INK, NOON, began, ended, turn

PLAYERS = [{"id": name, "nickname": name.capitalize(), "is_ai": name == "artist", "first_seen": NOON} for name in ("ada", "artist", "ben")]
FIRST = {
    "players": PLAYERS,
    "games": [
        {"id": "g1", "room": "attic", "rounds": 3, "started": NOON, "ended": NOON + timedelta(minutes=9)},
        {"id": "g2", "room": "attic", "rounds": 2, "started": NOON + timedelta(hours=1), "ended": NOON + timedelta(hours=2)},
        {"id": "g3", "room": "cellar", "rounds": 1, "started": NOON + timedelta(hours=3), "ended": None},
    ],
    "turns": [
        {"id": id_, "game_id": game, "number": number, "round": 1, "word": word, "drawer_id": drawer, "reason": reason, "seconds": seconds,
         "drawer_points": points}
        for id_, game, number, word, drawer, reason, seconds, points in (
            (1, "g1", 1, "house", "ada", "time_up", 80.0, 50),
            (4, "g1", 2, "tree", "artist", "all_guessed", 12.5, 0),
            (5, "g3", 1, "cat", "ben", "skipped", 3.25, 0),
        )
    ],
    "guesses": [
        {"turn_id": 1, "player_id": "ben", "seconds": 9.5, "points": 100},
        {"turn_id": 4, "player_id": "ada", "seconds": 12.0, "points": 90},
        {"turn_id": 4, "player_id": "ben", "seconds": 12.5, "points": 80},
    ],
    "drawings": [{"turn_id": 1, "format": 1, "ink": INK}, {"turn_id": 4, "format": 1, "ink": INK + INK}],
    "scores": [
        {"game_id": "g1", "player_id": "ada", "score": 140, "rank": 2},
        {"game_id": "g1", "player_id": "ben", "score": 180, "rank": 1},
        {"game_id": "g2", "player_id": "ada", "score": 60, "rank": 1},
    ],
}  # fmt: skip
REPORT = {
    "made": NOON, "room": "attic", "game_id": "g1", "turn": 1, "reporter_id": "ben", "player_id": "ada", "nickname": "Ada", "reason": "rude",
    "ink": INK,
}  # fmt: skip
SECOND = {
    "reports": [{"id": 1, "chat": "Ada: you: fool\nBen: no\u2028way", **REPORT}, {"id": 2, "chat": "", **REPORT}],
}


@pytest.fixture(scope="module")
def bare_postgres():
    with empty_postgres("bare") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def url(request, tmp_path):
    """A database with nothing in it, not even tables."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "bare.db")
    url = request.getfixturevalue("bare_postgres")
    for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
        on_connection(url, lambda connection, statement=statement: connection.execute(text(statement)))
    return url


def upgrade(url, revision):
    command.upgrade(alembic_config(url), revision)


def downgrade(url, revision):
    command.downgrade(alembic_config(url), revision)


def on_connection(url, work):
    """What a function returns that is given a connection, in a transaction."""

    async def run():
        engine = engine_for(url)
        async with engine.begin() as connection:
            found = await connection.run_sync(work)
        await engine.dispose()
        return found

    return asyncio.run(run())


def tables_of(connection):
    metadata = MetaData()
    metadata.reflect(connection)
    return {table.name: table for table in metadata.sorted_tables}


def put(url, contents):
    def work(connection):
        tables = tables_of(connection)
        for name, rows in contents.items():
            connection.execute(insert(tables[name]), rows)

    on_connection(url, work)


def contents(url):
    """All that is in a database: for each table its rows."""

    def moment(value):
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value

    def rows(connection, table: Table):
        found = connection.execute(select(table).order_by(*table.primary_key or table.columns)).mappings()
        return [{name: moment(value) for name, value in row.items()} for row in found]

    return on_connection(url, lambda connection: {name: rows(connection, table) for name, table in tables_of(connection).items()})


def asked(url, work):
    """What a coroutine function returns that is given the store's sessions."""

    async def run():
        engine, sessions = connect(url)
        try:
            return await work(sessions)
        finally:
            await engine.dispose()

    return asyncio.run(run())


def old_database(url):
    """One as the second revision left it, with what was put in by the first and by the second."""
    upgrade(url, "0001")
    put(url, FIRST)
    assert {name: rows for name, rows in contents(url).items() if name in FIRST} == FIRST
    upgrade(url, "0002")
    put(url, SECOND)
    on_connection(url, lambda connection: connection.execute(text("UPDATE turns SET likes = 3, dislikes = 1 WHERE id = 4")))


def test_an_old_database_is_read_by_the_new_code(url):
    old_database(url)
    migrate(url)
    migrate(url)  # a second time there is nothing to do

    async def check(sessions):
        assert [(line.nickname, line.score, line.games, line.wins) for line in await leaderboard(sessions, 9)] == [
            ("Ada", 200, 2, 1), ("Ben", 180, 1, 1),
        ]  # fmt: skip
        assert await leaderboard(sessions, 9, "all", "normal") == await leaderboard(sessions, 9)
        game = await game_of(sessions, "g1", "ada")
        assert (game.room, game.language, game.mode, game.host_id) == ("attic", "en", "normal", None)
        assert (game.started, game.ended) == (NOON, NOON + timedelta(minutes=9))
        assert [(place.nickname, place.score) for place in game.podium] == [("Ben", 180), ("Ada", 140)]
        assert [(card.word, card.drawer, card.drawer_is_ai, card.likes, card.found, card.mine) for card in game.drawings] == [
            ("house", "Ada", False, 0, 1, True), ("tree", "Artist", True, 3, 2, False),
        ]  # fmt: skip
        old = await told(sessions, drawing_key("g1", 2), "ben")
        assert (old.archived.ink, old.archived.times) == (INK + INK, usual_times(INK + INK))
        assert [(right.nickname, right.seconds) for right in old.guesses] == [("Ada", 12.0), ("Ben", 12.5)]
        assert old.card.drawn == NOON
        # Nobody was asked whether these may be shown to all.
        assert (await in_gallery(sessions, Wanted(), "ada", 9)).drawings == []
        assert [card.word for card in (await in_gallery(sessions, Wanted(room="attic", sort="liked"), "ada", 9)).drawings] == ["tree", "house"]
        page = await personal_page(sessions, "ben")
        assert (page.score, page.games, page.wins, page.fastest.word) == (180, 1, 1, "house")
        mine = await belongings_of(sessions, "ada")
        assert [turn["word"] for turn in mine["turns"]] == ["house"]
        assert len(mine["reports_about_you"]) == 2
        async with sessions() as session:
            lines = await session.scalars(select(ReportLineRow).order_by(ReportLineRow.report_id, ReportLineRow.number))
            assert [(line.report_id, line.number, line.nickname, line.text) for line in lines] == [
                (1, 1, "Ada", "you: fool"), (1, 2, "Ben", "no\u2028way"),
            ]  # fmt: skip

    asked(url, check)


def test_an_old_database_takes_new_games(url):
    old_database(url)
    migrate(url)

    async def check(sessions):
        new = turn(game="g4", drawer="ben", guesses=(sample.guess("ada", 2),))
        await sample.put(sessions, began("g4"), new, ended("g4", ada=5), ForgetPlayer("ben"))
        assert (await told(sessions, drawing_key("g1", 1), "ada")).guesses == []
        assert await told(sessions, new.key, "ada") is None
        assert [(line.nickname, line.score) for line in await leaderboard(sessions, 9)] == [("Ada", 205)]
        async with sessions() as session:
            assert await session.scalar(select(TurnRow.id).where(TurnRow.key == new.key)) > 5

    if not url.startswith("sqlite"):  # ids were given by hand above: PostgreSQL's own must come after those
        on_connection(url, lambda connection: connection.execute(text("SELECT setval('turns_id_seq', 5)")))
    asked(url, check)


def test_an_old_database_comes_back_as_it_was(url):
    old_database(url)
    before = contents(url)
    migrate(url)
    downgrade(url, "0002")
    assert contents(url) == before
    migrate(url)
    asked(url, lambda sessions: told(sessions, drawing_key("g1", 1), "ada"))
    downgrade(url, "0001")
    assert {name: rows for name, rows in contents(url).items() if name in FIRST} == FIRST
    downgrade(url, "base")
    assert contents(url) == {"alembic_version": []}
    migrate(url)


def test_what_the_old_code_knows_of_new_games_is_there_after_a_downgrade(url):
    migrate(url)
    combined = "a very long word + another one that is as long as it gets"
    lines = (ChatLine("ada", "Ada", "hello"), ChatLine("ben", "Ben", "go away"))

    async def fill(sessions):
        missed = turn(2, drawer="ben", guesses=(), missed=("ada",), word=combined)
        report = ReportRecord("room", "g1", 2, "ada", "Ada", "ben", "Ben", "rude", INK, lines)
        await sample.put(sessions, began(), turn(drawer="cyd"), missed, ended(ada=1), report, ForgetPlayer("cyd"))

    asked(url, fill)
    downgrade(url, "0002")
    older = contents(url)
    assert [(row["drawer_id"], row["word"]) for row in older["turns"]] == [("ben", combined)]
    assert older["guesses"] == []
    assert [row["chat"] for row in older["reports"]] == ["Ada: hello\nBen: go away"]
    downgrade(url, "0001")
    assert [row["word"] for row in contents(url)["turns"]] == [combined[:32]]
    migrate(url)
    assert [line.score for line in asked(url, lambda sessions: leaderboard(sessions, 5))] == [1]


def test_modes_and_hands_come_and_go_and_the_rest_stays(url):
    """The fourth revision, on a database with games of before and after."""
    old_database(url)
    upgrade(url, "0003")
    older = contents(url)
    upgrade(url, "0004")
    newer = contents(url)
    assert {row["game_mode"] for row in newer["games"]} == {"party"}
    assert {(row["for_person"], row["for_machine"]) for row in newer["turns"]} == {(0, 0)}
    assert newer["hand_tallies"] == newer["kept_drawings"] == []
    kept = KeptDrawing(DrawingStarted(), (StrokeDrawn((Mark(((0.1, 0.2),) * 4, 0.02, (0.0, 0.0, 0.0, 1.0)),)),), 0.5)

    async def play(sessions):
        duel = turn(game="g4", drawer="ben", guesses=(sample.guess("ada", 2),), for_person=2, for_machine=1)
        await sample.put(sessions, began("g4", game_mode="duel"), duel, ended("g4", ada=5))
        await KeptDrawings(sessions).keep("2026-11-25/en/1", kept)
        return await hands(sessions)

    if not url.startswith("sqlite"):  # as above
        on_connection(url, lambda connection: connection.execute(text("SELECT setval('turns_id_seq', 5)")))
    assert asked(url, play).duels == Duels(1, 0, 2, 1)
    downgrade(url, "0003")
    back = contents(url)
    assert back.keys() == older.keys()
    assert [row for row in back["games"] if row["id"] != "g4"] == older["games"]
    assert [row for row in back["turns"] if row["game_id"] != "g4"] == older["turns"]
    assert "game_mode" not in back["games"][0]
    upgrade(url, "0004")
    assert {row["id"]: row["game_mode"] for row in contents(url)["games"]}["g4"] == "party"  # the older tables had no place for it
    assert asked(url, hands).duels == Duels()
    assert asked(url, lambda sessions: KeptDrawings(sessions).find("2026-11-25/en/1")) is None


def test_reports_with_odd_lines_are_no_hindrance(url):
    chats = ["a line of more than thirty-two characters that nobody is known to have said", "\n\n", "Ada: \n: hm", "Ada: a: b"]
    reports = [{"id": number, "chat": chat, **REPORT} for number, chat in enumerate(chats, start=1)]
    upgrade(url, "0002")
    put(url, {"players": PLAYERS, "reports": reports})
    migrate(url)
    assert len(contents(url)["report_lines"]) == sum(1 + chat.count("\n") for chat in chats)
    downgrade(url, "0002")
    assert contents(url)["reports"] == reports


def test_the_newest_revision_is_the_one_that_alembic_ends_at():
    assert newest_revision() == ScriptDirectory.from_config(alembic_config("")).get_current_head()


def test_an_upgrade_that_fails_leaves_everything_as_it_was(url):
    old_database(url)
    on_connection(url, lambda connection: connection.execute(text("CREATE TABLE journals (mine INTEGER)")))  # which the last step wants to make
    before = contents(url)
    with pytest.raises(Exception, match="journals"):
        migrate(url)
    assert contents(url) == before
    on_connection(url, lambda connection: connection.execute(text("DROP TABLE journals")))
    migrate(url)
    assert contents(url)["alembic_version"] == [{"version_num": newest_revision()}]


def test_two_servers_that_start_together_do_not_get_into_each_others_way(bare_postgres):
    on_connection(bare_postgres, lambda connection: connection.execute(text("DROP SCHEMA public CASCADE")))
    on_connection(bare_postgres, lambda connection: connection.execute(text("CREATE SCHEMA public")))
    upgrade = [sys.executable, "-m", "game", "db", "upgrade"]
    environment = os.environ | {"GUESSTROKE_DATABASE_URL": bare_postgres}
    both = [subprocess.Popen(upgrade, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said


def test_the_migrated_tables_are_those_of_the_models(url):
    migrate(url)

    def differences(connection):
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata)

    assert on_connection(url, differences) == []


def test_the_models_alone_make_the_same_columns(tmp_path):
    """What `compare_metadata` does not look at: whether a column may be empty, in SQLite's own words."""
    migrate(sqlite_url(tmp_path / "migrated.db"))
    engines = [create_engine(f"sqlite:///{tmp_path / name}.db") for name in ("migrated", "made")]
    Base.metadata.create_all(engines[1])
    described = []
    for engine in engines:
        with engine.connect() as connection:
            tables = {name: table for name, table in tables_of(connection).items() if name != "alembic_version"}
            described.append({(name, column.name, column.nullable, column.primary_key) for name, table in tables.items() for column in table.columns})
        engine.dispose()
    assert described[0] == described[1]
