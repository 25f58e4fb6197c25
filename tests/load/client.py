"""One player's WebSocket without any event loop: who owns it says when to go on, when to read and when to understand what was read."""

import contextlib
import errno
import socket
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any, Final

import msgspec

from tests.load.frames import BINARY, CLOSE, PING, PONG, TEXT, FrameReader, client_frame
from tests.load.marks import numbers_in

_bind_address_no_port: Final = 24  # Linux's IP_BIND_ADDRESS_NO_PORT, which Python does not name: the port is chosen when connecting
_at_once: Final = 65536


class Phase(Enum):
    """How far a client has come."""

    CONNECTING = "connecting"
    UPGRADING = "upgrading"
    GREETING = "greeting"
    IN = "in"
    GONE = "gone"


class _Heard(msgspec.Struct):
    """Of a server's message, what tells whether more of it is needed."""

    type: str
    version: int = 0


_heard: Final = msgspec.json.Decoder(_Heard)


def loopback_address(number: int) -> str:
    """One of the loopback's sixteen million addresses: each player comes from their own, as in life."""
    return f"127.{number // 62500 % 250 + 1}.{number // 250 % 250 + 1}.{number % 250 + 1}"


class Client:
    """A player of one room; can come back after it went away.

    `hello` makes the first message of a connection, for a server that wants one; `prefix` is how many bytes the server puts before ink.
    `numbers` are those of the drawing messages that came. `kept` is what was received and not understood yet.
    """

    def __init__(self, address: str, port: int, path: str, hello: Callable[["Client"], bytes] | None = None, prefix: int = 0) -> None:
        self._address, self._port, self._path, self._hello, self._prefix = address, port, path, hello, prefix
        self.player_id = self.epoch = self.cookie = ""
        self.seen = 0
        self.numbers: set[int] = set()
        self.kept: list[bytes] = []
        self.phase = Phase.GONE
        self.refused = ""
        """Why the server did not let it in."""
        self.on_message: Callable[[Client, dict[str, Any]], object] | None = None
        self.interesting: frozenset[str] = frozenset()
        """Types of messages that go to `on_message`."""

    # --- coming and going

    def connect(self) -> None:
        """Begin to enter; go on with `go_on` whenever the socket can be read or written."""
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        self.socket.setsockopt(socket.IPPROTO_IP, _bind_address_no_port, 1)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.bind((self._address, 0))
        self._reader, self._head = FrameReader(), b""
        self.refused = ""
        self.phase = Phase.CONNECTING
        problem = self.socket.connect_ex(("127.0.0.1", self._port))
        if problem not in (0, errno.EINPROGRESS):
            self._fail(errno.errorcode.get(problem, str(problem)))

    def go_on(self) -> None:
        """Take the next step of entering, as far as the server has answered."""
        try:
            if self.phase is Phase.CONNECTING:
                self.socket.send(self._request())
                self.phase = Phase.UPGRADING
            elif self.phase is Phase.UPGRADING:
                self._take_answer(self.receive())
            elif self.phase is Phase.GREETING:
                self.numbers.update(self.understand(self.receive()))
        except BlockingIOError:
            pass
        except OSError as error:
            self._fail(str(error))

    def close(self) -> None:
        """Go without a word, as one whose network fails."""
        self.phase = Phase.GONE
        with contextlib.suppress(AttributeError):  # it never came
            self.socket.close()

    def _fail(self, reason: str) -> None:
        self.refused = reason
        self.close()

    def _request(self) -> bytes:
        lines = [
            f"GET {self._path} HTTP/1.1",
            f"Host: 127.0.0.1:{self._port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
            *([f"Cookie: {self.cookie}"] if self.cookie else []),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _take_answer(self, data: bytes) -> None:
        self._head += data
        head, end, rest = self._head.partition(b"\r\n\r\n")
        if not end:
            return
        status, *headers = head.decode("latin-1").split("\r\n")
        if " 101 " not in f"{status} ":
            self._fail(status)
            return
        for header in headers:
            name, _, value = header.partition(": ")
            if name.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        self.phase = Phase.IN
        if self._hello is not None:
            self.phase = Phase.GREETING
            self.socket.send(client_frame(TEXT, self._hello(self)))
        self.numbers.update(self.understand(rest))

    # --- talking

    def send(self, frame: bytes) -> bool:
        """Whether the whole frame went out; a server that takes nothing for so long that the system's buffers are full has lost it."""
        try:
            return self.socket.send(frame) == len(frame)
        except OSError:
            return False

    def say(self, kind: str, **fields: Any) -> None:
        """Send a message of control."""
        self.send(client_frame(TEXT, msgspec.json.encode({"type": kind, **fields})))

    def receive(self) -> bytes:
        """What has come; nothing once the server has closed. Raises BlockingIOError where nothing has come."""
        try:
            data = self.socket.recv(_at_once)
        except BlockingIOError:
            raise
        except OSError:
            data = b""
        if not data:
            self._fail(self.refused or "closed by the server")
        return data

    def understand(self, data: bytes) -> Iterator[int]:
        """The numbers of the drawing messages in what was received. Answers pings, and tells of messages that somebody waits for."""
        for first, content in self._reader.feed(data):
            if first == BINARY:
                if self._prefix:
                    self.seen = int.from_bytes(content[: self._prefix], "little")
                yield from numbers_in(content, self._prefix)
            elif first == TEXT:
                self._take_text(content)
            elif first == PING:
                self.send(client_frame(PONG, content))
            elif first == CLOSE:
                self.refused = self.refused or f"closed with {int.from_bytes(content[:2])}"
                self.send(client_frame(CLOSE, content))

    def understand_kept(self) -> None:
        """Make up for what was only kept."""
        if self.kept:
            data, self.kept = b"".join(self.kept), []
            self.numbers.update(self.understand(data))

    def _take_text(self, content: bytes) -> None:
        heard = _heard.decode(content)
        self.seen = heard.version or self.seen
        if heard.type in ("welcome", "resumed"):
            self.phase = Phase.IN
        if heard.type == "welcome":
            welcome = msgspec.json.decode(content)
            self.player_id, self.epoch = welcome["you"], welcome["epoch"]
        elif heard.type == "error" and self.phase is Phase.GREETING:
            self.refused = content.decode()
        if self.on_message is not None and heard.type in self.interesting:
            self.on_message(self, msgspec.json.decode(content))
