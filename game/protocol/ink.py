"""Ink: strokes, fills and other canvas operations, as binary frames.

A frame from a client is a 4-byte header and one or more records, little-endian throughout::

    header   u8 kind (0x49, 'I')   u8 canvas (0; the machine's in a duel: 1)   u16 turn
    BEGIN  1 u8 op, u16 stroke, u8 red, u8 green, u8 blue, u8 alpha, u16 width, u16 x, u16 y
    POINTS 2 u8 op, u16 stroke, u8 count (1..255), count x (u16 x, u16 y)
    END    3 u8 op, u16 stroke
    FILL   4 u8 op, u8 red, u8 green, u8 blue, u16 x, u16 y
    UNDO   5 u8 op
    CLEAR  6 u8 op
    CURVE  7 u8 op, u16 stroke, u8 red, u8 green, u8 blue, u8 alpha, u16 width, u16 milliseconds, u8 segments (1..8),
             (3 * segments + 1) x (i16 x, i16 y)
    REDO   8 u8 op

x, y and width are quarters of a logical pixel. A CURVE is a whole stroke of cubic Béziers that grows over its milliseconds;
its control points may lie off the canvas, within 8192 quarters of the origin. A CURVE with the stroke number of one that is on the
canvas takes that one's place, in the order too: over its milliseconds the one becomes the other. To a client the same bytes follow
a u32, the room's event version.
"""

import struct
from typing import Final

import msgspec

from game.protocol.limits import (
    CANVAS_HEIGHT,
    CANVAS_WIDTH,
    CANVASES,
    MAX_CURVE_WIDTH,
    MAX_INK_BYTES,
    MAX_POINTS_PER_FRAME,
    MAX_RECORDS_PER_FRAME,
    MAX_WIDTH,
    MIN_CURVE_WIDTH,
    MIN_WIDTH,
    UNITS_PER_PIXEL,
)
from game.protocol.server_messages import ErrorCode

KIND: Final = 0x49
BEGIN, POINTS, END, FILL, UNDO, CLEAR, CURVE, REDO = range(1, 9)
_leaves_open: Final = frozenset({BEGIN, POINTS})
MAX_SEGMENTS: Final = 8
CURVE_REACH: Final = 8192

_header = struct.Struct("<BBH")
BEGIN_LAYOUT: Final = struct.Struct("<BHBBBBHHH")
POINTS_LAYOUT: Final = struct.Struct("<BHB")
_POINTS_ALONE: Final = struct.Struct("<BBHBHB")
"""The header and the beginning of a POINTS record."""
END_LAYOUT: Final = struct.Struct("<BH")
FILL_LAYOUT: Final = struct.Struct("<BBBBHH")
CURVE_LAYOUT: Final = struct.Struct("<BHBBBBHHB")
HEADER_BYTES: Final = _header.size
_coordinates = [struct.Struct(f"<{2 * count}H") for count in range(256)]
_width, _height = CANVAS_WIDTH * UNITS_PER_PIXEL, CANVAS_HEIGHT * UNITS_PER_PIXEL
_shorter_side = min(_width, _height)
VERSION_BYTES: Final = 4
"""Before each frame that goes to a client."""


