"""The artist's vocabulary: strokes, and the drawing that they make, which JSON holds exactly."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

import msgspec

from ai_artist.errors import DrawingError

Point = tuple[float, float]
Rgba = tuple[float, float, float, float]

FARTHEST: Final = 240.0
"""Points are at most so many sides from the corner, and strokes so wide: on a picture of 4096 pixels a rasteriser knows no place
beyond (`ai_artist.rasterizer.base.FARTHEST`)."""

_format: Final = 1
"""What `to_json` writes. A reader that finds another number says so, rather than misreading the file."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A brush mark along cubic Béziers, or the shape that they enclose.

    points  3 n + 1 control points (x, y) in the unit square, y down; they may lie outside it, as far as FARTHEST
    width   full width as a part of the square's side
    rgba    red, green, blue, opacity in 0..1, not premultiplied
    filled  the inside of the path is painted, by the non-zero rule, the path closed by a straight line; width is ignored
    """

    points: tuple[Point, ...]
    width: float
    rgba: Rgba
    filled: bool = False

    @property
    def cubics(self) -> int:
        """How many curves the path has."""
        return (len(self.points) - 1) // 3


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the artist made of a prompt: strokes in the order in which they were settled, on white.

    Raises DrawingError where the times are not as many as the strokes.
    """

    prompt: str
    method: str
    """How it was drawn, for example "ink" or "clipdraw"."""
    seed: int
    perceptor: str
    similarity: float
    """Cosine between the picture and the prompt, as the perceptor sees them."""
    strokes: tuple[Stroke, ...]
    times: tuple[float, ...] = ()
    """Seconds from the beginning at which each stroke was settled; empty where that is not known."""

    def __post_init__(self) -> None:
        if self.times and len(self.times) != len(self.strokes):
            raise DrawingError(
                f"A drawing has one time for each stroke, or none at all; got {len(self.times)} times for {len(self.strokes)} strokes."
            )

    def to_svg(self, size: int = 512) -> str:
        """Return the drawing as an SVG document, `size` pixels a side; see `ai_artist.svg`."""
        from ai_artist.svg import write_svg

        return write_svg(self, size)

    def to_json(self) -> str:
        """Return the drawing as JSON, from which `from_json` makes an equal one.

        Raises DrawingError, naming the field, for what `from_json` would refuse.
        """
        _check(self)
        content = {field.name: getattr(self, field.name) for field in fields(self)}
        try:
            return msgspec.json.encode({"format": _format, **content}).decode()
        except (OverflowError, UnicodeEncodeError) as error:
            raise DrawingError(f"The drawing cannot be written as JSON: {error}.") from error

    @classmethod
    def from_json(cls, text: str | bytes) -> "Drawing":
        """Return the drawing that `to_json` wrote. Raises DrawingError, naming the field, for anything else."""
        try:
            content = msgspec.json.decode(text)
        except (ValueError, RecursionError) as error:
            raise DrawingError(f"This is no drawing: {error}. Expected JSON as `Drawing.to_json` writes it.") from error
        if not isinstance(content, dict) or "format" not in content:
            raise DrawingError('This is no drawing: expected a JSON object with "format": 1, as `Drawing.to_json` writes it.')
        if content["format"] != _format or isinstance(content["format"], bool):
            raise DrawingError(f"Expected a drawing of format {_format}, got format {content['format']!r}; a newer version may have written it.")
        try:
            drawing = msgspec.convert(content, cls)
        except msgspec.ValidationError as error:
            raise DrawingError(f"This is no drawing: {error}.") from error
        _check(drawing)
        return drawing


def _check(drawing: Drawing) -> None:
    """Raise DrawingError naming the first field whose numbers make no drawing."""
    _check_finite("similarity", (drawing.similarity,))
    _check_finite("times", drawing.times)
    for index, stroke in enumerate(drawing.strokes):
        check_stroke(stroke, f"strokes[{index}]")


def check_stroke(stroke: Stroke, field: str) -> None:
    """Raise DrawingError, naming the field, where its numbers make no stroke: too few points, one that is infinite or far away, no colour."""
    if len(stroke.points) < 4 or len(stroke.points) % 3 != 1:
        raise DrawingError(f"{field}.points must be 3 n + 1 control points of n >= 1 curves; got {len(stroke.points)}.")
    numbers = [number for point in stroke.points for number in point]
    _check_finite(f"{field}.points", numbers)
    if (farthest := max(map(abs, numbers))) > FARTHEST:
        raise DrawingError(f"{field}.points must be within {FARTHEST:g} sides of the picture; got {farthest:g}.")
    if not 0 <= stroke.width <= FARTHEST:
        raise DrawingError(f"{field}.width must be a number from 0 to {FARTHEST:g}, as a part of the picture's side; got {stroke.width}.")
    if not all(0 <= part <= 1 for part in stroke.rgba):
        raise DrawingError(f"{field}.rgba must be four numbers in 0..1; got {list(stroke.rgba)}.")


def _check_finite(field: str, numbers: Iterable[float]) -> None:
    for number in numbers:
        if not math.isfinite(number):
            raise DrawingError(f"{field} must be finite; got {number}.")


def same_cubics(strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
    """Strokes of as many curves each, so that their points can be stacked into one array; they look as before.

    A shorter one repeats its last point, as the rasteriser's `Scene` wants it.
    """
    strokes = tuple(strokes)
    most = max((len(stroke.points) for stroke in strokes), default=0)
    return tuple(replace(stroke, points=stroke.points + stroke.points[-1:] * (most - len(stroke.points))) for stroke in strokes)
