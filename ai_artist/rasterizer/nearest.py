"""Which piece of a stroke's polyline is nearest to each pixel of the tiles that the stroke may reach.

For each piece, the tiles that it may reach take, pixel by pixel, the smaller of the squared distance that they have and
the piece's. The distance and the number of the piece share one int32, the key (a float that is not negative sorts as its
bits do; the lowest bits give way to the number), so this is a single minimum.
"""

import math

import numpy as np

from .compilation import compiled
from .flattening import Ints
from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH, Floats

Number = float | np.float32

SHORTEST_SQUARED = 1e-12
"""A piece shorter than a millionth of a pixel of the raster is a point."""

_zero = np.float32(0.0)
_half = np.float32(0.5)
_one = np.float32(1.0)
_nothing_yet = np.int32(2**31 - 1)
_shortest_squared = np.float32(SHORTEST_SQUARED)


@compiled
def measure_pieces(corners: Floats, pieces: Floats) -> None:
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
def touch_tiles(pieces: Floats, reach: Number, across: int, down: int, stroke: int, keys: Ints, seen: Ints, touched: Ints) -> tuple[int, int]:
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
