import os
import subprocess
import sys

import pytest
from structlog.testing import capture_logs

from game.rooms.snapshots import RoomSnapshot, Snapshots

ONE = RoomSnapshot("attic", 12.5, b"as it was", (b"an entry",))
TWO = RoomSnapshot("cellar", 3.0, b"as it is")


def test_what_a_process_left_the_next_one_takes_over(tmp_path):
    first = Snapshots(tmp_path)
    for snapshot in (ONE, TWO):
        first.save(snapshot)
    first.close()
    second = Snapshots(tmp_path)
    assert list(second.taken_over()) == [ONE, TWO]
    assert list(second.taken_over()) == []
    second.close()
    assert list(Snapshots(tmp_path).taken_over()) == [ONE, TWO], "those that nobody has closed are still there"


def test_the_last_state_counts_and_a_closed_room_is_gone(tmp_path):
    first = Snapshots(tmp_path)
    later = RoomSnapshot("attic", 14.0, b"as it became")
    for snapshot in (ONE, later, TWO):
        first.save(snapshot)
    first.forget("cellar")
    first.forget("never there")
    first.close()
    assert list(Snapshots(tmp_path).taken_over()) == [later]


def test_rooms_of_a_server_that_runs_are_left_to_it(tmp_path):
    first, second = Snapshots(tmp_path), Snapshots(tmp_path)
    first.save(ONE)
    assert list(second.taken_over()) == []
    first.close()
    assert list(second.taken_over()) == [ONE]


def test_a_killed_process_loses_nothing(tmp_path):
    program = (
        "import os, sys, pathlib; from game.rooms.snapshots import *\n"
        "snapshots = Snapshots(pathlib.Path(sys.argv[1]))\n"
        "snapshots.save(RoomSnapshot('attic', 1.0, b'x' * 100_000))\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False).returncode == -9
    assert list(Snapshots(tmp_path).taken_over()) == [RoomSnapshot("attic", 1.0, b"x" * 100_000)]


def test_a_folder_of_a_server_that_had_no_rooms_goes(tmp_path):
    Snapshots(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


DAMAGES = (lambda data: data[:-1], lambda data: b"", lambda data: bytes(len(data)), lambda data: data[:40] + b"!" + data[41:])


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_cut_short_leaves_the_state_before(tmp_path, damage):
    """A process that is killed while it writes: nobody has heard of that state yet."""
    first = Snapshots(tmp_path)
    for snapshot in (RoomSnapshot("attic", 11.0, b"before"), ONE):
        first.save(snapshot)
    first.close()
    path = next(path for path in tmp_path.glob("*/attic.*") if ONE.game in path.read_bytes())
    path.write_bytes(damage(path.read_bytes()))
    second = Snapshots(tmp_path)
    assert list(second.taken_over()) == [RoomSnapshot("attic", 11.0, b"before")]
    second.save(TWO)
    second.save(ONE)
    second.close()
    assert list(Snapshots(tmp_path).taken_over()) == [ONE, TWO]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_room_of_which_nothing_can_be_read_is_put_aside_and_costs_no_other(tmp_path, damage):
    first = Snapshots(tmp_path)
    first.save(ONE)
    first.save(TWO)
    first.close()
    (path,) = tmp_path.glob("*/attic.*")
    path.write_bytes(damage(path.read_bytes()))
    with capture_logs() as lines:
        assert list(Snapshots(tmp_path).taken_over()) == [TWO]
    assert "could not be read" in lines[0]["event"]
    assert len(list(tmp_path.glob("*-attic.*.damaged"))) == 1


def test_a_shorter_state_in_the_place_of_a_longer_one(tmp_path):
    first = Snapshots(tmp_path)
    for length in (50_000, 40_000, 10, 20, 30):
        first.save(RoomSnapshot("attic", 1.0, b"x" * length))
    first.close()
    assert list(Snapshots(tmp_path).taken_over()) == [RoomSnapshot("attic", 1.0, b"x" * 30)]


def test_what_the_disk_does_not_take_is_said_once_and_the_room_is_kept_when_it_does_again(tmp_path):
    snapshots = Snapshots(tmp_path)
    snapshots.save(ONE)
    (first,) = tmp_path.glob("*/attic.*")
    blocked = first.with_name("attic.a.room" if first.name == "attic.b.room" else "attic.b.room")
    blocked.mkdir()
    with capture_logs() as lines:
        snapshots.save(RoomSnapshot("attic", 13.0, b"later"))
        snapshots.save(RoomSnapshot("attic", 13.5, b"later still"))
        assert snapshots.is_failing
        assert len(lines) == 1
        blocked.rmdir()
        snapshots.save(RoomSnapshot("attic", 14.0, b"at last"))
    assert not snapshots.is_failing
    snapshots.close()
    assert list(Snapshots(tmp_path).taken_over()) == [RoomSnapshot("attic", 14.0, b"at last")]


def test_nobody_else_may_read_them(tmp_path):
    Snapshots(tmp_path).save(ONE)
    for path in tmp_path.rglob("*"):
        assert os.stat(path).st_mode & 0o077 == 0
