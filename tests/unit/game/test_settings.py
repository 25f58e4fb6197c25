from pathlib import Path

import pytest
from pydantic import ValidationError

from game.settings import Settings


def test_the_environment_sets_what_is_not_given(monkeypatch):
    monkeypatch.setenv("GUESSTROKE_PORT", "9001")
    monkeypatch.setenv("GUESSTROKE_PUBLIC_URL", "https://play.example.org/")
    assert Settings().port == 9001
    assert Settings(port=1).port == 1
    assert Settings().public_url == "https://play.example.org"


def test_sqlite_in_the_data_folder_is_the_default():
    assert Settings(data_dir=Path("/var/lib/g")).store_url == "sqlite+aiosqlite:////var/lib/g/guesstroke.db"
    assert Settings(database_url="postgresql+asyncpg:///x").store_url == "postgresql+asyncpg:///x"


@pytest.mark.parametrize(
    "given",
    [
        {"port": 70000},
        {"public_url": "play.example.org"},
        {"draw_seconds": 5},
        {"artist_workers": -1},
        {"admin_token": "15-letters-only"},
        {"artists": "nobody"},
        {"redis_url": "10.0.0.5:6379"},
        {"connections_per_address": -1},
        {"handshake_seconds": 0},
        {"trusted_proxies": "proxy.example.org"},
        {"trusted_proxies": "10.0.0.1,"},
        {"trusted_proxies": "10.0.0.1/24"},
        {"trusted_proxies": "*"},
        {"room_bounds": {"teeth": (1, 2)}},
        {"room_bounds": {"rounds": (4, 1)}},
        {"room_bounds": {"ai_guessers": (0, 1000)}},
    ],
)
def test_what_makes_no_sense_is_refused(given):
    with pytest.raises(ValidationError):
        Settings(**given)


def test_proxies_are_addresses_and_networks():
    assert Settings(trusted_proxies="127.0.0.1, 10.0.0.0/8, fd00::/8").trusted_proxies == "127.0.0.1, 10.0.0.0/8, fd00::/8"


def test_other_perceptors_are_each_there_once_and_without_the_usual_one():
    assert Settings(other_perceptors=" a:b,doodle-clip,, c ,a:b").fleet_perceptors == ("a:b", "c")
    assert Settings(perceptor="a:b", other_perceptors="a:b,doodle-clip").fleet_perceptors == ("doodle-clip",)
    assert Settings().fleet_perceptors == ()
