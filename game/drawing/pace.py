"""When ink may have come, where nobody noted it: at a person's usual pace."""

import math
import struct
from itertools import pairwise
from typing import Final

from game.drawing.records import records_of
from game.protocol.ink import BEGIN, BEGIN_LAYOUT, CLEAR, CURVE, CURVE_LAYOUT, FILL, POINTS, POINTS_LAYOUT
from game.protocol.limits import UNITS_PER_PIXEL

_pixels_per_ms: Final = 0.6
_pause_ms: Final = 300
"""Before each stroke, fill or clear."""


def usual_times(ink: bytes) -> tuple[int, ...]:
    """For each record of ink the milliseconds from the turn's start at which it might have come, ascending.

    A pen goes 0.6 logical pixels in a millisecond and rests a little between strokes; a curve takes its own milliseconds.
    Raises InkError for bytes that are no records.
    """
    times = []
    now = 0.0
    pen = (0, 0)
    for record in records_of(ink):
        op = record[0]
        if op in (BEGIN, CURVE, FILL, CLEAR):
            now += _pause_ms
        if op == BEGIN:
            *_, x, y = BEGIN_LAYOUT.unpack(record)
            pen = (x, y)
        elif op == POINTS:
            way = [pen, *struct.iter_unpack("<HH", record[POINTS_LAYOUT.size :])]
            now += sum(math.dist(start, end) for start, end in pairwise(way)) / UNITS_PER_PIXEL / _pixels_per_ms
            pen = way[-1]
        times.append(round(now))
        if op == CURVE:
            now += CURVE_LAYOUT.unpack_from(record)[7]
    return tuple(times)
