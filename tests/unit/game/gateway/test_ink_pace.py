import asyncio
import struct
import time

import pytest

from game.gateway.connection import Connection
from game.gateway.ink_pace import LONGEST, InkPace
from game.gateway.rate_limits import Budgets
from game.protocol.client_messages import Say
from game.protocol.ink import encode_frame
from game.rules.commands import Act, Disconnect, Ink

BEGIN = struct.pack("<BHBBBBHHH", 1, 1, 0, 0, 0, 255, 16, 10, 10)
END = b"\x03\x01\x00"


def points(x: int) -> bytes:
    return struct.pack("<BHBHH", 2, 1, 1, x, 60)


class Line:
    waiting = 0

    def write(self, frame: bytes) -> None: ...

    def end(self, code: int) -> None: ...


class Room:
    """Notes what it is given."""

    code = "room"

    def __init__(self) -> None:
        self.posted: list[object] = []

    def post(self, command: object) -> None:
        self.posted.append(command)

    def depart(self, sink: object, last: object) -> None:
        self.posted.append(last)

    @property
    def ink(self) -> list[bytes]:
        return [command.frame.data[4:] for command in self.posted if isinstance(command, Ink)]


def under(share: float) -> tuple[Room, Connection]:
    """A connection on a server so much of whose ink waits."""
    room, pace = Room(), InkPace(busy_seconds=lambda: 0.0)
    pace.share, pace._looked = share, time.monotonic() + 1000  # it does not look again
    return room, Connection(room, pace, "ada", Budgets().of_connection("ada", "10.0.0.1"), Line(), lambda connection: None)


def load(pace: InkPace, seconds: float, busy: float, saved: float = 0.0) -> None:
    """Let it look for so long at a thread so much of whose time is taken; `saved` of it less when all ink waits."""
    begin = pace._looked
    for tenth in range(1, round(seconds * 10) + 1):
        worked[0] += 0.11 * min(1.0, busy - saved * pace.share)
        pace.lets_wait(Nobody(), begin + 0.11 * tenth)


class Nobody:
    def overdue(self, came: float) -> None: ...


worked = [0.0]


async def test_nothing_waits_on_a_calm_server_and_all_on_a_strained_one():
    pace = InkPace(busy_seconds=lambda: worked[0])
    load(pace, 5, busy=0.85)
    assert pace.share == 0.0
    load(pace, 1, busy=1.0)
    assert pace.share == 1.0
    load(pace, 0.2, busy=0.1)
    assert pace.share > 0.2  # a calm moment is no calm yet
    load(pace, 2, busy=0.1)
    assert pace.share == 0.0


@pytest.mark.parametrize("busy", [0.95, 1.05, 1.2])
async def test_as_much_waits_as_leaves_the_server_some_time(busy):
    pace = InkPace(busy_seconds=lambda: worked[0])
    load(pace, 5, busy, saved=0.4)
    assert busy - 0.4 * pace.share == pytest.approx(0.88, abs=0.02)


async def test_on_a_calm_server_ink_is_handed_on_as_it_comes():
    room, connection = under(0.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(1, points(1))])
    connection.take_ink([encode_frame(1, points(2)), encode_frame(1, points(3))])  # but for what came at once
    assert room.ink == [BEGIN, points(1), points(2) + points(3)]


async def test_under_strain_every_second_message_takes_the_one_before_along():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    assert room.ink == []
    for x in range(1, 6):
        connection.take_ink([encode_frame(1, points(x))])
    assert room.ink == [BEGIN + points(1), points(2) + points(3), points(4) + points(5)]


async def test_what_waits_is_handed_on_soon_though_nothing_follows():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    async with asyncio.timeout(10):
        while not room.ink:
            await asyncio.sleep(0.005)
    assert room.ink == [BEGIN]


async def test_ink_waits_for_its_own_time_and_not_for_that_of_what_waited_before():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(1, points(1))])
    time.sleep(LONGEST)  # noqa: ASYNC251 - a loop that lags: now the first would be due, had it not gone with the second
    connection.take_ink([encode_frame(1, points(2))])
    for _ in range(5):
        await asyncio.sleep(0)
    connection.take_ink([encode_frame(1, points(3))])
    assert room.ink == [BEGIN + points(1), points(2) + points(3)]


async def test_what_waits_goes_before_whatever_its_sender_does_next():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_text('{"type":"say","text":"hello"}')
    connection.take_ink([encode_frame(1, points(1))])
    connection.take_ink([b"no ink"])
    assert [type(command).__name__ for command in room.posted] == ["Ink", "Act", "Ink", "Disconnect", "InkLost"]
    assert room.posted[1] == Act("ada", Say("hello"))
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.gone()
    assert room.ink == [BEGIN]
    assert room.posted[-1] == Disconnect("ada")


async def test_what_waits_on_one_connection_goes_before_the_next_one_of_the_same_player():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.replaced()
    assert room.ink == [BEGIN]


async def test_a_room_that_fails_does_not_keep_the_others_ink(monkeypatch):
    monkeypatch.setattr(asyncio.get_running_loop(), "call_exception_handler", lambda context: None)
    failing, connection = under(1.0)
    failing.post = lambda command: 1 / 0
    room, other = under(1.0)
    other._pace = connection._pace
    connection.take_ink([encode_frame(1, BEGIN)])
    other.take_ink([encode_frame(1, BEGIN)])
    async with asyncio.timeout(10):
        while not room.ink:
            await asyncio.sleep(0.005)


async def test_only_what_can_go_on_waits():
    room, connection = under(1.0)
    connection.take_ink([encode_frame(1, BEGIN + points(1) + END)])
    connection.take_ink([encode_frame(1, b"\x05")])
    assert room.ink == [BEGIN + points(1) + END, b"\x05"]
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(2, BEGIN)])  # of another turn: both go, each alone
    assert room.ink[2:] == [BEGIN, BEGIN]
