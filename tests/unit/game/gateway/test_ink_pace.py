import asyncio
import struct
import time

from game.gateway.connection import Connection
from game.gateway.ink_pace import LONGEST, NEARLY_FULL, InkPace
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


class Other:
    """One whose ink waits already."""

    def hand_on(self, came: float) -> None: ...


def calm() -> tuple[Room, Connection]:
    """A connection on a server that has time."""
    return on(InkPace(at_once=60))


def strained() -> tuple[Room, Connection]:
    """A connection on a server that has none, but for what must be handed on."""
    pace = InkPace(at_once=0)
    pace.lets_wait(Other(), time.monotonic())
    return on(pace)


def on(pace: InkPace) -> tuple[Room, Connection]:
    room = Room()
    return room, Connection(room, pace, "ada", Budgets().of_connection("ada", "10.0.0.1"), Line(), lambda connection: None)


async def passes(count: int = 2) -> None:
    """Let the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_on_a_calm_server_ink_is_handed_on_as_it_comes():
    room, connection = calm()
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(1, points(1))])
    connection.take_ink([encode_frame(1, points(2)), encode_frame(1, points(3))])  # but for what came at once
    assert room.ink == [BEGIN, points(1), points(2) + points(3)]


async def test_under_strain_every_second_message_takes_the_one_before_along():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    assert room.ink == []
    for x in range(1, 6):
        connection.take_ink([encode_frame(1, points(x))])
    assert room.ink == [BEGIN + points(1), points(2) + points(3), points(4) + points(5)]


async def test_what_waits_is_handed_on_soon_though_nothing_follows():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    async with asyncio.timeout(10):
        while not room.ink:
            await asyncio.sleep(0.005)
    assert room.ink == [BEGIN]


async def test_ink_waits_for_its_own_time_and_not_for_that_of_what_waited_before():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(1, points(1))])
    time.sleep(LONGEST)  # noqa: ASYNC251 - a loop that lags: now the first would be due, had it not gone with the second
    await passes(1)
    connection.take_ink([encode_frame(1, points(2))])
    await passes(5)
    connection.take_ink([encode_frame(1, points(3))])
    assert room.ink == [BEGIN + points(1), points(2) + points(3)]


async def test_what_has_waited_too_long_goes_when_the_loop_has_read_once_more():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    await passes(1)
    time.sleep(LONGEST + 0.01)  # noqa: ASYNC251 - a loop that lags
    await passes(1)
    connection.take_ink([encode_frame(1, points(1))])  # had come meanwhile, and is read now
    assert room.ink == [BEGIN + points(1)]


async def test_of_what_waits_the_last_to_come_goes_first_when_there_is_time():
    pace, order = InkPace(at_once=0), []
    for number in range(4):
        room, connection = on(pace)
        room.post = lambda command, number=number: order.append(number)
        connection.take_ink([encode_frame(1, BEGIN)])
    await passes()
    assert order == []
    pace._at_once = 60
    await passes()
    assert order == [3, 2, 1, 0]


async def many_wait(share: float) -> list[float]:
    """A hundred wait on a server that has used so much of its core until now, and then has time; return what is handed on, now and later."""
    pace, handed = InkPace(at_once=0, cpu_seconds=lambda: share * time.monotonic()), []

    class Waiting:
        def hand_on(self, came: float) -> None:
            handed.append(came)

    time.sleep(0.03)  # noqa: ASYNC251 - the share is measured over some time
    for _ in range(100):
        pace.lets_wait(Waiting(), time.monotonic())
    await passes()
    pace._at_once = 60
    await passes(3)
    return handed


async def test_where_many_wait_on_a_core_that_is_nearly_full_some_time_is_left_to_others():
    handed = await many_wait(NEARLY_FULL + 0.1)
    assert handed == []
    await asyncio.sleep(0.02)
    await passes()
    assert len(handed) == 100


async def test_many_do_not_go_on_waiting_while_the_core_has_time():
    assert len(await many_wait(NEARLY_FULL - 0.1)) == 100


async def test_what_waits_goes_before_whatever_its_sender_does_next():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_text('{"type":"say","text":"hello"}')
    connection.take_ink([encode_frame(1, points(1))])
    connection.take_ink([b"no ink"])
    assert [type(command).__name__ for command in room.posted] == ["Ink", "Act", "Ink", "Disconnect", "InkLost"]
    assert room.posted[1] == Act("ada", Say("hello"))
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.gone()
    assert room.ink == [BEGIN]
    assert room.posted[-1] == Disconnect("ada")


async def test_what_waits_on_one_connection_goes_before_the_next_one_of_the_same_player():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.replaced()
    assert room.ink == [BEGIN]


async def test_a_room_that_fails_does_not_keep_the_others_ink(monkeypatch):
    monkeypatch.setattr(asyncio.get_running_loop(), "call_exception_handler", lambda context: None)
    failing, connection = strained()
    failing.post = lambda command: 1 / 0
    room, other = strained()
    other._pace = connection._pace
    connection.take_ink([encode_frame(1, BEGIN)])
    other.take_ink([encode_frame(1, BEGIN)])
    async with asyncio.timeout(10):
        while not room.ink:
            await asyncio.sleep(0.005)


async def test_only_what_can_go_on_waits():
    room, connection = strained()
    connection.take_ink([encode_frame(1, BEGIN + points(1) + END)])
    connection.take_ink([encode_frame(1, b"\x05")])
    assert room.ink == [BEGIN + points(1) + END, b"\x05"]
    connection.take_ink([encode_frame(1, BEGIN)])
    connection.take_ink([encode_frame(2, BEGIN)])  # of another turn: both go, each alone
    assert room.ink[2:] == [BEGIN, BEGIN]
