"""The short way in, against the long one: whatever is sent, in whatever pieces it comes, `websockets` would have understood the same."""

import asyncio
import gc
import struct
import weakref
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st
from uvicorn.server import ServerState
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader
from websockets.uri import parse_uri

from game.gateway.direct_socket import DirectSocket
from game.gateway.outgoing import HIGH_WATER
from game.protocol.frames import frame_of

MOST = 100_000


class Transport(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.written, self.closed, self.aborted, self.reads = b"", False, False, True
        self.limits = None
        self.waits = 0

    def write(self, data):
        self.written += data

    def close(self):
        self.closed = True

    def abort(self):
        self.aborted = True

    def is_closing(self):
        return self.closed

    def pause_reading(self):
        self.reads = False

    def resume_reading(self):
        self.reads = True

    def get_write_buffer_size(self):
        return self.waits

    def set_write_buffer_limits(self, high=None, low=None):
        self.limits = high


class Ear:
    """A connection that notes what it is given."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.outgoing = self
        self.is_behind = False

    def take_text(self, text):
        self.heard.append(text if isinstance(text, str) else text.decode())

    def take_ink(self, frames):
        self.heard += frames

    def gone(self):
        self.heard.append("gone")

    def pause(self):
        self.heard.append("pause")

    def resume(self):
        self.heard.append("resume")


@asynccontextmanager
async def taken_over(before: bytes = b""):
    """A socket that a connection has taken over, its transport, and the connection. `before`: what came between the handshake and that."""
    ear, accepted, goes_on = Ear(), asyncio.Event(), asyncio.Event()

    async def app(scope, receive, send):
        await receive()
        await send({"type": "websocket.accept"})
        accepted.set()
        await goes_on.wait()
        await scope["extensions"]["guesstroke.direct_socket"]["socket"].carry(ear)

    config = uvicorn.Config(app, ws=DirectSocket, ws_max_size=MOST, ws_per_message_deflate=False, log_level="critical")
    config.load()
    transport = Transport()
    socket = DirectSocket(config, ServerState(), {})
    socket.connection_made(transport)
    request = ClientProtocol(parse_uri("ws://localhost/")).connect()
    socket.data_received(request.serialize())
    await accepted.wait()
    assert b"101" in transport.written
    transport.written = b""
    if before:
        socket.data_received(before)
    goes_on.set()
    while socket.tasks:
        await asyncio.sleep(0)
    try:
        yield socket, transport, ear
    finally:
        socket.stop_keepalive()
        if socket.close_timer is not None:
            socket.close_timer.cancel()


def frames(*parts: Frame) -> bytes:
    return b"".join(part.serialize(mask=True) for part in parts)


def sent(message: bytes | str | list[bytes]) -> bytes:
    """A binary message, a text, or binary fragments with a ping after each."""
    if isinstance(message, str):
        return frames(Frame(Opcode.TEXT, message.encode()))
    if isinstance(message, bytes):
        return frames(Frame(Opcode.BINARY, message))
    opcodes = [Opcode.BINARY] + [Opcode.CONT] * (len(message) - 1)
    return b"".join(
        frames(Frame(opcode, part, fin=number == len(message)), Frame(Opcode.PING, b"there?"))
        for number, (opcode, part) in enumerate(zip(opcodes, message, strict=True), 1)
    )


binaries = st.binary(min_size=1, max_size=40) | st.integers(120, 131).map(bytes) | st.integers(65530, 65540).map(bytes)
messages = st.lists(binaries | st.text(max_size=40) | st.lists(st.binary(max_size=9), min_size=2, max_size=4), max_size=8)


@given(messages, st.lists(st.integers(0, 400), max_size=12), st.integers(0, 100))
def test_all_that_comes_is_taken_once_and_in_order_wherever_it_is_cut(spoken, cuts, early):
    async def play():
        stream = b"".join(sent(message) for message in spoken)
        async with taken_over(before=stream[:early]) as (socket, transport, ear):
            places = sorted({early, *(min(len(stream), early + cut) for cut in cuts), len(stream)}) if len(stream) > early else []
            for begin, end in pairwise(places):
                socket.data_received(stream[begin:end])
            assert ear.heard == [b"".join(message) if isinstance(message, list) else message for message in spoken]
            assert transport.reads
            assert not transport.closed
            pongs = sum(len(message) for message in spoken if isinstance(message, list))
            assert transport.written == Frame(Opcode.PONG, b"there?").serialize(mask=False) * pongs

    asyncio.run(play())


async def test_byte_by_byte():
    async with taken_over() as (socket, transport, ear):
        for byte in sent(b"x" * 300) + sent("hello") + sent(b"ink"):
            socket.data_received(bytes([byte]))
        assert ear.heard == [b"x" * 300, "hello", b"ink"]
        assert transport.limits == HIGH_WATER


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (Frame(Opcode.BINARY, b"not masked").serialize(mask=False), 1002),
        (b"\xc2" + frames(Frame(Opcode.BINARY, b"reserved bits"))[1:], 1002),
        (b"\x83" + frames(Frame(Opcode.BINARY, b"no such opcode"))[1:], 1002),
        (frames(Frame(Opcode.CONT, b"goes on with nothing")), 1002),
        (frames(Frame(Opcode.BINARY, b"begins", fin=False), Frame(Opcode.BINARY, b"begins again")), 1002),
        (b"\x82" + bytes([0x80 | 127]) + struct.pack("!Q", MOST + 1) + b"mask", 1009),
        (frames(Frame(Opcode.BINARY, b"x" * MOST, fin=False), Frame(Opcode.CONT, b"x")), 1009),
    ],
)
async def test_what_breaks_the_protocol_is_answered_as_websockets_does_and_heard_by_nobody(data, code):
    async with taken_over() as (socket, transport, ear):
        socket.data_received(sent(b"before") + data)
        assert ear.heard == [b"before"]
        assert transport.closed
        assert transport.written[2:4] == struct.pack("!H", code)


async def test_a_wrong_frame_that_comes_in_pieces_is_one_frame_and_nothing_in_it_is_ink():
    async with taken_over() as (socket, transport, ear):
        inner = frames(Frame(Opcode.BINARY, b"not ink"))
        socket.data_received(b"\xc2" + bytes([0x80 | len(inner)]) + b"\0\0\0\0")  # a reserved bit; a mask that changes nothing
        socket.data_received(inner)
        assert ear.heard == []
        assert transport.closed
        assert transport.written[2:4] == struct.pack("!H", 1002)


async def test_nothing_is_heard_after_a_goodbye():
    async with taken_over() as (socket, transport, ear):
        goodbye = Frame(Opcode.CLOSE, struct.pack("!H", 1001))
        socket.data_received(sent(b"before") + frames(goodbye) + sent(b"after") + sent("after"))
        assert ear.heard == [b"before"]
        assert transport.closed
        assert transport.written == goodbye.serialize(mask=False)


async def test_a_goodbye_between_fragments_is_answered_as_a_goodbye():
    async with taken_over() as (socket, transport, ear):
        goodbye = Frame(Opcode.CLOSE, struct.pack("!H", 1000))
        socket.data_received(frames(Frame(Opcode.BINARY, b"begins", fin=False), goodbye, Frame(Opcode.CONT, b"too late")))
        assert ear.heard == []
        assert transport.closed
        assert transport.written == goodbye.serialize(mask=False)


async def test_events_go_out_as_the_frames_that_they_are():
    async with taken_over() as (socket, transport, _):
        for content in ("text", b"ink", b"x" * 300, "y" * 70_000):
            socket.write(frame_of(content))
        reader = StreamReader()
        reader.feed_data(transport.written)
        assert [parsed(reader) for _ in range(4)] == [
            (Opcode.TEXT, b"text"), (Opcode.BINARY, b"ink"), (Opcode.BINARY, b"x" * 300), (Opcode.TEXT, b"y" * 70_000)
        ]  # fmt: skip


def parsed(reader: StreamReader) -> tuple[Opcode, bytes]:
    """The next frame, as a client reads it."""
    parser = Frame.parse(reader.read_exact, mask=False)
    with pytest.raises(StopIteration) as whole:
        next(parser)
    assert whole.value.value.fin
    return whole.value.value.opcode, whole.value.value.data


def first_of(data: bytes) -> tuple[Opcode, bytes]:
    reader = StreamReader()
    reader.feed_data(data)
    return parsed(reader)


async def test_after_its_end_nothing_is_taken_and_the_peer_may_say_goodbye():
    async with taken_over() as (socket, transport, ear):
        socket.end(4401)
        assert transport.written == b"\x88\x02" + struct.pack("!H", 4401)
        socket.data_received(sent(b"too late") + sent("too late"))
        assert ear.heard == []
        assert not transport.closed
        socket.data_received(frames(Frame(Opcode.CLOSE, struct.pack("!H", 4401))))
        assert transport.closed
        socket.connection_lost(None)
        assert ear.heard == ["gone"]


async def test_a_peer_that_takes_nothing_is_told_of():
    async with taken_over() as (socket, transport, ear):
        socket.pause_writing()
        socket.resume_writing()
        assert ear.heard == ["pause", "resume"]
        transport.waits = 7
        assert socket.waiting == 7


async def test_a_peer_that_answers_stays_and_one_that_does_not_is_cut_off():
    async with taken_over() as (socket, transport, ear):
        for fragment in (b"", frames(Frame(Opcode.BINARY, b"begun", fin=False)), frames(Frame(Opcode.CONT, b"ended"))):
            socket.data_received(fragment)
            transport.written = b""
            socket.send_keepalive_ping()
            opcode, question = first_of(transport.written)
            assert opcode is Opcode.PING
            socket.data_received(frames(Frame(Opcode.PONG, b"none of ours"), Frame(Opcode.PONG, question)))
        assert ear.heard == [b"begunended"]
        socket.send_keepalive_ping()
        transport.written = b""
        socket.data_received(frames(Frame(Opcode.PONG, question)))  # again the last one's, late
        ear.is_behind = True  # so that the question waits behind the rest
        socket.send_keepalive_ping()
        assert not transport.aborted
        assert transport.written == b""
        assert socket.ping_timer is not None
        ear.is_behind = False
        socket.send_keepalive_ping()
        assert first_of(transport.written) == (Opcode.CLOSE, struct.pack("!H", 1011) + b"keepalive ping timeout")
        assert transport.aborted


async def test_who_was_asked_while_much_waited_has_an_interval_to_answer_from_when_it_was_taken():
    async with taken_over() as (socket, transport, ear):
        socket.send_keepalive_ping()
        ear.is_behind = True
        socket.pause_writing()
        ear.is_behind = False
        socket.resume_writing()  # the question may have gone out just now
        transport.written = b""
        socket.send_keepalive_ping()
        assert not transport.aborted
        assert first_of(transport.written)[0] is Opcode.PING  # and is asked anew
        socket.send_keepalive_ping()
        assert transport.aborted


async def test_of_a_lost_connection_nothing_is_left_to_the_collector():
    gc.disable()
    try:
        async with taken_over() as (socket, transport, ear):
            socket.data_received(sent(b"one"))
            socket.connection_lost(None)
            left = [weakref.ref(each) for each in (socket, socket.conn)]
            del socket, transport, ear
        await asyncio.sleep(0)
        assert [each() for each in left] == [None] * 2
    finally:
        gc.enable()


async def test_who_left_before_the_taking_over_is_gone():
    ear = Ear()
    async with taken_over() as (socket, _, _):
        socket.request, socket.response, socket.scope = type("", (), {"headers": {}})(), None, None
        socket.disconnected = True
        await socket.carry(ear)
        assert ear.heard == ["gone"]
