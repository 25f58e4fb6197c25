import errno

import pytest
from structlog.testing import capture_logs

from game import health as module
from game.health import Health
from game.rooms.snapshots import RoomSnapshot, Snapshots
from game.store.journal import Journal
from game.store.writer import ResultWriter
from tests.unit.game.store.sample import began


class Rooms:
    def __init__(self):
        self.told = []

    def announce(self, notice):
        self.told.append(notice)


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def health(tmp_path):
    results = ResultWriter(None, tmp_path / "journal")
    return Health(Rooms(), results, Snapshots(tmp_path / "rooms"), tmp_path)


def look(health, at=0.0):
    health.results.file_what_waits()
    with capture_logs() as lines:
        health._tell_host()
        health._tell_players(at)
    return [(line["log_level"], line["part"]) for line in lines]


async def test_who_plays_and_who_hosts_are_told_when_results_cannot_be_kept_and_when_they_can_again(health, monkeypatch):
    assert look(health) == []
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "append", full)
        health.results.keep(began("g1"))
        assert not health.keeps
        assert "1 results are in memory alone" in health.problems["journal"]
        assert look(health, 1) == [("error", "journal")]
        assert look(health, 2) == []
        assert health.rooms.told == ["not_kept"]
        look(health, 62)
        assert health.rooms.told == ["not_kept", "not_kept"], "others have come since"
    assert look(health, 63) == [("info", "journal")]
    assert health.rooms.told[2:] == ["kept"]
    assert health.keeps
    assert health.problems == {}


async def test_rooms_that_cannot_be_kept_are_told_too(health, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("game.rooms.snapshots._write", full)
        assert not health.snapshots.save(RoomSnapshot("attic", 1.0, b""))
        assert look(health) == [("error", "rooms")]
    assert health.rooms.told == ["not_kept"]
    assert health.snapshots.save(RoomSnapshot("attic", 1.0, b""))
    assert look(health) == [("info", "rooms")]
    assert health.rooms.told == ["not_kept", "kept"]


async def test_a_database_that_is_away_is_the_hosts_affair_alone(health):
    health.results.is_stuck = True
    assert look(health) == [("error", "database")]
    assert health.keeps
    assert health.rooms.told == []


async def test_the_host_hears_of_a_disk_that_is_nearly_full_before_anything_is_lost(health, monkeypatch):
    monkeypatch.setattr(module, "_free", lambda folder: 3 * 2**20)
    assert look(health) == [("error", "disk")]
    assert "3 MiB" in health.problems["disk"]
    assert health.keeps


async def test_a_data_folder_that_is_gone_is_told_and_does_not_end_the_watch(health, monkeypatch):
    monkeypatch.setattr(health, "folder", health.folder / "gone")
    assert look(health) == [("error", "disk")]
    assert "cannot be looked at" in health.problems["disk"]
