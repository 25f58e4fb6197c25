import shutil
import sqlite3
import subprocess
import time

import pytest

from game.doctor.services import check_database, check_redis
from game.settings import Settings
from game.store.session import migrate
from tests.unit.game.doctor.test_reach import unused_port


def test_a_database_is_not_made_but_told(tmp_path):
    settings = Settings(data_dir=tmp_path)
    (found,) = check_database(settings)
    assert (found.grade, "will make it" in found.what) == ("ok", True)
    assert list(tmp_path.iterdir()) == []


def test_tables_older_and_newer_than_this_version(tmp_path):
    settings = Settings(data_dir=tmp_path)
    migrate(settings.store_url)
    assert "up to date" in check_database(settings)[0].what
    for revision, grade in (("0001", "warning"), ("9999", "problem")):
        with sqlite3.connect(tmp_path / "guesstroke.db") as database:
            database.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        database.close()
        assert check_database(settings)[0].grade == grade


def test_a_database_that_is_away_and_one_that_makes_no_sense():
    secret = Settings(database_url=f"postgresql+asyncpg://ada:hush@127.0.0.1:{unused_port()}/game")
    (found,) = check_database(secret)
    assert found.grade == "problem"
    assert "hush" not in found.what
    assert check_database(Settings(database_url="nonsense"))[0].grade == "problem"


def test_redis_is_asked_only_where_it_is_wanted():
    assert check_redis(None) == []
    pytest.importorskip("redis", reason="redis-py is not installed")
    assert check_redis("nonsense")[0].grade == "problem"
    assert check_redis(f"redis://127.0.0.1:{unused_port()}")[0].grade == "problem"


def test_a_redis_that_answers(tmp_path):
    pytest.importorskip("redis", reason="redis-py is not installed")
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed")
    port = unused_port()
    server = subprocess.Popen(["redis-server", "--port", str(port), "--save", "", "--dir", tmp_path], stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 10
        while (found := check_redis(f"redis://127.0.0.1:{port}")[0]).grade != "ok":
            assert time.monotonic() < deadline, found
            time.sleep(0.1)
    finally:
        server.terminate()
        server.wait(10)
    assert found.what.startswith("version ")
