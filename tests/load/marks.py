"""Drawing messages that can be told apart: the first of a message's four points is its number, the others lie where no number can be.

So a receiver finds each message again however the server puts messages together: in one frame, or even in one record.
"""

import struct
from collections.abc import Iterator
from typing import Final

from game.protocol.ink import BEGIN, BEGIN_LAYOUT, END, END_LAYOUT, HEADER_BYTES, POINTS, POINTS_LAYOUT, encode_frame
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_PIXEL

MESSAGES_A_SECOND: Final = 30
"""As a browser sends them."""
_width: Final = CANVAS_WIDTH * UNITS_PER_PIXEL
_rows: Final = 800
"""Numbers lie in the canvas's upper part, `_width` of them in each row."""
_elsewhere: Final = CANVAS_HEIGHT * UNITS_PER_PIXEL - 100
_unmarked: Final = struct.pack("<6H", 100, _elsewhere, 110, _elsewhere + 5, 120, _elsewhere + 10)
_sizes: Final = {BEGIN: BEGIN_LAYOUT.size, END: END_LAYOUT.size}


def drawing_message(turn: int, stroke: int, number: int, *, begins: bool) -> bytes:
    """An ink frame of four points that goes on with a stroke; with `begins` it ends the one before and begins this one."""
    row, column = divmod(number, _width)
    assert row < _rows, "no drawing of this test is so long"
    records = POINTS_LAYOUT.pack(POINTS, stroke, 4) + struct.pack("<HH", column, row) + _unmarked
    if begins:
        start = BEGIN_LAYOUT.pack(BEGIN, stroke, 20, 40, 60, 255, 32, 100, _elsewhere)
        records = (END_LAYOUT.pack(END, stroke - 1) if stroke > 1 else b"") + start + records
    return encode_frame(turn, records)


def numbers_in(content: bytes, prefix: int) -> Iterator[int]:
    """The numbers of the messages in a binary frame; `prefix`: how many bytes the server puts before the ink."""
    at, end = prefix + HEADER_BYTES, len(content)
    while at < end:
        op = content[at]
        if op != POINTS:
            at += _sizes[op]
            continue
        count, at = content[at + 3], at + POINTS_LAYOUT.size
        coordinates = struct.unpack_from(f"<{2 * count}H", content, at)
        for index in range(0, 2 * count, 2):
            if coordinates[index + 1] < _rows:
                yield coordinates[index + 1] * _width + coordinates[index]
        at += 4 * count
