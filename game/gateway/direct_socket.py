"""A connection without a task or a queue of its own: uvicorn's WebSocket protocol, with a short way in and out for what comes often.

The handshake goes the usual way: an ASGI application accepts, with its routes, cookies and checks. Then a `Connection` takes over, and
the application's task ends: what comes in is handed to it in the loop pass in which it came, and what goes out is written to the
transport as frames that are made once for all who get them. Whatever is neither a whole message in the plain form that browsers
send nor the answer to a ping (fragments, closing, mistakes) is left to the `websockets` library, which uvicorn's class is built on.

The class that this one extends is uvicorn's own and no promise of theirs: pyproject.toml pins uvicorn. AsgiLine needs nothing of it.
"""

import asyncio
import random
from collections.abc import Callable
from typing import Any, Final

from fastapi import WebSocket
from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request

from game.gateway.connection import Connection
from game.gateway.outgoing import HIGH_WATER, LOW_WATER

try:
    from websockets.speedups import apply_mask
except ImportError:  # it was installed without its part in C
    from websockets.utils import apply_mask

_extension: Final = "guesstroke.direct_socket"
_plain_text: Final = 0x81
_plain_binary: Final = 0x82
"""The first byte of a frame that is a whole text or binary message (RFC 6455, section 5.2)."""
_goodbye: Final = 0x88
"""The same of a whole close frame,"""
_pong: Final = 0x8A
"""and of a pong."""
_masked: Final = 0x80
_shortest: Final = 6
"""Bytes of a client's shortest frame: two, and the mask."""
_ping_size: Final = 4
_ping: Final = bytes((0x89, _ping_size))
"""What a ping begins with."""


class _Nowhere(asyncio.Queue[ASGIReceiveEvent]):
    """What uvicorn puts here nobody reads any more."""

    def put_nowait(self, item: ASGIReceiveEvent) -> None:
        """Drop it."""


_nobodys_queue: Final = _Nowhere()
_nobodys_event: Final = asyncio.Event()


def direct_socket_of(socket: WebSocket) -> "DirectSocket | None":
    """Return what carries this WebSocket; None if it is not a DirectSocket."""
    found: DirectSocket | None = socket.scope.get("extensions", {}).get(_extension, {}).get("socket")
    return found


