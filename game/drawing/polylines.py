"""Strokes and curves as polylines of whole grains, sixteenths of a logical pixel; static/js/canvas/paths.js does the same.

The only rounding of the logical raster is here: each point of a Bézier is rounded to the nearest grain, halves up.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from game.drawing.operations import Curve, Stroke

GRAINS: Final = 16
"""Grains to a logical pixel."""
GRAINS_PER_UNIT: Final = 4
"""Grains to a quarter pixel, the wire's unit."""

Polyline = NDArray[np.int64]
"""[points, 2], x and y in grains; at least one point."""

# By degree: Pascal's triangle, and the most steps, which only jumps across half the canvas need.
_binomials: Final = {2: (1, 2, 1), 3: (1, 3, 3, 1)}
_most_steps: Final = {2: 32, 3: 128}
# Béziers flattened at a time: a drawing made to be large must not fill the memory.
_batch: Final = 2048


def polyline_of(operation: Stroke | Curve) -> Polyline:
    """The line that the operation's pen follows."""
    points = np.array(operation.points, np.int64).reshape(-1, 2) * GRAINS_PER_UNIT
    if isinstance(operation, Curve):
        return _flatten(points[:1], np.stack([points[k : len(points) - 3 + k : 3] for k in range(4)], axis=1))
    if len(points) < 3:
        return points
    # From the middle of each two points to the next, with the point between as its control.
    middles = (points[1:-1] + points[2:]) // 2
    starts = np.concatenate([points[:1], middles[:-1]])
    smooth = _flatten(points[:1], np.stack([starts, points[1:-1], middles], axis=1))
    return np.concatenate([smooth, points[-1:]])


def _flatten(start: Polyline, pieces: NDArray[np.int64]) -> Polyline:
    """A chain of Béziers [pieces, degree + 1, 2] from `start`, each in as many steps as `_steps` says."""
    return np.concatenate([start, *(_points_of(pieces[at : at + _batch]) for at in range(0, len(pieces), _batch))])


def _points_of(pieces: NDArray[np.int64]) -> Polyline:
    """The points of each Bézier but its first."""
    degree = pieces.shape[1] - 1
    steps = _steps(pieces)
    piece = np.repeat(np.arange(len(pieces)), steps)
    first = np.cumsum(steps) - steps
    t = np.arange(len(piece)) - first[piece] + 1
    total = steps[piece]
    weights = np.stack([factor * (total - t) ** (degree - k) * t**k for k, factor in enumerate(_binomials[degree])], axis=1)
    scaled = np.einsum("nk,nkc->nc", weights, pieces[piece])
    whole = (total**degree)[:, None]
    rounded: Polyline = (2 * scaled + whole) // (2 * whole)
    return rounded


def _steps(pieces: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least power of two for which chords stay within about a grain of the curve, but no more than `_most_steps`.

    By Wang's bound (Wang 1984): n chords of a Bézier of degree d stay within d (d - 1) m / (8 n²), where m is the largest
    second difference of its control points, here of either axis.
    """
    degree = pieces.shape[1] - 1
    bend = np.abs(pieces[:, :-2] - 2 * pieces[:, 1:-1] + pieces[:, 2:]).max(axis=(1, 2))
    steps = np.ones(len(pieces), np.int64)
    while (coarse := (degree * (degree - 1) * bend > 8 * steps**2) & (steps < _most_steps[degree])).any():
        steps[coarse] *= 2
    return steps
