"""The canvas that strokes are painted on, kept as tiles, and its way to a picture and back.

A canvas is float32 [tiles, 3, 32]: tiles of 8 x 4 pixels, row by row, each with its red, its green and its blue pixels, row by
row. It may be larger than the picture, by the supersampling, and its tiles jut out over the right and the bottom edge
where the size is not a multiple of theirs; what is painted there is never seen.

Why tiles: a loop over the 32 numbers of one becomes a few vector instructions, while the work still grows with the tiles that
strokes touch and not with strokes x pixels. The size was measured; a row of eight pixels is too short a loop.
"""

import numpy as np
from numpy.typing import NDArray

from .compilation import compiled

Floats = NDArray[np.float32]

TILE_WIDTH = 8
TILE_HEIGHT = 4
TILE_PIXELS = TILE_WIDTH * TILE_HEIGHT

_zero = np.float32(0.0)
_one = np.float32(1.0)


@compiled
def show(canvas: Floats, picture: Floats, across: int, scale: int) -> None:
    """Write a canvas, float32 [tiles, 3, 32], to a picture, float32 [3, H, W], each pixel the mean of scale x scale."""
    share = _one / np.float32(scale * scale)
    width = picture.shape[2]
    line = np.empty(across * TILE_WIDTH, np.float32)  # the sum of the canvas' rows that make one row of the picture
    for channel in range(3):
        for y in range(picture.shape[1]):
            line[:] = _zero
            for row in range(y * scale, y * scale + scale):
                first_tile = (row // TILE_HEIGHT) * across
                offset = (row % TILE_HEIGHT) * TILE_WIDTH
                for column in range(across):
                    tile = canvas[first_tile + column, channel]
                    for k in range(TILE_WIDTH):
                        line[column * TILE_WIDTH + k] += tile[offset + k]
            shown = picture[channel, y]
            if scale == 1:
                for x in range(width):
                    shown[x] = line[x]
            elif scale == 2:
                for x in range(width):
                    shown[x] = (line[2 * x] + line[2 * x + 1]) * share
            else:
                for x in range(width):
                    shown[x] = line[x * scale : x * scale + scale].sum() * share


@compiled
def show_backward(picture_gradient: Floats, across: int, down: int, scale: int) -> Floats:
    """The gradient of a canvas, float32 [tiles, 3, 32], from that of its picture, float32 [3, H, W]."""
    share = _one / np.float32(scale * scale)
    width = picture_gradient.shape[2]
    gradient = np.zeros((across * down, 3, TILE_PIXELS), np.float32)
    line = np.zeros(across * TILE_WIDTH, np.float32)
    for channel in range(3):
        for y in range(picture_gradient.shape[1]):
            seen = picture_gradient[channel, y]
            if scale == 1:
                for x in range(width):
                    line[x] = seen[x]
            elif scale == 2:
                for x in range(width):
                    line[2 * x] = line[2 * x + 1] = seen[x] * share
            else:
                for x in range(width):
                    line[x * scale : x * scale + scale] = seen[x] * share
            for row in range(y * scale, y * scale + scale):
                first_tile = (row // TILE_HEIGHT) * across
                offset = (row % TILE_HEIGHT) * TILE_WIDTH
                for column in range(across):
                    tile = gradient[first_tile + column, channel]
                    for k in range(TILE_WIDTH):
                        tile[offset + k] = line[column * TILE_WIDTH + k]
    return gradient


@compiled
def sum_pixels(canvas: Floats) -> Floats:
    """The sum over all pixels, float32 [3], of what is shaped like a canvas, float32 [tiles, 3, 32]."""
    totals = np.zeros(3, np.float64)
    for tile in range(canvas.shape[0]):
        for channel in range(3):
            total = _zero
            for k in range(TILE_PIXELS):
                total += canvas[tile, channel, k]
            totals[channel] += total
    return totals.astype(np.float32)
