"""Drawings as pictures: ink to the logical raster, to PNG and to SVG.

    picture = picture_of(canvas.ink, width=400)     a Pillow image, as AI guessers see it
    data = png_of(canvas.ink)
    text = svg_of(canvas.ink)

docs/drawing.md defines which pixels ink covers and where fills flow; browsers keep to the same.
"""

from game.drawing.operations import Clear, Curve, Fill, Operation, Stroke, operations_of, read_operations
from game.drawing.picture import picture_of, png_of
from game.drawing.raster import LogicalRaster, raster_of
from game.drawing.svg import svg_of

__all__ = [
    "Clear",
    "Curve",
    "Fill",
    "LogicalRaster",
    "Operation",
    "Stroke",
    "operations_of",
    "picture_of",
    "png_of",
    "raster_of",
    "read_operations",
    "svg_of",
]
