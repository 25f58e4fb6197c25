"""A player without a browser: speaks the wire, keeps every byte that it receives."""

import asyncio
import json
from typing import Any, ClassVar, Self
from urllib.request import Request, urlopen

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from game.protocol.ink import decode_frame, encode_frame
from game.protocol.limits import PROTOCOL_VERSION
from tests.server import Server

_version_bytes = 4  # before each ink frame that the server sends


def open_room(server: Server) -> str:
    """Open a private room; return its code."""
    with urlopen(Request(f"{server.url}/api/lobbies", method="POST"), timeout=10) as answer:
        assert answer.status == 201
        return str(json.load(answer)["code"])


class Wire:
    """One connection. `heard`: the JSON messages so far; `ink`: the binary frames; `raw`: all as they came; `cookie`: who it is."""

    opened: ClassVar[list["Wire"]] = []

    def __init__(self, socket: ClientConnection, cookie: str | None = None) -> None:
        self._socket = socket
        given = socket.response.headers.get("Set-Cookie") if socket.response else None
        self.cookie = given.split(";")[0] if given else cookie
        self.heard: list[dict[str, Any]] = []
        self.ink: list[bytes] = []
        self.raw: list[bytes] = []
        self.close_code: int | None = None
        self._news = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())
        self.opened.append(self)

    @classmethod
    async def connect(cls, server: Server, code: str, cookie: str | None = None, **headers: str) -> Self:
        headers |= {"Cookie": cookie} if cookie else {}
        return cls(await connect(f"{server.url.replace('http', 'ws', 1)}/ws/{code}", additional_headers=headers, compression=None), cookie)

    @classmethod
    async def hello(cls, server: Server, code: str, nickname: str, cookie: str | None = None, **fields: Any) -> Self:
        """Connect and say hello, whatever comes of it."""
        wire = await cls.connect(server, code, cookie)
        await wire.send("hello", protocol=PROTOCOL_VERSION, nickname=nickname, **fields)
        return wire

    @classmethod
    async def join(cls, server: Server, code: str, nickname: str, cookie: str | None = None, **fields: Any) -> Self:
        """Come in; with another wire's cookie as the same player."""
        wire = await cls.hello(server, code, nickname, cookie, **fields)
        await wire.wait_for("welcome")
        return wire

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                async with self._news:
                    if isinstance(frame, str):
                        self.heard.append(json.loads(frame))
                        self.raw.append(frame.encode())
                    else:
                        self.ink.append(frame)
                        self.raw.append(frame)
                    self._news.notify_all()
        except ConnectionClosed:
            pass
        async with self._news:
            self.close_code = self._socket.close_code
            self._news.notify_all()

    async def send(self, kind: str, **fields: Any) -> None:
        await self._socket.send(json.dumps({"type": kind, **fields}))

    async def send_raw(self, frame: str | bytes) -> None:
        await self._socket.send(frame)

    async def send_ink(self, turn: int, records: bytes) -> None:
        await self._socket.send(encode_frame(turn, records))

    async def wait_for(self, kind: str, patience: float = 20, after: int = 0, **fields: Any) -> dict[str, Any]:
        """Wait for a message of this kind and with these fields, among those heard already too but the first so many; return the last such."""

        def found() -> list[dict[str, Any]]:
            return [each for each in self.heard[after:] if each["type"] == kind and fields.items() <= each.items()]

        async with self._news, asyncio.timeout(patience):
            await self._news.wait_for(lambda: found() or self.close_code is not None)
        assert found(), f"the socket closed with {self.close_code} before {kind}; heard {self.heard}"
        return found()[-1]

    async def wait_for_ink(self, frames: int = 1, patience: float = 20) -> None:
        async with self._news, asyncio.timeout(patience):
            await self._news.wait_for(lambda: len(self.ink) >= frames)

    async def wait_for_ink_of(self, turn: int, patience: float = 20) -> None:
        async with self._news, asyncio.timeout(patience):
            await self._news.wait_for(lambda: any(decode_frame(frame[_version_bytes:]).turn == turn for frame in self.ink))

    async def wait_for_close(self, patience: float = 20) -> int:
        async with self._news, asyncio.timeout(patience):
            await self._news.wait_for(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    async def close(self) -> None:
        await self._socket.close()
        await self._reader
