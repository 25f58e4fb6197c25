"""Bezier curves to polylines, and gradients of the polylines' corners back to control points; widths at knots likewise.

A cubic is cut into pieces of equal parameter. How many follows from how far it bends, not from how long it is: a chord
of a curve p(u) cut into k pieces strays from it by at most max|p''| / (8 k^2), and |p''| of a cubic is at most six times
the larger second difference of its control points. So a straight line is one piece however long it is.
"""

import math

import numpy as np
from numpy.typing import NDArray

from .compilation import compiled

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Booleans = NDArray[np.bool_]

TOLERANCE = 0.1
"""How far, in pixels of the raster that is rendered, a polyline may stray from its curve. At 0.04 the mean cosine of thin
strokes' gradients to the exact ones (tests/bench) was better by less than 0.01, for a quarter more time."""

MOST_PIECES = 256
"""No cubic is cut finer than this; only curves much larger than any canvas would ask for it."""


@compiled
def count_pieces(points: Floats, scale: float) -> Ints:
    """How many pieces each cubic needs.

    points: float32 [strokes, 3n + 1, 2] in pixels; scale: how many times larger the raster is (the supersampling).
    Returns int32 [strokes, n], each at least 1.
    """
    strokes = points.shape[0]
    cubics = (points.shape[1] - 1) // 3
    pieces = np.empty((strokes, cubics), np.int32)
    for stroke in range(strokes):
        for cubic in range(cubics):
            bend = 0.0
            for i in range(3 * cubic, 3 * cubic + 2):
                x = points[stroke, i, 0] - 2.0 * points[stroke, i + 1, 0] + points[stroke, i + 2, 0]
                y = points[stroke, i, 1] - 2.0 * points[stroke, i + 1, 1] + points[stroke, i + 2, 1]
                bend = max(bend, x * x + y * y)
            wanted = math.ceil(math.sqrt(0.75 * scale * math.sqrt(bend) / TOLERANCE))
            pieces[stroke, cubic] = min(max(wanted, 1), MOST_PIECES)
    return pieces


@compiled
def flatten(points: Floats, pieces: Ints, filled: Booleans, scale: float) -> tuple[Floats, Ints]:
    """The corners of every stroke's polyline.

    points, pieces, scale: as for and from `count_pieces`. filled: bool [strokes], which are closed by one more piece,
    from the last point to the first. Returns the corners of all strokes one after the other, float32 [corners, 2] in
    pixels of the larger raster, and where each stroke's begin, int32 [strokes + 1]. A stroke of k pieces in all has k + 1 corners.
    """
    strokes, cubics = pieces.shape
    starts = np.zeros(strokes + 1, np.int32)
    for stroke in range(strokes):
        starts[stroke + 1] = starts[stroke] + 1 + pieces[stroke].sum() + filled[stroke]
    corners = np.empty((starts[strokes], 2), np.float32)
    for stroke in range(strokes):
        at = starts[stroke]
        corners[at, 0] = points[stroke, 0, 0] * scale
        corners[at, 1] = points[stroke, 0, 1] * scale
        for cubic in range(cubics):
            first = 3 * cubic
            count = pieces[stroke, cubic]
            for j in range(1, count + 1):
                at += 1
                u = j / count
                v = 1.0 - u
                b0, b1, b2, b3 = v * v * v, 3.0 * u * v * v, 3.0 * u * u * v, u * u * u
                for axis in range(2):
                    corners[at, axis] = scale * (
                        b0 * points[stroke, first, axis]
                        + b1 * points[stroke, first + 1, axis]
                        + b2 * points[stroke, first + 2, axis]
                        + b3 * points[stroke, first + 3, axis]
                    )
        if filled[stroke]:
            corners[at + 1] = corners[starts[stroke]]
    return corners, starts


@compiled
def flatten_backward(corner_gradients: Floats, starts: Ints, pieces: Ints, filled: Booleans, scale: float) -> Floats:
    """The gradients of the control points, float32 [strokes, 3n + 1, 2], from those of the corners, float32 [corners, 2]."""
    strokes, cubics = pieces.shape
    gradients = np.zeros((strokes, 3 * cubics + 1, 2), np.float32)
    for stroke in range(strokes):
        at = starts[stroke]
        gradients[stroke, 0, 0] = corner_gradients[at, 0] * scale
        gradients[stroke, 0, 1] = corner_gradients[at, 1] * scale
        for cubic in range(cubics):
            first = 3 * cubic
            count = pieces[stroke, cubic]
            for j in range(1, count + 1):
                at += 1
                u = j / count
                v = 1.0 - u
                b0, b1, b2, b3 = v * v * v, 3.0 * u * v * v, 3.0 * u * u * v, u * u * u
                for axis in range(2):
                    gradient = scale * corner_gradients[at, axis]
                    gradients[stroke, first, axis] += b0 * gradient
                    gradients[stroke, first + 1, axis] += b1 * gradient
                    gradients[stroke, first + 2, axis] += b2 * gradient
                    gradients[stroke, first + 3, axis] += b3 * gradient
        if filled[stroke]:
            gradients[stroke, 0, 0] += corner_gradients[at + 1, 0] * scale
            gradients[stroke, 0, 1] += corner_gradients[at + 1, 1] * scale
    return gradients


@compiled
def spread_widths(widths: Floats, starts: Ints, pieces: Ints, scale: float) -> Floats:
    """Half the width at every corner, float32 [corners], in pixels of the larger raster, and not below 0.

    widths: float32 [strokes, 1], or [strokes, n + 1] at the knots, linear in the curve's parameter between them; starts and
    pieces as from `flatten` and `count_pieces`. What closes a filled stroke has none.
    """
    strokes, cubics = pieces.shape
    radii = np.zeros(starts[strokes], np.float32)
    for stroke in range(strokes):
        at = starts[stroke]
        radii[at] = 0.5 * scale * max(widths[stroke, 0], 0.0)
        if widths.shape[1] == 1:
            radii[at : starts[stroke + 1]] = radii[at]
            continue
        for cubic in range(cubics):
            count = pieces[stroke, cubic]
            first, second = max(widths[stroke, cubic], 0.0), max(widths[stroke, cubic + 1], 0.0)
            for j in range(1, count + 1):
                at += 1
                u = j / count
                radii[at] = 0.5 * scale * ((1.0 - u) * first + u * second)
    return radii


@compiled
def spread_widths_backward(radius_gradients: Floats, widths: Floats, starts: Ints, pieces: Ints, scale: float) -> Floats:
    """The gradients of the widths, shaped as they are, from those of the corners' radii, float32 [corners]."""
    strokes, cubics = pieces.shape
    gradients = np.zeros(widths.shape, np.float32)
    for stroke in range(strokes):
        at = starts[stroke]
        gradients[stroke, 0] = 0.5 * scale * radius_gradients[at]
        if widths.shape[1] > 1:
            for cubic in range(cubics):
                count = pieces[stroke, cubic]
                for j in range(1, count + 1):
                    at += 1
                    u = j / count
                    gradients[stroke, cubic] += 0.5 * scale * (1.0 - u) * radius_gradients[at]
                    gradients[stroke, cubic + 1] += 0.5 * scale * u * radius_gradients[at]
        for knot in range(widths.shape[1]):
            if widths[stroke, knot] < 0.0:
                gradients[stroke, knot] = 0.0
    return gradients
