"""Drawings as smooth pictures, for AI guessers to look at and for people to keep."""

import io
from collections.abc import Iterable
from typing import Final

import numpy as np
from PIL import Image

from game.drawing.coverage import coverage_of
from game.drawing.layers import FilledRegion, Layer, layers_of
from game.drawing.operations import Curve, Stroke, read_operations
from game.drawing.polylines import GRAINS_PER_UNIT, polyline_of
from game.drawing.regions import Region
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH

WIDEST: Final = 4000
"""Pixels; 4000 x 3000 are printed well on any paper that a home has."""


def picture_of(ink: bytes, width: int = CANVAS_WIDTH) -> Image.Image:
    """Render ink, records as `Canvas.ink` has them, as an RGB picture `width` pixels wide and three quarters as high.

    Raises ValueError for a width beyond 1..WIDEST, InkError for bytes that are no ink.
    """
    if not 1 <= width <= WIDEST:
        raise ValueError(f"A picture is 1 to {WIDEST} pixels wide; got {width}.")
    size = (width, max(1, round(width * CANVAS_HEIGHT / CANVAS_WIDTH)))
    # A small picture is a large one reduced: regions are whole logical pixels, and would leave seams if painted smaller.
    large = paint(layers_of(read_operations(ink)), max(width, CANVAS_WIDTH))
    return large if large.size == size else large.resize(size, Image.Resampling.HAMMING)


def png_of(ink: bytes, width: int = CANVAS_WIDTH) -> bytes:
    """The same as a PNG file. Raises as `picture_of`."""
    file = io.BytesIO()
    picture_of(ink, width).save(file, "PNG")
    return file.getvalue()


def paint(layers: Iterable[Layer], width: int) -> Image.Image:
    """Paint layers on white paper."""
    picture = Image.new("RGB", (width, round(width * CANVAS_HEIGHT / CANVAS_WIDTH)), "white")
    for layer in layers:
        if isinstance(layer, FilledRegion):
            _paint_region(picture, layer.region, layer.rgb)
        else:
            _paint_line(picture, layer)
    return picture


def _paint_line(picture: Image.Image, line: Stroke | Curve) -> None:
    radius = line.width * GRAINS_PER_UNIT / 2
    covered = coverage_of(polyline_of(line), radius, picture.width / CANVAS_WIDTH, *picture.size)
    if covered is not None:
        left, top, shares = covered
        mask = Image.fromarray(np.rint(shares * line.rgba[3]).astype(np.uint8))
        picture.paste(line.rgba[:3], (left, top), mask)


def _paint_region(picture: Image.Image, region: Region, rgb: tuple[int, int, int]) -> None:
    mask = Image.fromarray(region.mask.astype(np.uint8) * np.uint8(255))
    picture.paste(rgb, (0, 0), mask if mask.size == picture.size else mask.resize(picture.size, Image.Resampling.BOX))
