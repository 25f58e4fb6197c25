"""A player's WebSocket: from the handshake to the last byte."""

import asyncio
import time
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from starlette.responses import PlainTextResponse

from game.gateway import rate_limits
from game.gateway.asgi_line import AsgiLine
from game.gateway.connection import Connection
from game.gateway.direct_socket import direct_socket_of
from game.gateway.identity import Identities
from game.gateway.ink_pace import InkPace
from game.gateway.open_connections import OpenConnections, Place
from game.gateway.origin import is_allowed
from game.gateway.traffic import Traffic
from game.protocol import close_codes
from game.protocol.client_messages import Hello
from game.protocol.codec import MessageError, decode_client, encode_server
from game.protocol.limits import PROTOCOL_VERSION
from game.protocol.server_messages import ErrorMessage
from game.rooms.registry import Rooms, Unreachable
from game.rules.game import BANNED_FROM_SERVER
from game.store.bans import Bans

_draining: Final = "This server lets nobody new in just now, for it is about to rest. Games that have begun play on; try again in a while."


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
    identities: Identities
    public_url: str | None
    hello_seconds: float
    """How long one who came in may take to say hello."""
    open_connections: OpenConnections
    budgets: rate_limits.Budgets
    bans: Bans
    traffic: Traffic = field(default_factory=Traffic)
    _pace: InkPace = field(default_factory=InkPace)
    _connections: dict[tuple[str, str], Connection] = field(default_factory=dict)

    def router(self) -> APIRouter:
        """Return the route `/ws/{code}`."""
        router = APIRouter()

        @router.websocket("/ws/{code}")
        async def play(socket: WebSocket, code: str) -> None:
            if not is_allowed(socket.headers.get("origin"), socket.headers.get("host"), self.public_url):
                await socket.close()  # before accept: HTTP 403
                return
            if self.rooms.is_cut_off:
                await socket.send_denial_response(PlainTextResponse("This server reaches no room just now. Try another, or again in a moment.", 503))
                return
            place = self.open_connections.enter(_address_of(socket))
            if place is None:
                await socket.send_denial_response(PlainTextResponse("Too many connections are open from your address.", 429))
                return
            is_in = False
            try:
                is_in = await self._let_in(socket, code, place)
            finally:
                if not is_in:
                    place.leave()

        return router

    async def _let_in(self, socket: WebSocket, code: str, place: Place) -> bool:
        """Whether a connection has taken over; then it keeps the place for as long as it is."""
        identity = self.identities.of(socket)
        headers = [(b"set-cookie", identity.set_cookie.encode())] if identity.set_cookie else []
        await socket.accept(headers=headers)
        try:
            await self._converse(socket, code, identity.player_id, place)
            return True
        except Closed as closed:
            await _say_goodbye(socket, closed)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the peer is gone; RuntimeError is what a send after that raises
        return False

    async def _converse(self, socket: WebSocket, code: str, player_id: str, place: Place) -> None:
        address = _address_of(socket)
        if not self.budgets.take(Hello.budget, player_id, address, time.monotonic()):  # before the room is looked for: codes are not to be tried
            raise Closed(close_codes.TOO_FAST, ErrorMessage("too_fast", "You came in too often just now. Wait a moment, then come back."))
        try:
            room = await self.rooms.door(code)
        except Unreachable:
            raise Closed(close_codes.RESTARTING) from None  # the page comes back by itself
        if room is None:
            raise Closed(close_codes.NO_ROOM, ErrorMessage("no_such_room", "There is no such room. It may have closed; ask for a new link."))
        hello = await self._hello(socket)
        # From here to the seat nothing is waited for: who is banned meanwhile is sent away from it.
        if player_id in self.bans:
            raise Closed(close_codes.BANNED, ErrorMessage("banned_from_server", BANNED_FROM_SERVER))
        if self.rooms.keeps_out(room, player_id):
            raise Closed(close_codes.NOT_LET_IN, ErrorMessage("draining", _draining))
        line = direct_socket_of(socket) or AsgiLine(socket)
        budgets = self.budgets.of_connection(player_id, address)
        connection = Connection(room, self._pace, player_id, budgets, line, partial(self._forget, place), self.traffic)
        earlier = self._connections.get((room.code, player_id))
        if earlier is not None:
            earlier.replaced()
        self._connections[room.code, player_id] = connection
        try:
            connection.enter(hello, address)
            await line.carry(connection)
        except BaseException:
            connection.gone()
            raise

    def _forget(self, place: Place, connection: Connection) -> None:
        place.leave()
        if self._connections.get(connection.key) is connection:
            del self._connections[connection.key]

    async def _hello(self, socket: WebSocket) -> Hello:
        try:
            async with asyncio.timeout(self.hello_seconds):
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


def _address_of(socket: WebSocket) -> str:
    return socket.client.host if socket.client else ""


async def _say_goodbye(socket: WebSocket, closed: Closed) -> None:
    try:
        if closed.error is not None:
            await socket.send_text(encode_server(closed.error))
        await socket.close(closed.code)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the peer did not wait for it
