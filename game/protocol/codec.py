"""Bytes to messages and back. Encoding happens once per audience, never per peer."""

import struct

import msgspec

from game.protocol.client_messages import AnyClientMessage, SetWords
from game.protocol.limits import MAX_FRAME_BYTES, MAX_TEXT_BYTES
from game.protocol.server_messages import ErrorCode, ServerMessage

_decoder: msgspec.json.Decoder[AnyClientMessage] = msgspec.json.Decoder(AnyClientMessage)
_encoder = msgspec.json.Encoder()
_version = struct.Struct("<I")


class MessageError(ValueError):
    """A text message was refused. `is_junk`: it was not even JSON, so the socket closes."""

    def __init__(self, code: ErrorCode, message: str, *, is_junk: bool = False) -> None:
        super().__init__(message)
        self.code: ErrorCode = code
        self.is_junk = is_junk


def decode_client(text: str | bytes) -> AnyClientMessage:
    """Decode one client message. Raises MessageError with a sentence that says what was expected and what came."""
    # Characters, not bytes, where it is text: a bound on the work, not on the wire.
    if len(text) > MAX_FRAME_BYTES:
        raise MessageError("too_long", f"A message has at most {MAX_TEXT_BYTES} bytes; this one has {len(text)}.")
    try:
        message = _decoder.decode(text)
    except msgspec.ValidationError as error:
        unknown = "`$.type`" in str(error) or "missing required field `type`" in str(error)
        raise MessageError("unknown_type" if unknown else "bad_field", f"{error}.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MessageError("junk", f"Messages are JSON objects: {error}.", is_junk=True) from error
    if len(text) > MAX_TEXT_BYTES and not isinstance(message, SetWords):
        raise MessageError("too_long", f"A message has at most {MAX_TEXT_BYTES} bytes; this one has {len(text)}.")
    return message


def encode_server(message: ServerMessage, version: int | None = None) -> str:
    """Encode one server message with the room's event version beside its own fields; errors have none."""
    body = _encoder.encode(message)
    if version is not None:
        body = body[:-1] + b',"version":%d}' % version
    return body.decode()


def encode_ink(frame: bytes, version: int) -> bytes:
    """A client's validated frame as it goes to the others: the event version, then the very bytes that came."""
    return _version.pack(version) + frame
