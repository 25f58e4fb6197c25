from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.effects import ChatLine, ReportRecord
from game.store.entries import Entry, EntryError, ForgetDrawings, ForgetPlayer, decode, encode
from tests.unit.game.store.sample import NOON, began, ended, guess, turn

EVERY_KIND = [
    began(),
    turn(missed=("cyd",), guesses=(guess("ben", 9.5), guess("robot", 1, is_ai=True))),
    turn(ink=b"", times=()),
    ended(),
    ReportRecord("room", "g1", 3, "ada", "Ada", "ben", "Ben", "rude: «🙈»", b"\0\xff", (ChatLine("ben", "Ben", "a\nb"),)),
    ForgetPlayer("ada"),
    ForgetDrawings(key="k"),
    ForgetDrawings(game_id="g1", drawer_id="ada", before=NOON),
]


def test_these_are_all_kinds():
    assert {type(entry) for entry in EVERY_KIND} == set(get_args(Entry))


@pytest.mark.parametrize("entry", EVERY_KIND, ids=lambda entry: type(entry).__name__)
def test_an_entry_comes_back_with_its_time(entry):
    found, at = decode(encode(entry))
    assert found == entry
    assert type(found) is type(entry)
    assert at.tzinfo is not None
    assert timedelta(0) <= datetime.now(UTC) - at < timedelta(seconds=10)


def test_an_entry_of_an_unknown_kind_is_refused_with_the_kinds_that_are_known():
    data = msgspec.msgpack.encode(["Dream", NOON, {}])
    with pytest.raises(EntryError, match=r"GameBegan, TurnRecord, .*got 'Dream'"):
        decode(data)


@pytest.mark.parametrize("body", [{}, [], None, {"player_id": 5}, {"player_id": None}])
def test_an_entry_with_other_fields_is_refused(body):
    with pytest.raises(EntryError, match="no entry of the journal"):
        decode(msgspec.msgpack.encode(["ForgetPlayer", NOON, body]))


def test_a_field_of_a_newer_version_is_no_hindrance():
    data = msgspec.msgpack.encode(["ForgetPlayer", NOON, {"player_id": "ada", "mood": "good"}])
    assert decode(data) == (ForgetPlayer("ada"), NOON)


@given(st.binary(max_size=60))
def test_junk_is_refused(data):
    with pytest.raises(EntryError):
        decode(data)


@given(where=st.floats(0, 1, exclude_max=True), flipped=st.integers(1, 255))
def test_a_damaged_entry_is_refused_or_is_one(where, flipped):
    data = bytearray(encode(turn()))
    data[int(where * len(data))] ^= flipped
    try:
        found, _ = decode(bytes(data))
    except EntryError:
        return
    assert isinstance(found, get_args(Entry))


def test_what_would_forget_all_drawings_is_no_entry():
    with pytest.raises(ValueError, match="A key, a game, a drawer or a time was expected"):
        ForgetDrawings()
    with pytest.raises(EntryError):
        decode(msgspec.msgpack.encode(["ForgetDrawings", NOON, {}]))
    with pytest.raises(ValueError, match="Which drawings"):
        replace(ForgetDrawings(key="k"), key="")


def test_an_entry_within_entries_without_end_is_refused():
    with pytest.raises(EntryError):
        decode(b"\x93\xacReportRecord" + b"\x91" * 5000)
