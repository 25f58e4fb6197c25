"""WebSocket frames as the server sends them (RFC 6455, section 5.2): one message in one frame, neither masked nor compressed."""

import struct
from typing import Final

_TEXT: Final = 0x81
_BINARY: Final = 0x82
_medium: Final = struct.Struct("!BBH")
_long: Final = struct.Struct("!BBQ")


def content_of(frame: bytes) -> str | bytes:
    """Return the message that `frame_of` has put into this frame."""
    start = {126: 4, 127: 10}.get(frame[1], 2)
    return frame[start:].decode() if frame[0] == _TEXT else frame[start:]


def frame_of(content: str | bytes) -> bytes:
    """Return the frame that carries a text or a binary message."""
    first, data = (_TEXT, content.encode()) if isinstance(content, str) else (_BINARY, content)
    size = len(data)
    if size < 126:
        return bytes((first, size)) + data
    if size < 65536:
        return _medium.pack(first, 126, size) + data
    return _long.pack(first, 127, size) + data
