"""A room elsewhere as connections here know it, with an owner that is played by the test."""

import asyncio

import pytest

from game.bus.base import Payload
from game.cluster.remote_room import RemoteRoom
from game.cluster.wire import Behind, Departed, Drew, Enter, Entered, Event, Finished, InkGone, Said
from game.protocol.client_messages import LeaveRoom, Say
from game.protocol.ink import decode_frame, encode_frame
from game.rooms.door import Admission
from game.rules.commands import Act, Disconnect, Ink, InkLost, Join
from tests.skipping import in_no_time
from tests.unit.game.cluster.ear import Ear
from tests.unit.game.rules.table import CURVE


class Table:
    """Ada in a room of the node `far`; `sent` is what its owner gets."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, object]] = []
        self.left: list[RemoteRoom] = []
        seats = iter(range(1, 100))
        self.room = RemoteRoom("room", "far", lambda: next(seats), lambda node, message: self.sent.append((node, message)), self.left.append)
        self.ada = Ear()
        self.room.admit(Admission(Join("ada", "Ada", password="sesame"), self.ada, "", 0))

    @property
    def last(self) -> object:
        return self.sent[-1][1]

    def let_in(self, epoch: str = "first", fence: int = 1) -> None:
        enter = self.last
        assert isinstance(enter, Enter)
        self.room.entered(Entered(enter.seat, enter.attempt, epoch, fence))

    def told(self, version: int, text: str = "event", fence: int = 1) -> None:
        self.room.hear(1, Event((1,), fence, version, version, b"", True), Payload.of(text, version))


@pytest.fixture
async def table() -> Table:
    return Table()


async def test_what_a_player_says_and_draws_goes_to_the_owner(table):
    assert table.sent == [("far", Enter(1, 1, "room", "ada", "Ada", "", "player", "sesame", "", "", 0))]
    table.let_in()
    frame = decode_frame(encode_frame(1, CURVE))
    table.room.post(Act("ada", Say("hello")))
    table.room.post(Ink("ada", frame))
    table.room.post(InkLost("ada"))
    table.room.catch_up("ada", table.ada, 7)
    said, drew, gone, behind = (message for _, message in table.sent[1:])
    assert said == Said(1, b'{"type":"say","text":"hello"}')
    assert (drew, gone, behind) == (Drew(1, frame.data), InkGone(1), Behind(1, 7))


@pytest.mark.parametrize(("last", "for_good"), [(Disconnect("ada"), False), (Act("ada", LeaveRoom()), True)])
async def test_who_goes_is_told_of_once(table, last, for_good):
    table.room.depart(table.ada, last)
    table.room.depart(table.ada, last)
    assert table.sent[1:] == [("far", Departed(1, for_good))]
    assert table.left[0] is table.room


async def test_events_come_once_whatever_was_lost(table):
    table.told(1)
    assert table.ada.heard == [], "the owner has not said that she is in"
    table.let_in()
    table.told(1, "one")
    table.told(2, "two")
    table.room.enter_again()
    assert table.last == Enter(1, 2, "room", "ada", "Ada", "", "player", "sesame", "", "first", 2)
    table.told(3, "on its way before the owner heard of it")
    table.room.entered(Entered(1, 1, "first", 1))  # an answer to the first time
    table.told(3, "still before")
    table.let_in()
    table.told(3, "three")
    assert table.ada.heard == ["one", "two", "three"]


async def test_an_earlier_owner_is_not_heard(table):
    table.let_in(fence=2)
    table.told(1, "the owner's", fence=2)
    table.told(2, "an earlier one's", fence=1)
    table.room.finish(Finished(1, 1, 1012))
    assert table.ada.heard == ["the owner's"]
    assert table.ada.code is None
    table.room.finish(Finished(1, 2, 4401))
    assert table.ada.code == 4401
    table.room.post(Act("ada", Say("too late")))
    assert len(table.sent) == 1, "the room has done with her"


async def test_a_slow_line_is_told_all_anew_when_events_are_numbered_anew(table):
    table.let_in()
    table.told(50)
    table.room.enter_again()
    table.let_in("second", fence=2)
    table.room.catch_up("ada", table.ada, 40)
    assert table.last == Behind(1, -1), "the 40th of the second is another one"
    table.room.catch_up("ada", table.ada, 41)
    assert table.last == Behind(1, 41)


@in_no_time
async def test_who_comes_in_again_is_put_right_once_the_hand_rests():
    table = Table()
    table.let_in()
    table.room.enter_again()
    table.let_in()
    await asyncio.sleep(0.3)
    table.room.post(Ink("ada", decode_frame(encode_frame(1, CURVE))))
    await asyncio.sleep(2)
    assert table.last == InkGone(1)
    assert sum(isinstance(message, InkGone) for _, message in table.sent) == 1


@in_no_time
async def test_ink_that_crosses_with_the_canvas_is_put_right_too():
    table = Table()
    table.let_in()
    table.room.enter_again()
    table.let_in()
    await asyncio.sleep(0.6)
    assert table.last == InkGone(1)
    table.room.post(Ink("ada", decode_frame(encode_frame(1, CURVE))))
    await asyncio.sleep(2)
    assert table.last == InkGone(1)
    assert sum(isinstance(message, InkGone) for _, message in table.sent) == 2


async def test_when_the_room_comes_here_connections_go_on_with_it(table):
    class Here:
        code = "room"

        def __init__(self) -> None:
            self.got: list[object] = []

        def admit(self, admission):
            self.got.append(admission.sink)

        def post(self, command):
            self.got.append(command)

        def depart(self, sink, last):
            self.got.append(last)

    here = Here()
    table.let_in()
    table.room.come_here(here)
    table.room.post(Act("ada", Say("hello")))
    table.room.depart(table.ada, Disconnect("ada"))
    assert here.got == [table.ada, Act("ada", Say("hello")), Disconnect("ada")]
    assert len(table.sent) == 1
    assert table.left, "nobody is left who came by this way"
