"""WebSocket frames as a client sees them (RFC 6455, section 5.2)."""

import struct
from collections.abc import Iterator
from typing import Final

TEXT, BINARY, CLOSE, PING, PONG = 0x81, 0x82, 0x88, 0x89, 0x8A
"""First bytes of frames that are whole messages; no server sends others here."""
_no_mask: Final = bytes(4)


def client_frame(first: int, content: bytes) -> bytes:
    """A frame to the server. It has to be masked; the mask of zeros is one, and changes nothing."""
    size = len(content)
    if size < 126:
        return bytes((first, 0x80 | size)) + _no_mask + content
    if size < 65536:
        return struct.pack("!BBH", first, 0x80 | 126, size) + _no_mask + content
    return struct.pack("!BBQ", first, 0x80 | 127, size) + _no_mask + content


class FrameReader:
    """Cuts what a server sends into frames, wherever the pieces that come begin and end."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The first byte and the content of each frame that is whole now. Exhaust it before feeding more."""
        if self._rest:
            data = self._rest + data
        at, end = 0, len(data)
        while end - at >= 2:
            size, start = data[at + 1], at + 2
            if size >= 126:
                start += 2 if size == 126 else 8
                if start > end:
                    break
                size = int.from_bytes(data[at + 2 : start])
            stop = start + size
            if stop > end:
                break
            yield data[at], data[start:stop]
            at = stop
        self._rest = data[at:]
