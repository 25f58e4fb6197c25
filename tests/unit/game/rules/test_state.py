from random import Random

import msgspec
import pytest

from game.protocol.client_messages import CastVote, Pause
from game.rules.game import Game
from game.rules.state import SnapshotError
from tests.unit.game.rules.table import URL, Table


def test_a_game_goes_on_from_its_snapshot_as_if_nothing_had_happened():
    table, other = Table("ada", "ben", "cleo", seed=5).play(), Table("ada", "ben", "cleo", seed=5).play()
    for each in (table, other):
        each.act("ben", CastVote("kick", "cleo"))
        each.act("ada", Pause(True))
    other.game = Game.thaw(other.game.freeze(), URL, other.vocabulary)
    for each in (table, other):
        each.act("ada", Pause(False))
        each.play_to_the_podium()
    assert other.heard == table.heard
    assert other.game.freeze() == table.game.freeze()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"\x81\xa1x" + b"\x91" * 5000,
        msgspec.msgpack.encode({"format": 6}),
        msgspec.msgpack.encode({"format": 5}),
        msgspec.msgpack.encode({"format": 4}),
        msgspec.msgpack.encode({"format": 4, "state": 1}),
    ],
)
def test_what_is_no_snapshot_is_refused(data):
    with pytest.raises(SnapshotError, match="no snapshot"):
        Game.thaw(data, URL, Table().vocabulary)


def test_a_snapshot_of_another_format_is_refused_with_both_numbers():
    snapshot = msgspec.msgpack.decode(Table("ada").game.freeze())
    with pytest.raises(SnapshotError, match="format 6 and from 4 on; this one has format 99"):
        Game.thaw(msgspec.msgpack.encode(snapshot | {"format": 99}), URL, Table().vocabulary)


def test_a_snapshot_without_what_its_chance_follows_from_is_refused():
    snapshot = msgspec.msgpack.decode(Table("ada").game.freeze())
    del snapshot["state"]["chance"]
    with pytest.raises(SnapshotError, match="chance"):
        Game.thaw(msgspec.msgpack.encode(snapshot | {"format": 5}), URL, Table().vocabulary)


@pytest.mark.parametrize("form", [4, 5])
def test_a_snapshot_of_an_older_format_is_brought_up_to_date(form):
    table = Table("ada", "ben", seed=5).play()
    snapshot = msgspec.msgpack.decode(table.game.freeze())
    del snapshot["state"]["chance"]
    if form < 5:
        del snapshot["state"]["awaited"], snapshot["state"]["stopped_by_outage"]
    thawed = [
        Game.thaw(msgspec.msgpack.encode(snapshot | {"format": form, "random": Random(seed).getstate()}), URL, table.vocabulary) for seed in (1, 1, 2)
    ]
    first, same, other = (msgspec.msgpack.decode(game.freeze())["state"] for game in thawed)
    assert first == same
    assert first.pop("chance") != other.pop("chance")  # what was left to chance in two rooms stays so
    now = msgspec.msgpack.decode(table.game.freeze())["state"]
    del now["chance"]
    assert first == other == now
