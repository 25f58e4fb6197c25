"""Painting the strokes of one canvas in order, and keeping what the way back needs.

Each stroke finds the nearest piece of its polyline for the pixels of the tiles that it may reach (nearest.py) and from that how
much of them it covers (coverage.py). Then each touched tile is composited and one fragment kept: the tile, the coverage and the
nearest piece of its pixels, and the colour beneath. The work and the memory grow with the tiles that strokes touch; a filled
path looks besides at all tiles of its box.
"""

import numpy as np

from .compilation import compiled
from .coverage import cover_fill, cover_line, cover_tapered, wind
from .flattening import Booleans, Ints
from .nearest import Number, measure_pieces, touch_tiles
from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH, Floats

Fragments = tuple[Ints, Ints, Ints, Floats, Floats]
"""What `paint` keeps for `paint_backward`, of F fragments:

ends      int32 [S + 1]: the fragments of stroke s are ends[s] .. ends[s + 1]
tiles     int32 [F]: which tile
nearest   int32 [F, 32]: the nearest piece of each pixel; counted from the stroke's first
coverage  float32 [F, 32] in 0..1
beneath   float32 [F, 3, 32]: the colour before the stroke
"""

_zero = np.float32(0.0)
_half = np.float32(0.5)
_one = np.float32(1.0)
_margin = np.float32(1.5)


@compiled
def _clamped(value: Number) -> np.float32:
    return min(max(np.float32(value), _zero), _one)


