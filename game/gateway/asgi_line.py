"""A connection that any ASGI server can carry: a queue, one task that sends and one that receives.

The fallback where DirectSocket is not to be had or not wanted, and what the test client speaks.
"""

import asyncio
from collections import deque
from typing import Final

from fastapi import WebSocket

from game.gateway.connection import Connection
from game.gateway.outgoing import HIGH_WATER, LOW_WATER
from game.protocol.frames import content_of

_goodbye_seconds: Final = 10.0


class AsgiLine:
    """A Line over an accepted WebSocket."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: deque[bytes | int] = deque()
        self._bytes = 0
        self._news = asyncio.Event()
        self._connection: Connection | None = None
        self._sender: asyncio.Task[None] | None = None

    def write(self, frame: bytes) -> None:
        """See Line."""
        self._waiting.append(frame)
        self._bytes += len(frame)
        self._news.set()
        if self._bytes > HIGH_WATER and self._connection is not None:
            self._connection.outgoing.pause()

    def end(self, code: int) -> None:
        """See Line."""
        self._waiting.append(code)
        self._news.set()
        if self._sender is not None:
            asyncio.get_running_loop().call_later(_goodbye_seconds, self._sender.cancel)

    @property
    def waiting(self) -> int:
        """See Line."""
        return self._bytes

    async def carry(self, connection: Connection) -> None:
        """Pass messages both ways until one side ends it."""
        self._connection = connection
        tasks = self._sender, _ = asyncio.create_task(self._send()), asyncio.create_task(self._receive(connection))
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if not task.cancelled():  # a peer that takes nothing does not even take the goodbye
                    task.result()
        finally:
            connection.gone()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self) -> None:
        while True:
            while not self._waiting:
                self._news.clear()
                await self._news.wait()
            frame = self._waiting.popleft()
            if isinstance(frame, int):
                await self._socket.close(frame)
                return
            content = content_of(frame)
            if isinstance(content, str):
                await self._socket.send_text(content)
            else:
                await self._socket.send_bytes(content)
            was, self._bytes = self._bytes, self._bytes - len(frame)
            if self._connection is not None and was >= LOW_WATER > self._bytes:
                self._connection.outgoing.resume()

    async def _receive(self, connection: Connection) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if (text := message.get("text")) is not None:
                connection.take_text(text)
            else:
                connection.take_ink([message.get("bytes") or b""])
