"""Says everything back: what the fuzzing client talks to, on either of the game's ways of carrying a WebSocket.

python -m tests.conformance.echo_server {direct,asgi}

As in the game, a connection is accepted, and then handed over to a line. In the place of a player's Connection there is an echo, and the frames'
bound is lifted, for the cases send up to 16 MiB.
"""

import contextlib
import sys

import uvicorn
from fastapi import WebSocket, WebSocketDisconnect
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope

from game.gateway.asgi_line import AsgiLine
from game.gateway.direct_socket import DirectSocket, direct_socket_of
from game.protocol.frames import frame_of
from game.server import listen

MOST = 64 * 1024 * 1024
"""Bytes of a message."""
INVALID_TEXT = 1007
SOCKETS = {"direct": DirectSocket, "asgi": "websockets-sansio"}


class NoOutgoing:
    """In the place of a player's: an echo leaves nothing out, however slow the line."""

    is_behind = False

    def pause(self) -> None:
        """Too much waits: it goes on waiting."""

    def resume(self) -> None:
        """Little waits again."""


class Echo:
    """In the place of a player's Connection."""

    def __init__(self, line: DirectSocket | AsgiLine) -> None:
        self._line = line
        self.outgoing = NoOutgoing()

    def take_text(self, text: str | bytes) -> None:
        """Check it as the game's decoder does: DirectSocket hands texts over as the bytes that came."""
        try:
            self._line.write(frame_of(text if isinstance(text, str) else text.decode()))
        except UnicodeDecodeError:
            self._line.end(INVALID_TEXT)

    def take_ink(self, frames: list[bytes]) -> None:
        """Take binary messages that came at once."""
        for data in frames:
            self._line.write(frame_of(data))

    def gone(self) -> None:
        """Nothing is kept."""


async def app(scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Accept whoever comes, and hand the line to an echo, as game/gateway/socket.py hands it to a player's connection."""
    socket = WebSocket(scope, receive, send)
    await socket.accept()
    line = direct_socket_of(socket) or AsgiLine(socket)
    with contextlib.suppress(WebSocketDisconnect):  # the peer did not wait for the echo
        await line.carry(Echo(line))


def main() -> None:
    """Print the port, then serve until a signal ends it."""
    listener = listen("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    config = uvicorn.Config(
        app,
        log_level="warning",
        lifespan="off",
        ws=SOCKETS[sys.argv[1]],
        ws_max_size=MOST,
        ws_per_message_deflate=False,
        ws_ping_interval=None,  # the cases do not expect to be asked
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
