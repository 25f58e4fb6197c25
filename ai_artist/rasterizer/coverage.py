"""How much of each pixel of a tile a stroke covers: lines, lines whose width varies, and insides of paths.

`Scene` has the definition. All distances are in pixels of the raster; a tile is named by the centre of its first pixel.
"""

import math

import numpy as np

from .compilation import compiled
from .flattening import Ints
from .nearest import Number
from .tiles import TILE_PIXELS, TILE_WIDTH, Floats

BESIDE = 0.01
"""How far beside the outline of a filled path it is asked, in pixels, whether both of its sides are inside."""

_zero = np.float32(0.0)
_half = np.float32(0.5)
_one = np.float32(1.0)
_beside = np.float32(BESIDE)


@compiled
def cover_line(
    keys: Ints, mask: int, pieces: Floats, left: Number, top: Number, reach: Number, most: Number, nearest: Ints, coverage: Floats
) -> np.float32:
    """Fill one fragment's nearest pieces and coverage, each [32], from a tile's keys; returns the sum of the coverage.

    reach is the line's radius and half a pixel, most is min(1, its width).
    """
    total = _zero
    left = np.float32(left)
    top = np.float32(top)
    reach = np.float32(reach)
    most = np.float32(most)
    for k in range(TILE_PIXELS):
        number = keys[k] & mask
        nearest[k] = number
        x = left + np.float32(k & (TILE_WIDTH - 1)) - pieces[number, 0]
        y = top + np.float32(k // TILE_WIDTH) - pieces[number, 1]
        dx = pieces[number, 2]
        dy = pieces[number, 3]
        t = (x * dx + y * dy) * pieces[number, 4]
        t = t if t > _zero else _zero
        t = t if t < _one else _one
        x -= t * dx
        y -= t * dy
        covered = reach - math.sqrt(x * x + y * y)
        covered = covered if covered > _zero else _zero
        covered = covered if covered < most else most
        coverage[k] = covered
        total += covered
    return total


@compiled
def cover_tapered(keys: Ints, mask: int, pieces: Floats, radii: Floats, left: Number, top: Number, nearest: Ints, coverage: Floats) -> np.float32:
    """The same for a line of varying width; radii are half of it at each of the stroke's corners."""
    total = _zero
    left = np.float32(left)
    top = np.float32(top)
    for k in range(TILE_PIXELS):
        number = keys[k] & mask
        nearest[k] = number
        x = left + np.float32(k & (TILE_WIDTH - 1)) - pieces[number, 0]
        y = top + np.float32(k // TILE_WIDTH) - pieces[number, 1]
        dx = pieces[number, 2]
        dy = pieces[number, 3]
        t = min(max((x * dx + y * dy) * pieces[number, 4], _zero), _one)
        x -= t * dx
        y -= t * dy
        radius = radii[number] + t * (radii[number + 1] - radii[number])
        covered = min(max(radius + _half - math.sqrt(x * x + y * y), _zero), min(_one, radius + radius))
        coverage[k] = covered
        total += covered
    return total


@compiled
def cover_fill(
    keys: Ints, mask: int, pieces: Floats, corners: Floats, winding: Ints, left: Number, top: Number, nearest: Ints, coverage: Floats
) -> np.float32:
    """The same for the inside of a path; winding, int32 [4, 8], is each pixel's, and corners are the path's, closed."""
    total = _zero
    left = np.float32(left)
    top = np.float32(top)
    for k in range(TILE_PIXELS):
        number = keys[k] & mask
        nearest[k] = number
        x = left + np.float32(k & (TILE_WIDTH - 1)) - pieces[number, 0]
        y = top + np.float32(k // TILE_WIDTH) - pieces[number, 1]
        dx = pieces[number, 2]
        dy = pieces[number, 3]
        t = min(max((x * dx + y * dy) * pieces[number, 4], _zero), _one)
        x -= t * dx
        y -= t * dy
        distance = math.sqrt(x * x + y * y)
        inside = winding[k // TILE_WIDTH, k & (TILE_WIDTH - 1)] != 0
        if distance >= _half:
            covered = _one if inside else _zero
        else:
            covered = _half + distance if inside else _half - distance
            if (inside or distance <= _beside) and _hidden(pieces[number], t, x, y, distance, corners):
                covered = _one
        coverage[k] = covered
        total += covered
    return total


@compiled
def _hidden(piece: Floats, t: Number, x: Number, y: Number, distance: Number, corners: Floats) -> bool:
    """Whether the outline has the inside on both sides of a place: t along a piece, and (x, y) from it to the pixel's centre."""
    if distance > _beside:
        x, y = x / distance, y / distance
    else:
        scale = math.sqrt(piece[4])
        x, y = -piece[3] * scale, piece[2] * scale
    place_x, place_y = piece[0] + t * piece[2], piece[1] + t * piece[3]
    if _winding_at(corners, place_x - _beside * x, place_y - _beside * y) == 0:
        return False
    return bool(distance > _beside or _winding_at(corners, place_x + _beside * x, place_y + _beside * y) != 0)


@compiled
def _winding_at(corners: Floats, x: Number, y: Number) -> int:
    total = 0
    for i in range(corners.shape[0] - 1):
        ay, by = corners[i, 1], corners[i + 1, 1]
        if (ay <= y) != (by <= y) and corners[i, 0] + (y - ay) * (corners[i + 1, 0] - corners[i, 0]) / (by - ay) < x:
            total += 1 if by > ay else -1
    return total


@compiled
def wind(corners: Floats, winding: Ints, left: int, top: int, right: int, bottom: int) -> None:
    """Count how often a closed path runs around the pixels of a box.

    corners float32 [k, 2], the last one the first again; written is int32 winding[top:bottom, left:right], which needs one
    column more. Each piece leaves its direction where a row first lies to the right of it, and a running sum along the row counts
    them: the work is the rows that pieces cross, and the box.
    """
    winding[top:bottom, left : right + 1] = 0
    for i in range(corners.shape[0] - 1):
        ax, ay, bx, by = corners[i, 0], corners[i, 1], corners[i + 1, 0], corners[i + 1, 1]
        if ay == by:
            continue
        direction = 1 if by > ay else -1
        run = (bx - ax) / (by - ay)
        first = math.ceil(max(min(ay, by) - _half, np.float32(top)))
        last = math.ceil(min(max(ay, by) - _half, np.float32(bottom)))
        for row in range(first, last):
            x = ax + (np.float32(row) + _half - ay) * run
            column = math.floor(min(max(x - _half, np.float32(left - 1)), np.float32(right - 1))) + 1
            winding[row, column] += direction
    for row in range(top, bottom):
        total = 0
        for column in range(left, right):
            total += winding[row, column]
            winding[row, column] = total