class DirectSocket(WebSocketsSansIOProtocol):
    """For uvicorn's `ws` setting; a Line for whoever takes it over."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._connection: Connection | None = None
        self._tail = bytearray()
        """The beginning of a frame that is not whole yet."""

    # --- from the handshake to the taking over

    def handle_connect(self, event: Request) -> None:
        """Let the application find this object."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][_extension] = {"socket": self}

    async def run_asgi(self) -> None:
        """As uvicorn's, but a connection that was taken over outlives the application's task."""
        try:
            await self.app(self.scope, self.receive, self.send)
        except ClientDisconnected:
            pass
        except BaseException:
            self.logger.exception("Exception in ASGI application")
            self.send_500_response()
            self.transport.close()
            return
        if self._connection is None and self.close_timer is None:
            self.transport.close()

    async def carry(self, connection: Connection) -> None:
        """Hand everything to this connection from now on, what came meanwhile first; nothing is waited for."""
        self._connection = connection
        self.transport.set_write_buffer_limits(high=HIGH_WATER, low=LOW_WATER)
        while not self.queue.empty():
            event = self.queue.get_nowait()
            if event["type"] == "websocket.receive":
                text, data = event.get("text"), event.get("bytes")
                connection.take_text(text) if text is not None else connection.take_ink([data or b""])
        if self.disconnected:
            connection.gone()
        elif self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        # Thousands of connections keep what they need, and not how they came about.
        self.request.headers.clear()
        del self.scope, self.request, self.response
        self.queue, self.writable = _nobodys_queue, _nobodys_event

    # --- in

    def data_received(self, data: bytes) -> None:
        """Cut what comes into frames: plain messages go the short way, all others to `websockets`, which so never sees half a frame."""
        if not self.handshake_initiated:
            super().data_received(data)
            return
        buffer: bytes | bytearray = data
        if self._tail:
            self._tail += data
            buffer = self._tail
        at, end = 0, len(buffer)
        ink: list[bytes] = []
        while end - at >= _shortest:
            first, second = buffer[at], buffer[at + 1]
            size, start = second & 0x7F, at + _shortest
            if size >= 126:
                longer = 2 if size == 126 else 8
                start += longer
                if end < start:
                    break
                size = int.from_bytes(buffer[at + 2 : at + 2 + longer])
            if not second & _masked or size > self.config.ws_max_size:
                start, size = end, 0  # `websockets` knows what is wrong with it, by the header alone
            stop = start + size
            if stop > end:
                break
            is_plain = first in (_plain_binary, _plain_text) and size and not self.close_sent and not self.frames
            if is_plain and self._connection is not None:
                message = apply_mask(buffer[start:stop], buffer[start - 4 : start])
                if first == _plain_binary:
                    ink.append(message)
                else:
                    self._take_ink(ink)
                    self._connection.take_text(message)
            elif first == _pong and size == _ping_size:
                if apply_mask(buffer[start:stop], buffer[start - 4 : start]) == self.pending_ping_payload:
                    self.pending_ping_payload = None
            else:
                self._take_ink(ink)
                if first == _goodbye and self.frames:
                    self.conn.current_size = None  # it may come between fragments (section 5.4): `websockets` would take it for a mistake
                super().data_received(bytes(buffer[at:stop]))
            at = stop
        self._take_ink(ink)
        if buffer is not data:
            del self._tail[:at]
        elif at < end:
            self._tail += data[at:]

    def handle_close(self, event: Frame) -> None:
        """As uvicorn's, but what comes in the same loop pass after a goodbye is heard by nobody (section 1.4)."""
        super().handle_close(event)
        self.close_sent = True  # as the answer to it, if not before

    def _take_ink(self, ink: list[bytes]) -> None:
        if ink and self._connection is not None:
            self._connection.take_ink(ink)
            ink.clear()

    def send_receive_event_to_app(self) -> None:
        """Hand over a message that `websockets` put together."""
        if self._connection is None or self.close_sent:
            super().send_receive_event_to_app()
            return
        data, self.frames = b"".join(self.frames), []
        if self.curr_msg_data_type == "text":
            self._connection.take_text(data)
        else:
            self._connection.take_ink([data])

    def connection_lost(self, exc: Exception | None) -> None:
        """The line is gone, however it ended; so is all that it was made of, at once: what is left to the collector stays for minutes."""
        super().connection_lost(exc)
        self.conn.parser.close()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.gone()

    # --- out

    @property
    def write(self) -> Callable[[bytes], object]:
        """See Line."""
        write: Callable[[bytes], object] = self.transport.write
        return write

    def end(self, code: int) -> None:
        """See Line."""
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.send_close(code)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    @property
    def waiting(self) -> int:
        """See Line."""
        return self.transport.get_write_buffer_size()

    def pause_writing(self) -> None:
        """The peer does not take what waits."""
        super().pause_writing()
        if self._connection is not None:
            self._connection.outgoing.pause()

    def resume_writing(self) -> None:
        """The peer has taken nearly all of it."""
        super().resume_writing()
        self.pending_ping_payload = None  # the question may have waited with the rest until now: it is asked anew
        if self._connection is not None:
            self._connection.outgoing.resume()

    # --- keepalive, with one timer where uvicorn has two, and without a parser: a server of thousands asks hundreds in each second

    def start_keepalive(self) -> None:
        """Start anywhere in the interval: those who came together, after a restart, are not asked together."""
        if self.ping_interval:
            self.ping_timer = self.loop.call_later(random.uniform(0.0, self.ping_interval), self.send_keepalive_ping)

    def send_keepalive_ping(self) -> None:
        """Ask whether the peer is there, until the next time; who has not answered by then, is not."""
        if self.close_sent or self.transport.is_closing() or not self.ping_interval:
            return
        is_behind = self._connection is not None and self._connection.outgoing.is_behind
        if self.pending_ping_payload is not None and not is_behind:  # else the question may wait with the rest
            self.keepalive_timeout()
            return
        self.ping_timer = self.loop.call_later(self.ping_interval, self.send_keepalive_ping)
        if self.pending_ping_payload is None:
            self.pending_ping_payload = random.randbytes(_ping_size)
            self.transport.write(_ping + self.pending_ping_payload)

    def keepalive_timeout(self) -> None:
        """Nobody answers, and so nobody takes what waits either."""
        super().keepalive_timeout()
        self.transport.abort()
