"""How long a request may take, with a loop's timers and without a network."""

import asyncio
from contextlib import contextmanager

import pytest
import uvicorn
from uvicorn.server import ServerState

from game.gateway.direct_socket import DirectSocket
from game.gateway.patient_http import MOST_HEAD_BYTES, patient_http
from tests.unit.game.gateway.test_direct_socket import Transport

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
UPGRADE = (
    b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)


class Wire(Transport):
    """Tells when it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.ended = asyncio.Event()
        self.protocol = None

    def close(self):
        super().close()
        self.ended.set()

    def set_protocol(self, protocol):
        self.protocol = protocol


async def app(scope, receive, send):
    if scope["type"] == "http":
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})


@contextmanager
def connected(seconds: float = 0.02):
    """A connection just made, and its wire."""
    config = uvicorn.Config(app, http=patient_http(seconds), ws=DirectSocket, log_level="critical")
    config.load()
    wire, protocol = Wire(), config.http_protocol_class(config, ServerState(), {})
    protocol.connection_made(wire)
    try:
        yield protocol, wire
    finally:
        protocol.connection_lost(None)


async def until_closed(wire: Wire) -> None:
    async with asyncio.timeout(10):
        await wire.ended.wait()


async def until_answered(protocol, answers: int = 1) -> None:
    async with asyncio.timeout(10):
        while protocol.transport.written.count(b"204 No Content") < answers or not protocol.cycle.response_complete:
            await asyncio.sleep(0)


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"G", REQUEST[:-1], b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n12345678"])
async def test_who_does_not_finish_a_request_is_cut_off(sent):
    with connected() as (protocol, wire):
        if sent:
            protocol.data_received(sent)
        await until_closed(wire)


async def test_a_byte_now_and_then_is_no_request():
    with connected() as (protocol, wire):
        sent = 0
        async with asyncio.timeout(10):
            while not wire.closed:
                protocol.data_received(b"G" if not sent else b"E" if sent < 3 else b"x")
                sent += 1
                await asyncio.sleep(0.005)


@pytest.mark.parametrize("sent", [b"\r\n", b"\r\n\r\nG", b"GET"])
async def test_the_next_request_on_a_connection_is_not_waited_for_either(sent):
    with connected() as (protocol, wire):
        protocol.data_received(REQUEST)
        await until_answered(protocol)
        assert protocol._deadline is None
        protocol.data_received(sent)
        await until_closed(wire)


async def test_the_beginning_of_a_request_that_came_with_the_one_before_is_not_waited_for():
    with connected() as (protocol, wire):
        protocol.data_received(REQUEST + b"GET")
        await until_closed(wire)


async def test_whole_requests_are_answered_and_nothing_is_left_to_wait_for():
    with connected(seconds=1000) as (protocol, wire):
        for number in range(1, 4):
            for byte in REQUEST:
                protocol.data_received(bytes([byte]))
            await until_answered(protocol, number)
            assert protocol._deadline is None
        assert not wire.closed
        protocol.data_received(b"GET")
        assert protocol._deadline is not None
    assert protocol._deadline is None  # nor after the connection


async def test_a_socket_is_a_whole_request():
    with connected(seconds=1000) as (protocol, wire):
        protocol.data_received(UPGRADE)
        assert protocol._deadline is None
        assert isinstance(wire.protocol, DirectSocket)
        assert not wire.closed


async def test_a_head_without_end_is_cut_off():
    with connected(seconds=1000) as (protocol, wire):
        protocol.data_received(REQUEST[:-2])
        for _ in range(MOST_HEAD_BYTES // 1000):
            protocol.data_received(b"X-Padding: " + b"x" * 987 + b"\r\n")
        assert not wire.closed
        protocol.data_received(b"X-Padding: " + b"x" * 987 + b"\r\n")
        assert wire.closed
