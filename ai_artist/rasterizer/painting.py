"""Painting the strokes of one canvas, and walking back over the paint for gradients: the inner loops.

**Where ink falls.** A pixel is covered by max(0, min(d + 1/2, r) - max(d - 1/2, -r)), with d the distance from its
centre to the stroke's polyline and r half the stroke's width: the share of a box one pixel wide, centred d from the
middle of a line 2r wide, that the line covers. It comes to clamp(r + 1/2 - d, 0, min(1, 2r)), so a line thinner than a
pixel fades. Where it falls its slope in d is -1, and elsewhere 0, which is also the gradient at d = 0.

**One stroke.** For each piece of its polyline, the tiles that it may reach take, pixel by pixel, the smaller of the
squared distance that they have and the piece's. The distance and the number of the piece share one int32 (a float that
is not negative sorts as its bits do; the lowest bits give way to the number), so this is a single minimum. Then each
touched tile is composited and one fragment kept: the tile, the coverage and the nearest piece of its pixels, and the
colour beneath. The backward pass walks the fragments in reverse and holds, for every pixel, the gradient of the loss in
the colour there as it was when the stroke had just been painted.
"""

import math

import numpy as np
from numpy.typing import NDArray

from .compilation import compiled
from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH, Floats

Ints = NDArray[np.int32]
Fragments = tuple[Ints, Ints, Ints, Floats, Floats]
"""What `paint` keeps for `paint_backward`, of F fragments:

ends      int32 [S + 1]: the fragments of stroke s are ends[s] .. ends[s + 1]
tiles     int32 [F]: which tile
nearest   int32 [F, 32]: the nearest piece of each pixel; counted from the stroke's first
coverage  float32 [F, 32] in 0..1
beneath   float32 [F, 3, 32]: the colour before the stroke
"""

Number = float | np.float32

_zero = np.float32(0.0)
_half = np.float32(0.5)
_one = np.float32(1.0)
_nothing_yet = np.int32(2**31 - 1)
_shortest_squared = np.float32(1e-12)  # a piece shorter than a millionth of a pixel is a point


@compiled
def _clamped(value: Number) -> np.float32:
    return min(max(np.float32(value), _zero), _one)


@compiled
def _measure_pieces(corners: Floats, pieces: Floats) -> None:
    """Fill float32 [k, 5]: x and y of each piece's start, its vector, and one over its squared length (0 for a point)."""
    for i in range(corners.shape[0] - 1):
        dx = corners[i + 1, 0] - corners[i, 0]
        dy = corners[i + 1, 1] - corners[i, 1]
        squared = dx * dx + dy * dy
        pieces[i, 0] = corners[i, 0]
        pieces[i, 1] = corners[i, 1]
        pieces[i, 2] = dx
        pieces[i, 3] = dy
        pieces[i, 4] = _one / squared if squared > _shortest_squared else _zero


