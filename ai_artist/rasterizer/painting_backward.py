"""Walking back over the paint of one canvas, last stroke first, for the gradients of its strokes.

On the way the gradient of the loss in the colour of every pixel is held as it was when the stroke had just been painted. Of the
coverage c of a pixel, d from the nearest point, which lies at t between corners a and b:

a line        c = r(t) + 1/2 - d, or 2 r(t) where that is less (and 1 where both are more: no gradient)
a fill        c = 1/2 + d inside, 1/2 - d outside

The distance to the nearest point depends on where a and b are and not on t, which makes it the least; the width there does
depend on t = (p - a) . e / |e|^2 with e = b - a, and through it on a and b.
"""

import math

import numpy as np

from .compilation import compiled
from .flattening import Booleans, Ints
from .nearest import SHORTEST_SQUARED, Number
from .painting import Fragments
from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH, Floats

_zero = np.float32(0.0)
_half = np.float32(0.5)
_one = np.float32(1.0)
_two = np.float32(2.0)
_shortest_squared = np.float32(SHORTEST_SQUARED)
_shortest = np.float32(1e-6)


@compiled
def _clamped(value: Number) -> np.float32:
    return min(max(np.float32(value), _zero), _one)


@compiled
def paint_backward(
    gradient: Floats,
    corners: Floats,
    radii: Floats,
    starts: Ints,
    tapered: bool,
    filled: Booleans,
    colors: Floats,
    fragments: Fragments,
    across: int,
) -> tuple[Floats, Floats, Floats]:
    """Take the canvas' gradient back through the strokes, last one first.

    gradient: float32 [tiles, 3, 32], the loss's in the canvas; on return it is the loss's in the background's pixels.
    The others are as for and from `paint`. Returns gradients of this canvas' corners and radii, float32 [corners, 2] and
    [corners], and of its colors, float32 [S, 4]. Where strokes are not tapered, their first corners get all of the radii's.
    """
    ends, tiles, nearest, coverage, beneath = fragments
    strokes = colors.shape[0]
    corner_gradients = np.zeros((starts[-1] - starts[0], 2), np.float32)
    radius_gradients = np.zeros(starts[-1] - starts[0], np.float32)
    color_gradients = np.zeros((strokes, 4), np.float32)
    slope = np.empty(TILE_PIXELS, np.float32)
    for stroke in range(strokes - 1, -1, -1):
        alpha = _clamped(colors[stroke, 3])
        start, end = starts[stroke], starts[stroke + 1]
        own, own_radii = corners[start:end], radii[start:end]
        by_corner, by_radius = corner_gradients[start - starts[0] : end - starts[0]], radius_gradients[start - starts[0] : end - starts[0]]
        for fragment in range(ends[stroke], ends[stroke + 1]):
            tile = tiles[fragment]
            covered = coverage[fragment]
            # slope: of the loss in the ink on each pixel (coverage times opacity), and then in its coverage
            slope[:] = _zero
            for channel in range(3):
                color = _clamped(colors[stroke, channel])
                flow = gradient[tile, channel]
                under = beneath[fragment, channel]
                total = _zero
                for k in range(TILE_PIXELS):
                    there = flow[k]
                    slope[k] += there * (color - under[k])
                    total += there * covered[k]
                    flow[k] = there - there * alpha * covered[k]
                color_gradients[stroke, channel] += alpha * total
            total = _zero
            for k in range(TILE_PIXELS):
                total += slope[k] * covered[k]
                slope[k] *= alpha
            color_gradients[stroke, 3] += total

            left = np.float32((tile % across) * TILE_WIDTH) + _half
            top = np.float32((tile // across) * TILE_HEIGHT) + _half
            if filled[stroke]:
                _move_outline(slope, covered, nearest[fragment], own, left, top, by_corner)
            elif tapered:
                _move_tapered(slope, covered, nearest[fragment], own, own_radii, left, top, by_corner, by_radius)
            else:
                by_radius[0] += _move_line(slope, covered, nearest[fragment], own, own_radii[0], left, top, by_corner)
        for channel in range(4):
            if not _zero <= colors[stroke, channel] <= _one:
                color_gradients[stroke, channel] = _zero
    return corner_gradients, radius_gradients, color_gradients


@compiled
def _move_line(
    slope: Floats, covered: Floats, nearest: Ints, corners: Floats, radius: Number, left: Number, top: Number, by_corner: Floats
) -> np.float32:
    """Add one fragment's gradients of a stroke's corners, float32 [k, 2]; returns that of its radius."""
    left = np.float32(left)
    top = np.float32(top)
    most = min(_one, np.float32(radius) + np.float32(radius))
    by_radius = _zero
    for k in range(TILE_PIXELS):
        if covered[k] == _zero:
            continue
        if covered[k] >= most:
            if most < _one:
                by_radius += slope[k] + slope[k]
            continue
        by_radius += slope[k]
        # `_pull`, written out: this is the loop that most of the time goes to.
        number = nearest[k]
        ax, ay = corners[number, 0], corners[number, 1]
        dx, dy = corners[number + 1, 0] - ax, corners[number + 1, 1] - ay
        x = left + np.float32(k & (TILE_WIDTH - 1)) - ax
        y = top + np.float32(k // TILE_WIDTH) - ay
        squared = dx * dx + dy * dy
        t = _zero
        if squared > _shortest_squared:
            t = min(max((x * dx + y * dy) / squared, _zero), _one)
        x -= t * dx
        y -= t * dy
        distance = math.sqrt(x * x + y * y)
        if distance > _shortest:
            pull = slope[k] / distance
            by_corner[number, 0] += (_one - t) * pull * x
            by_corner[number, 1] += (_one - t) * pull * y
            by_corner[number + 1, 0] += t * pull * x
            by_corner[number + 1, 1] += t * pull * y
    return by_radius


@compiled
def _move_outline(slope: Floats, covered: Floats, nearest: Ints, corners: Floats, left: Number, top: Number, by_corner: Floats) -> None:
    """Add one fragment's gradients of a filled path's corners."""
    for k in range(TILE_PIXELS):
        if _zero < covered[k] < _one:
            outwards = slope[k] if covered[k] < _half else -slope[k]
            x, y = np.float32(left) + np.float32(k & (TILE_WIDTH - 1)), np.float32(top) + np.float32(k // TILE_WIDTH)
            _pull(outwards, corners, nearest[k], x, y, by_corner)


@compiled
def _pull(strength: Number, corners: Floats, number: int, x: Number, y: Number, by_corner: Floats) -> tuple[Number, Number]:
    """Add the gradient of (- strength) times the distance from (x, y) to a piece; returns that distance, and t.

    Moving the nearest point towards the pixel lowers the distance.
    """
    ax, ay = corners[number, 0], corners[number, 1]
    dx, dy = corners[number + 1, 0] - ax, corners[number + 1, 1] - ay
    x = np.float32(x) - ax
    y = np.float32(y) - ay
    squared = dx * dx + dy * dy
    t = _zero
    if squared > _shortest_squared:
        t = min(max((x * dx + y * dy) / squared, _zero), _one)
    x -= t * dx
    y -= t * dy
    distance = math.sqrt(x * x + y * y)
    if distance > _shortest:
        pull = np.float32(strength) / distance
        by_corner[number, 0] += (_one - t) * pull * x
        by_corner[number, 1] += (_one - t) * pull * y
        by_corner[number + 1, 0] += t * pull * x
        by_corner[number + 1, 1] += t * pull * y
    return distance, t


@compiled
def _move_tapered(
    slope: Floats,
    covered: Floats,
    nearest: Ints,
    corners: Floats,
    radii: Floats,
    left: Number,
    top: Number,
    by_corner: Floats,
    by_radius: Floats,
) -> None:
    """Add one fragment's gradients of a stroke's corners, float32 [k, 2], and of the radii there, float32 [k]."""
    for k in range(TILE_PIXELS):
        if covered[k] == _zero:
            continue
        number = nearest[k]
        px = np.float32(left) + np.float32(k & (TILE_WIDTH - 1))
        py = np.float32(top) + np.float32(k // TILE_WIDTH)
        distance, t = _pull(_zero, corners, number, px, py, by_corner)
        growth = radii[number + 1] - radii[number]
        radius = radii[number] + t * growth
        most = min(_one, radius + radius)
        steep = slope[k]  # of the loss in the radius
        if radius + _half - distance < most:
            _pull(slope[k], corners, number, px, py, by_corner)
        elif most < _one:
            steep = _two * slope[k]
        else:
            continue
        by_radius[number] += (_one - t) * steep
        by_radius[number + 1] += t * steep
        if _zero < t < _one:
            ax, ay = corners[number, 0], corners[number, 1]
            dx, dy = corners[number + 1, 0] - ax, corners[number + 1, 1] - ay
            slide = steep * growth / (dx * dx + dy * dy)
            # From a to the pixel without twice the way along the piece: the gradient of t in b; in a it is less by the piece.
            x, y = px - ax - _two * t * dx, py - ay - _two * t * dy
            by_corner[number, 0] -= slide * (x + dx)
            by_corner[number, 1] -= slide * (y + dy)
            by_corner[number + 1, 0] += slide * x
            by_corner[number + 1, 1] += slide * y
