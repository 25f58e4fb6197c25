import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command

from game.cli import main
from game.store.drawings import Wanted, in_gallery
from game.store.migration import alembic_config
from game.store.players import nickname_of
from game.store.session import connect
from tests.databases import emptied, on_postgres, sqlite_url
from tests.unit.game.store.sample import began, ended, put, turn

PASSWORD = "do-not-tell"


class Db:
    """`guesstroke db` on one database."""

    def __init__(self, url, monkeypatch, capsys):
        self.url = url
        self._capsys = capsys
        monkeypatch.setenv("GUESSTROKE_DATABASE_URL", url)
        monkeypatch.setenv("COLUMNS", "1000")

    def __call__(self, *arguments, status=0):
        """What it says, to stdout or, if it ends with another status than 0, to stderr."""
        with pytest.raises(SystemExit) as ended:
            main(["db", *map(str, arguments)])
        said = self._capsys.readouterr()
        assert ended.value.code == status, said
        assert PASSWORD not in said.out + said.err
        return (said.err if status else said.out).strip()

    def ask(self, work, *arguments):
        """What a coroutine function returns that is given the store's sessions and arguments."""

        async def run():
            engine, sessions = connect(self.url)
            try:
                return await work(sessions, *arguments)
            finally:
                await engine.dispose()

        return asyncio.run(run())

    def words(self):
        async def work(sessions):
            return [card.word for card in (await in_gallery(sessions, Wanted(), "nobody", 9)).drawings]

        return self.ask(work)


@pytest.fixture
def make_db(monkeypatch, capsys):
    return lambda url: Db(url, monkeypatch, capsys)


@pytest.fixture
def db(url, make_db):
    """With a game of now and one of 40 days ago."""
    db = make_db(url)
    old = turn(game="old", word="old")
    db.ask(put, began(), turn(word="new"), turn(2, word="newer"), ended())

    async def before(sessions):
        await put(sessions, began("old"), old, ended("old"), at=datetime.now(UTC) - timedelta(days=40))

    db.ask(before)
    return db


def test_stats_count_rows_and_bytes(db):
    said = db("stats")
    rows = {cells[1]: cells[2] for line in said.splitlines() if len(cells := [cell.strip() for cell in line.split("│")]) > 2}
    assert rows["drawings"] == "3"
    assert rows["players"] == "2"
    assert rows["journals"] == "0"
    assert "The database takes 0." in said or "The database takes 8." in said
    assert "The median drawing takes" in said


def test_stats_of_an_empty_store(url, make_db):
    assert "median" not in make_db(url)("stats")


def test_a_store_moves_by_export_and_import(db, make_db, request, templates, tmp_path):
    file = tmp_path / "all.jsonl.gz"
    assert "rows are in" in db("export", file)
    other = make_db(emptied(request.getfixturevalue("postgres")) if db.url.startswith("sqlite") else sqlite_url(tmp_path / "new" / "other.db"))
    assert "is up to date" in other("import", file)
    assert other.words() == ["newer", "new", "old"]
    assert "needs an empty store" in other("import", file, status=2)
    assert "is no export of a store" in other("import", __file__, status=2)
    assert "does not exist" in other("import", tmp_path / "nothing", status=2)
    assert f"{tmp_path}/no/folder.part: No such file" in other("export", tmp_path / "no" / "folder", status=2)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("options", "gone", "left"),
    [
        ([], 0, ["newer", "new", "old"]),
        (["--older-than", 30], 1, ["newer", "new"]),
        (["--older-than", 0], 3, []),
        (["--drawing", turn().key], 1, ["newer", "old"]),
        (["--drawing", "nothing"], 0, ["newer", "new", "old"]),
        (["--game", "g1"], 2, ["old"]),
        (["--game", "g1", "--older-than", 30], 3, []),
        (["--drawing", ""], 0, ["newer", "new", "old"]),
    ],
)
def test_purge_deletes_what_is_named_and_says_how_much(db, options, gone, left):
    said = db("purge", *options)
    assert said.startswith(f"{gone} drawings and ")
    assert said.endswith("rows that are over were deleted.")
    assert db.words() == left
    assert db.ask(nickname_of, "ada") == "Ada"


def test_purge_deletes_somebody(db):
    assert "0 drawings, all about ada and" in db("purge", "--player", "ada")
    assert db.words() == []
    assert db.ask(nickname_of, "ada") is None
    assert db.ask(nickname_of, "ben") == "Ben"
    assert "Nobody with the id 'ada' has played here." in db("purge", "--player", "ada", status=2)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("days", [-1, 10**9, "x"])
def test_purge_refuses_days_that_are_none(db, days):
    assert "--older-than" in db("purge", "--older-than", days, status=2)
    assert len(db.words()) == 3


def test_upgrade_makes_the_tables_and_can_be_said_again(make_db, tmp_path):
    db = make_db(sqlite_url(tmp_path / "new" / "game.db"))
    for _ in range(2):
        assert db("upgrade") == f"{db.url} is up to date."
    assert "players" in db("stats")


@pytest.mark.parametrize("revision", [None, "0002"])
@pytest.mark.parametrize("arguments", [["stats"], ["purge"], ["export", "store"]])
def test_old_tables_are_told_with_what_helps(make_db, tmp_path, monkeypatch, revision, arguments):
    monkeypatch.chdir(tmp_path)
    db = make_db(sqlite_url(tmp_path / "game.db"))
    if revision:
        command.upgrade(alembic_config(db.url), revision)
    assert "are not up to date: `guesstroke db upgrade` brings them there" in db(*arguments, status=2)
    assert not (tmp_path / "store").exists()


def test_old_tables_in_postgresql_too(make_db, request):
    url = request.getfixturevalue("postgres")
    db = make_db(f"{url.rpartition('/')[0]}/postgres")
    assert "are not up to date" in db("stats", status=2)


def test_tables_of_a_newer_version_are_left_alone(make_db, tmp_path):
    db = make_db(sqlite_url(tmp_path / "game.db"))
    db("upgrade")
    with sqlite3.connect(tmp_path / "game.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert "not of a version that this one knows (Can't locate revision identified by '9999')" in db("upgrade", status=2)


@pytest.mark.parametrize("arguments", [["stats"], ["upgrade"], ["purge"]])
def test_a_database_that_is_away_is_told_without_its_password(make_db, arguments):
    db = make_db(f"postgresql+asyncpg://ada:{PASSWORD}@127.0.0.1:9/game")
    said = db(*arguments, status=2)
    assert "postgresql+asyncpg://ada:***@127.0.0.1:9/game does not answer" in said
    assert "is GUESSTROKE_DATABASE_URL right?" in said


def test_a_database_that_is_not_there(make_db):
    on_postgres("SELECT 1")
    assert 'database "guesstroke_nowhere" does not exist' in make_db("postgresql+asyncpg://postgres@127.0.0.1:5432/guesstroke_nowhere")(
        "stats", status=2
    )


@pytest.mark.parametrize("url", ["nonsense", "sqlite:///x.db", "elsewhere+asyncelse://x/y"])
@pytest.mark.parametrize("arguments", [["stats"], ["upgrade"]])
def test_a_url_that_is_none_is_told(make_db, url, arguments):
    assert "GUESSTROKE_DATABASE_URL is no URL of a database that can be used here" in make_db(url)(*arguments, status=2)


def test_a_driver_that_is_not_installed_is_told(make_db):
    assert "needs the Python module aiomysql, which is not installed" in make_db(f"mysql+aiomysql://ada:{PASSWORD}@x/y")("stats", status=2)
