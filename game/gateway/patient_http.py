"""Uvicorn's HTTP protocol, which does not wait for ever: a request comes within a few seconds, or the connection is closed.

Uvicorn itself gives who has connected any time for the first request, and a slow one any time for its end: a few thousand connections that
say nothing, or a byte now and then, would keep everybody else out. As with DirectSocket, the class extended is uvicorn's own.
"""

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES: Final = 32 * 1024
"""Browsers send a kilobyte or two before the body."""


class PatientHttp(HttpToolsProtocol):
    """For uvicorn's `http` setting, by `patient_http`."""

    seconds = 10.0
    """How long a request may take to come, from the connection on, or from its first byte."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._deadline: asyncio.TimerHandle | None = None
        self._head_bytes = 0
        self._in_head = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._wait_no_longer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Whatever comes, empty lines too, has begun a request that has to come to an end."""
        self._wait()
        if self._in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._in_head and self._head_bytes > MOST_HEAD_BYTES:
            self.transport.close()

    def on_message_begin(self) -> None:
        """A request's first byte; it may have come with the end of the one before."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """From here on the body's bytes are counted, elsewhere."""
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request has come as a whole: now it is the server's turn."""
        self._in_head = True
        self._wait_no_longer()
        super().on_message_complete()

    def _wait(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.seconds, self._give_up)

    def _wait_no_longer(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        self.transport.close()


def patient_http(seconds: float) -> type[PatientHttp]:
    """Return the protocol that waits so long for a request; uvicorn makes its objects itself, and so takes a class."""
    return type("PatientHttp", (PatientHttp,), {"seconds": seconds})
