"""A player's WebSocket: from the handshake to the last byte."""

import asyncio
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Final

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from game.bus.base import Bus
from game.gateway import rate_limits
from game.gateway.identity import Identities
from game.gateway.origin import is_allowed
from game.gateway.send_queue import SendQueue
from game.protocol import close_codes
from game.protocol.client_messages import Hello, LeaveRoom
from game.protocol.codec import MessageError, decode_client, encode_server
from game.protocol.ink import InkError, decode_frame
from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import ErrorCode, ErrorMessage
from game.rooms.registry import Rooms
from game.rooms.room import Admission, Room
from game.rules.commands import Act, Disconnect, Ink, InkLost, Join

log = structlog.get_logger()
HELLO_SECONDS: Final = 10.0


class Closed(Exception):
    """The conversation is over; `code` goes to the peer, with an error before it if there is a message."""

    def __init__(self, code: int, error: ErrorMessage | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.error = error


@dataclass(frozen=True, slots=True)
class Gateway:
    """What a socket needs of the server."""

    rooms: Rooms
    bus: Bus
    identities: Identities
    public_url: str | None
    _wrong_passwords: rate_limits.ByAddress = field(default_factory=lambda: rate_limits.ByAddress(rate_limits.for_passwords))
    """A password must not be found by trying."""
    _connections: "dict[tuple[str, str], Connection]" = field(default_factory=dict)

    def router(self) -> APIRouter:
        """Return the route `/ws/{code}`."""
        router = APIRouter()

        @router.websocket("/ws/{code}")
        async def play(socket: WebSocket, code: str) -> None:
            if not is_allowed(socket.headers.get("origin"), socket.headers.get("host"), self.public_url):
                await socket.close()  # before accept: HTTP 403
                return
            identity = self.identities.of(socket)
            headers = [(b"set-cookie", identity.set_cookie.encode())] if identity.set_cookie else []
            await socket.accept(headers=headers)
            try:
                await self._converse(socket, code, identity.player_id)
            except Closed as closed:
                await _say_goodbye(socket, closed)
            except (WebSocketDisconnect, RuntimeError):
                pass  # the peer is gone; RuntimeError is what a send after that raises

        return router

    async def _converse(self, socket: WebSocket, code: str, player_id: str) -> None:
        room = self.rooms.find(code)
        if room is None:
            raise Closed(close_codes.NO_ROOM, ErrorMessage("no_such_room", "There is no such room. It may have closed; ask for a new link."))
        hello = await self._hello(socket)
        address = socket.client.host if socket.client else ""
        if _is_wrong(hello.password, room, player_id) and not self._wrong_passwords.take(address, _now()):
            raise Closed(close_codes.TOO_FAST, ErrorMessage("too_fast", "Too many passwords were tried from your address. Wait a minute."))
        connection, key = Connection(self, socket, room, player_id), (room.code, player_id)
        earlier = self._connections.get(key)
        if earlier is not None:
            earlier.replaced()
        self._connections[key] = connection
        try:
            await connection.run(hello, address)
        finally:
            if self._connections.get(key) is connection:
                del self._connections[key]

    async def _hello(self, socket: WebSocket) -> Hello:
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                message = decode_client(await socket.receive_text())
        except TimeoutError:
            raise Closed(close_codes.NO_HELLO) from None
        except (MessageError, KeyError) as error:
            raise Closed(close_codes.JUNK, ErrorMessage(getattr(error, "code", "junk"), f"The first message is hello: {error}")) from error
        if not isinstance(message, Hello):
            raise Closed(close_codes.NO_HELLO, ErrorMessage("hello_first", "The first message is hello."))
        if message.protocol != PROTOCOL_VERSION:
            text = f"This server speaks protocol {PROTOCOL_VERSION}; this page speaks {message.protocol}. Reload the page."
            raise Closed(close_codes.PROTOCOL, ErrorMessage("wrong_protocol", text))
        return message


class Connection:
    """One player's connection to one room."""

    def __init__(self, gateway: Gateway, socket: WebSocket, room: Room, player_id: str) -> None:
        self._gateway, self._socket, self._room, self._player_id = gateway, socket, room, player_id
        self._outgoing = SendQueue(close_codes.TOO_FAST)
        self._messages, self._ink, self._strikes = rate_limits.for_messages(), rate_limits.for_ink(), rate_limits.for_strikes()
        self._left = False

    async def run(self, hello: Hello, address: str) -> None:
        """Take the seat, pass messages both ways until one side ends it, give the seat up."""
        bus, code = self._gateway.bus, self._room.code
        join = Join(self._player_id, hello.nickname, hello.avatar, hello.role, hello.password, address)
        self._room.admit(Admission(join, self._outgoing, hello.epoch, hello.seen))
        sender = asyncio.create_task(self._send())
        receiver = asyncio.create_task(self._receive())
        try:
            done, _ = await asyncio.wait({sender, receiver}, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            if bus.unsubscribe(code, self._player_id, self._outgoing) and not self._left:
                self._room.post(Disconnect(self._player_id))
            for task in (sender, receiver):
                task.cancel()
            await asyncio.gather(sender, receiver, return_exceptions=True)

    async def _send(self) -> None:
        while not isinstance(payload := await self._outgoing.get(), int):
            if isinstance(payload, str):
                await self._socket.send_text(payload)
            else:
                await self._socket.send_bytes(payload)
        raise Closed(payload)

    def replaced(self) -> None:
        """The same player came in on another connection."""
        self._outgoing.finish(close_codes.ELSEWHERE)

    async def _receive(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            frame = await self._socket.receive()
            if frame["type"] == "websocket.disconnect":
                return
            text, data = frame.get("text"), frame.get("bytes")
            now = clock()
            if not (self._messages if text is not None else self._ink).take(now):
                self._refuse("too_fast", "That was too fast; it was not taken. Slow down a little.", now)
                self._lost(text is None)
                continue
            try:
                if text is not None:
                    self._take_text(text)
                else:
                    self._room.post(Ink(self._player_id, decode_frame(data or b"")))
            except (MessageError, InkError) as error:
                if getattr(error, "is_junk", False) or (isinstance(error, InkError) and error.code == "junk"):
                    raise Closed(close_codes.JUNK, ErrorMessage(error.code, str(error))) from error
                self._refuse(error.code, str(error), now)
                self._lost(text is None)

    def _lost(self, is_ink: bool) -> None:
        """The drawer's page shows ink that the room will not get."""
        if is_ink:
            self._room.post(InkLost(self._player_id))

    def _take_text(self, text: str) -> None:
        message = decode_client(text)
        self._room.post(Act(self._player_id, message))
        if isinstance(message, LeaveRoom):
            self._left = True
            raise Closed(close_codes.LEFT)

    def _refuse(self, code: ErrorCode, message: str, now: float) -> None:
        if not self._strikes.take(now):
            raise Closed(close_codes.TOO_FAST, ErrorMessage(code, message))
        self._outgoing.put(encode_server(ErrorMessage(code, message)))


def _is_wrong(password: str, room: Room, player_id: str) -> bool:
    """Whether one who has no seat yet comes with another password than the room's; no password at all is no try."""
    wanted, seated = room.game.settings.password, player_id in room.game.seats.players
    return bool(wanted and password) and not seated and not compare_digest(password.encode(), wanted.encode())


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _say_goodbye(socket: WebSocket, closed: Closed) -> None:
    try:
        if closed.error is not None:
            await socket.send_text(encode_server(closed.error))
        await socket.close(closed.code)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the peer did not wait for it
