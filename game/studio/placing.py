"""Where the artist's square picture lies on the canvas: in its middle, as high as it."""

from typing import Final

from game.drawing.operations import Curve, Stroke, read_operations, visible
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH, UNITS_PER_PIXEL
from game.rules.fitting import fitted
from game.studio.base import Mark

Point = tuple[float, float]

SIDE: Final = min(CANVAS_WIDTH, CANVAS_HEIGHT)
_left: Final = (CANVAS_WIDTH - SIDE) / 2
_top: Final = (CANVAS_HEIGHT - SIDE) / 2


def on_canvas(point: Point) -> Point:
    """From the artist's unit square to logical pixels."""
    return _left + point[0] * SIDE, _top + point[1] * SIDE


def in_square(point: Point) -> Point:
    """The other way."""
    return (point[0] - _left) / SIDE, (point[1] - _top) / SIDE


def marks_of(ink: bytes) -> list[Mark]:
    """People's strokes (records as `Canvas.ink` has them) as the artist would have drawn them; of fills it knows nothing."""
    marks = []
    for operation in visible(read_operations(ink)):
        if isinstance(operation, Stroke | Curve):
            pixels = [(x / UNITS_PER_PIXEL, y / UNITS_PER_PIXEL) for x, y in operation.points]
            points = fitted(pixels) if isinstance(operation, Stroke) else pixels
            red, green, blue, alpha = (part / 255 for part in operation.rgba)
            marks.append(Mark(tuple(map(in_square, points)), operation.width / UNITS_PER_PIXEL / SIDE, (red, green, blue, alpha)))
    return marks