@compiled
def _approach(keys: Ints, left: Number, top: Number, piece: Floats, mask: int, number: int) -> None:
    """Lower a tile's keys, int32 [32], to those of one piece; left and top are the centre of the tile's first pixel."""
    dx, dy, inverse = piece[2], piece[3], piece[4]
    from_x = np.float32(left) - piece[0]
    from_y = np.float32(top) - piece[1]
    low = np.int32(number)
    high = np.int32(mask)
    for k in range(TILE_PIXELS):
        x = from_x + np.float32(k & (TILE_WIDTH - 1))
        y = from_y + np.float32(k // TILE_WIDTH)
        t = (x * dx + y * dy) * inverse
        t = t if t > _zero else _zero
        t = t if t < _one else _one
        x -= t * dx
        y -= t * dy
        key = np.int32(np.int32(np.float32(x * x + y * y).view(np.int32) & high) | low)
        old = keys[k]
        keys[k] = key if key < old else old


@compiled
def _touch_tiles(pieces: Floats, reach: Number, across: int, down: int, stroke: int, keys: Ints, seen: Ints, touched: Ints) -> tuple[int, int]:
    """Bring every piece of a stroke to the tiles within its reach.

    keys int32 [tiles, 32], seen int32 [tiles] (the last stroke that touched each) and touched int32 [tiles] are
    written. Returns how many tiles were touched, and the mask that takes the piece's number out of a key.
    """
    mask = 0
    while mask + 1 < pieces.shape[0]:
        mask = 2 * mask + 1
    reach = np.float32(reach)
    right_edge = np.float32(across * TILE_WIDTH)
    bottom_edge = np.float32(down * TILE_HEIGHT)
    count = 0
    for number in range(pieces.shape[0]):
        piece = pieces[number]
        if piece[4] == _zero and pieces.shape[0] > 1 and not (number == 0 and _is_dot(pieces)):
            continue  # its neighbour ends where it lies
        ax, ay, dx, dy = piece[0], piece[1], piece[2], piece[3]
        box_left, box_right = min(ax, ax + dx) - reach, max(ax, ax + dx) + reach
        box_top, box_bottom = min(ay, ay + dy) - reach, max(ay, ay + dy) + reach
        if box_right <= _zero or box_bottom <= _zero or box_left >= right_edge or box_top >= bottom_edge:
            continue
        # Within a row of tiles, only those near the line through the piece: of a long slanting piece's box most is empty.
        slanted = abs(dy) > np.float32(1e-3)
        run = dx / dy if slanted else _zero
        spread = reach * math.sqrt(_one + run * run)
        first_row = int(max(box_top, _zero)) // TILE_HEIGHT
        last_row = min(int(min(box_bottom, bottom_edge)) // TILE_HEIGHT, down - 1)
        for row in range(first_row, last_row + 1):
            top = np.float32(row * TILE_HEIGHT) + _half
            low, high = box_left, box_right
            if slanted:
                x_top = ax + (top - ay) * run
                x_bottom = x_top + np.float32(TILE_HEIGHT - 1) * run
                low = max(low, min(x_top, x_bottom) - spread)
                high = min(high, max(x_top, x_bottom) + spread)
            if high <= _zero or low >= right_edge or high < low:
                continue
            first_column = int(max(low, _zero)) // TILE_WIDTH
            last_column = min(int(min(high, right_edge)) // TILE_WIDTH, across - 1)
            for column in range(first_column, last_column + 1):
                tile = row * across + column
                tile_keys = keys[tile]
                if seen[tile] != stroke:
                    seen[tile] = stroke
                    touched[count] = tile
                    count += 1
                    for k in range(TILE_PIXELS):
                        tile_keys[k] = _nothing_yet
                _approach(tile_keys, np.float32(column * TILE_WIDTH) + _half, top, piece, ~mask, number)
    return count, mask


@compiled
def _is_dot(pieces: Floats) -> bool:
    return bool(pieces[:, 4].max() == _zero)


@compiled
def _cover(
    keys: Ints, mask: int, pieces: Floats, left: Number, top: Number, reach: Number, most: Number, nearest: Ints, coverage: Floats
) -> np.float32:
    """Fill one fragment's nearest pieces and coverage from a tile's keys; returns the sum of the coverage."""
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
def paint(
    corners: Floats, starts: Ints, widths: Floats, colors: Floats, background: Floats, across: int, down: int, scale: float, keep: bool
) -> tuple[Floats, Fragments]:
    """Paint S strokes in order over the background.

    corners     float32 [corners, 2]: the polylines, in pixels of this raster
    starts      int32 [S + 1]: stroke s has the corners starts[s] .. starts[s + 1]
    widths      float32 [S]: full widths, to be multiplied by scale (the supersampling)
    colors      float32 [S, 4]: RGBA, clamped here to 0..1; background: float32 [3], likewise
    across, down: how many tiles the canvas has in a row, and how many rows
    keep        whether fragments are wanted; without them there can be no backward pass

    Returns the canvas, float32 [across * down, 3, 32], and the fragments.
    """
    strokes = widths.shape[0]
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

    capacity = 24 * strokes + 64 if keep else 1
    ends = np.zeros(strokes + 1, np.int32)
    tiles = np.empty(capacity, np.int32)
    nearest = np.empty((capacity, TILE_PIXELS), np.int32)
    coverage = np.empty((capacity, TILE_PIXELS), np.float32)
    beneath = np.empty((capacity, 3, TILE_PIXELS), np.float32)
    used = 0

    for stroke in range(strokes):
        radius = _half * widths[stroke] * np.float32(scale)
        if radius > _zero:
            reach = radius + _half
            most = min(_one, radius + radius)
            alpha = _clamped(colors[stroke, 3])
            pieces = all_pieces[: starts[stroke + 1] - starts[stroke] - 1]
            _measure_pieces(corners[starts[stroke] : starts[stroke + 1]], pieces)
            count, mask = _touch_tiles(pieces, reach, across, down, stroke, keys, seen, touched)
            if keep and used + count > capacity:
                capacity = 2 * capacity + count
                tiles, nearest, coverage, beneath = _grown(capacity, used, tiles, nearest, coverage, beneath)
            for i in range(count):
                tile = touched[i]
                left = np.float32((tile % across) * TILE_WIDTH) + _half
                top = np.float32((tile // across) * TILE_HEIGHT) + _half
                tile_coverage = coverage[used]
                if _cover(keys[tile], mask, pieces, left, top, reach, most, nearest[used], tile_coverage) == _zero:
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


@compiled
def paint_backward(
    gradient: Floats, corners: Floats, starts: Ints, widths: Floats, colors: Floats, fragments: Fragments, across: int, scale: float
) -> tuple[Floats, Floats, Floats]:
    """Take the canvas' gradient back through the strokes, last one first.

    gradient: float32 [tiles, 3, 32], the loss's in the canvas; on return it is the loss's in the background's pixels.
    The others are as for and from `paint`. Returns gradients of corners (of all canvases; only this one's are not
    zero), widths and colors, float32 and shaped as these are.
    """
    ends, tiles, nearest, coverage, beneath = fragments
    corner_gradients = np.zeros((starts[-1] - starts[0], 2), np.float32)
    width_gradients = np.zeros(widths.shape[0], np.float32)
    color_gradients = np.zeros((widths.shape[0], 4), np.float32)
    slope = np.empty(TILE_PIXELS, np.float32)
    for stroke in range(widths.shape[0] - 1, -1, -1):
        radius = _half * widths[stroke] * np.float32(scale)
        most = min(_one, radius + radius)
        alpha = _clamped(colors[stroke, 3])
        start = starts[stroke]
        for fragment in range(ends[stroke], ends[stroke + 1]):
            tile = tiles[fragment]
            covered = coverage[fragment]
            # slope: of the loss in the ink on each pixel (coverage times opacity)
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
            color_gradients[stroke, 3] += total

            left = np.float32((tile % across) * TILE_WIDTH) + _half
            top = np.float32((tile // across) * TILE_HEIGHT) + _half
            by_radius = _zero
            for k in range(TILE_PIXELS):
                if covered[k] == _zero:
                    continue
                by_coverage = alpha * slope[k]
                if covered[k] >= most:
                    if most < _one:
                        by_radius += by_coverage + by_coverage
                    continue
                by_radius += by_coverage
                corner = start + nearest[fragment, k]
                ax, ay = corners[corner, 0], corners[corner, 1]
                dx, dy = corners[corner + 1, 0] - ax, corners[corner + 1, 1] - ay
                x = left + np.float32(k & (TILE_WIDTH - 1)) - ax
                y = top + np.float32(k // TILE_WIDTH) - ay
                squared = dx * dx + dy * dy
                t = _zero
                if squared > _shortest_squared:
                    t = min(max((x * dx + y * dy) / squared, _zero), _one)
                x -= t * dx
                y -= t * dy
                distance = math.sqrt(x * x + y * y)
                if distance > np.float32(1e-6):
                    # Moving the nearest point towards the pixel lowers the distance, and so raises the coverage.
                    pull = by_coverage / distance
                    corner -= starts[0]
                    corner_gradients[corner, 0] += (_one - t) * pull * x
                    corner_gradients[corner, 1] += (_one - t) * pull * y
                    corner_gradients[corner + 1, 0] += t * pull * x
                    corner_gradients[corner + 1, 1] += t * pull * y
            width_gradients[stroke] += by_radius
        width_gradients[stroke] *= _half * np.float32(scale)
        for channel in range(4):
            if not _zero <= colors[stroke, channel] <= _one:
                color_gradients[stroke, channel] = _zero
    return corner_gradients, width_gradients, color_gradients