@compiled
def paint(
    corners: Floats,
    radii: Floats,
    starts: Ints,
    tapered: bool,
    filled: Booleans,
    colors: Floats,
    background: Floats,
    across: int,
    down: int,
    keep: bool,
) -> tuple[Floats, Fragments]:
    """Paint S strokes in order over the background.

    corners     float32 [corners, 2]: the polylines, in pixels of this raster; those of filled strokes are closed
    radii       float32 [corners]: half the width there, likewise, not below 0
    starts      int32 [S + 1]: stroke s has the corners starts[s] .. starts[s + 1]
    tapered     whether radii differ within strokes
    filled      bool [S]
    colors      float32 [S, 4]: RGBA, clamped here to 0..1; background: float32 [3], likewise
    across, down: how many tiles the canvas has in a row, and how many rows
    keep        whether fragments are wanted; without them there can be no backward pass

    Returns the canvas, float32 [across * down, 3, 32], and the fragments.
    """
    strokes = colors.shape[0]
    canvas = np.empty((across * down, 3, TILE_PIXELS), np.float32)
    for tile in range(canvas.shape[0]):
        for channel in range(3):
            color = _clamped(background[channel])
            for k in range(TILE_PIXELS):
                canvas[tile, channel, k] = color
    keys = np.empty((across * down, TILE_PIXELS), np.int32)
    seen = np.full(across * down, -1, np.int32)
    touched = np.empty(across * down, np.int32)
    all_pieces = np.empty((max(corners.shape[0], 1), 5), np.float32)
    winding = np.empty((down * TILE_HEIGHT, across * TILE_WIDTH + 1) if filled.any() else (0, 0), np.int32)

    capacity = 24 * strokes + 64 if keep else 1
    ends = np.zeros(strokes + 1, np.int32)
    tiles = np.empty(capacity, np.int32)
    nearest = np.empty((capacity, TILE_PIXELS), np.int32)
    coverage = np.empty((capacity, TILE_PIXELS), np.float32)
    beneath = np.empty((capacity, 3, TILE_PIXELS), np.float32)
    used = 0

    for stroke in range(strokes):
        own = corners[starts[stroke] : starts[stroke + 1]]
        own_radii = radii[starts[stroke] : starts[stroke + 1]]
        fill = filled[stroke]
        # A fill reaches half a pixel as well; the rest is so that no tile without keys is near its outline.
        radius = _half if fill else own_radii.max() if tapered else own_radii[0]
        if radius > _zero:
            reach = radius + _half
            most = min(_one, radius + radius)
            alpha = _clamped(colors[stroke, 3])
            pieces = all_pieces[: own.shape[0] - 1]
            measure_pieces(own, pieces)
            count, mask = touch_tiles(pieces, reach, across, down, stroke, keys, seen, touched)
            if fill:
                count = _enclose_tiles(own, winding, across, down, stroke, seen, touched, count)
            if keep and used + count > capacity:
                capacity = 2 * capacity + count
                tiles, nearest, coverage, beneath = _grown(capacity, used, tiles, nearest, coverage, beneath)
            for i in range(count):
                tile = touched[i]
                row, column = (tile // across) * TILE_HEIGHT, (tile % across) * TILE_WIDTH
                left = np.float32(column) + _half
                top = np.float32(row) + _half
                tile_coverage = coverage[used]
                if fill:
                    if seen[tile] == stroke:
                        around = winding[row : row + TILE_HEIGHT, column : column + TILE_WIDTH]
                        total = cover_fill(keys[tile], mask, pieces, own, around, left, top, nearest[used], tile_coverage)
                    else:
                        tile_coverage[:] = _one
                        total = _one
                elif tapered:
                    total = cover_tapered(keys[tile], mask, pieces, own_radii, left, top, nearest[used], tile_coverage)
                else:
                    total = cover_line(keys[tile], mask, pieces, left, top, reach, most, nearest[used], tile_coverage)
                if total == _zero:
                    continue
                for channel in range(3):
                    color = _clamped(colors[stroke, channel])
                    shown = canvas[tile, channel]
                    under = beneath[used, channel]
                    for k in range(TILE_PIXELS):
                        before = shown[k]
                        under[k] = before
                        shown[k] = before + alpha * tile_coverage[k] * (color - before)
                if keep:
                    tiles[used] = tile
                    used += 1
        ends[stroke + 1] = used
    return canvas, (ends, tiles, nearest, coverage, beneath)


@compiled
def _enclose_tiles(corners: Floats, winding: Ints, across: int, down: int, stroke: int, seen: Ints, touched: Ints, count: int) -> int:
    """Add to the touched tiles those that lie entirely inside a path; returns how many there are now.

    winding, int32 [rows, columns + 1], is written for the tiles of the path's box.
    """
    # A fill reaches a pixel beyond its outline, and every tile that it touched has to be in the box.
    lowest_x, highest_x = corners[:, 0].min() - _margin, corners[:, 0].max() + _margin
    lowest_y, highest_y = corners[:, 1].min() - _margin, corners[:, 1].max() + _margin
    right_edge, bottom_edge = np.float32(across * TILE_WIDTH), np.float32(down * TILE_HEIGHT)
    if highest_x <= _zero or highest_y <= _zero or lowest_x >= right_edge or lowest_y >= bottom_edge:
        return count
    first_column, last_column = int(max(lowest_x, _zero)) // TILE_WIDTH, min(int(min(highest_x, right_edge)) // TILE_WIDTH, across - 1)
    first_row, last_row = int(max(lowest_y, _zero)) // TILE_HEIGHT, min(int(min(highest_y, bottom_edge)) // TILE_HEIGHT, down - 1)
    left, top, right, bottom = first_column * TILE_WIDTH, first_row * TILE_HEIGHT, (last_column + 1) * TILE_WIDTH, (last_row + 1) * TILE_HEIGHT
    wind(corners, winding, left, top, right, bottom)
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            tile = row * across + column
            # No piece comes near such a tile, so all of its pixels are inside if one is.
            if seen[tile] != stroke and winding[row * TILE_HEIGHT, column * TILE_WIDTH] != 0:
                touched[count] = tile
                count += 1
    return count


@compiled
def _grown(capacity: int, used: int, tiles: Ints, nearest: Ints, coverage: Floats, beneath: Floats) -> tuple[Ints, Ints, Floats, Floats]:
    more_tiles = np.empty(capacity, np.int32)
    more_nearest = np.empty((capacity, TILE_PIXELS), np.int32)
    more_coverage = np.empty((capacity, TILE_PIXELS), np.float32)
    more_beneath = np.empty((capacity, 3, TILE_PIXELS), np.float32)
    more_tiles[:used] = tiles[:used]
    more_nearest[:used] = nearest[:used]
    more_coverage[:used] = coverage[:used]
    more_beneath[:used] = beneath[:used]
    return more_tiles, more_nearest, more_coverage, more_beneath
