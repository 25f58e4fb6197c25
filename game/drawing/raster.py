"""The logical raster: 800 x 600 whole pixels without antialiasing, the same in every browser and here, to the last bit."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from game.drawing.operations import Curve, Fill, Operation, Rgb, Rgba, Stroke, visible
from game.drawing.polylines import GRAINS, GRAINS_PER_UNIT, polyline_of
from game.drawing.regions import Mask, Region, flooded
from game.drawing.spans import spans_of
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_PIXEL

WHITE: Final = 0xFFFFFF
LEAST_RADIUS: Final = 12
"""Grains. A disc so large, wherever it lies, covers the centre of the pixel that its own centre is in: no dot is lost, and a line
covers every pixel that it passes through, so that an outline is tight."""

Box = tuple[slice, slice]
"""Rows and columns of the canvas."""


class LogicalRaster:
    """White paper at first; `pixels` is uint32 [600, 800], each 0xRRGGBB."""

    def __init__(self) -> None:
        self.pixels: NDArray[np.uint32] = np.full((CANVAS_HEIGHT, CANVAS_WIDTH), WHITE, np.uint32)

    def stroke(self, operation: Stroke | Curve) -> tuple[Box, Mask]:
        """Draw a stroke or curve: each pixel whose centre its pen covers is blended once. Returns which they are."""
        box, mask = footprint(operation)
        part = self.pixels[box]
        part[mask] = blend(part[mask], operation.rgba)
        return box, mask

    def fill(self, operation: Fill) -> Region:
        """Flood from the fill's point through 4-neighbours of exactly one colour. Returns where it flowed."""
        row = min(CANVAS_HEIGHT - 1, operation.y // UNITS_PER_PIXEL)
        column = min(CANVAS_WIDTH - 1, operation.x // UNITS_PER_PIXEL)
        region = flooded(self.pixels == self.pixels[row, column], column, row)
        self.pixels[region.mask] = packed(operation.rgb)
        return region

    def clear(self) -> None:
        """White paper again."""
        self.pixels[:] = WHITE

    @property
    def rgb(self) -> NDArray[np.uint8]:
        """The pixels as uint8 [600, 800, 3]."""
        return np.stack([self.pixels >> shift & 255 for shift in (16, 8, 0)], axis=-1).astype(np.uint8)

    def to_image(self) -> Image.Image:
        """The raster as it is, jagged edges and all; `picture_of` makes the one to look at."""
        return Image.fromarray(self.rgb)


def raster_of(operations: Sequence[Operation]) -> LogicalRaster:
    """The raster that these operations make from white paper."""
    raster = LogicalRaster()
    for operation in visible(operations):
        if isinstance(operation, Fill):
            raster.fill(operation)
        elif isinstance(operation, Stroke | Curve):
            raster.stroke(operation)
    return raster


def footprint(operation: Stroke | Curve) -> tuple[Box, Mask]:
    """The pixels whose centres lie within half the stroke's width (within LEAST_RADIUS, if that is more) of its line."""
    radius = max(operation.width * GRAINS_PER_UNIT // 2, LEAST_RADIUS)
    spans = spans_of(polyline_of(operation), radius, CANVAS_HEIGHT, GRAINS)
    first = np.maximum(0, -((GRAINS // 2 - spans.left) // GRAINS))
    after = np.minimum(CANVAS_WIDTH, (spans.right - GRAINS // 2) // GRAINS + 1)
    kept = first < after
    if not kept.any():
        return (slice(0, 0), slice(0, 0)), np.zeros((0, 0), np.bool_)
    rows, first, after = spans.rows[kept], first[kept], after[kept]
    top, bottom, left, right = int(rows.min()), int(rows.max()) + 1, int(first.min()), int(after.max())
    pitch = right - left + 1
    at = (rows - top) * pitch - left
    size = (bottom - top) * pitch
    depth = np.cumsum(np.bincount(at + first, minlength=size) - np.bincount(at + after, minlength=size))
    return (slice(top, bottom), slice(left, right)), depth.reshape(bottom - top, pitch)[:, :-1] > 0


def blend(below: NDArray[np.uint32], rgba: Rgba) -> NDArray[np.uint32]:
    """A colour over opaque ones, 0xRRGGBB: per channel (over alpha + under (255 - alpha) + 127) / 255, rounded down."""
    alpha = np.uint32(rgba[3])
    result = np.zeros_like(below)
    for over, shift in zip(rgba[:3], (16, 8, 0), strict=True):
        under = below >> shift & 255
        result |= (over * alpha + under * (255 - alpha) + 127) // 255 << shift
    return result


def packed(rgb: Rgb) -> int:
    """A colour as 0xRRGGBB."""
    return rgb[0] << 16 | rgb[1] << 8 | rgb[2]
