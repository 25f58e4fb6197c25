"""How much of each pixel of a picture a round pen covers: smooth edges at any size."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from game.drawing.polylines import GRAINS, Polyline
from game.drawing.spans import merged, spans_of

_units: Final = 64
"""Units to a pixel of the picture, in which its geometry is rounded."""
_rows: Final = 8
"""Rows to a pixel, on each of which the covered length is measured."""


def coverage_of(polyline: Polyline, radius: float, scale: float, width: int, height: int) -> tuple[int, int, NDArray[np.float64]] | None:
    """The left, the top and the shares, 0 to 1 [rows, columns], of a picture's pixels that a pen's stroke covers; None if none.

    radius  grains, as the polyline
    scale   pixels of the picture to a logical one
    """
    zoom = scale * _units / GRAINS
    corners = np.rint(polyline * zoom).astype(np.int64)
    spans = merged(spans_of(corners, max(1, round(radius * zoom)), height * _rows, _units // _rows))
    # A span's ends were rounded inwards, by half a unit on the average.
    start, end = ((np.clip(x, 0, width * _units) / _units) for x in (spans.left - 0.5, spans.right + 0.5))
    kept = start < end
    if not kept.any():
        return None
    rows, start, end = spans.rows[kept] // _rows, start[kept], end[kept]
    left, top, bottom = int(start.min()), int(rows.min()), int(rows.max()) + 1
    columns = int(end.max()) + 2 - left
    steps = np.zeros((bottom - top) * columns)
    for edge, sign in ((start - left, 1.0), (end - left, -1.0)):
        column = edge.astype(np.int64)
        at, part = (rows - top) * columns + column, edge - column
        steps += np.bincount(at, sign * (1 - part), len(steps)) + np.bincount(at + 1, sign * part, len(steps))
    shares = np.cumsum(steps.reshape(bottom - top, columns), axis=1)[:, :-1] / _rows
    return left, top, np.clip(shares[:, : width - left], 0, 1)