class InkError(ValueError):
    """A frame was refused. `code` is the typed error that its sender gets."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code: ErrorCode = code


class Record(msgspec.Struct, frozen=True, gc=False):
    """One validated record: its operation, the stroke it belongs to (0 where it has none), how many points it has, and its own bytes."""

    op: int
    stroke: int
    points: int
    data: bytes


class InkFrame(msgspec.Struct, frozen=True, gc=False):
    """One validated frame: the turn it is meant for, and the bytes as they came. What it holds is taken apart only for those who ask."""

    turn: int
    data: bytes
    canvas: int
    points: int
    """How many there are in all its records."""
    goes_on: int | None = None
    """The stroke that it goes on with, where it has POINTS of one stroke and nothing else, as nearly all frames have."""
    opens: int | None = None
    """The stroke that can go on after it."""
    count: int = 1
    """Of its records."""

    @property
    def records(self) -> tuple[Record, ...]:
        """Its records in order."""
        return records_in(self.data, HEADER_BYTES)


def encode_frame(turn: int, records: bytes, canvas: int = 0) -> bytes:
    """Put the header before records that are already encoded."""
    return _header.pack(KIND, canvas, turn) + records


def encode_curve(stroke: int, rgba: tuple[int, int, int, int], width: float, milliseconds: int, control_points: list[tuple[float, float]]) -> bytes:
    """Encode one CURVE record. Points and width in logical pixels; 3 n + 1 control points, 1 <= n <= 8."""
    segments, rest = divmod(len(control_points) - 1, 3)
    if rest or not 1 <= segments <= MAX_SEGMENTS:
        raise ValueError(f"A curve of n segments has 3 n + 1 control points, n in 1..{MAX_SEGMENTS}; got {len(control_points)}.")
    units = [max(-CURVE_REACH, min(CURVE_REACH, round(value * UNITS_PER_PIXEL))) for point in control_points for value in point]
    quarters = max(MIN_CURVE_WIDTH * UNITS_PER_PIXEL, min(MAX_CURVE_WIDTH * UNITS_PER_PIXEL, round(width * UNITS_PER_PIXEL)))
    head = CURVE_LAYOUT.pack(CURVE, stroke, *rgba, quarters, min(milliseconds, 65535), segments)
    return head + struct.pack(f"<{len(units)}h", *units)


def encode_clear() -> bytes:
    """Encode one CLEAR record."""
    return bytes([CLEAR])


def decode_frame(data: bytes, *, is_whole_canvas: bool = False) -> InkFrame:
    """Validate a client's frame, once. Raises InkError; nothing of a frame with one bad record is kept.

    `is_whole_canvas`: it came from the server, which puts as much into a frame as a canvas holds.
    """
    if len(data) >= _POINTS_ALONE.size:
        kind, canvas, turn, op, stroke, count = _POINTS_ALONE.unpack_from(data)
        if op == POINTS and count and len(data) == _POINTS_ALONE.size + 4 * count and kind == KIND and canvas < CANVASES:
            _check_on_canvas(_coordinates[count].unpack_from(data, _POINTS_ALONE.size))
            return InkFrame(turn, data, canvas, count, stroke, stroke)
    if len(data) > MAX_INK_BYTES and not is_whole_canvas:
        raise InkError("too_long", f"An ink frame has at most {MAX_INK_BYTES} bytes; this one has {len(data)}. Send smaller batches.")
    if len(data) <= HEADER_BYTES or data[0] != KIND or data[1] >= CANVASES:
        raise InkError("junk", "An ink frame starts with 'I', the canvas (0 or 1) and the turn, and holds at least one record.")
    _, canvas, turn = _header.unpack_from(data)
    records = records_in(data, HEADER_BYTES)
    points = sum([record.points for record in records])
    if not is_whole_canvas and len(records) > MAX_RECORDS_PER_FRAME:
        raise InkError("too_long", f"An ink frame holds at most {MAX_RECORDS_PER_FRAME} records; this one holds {len(records)}.")
    if not is_whole_canvas and points > MAX_POINTS_PER_FRAME:
        raise InkError("too_many_points", f"An ink frame holds at most {MAX_POINTS_PER_FRAME} points; this one holds {points}.")
    last = records[-1]
    goes_on = last.stroke if all(record.op == POINTS and record.stroke == last.stroke for record in records) else None
    return InkFrame(turn, data, canvas, points, goes_on, last.stroke if last.op in _leaves_open else None, len(records))


def records_in(data: bytes, offset: int = 0) -> tuple[Record, ...]:
    """Return the records that lie one after another from `offset` on. Raises InkError."""
    records: list[Record] = []
    try:
        while offset < len(data):
            record = _decode_record(data, offset)
            records.append(record)
            offset += len(record.data)
    except struct.error as error:
        raise InkError("junk", f"The ink frame ends in the middle of a record at byte {offset}.") from error
    return tuple(records)


def merge_points(frame: InkFrame, later: InkFrame) -> InkFrame | None:
    """Return one frame for two, where the later one only goes on with the stroke that is open after the first; else None."""
    if later.goes_on is None or later.goes_on != frame.opens or frame.data[:HEADER_BYTES] != later.data[:HEADER_BYTES]:
        return None
    data, points, count = frame.data + later.data[HEADER_BYTES:], frame.points + later.points, frame.count + later.count
    return InkFrame(frame.turn, data, frame.canvas, points, frame.goes_on, frame.opens, count)


def _decode_record(data: bytes, start: int) -> Record:
    op = data[start]
    if op == BEGIN:
        _, stroke, _, _, _, _, width, x, y = BEGIN_LAYOUT.unpack_from(data, start)
        _check_width(width)
        _check_on_canvas((x, y))
        return Record(op, stroke, 1, data[start : start + BEGIN_LAYOUT.size])
    if op == POINTS:
        _, stroke, count = POINTS_LAYOUT.unpack_from(data, start)
        if count == 0:
            raise InkError("bad_field", "A POINTS record holds 1 to 255 points; this one holds none.")
        _check_on_canvas(_coordinates[count].unpack_from(data, start + POINTS_LAYOUT.size))
        return Record(op, stroke, count, data[start : start + POINTS_LAYOUT.size + 4 * count])
    if op == END:
        _, stroke = END_LAYOUT.unpack_from(data, start)
        return Record(op, stroke, 0, data[start : start + END_LAYOUT.size])
    if op == FILL:
        _, _, _, _, x, y = FILL_LAYOUT.unpack_from(data, start)
        _check_on_canvas((x, y))
        return Record(op, 0, 1, data[start : start + FILL_LAYOUT.size])
    if op in (UNDO, CLEAR, REDO):
        return Record(op, 0, 0, data[start : start + 1])
    if op == CURVE:
        return _decode_curve(data, start)
    raise InkError("unknown_type", f"Ink records are 1 (BEGIN) to 8 (REDO); got {op}.")


def _decode_curve(data: bytes, start: int) -> Record:
    _, stroke, _, _, _, _, width, _, segments = CURVE_LAYOUT.unpack_from(data, start)
    _check_width(width, MIN_CURVE_WIDTH, MAX_CURVE_WIDTH)
    if not 1 <= segments <= MAX_SEGMENTS:
        raise InkError("bad_field", f"A CURVE has 1 to {MAX_SEGMENTS} segments; this one has {segments}.")
    count = 3 * segments + 1
    values = struct.unpack_from(f"<{2 * count}h", data, start + CURVE_LAYOUT.size)
    if max(values) > CURVE_REACH or min(values) < -CURVE_REACH:
        raise InkError("off_canvas", f"A CURVE's control points lie within {CURVE_REACH} quarter pixels of the origin.")
    return Record(CURVE, stroke, count, data[start : start + CURVE_LAYOUT.size + 4 * count])


def _check_width(width: int, narrowest: int = MIN_WIDTH, widest: int = MAX_WIDTH) -> None:
    low, high = narrowest * UNITS_PER_PIXEL, widest * UNITS_PER_PIXEL
    if not low <= width <= high:
        raise InkError("bad_field", f"A stroke is {low} to {high} quarter pixels wide; got {width}.")


def _check_on_canvas(coordinates: tuple[int, ...]) -> None:
    """`coordinates` alternate x and y."""
    if max(coordinates) <= _shorter_side:  # as most are
        return
    if max(coordinates[0::2]) > _width or max(coordinates[1::2]) > _height:
        raise InkError("off_canvas", f"Points lie on the canvas: x in 0..{_width}, y in 0..{_height} quarter pixels.")
