"""What waits to be sent to one player."""

import asyncio
from typing import Final

from game.bus.base import Payload

_most_waiting: Final = 4096
_most_bytes: Final = 4 * 1024 * 1024


class SendQueue:
    """A bounded queue: a player who cannot keep up loses the connection, not the server its memory."""

    def __init__(self, overflow_code: int) -> None:
        """`overflow_code`: the close code for a peer that does not read."""
        self._queue: asyncio.Queue[Payload | int] = asyncio.Queue()
        self._overflow_code = overflow_code
        self._finished = False
        self._bytes = 0

    def put(self, payload: Payload) -> None:
        """Queue a payload; never blocks."""
        if self._queue.qsize() >= _most_waiting or self._bytes > _most_bytes:
            self.finish(self._overflow_code)
        if not self._finished:
            self._bytes += len(payload)
            self._queue.put_nowait(payload)

    def finish(self, code: int) -> None:
        """Nothing more comes: after what waits, the socket closes with this code."""
        if not self._finished:
            self._finished = True
            self._queue.put_nowait(code)

    async def get(self) -> Payload | int:
        """Return the next payload, or the close code at the end."""
        payload = await self._queue.get()
        if not isinstance(payload, int):
            self._bytes -= len(payload)
        return payload
