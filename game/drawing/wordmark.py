"""The name as it is written by hand on the page (static/js/views/wordmark.js), for pictures."""

import re
from typing import Final

from PIL import Image

from game.drawing.operations import Curve, Rgb
from game.drawing.paper import BALLPOINT, HIGHLIGHTER, INK, rgb_of
from game.drawing.pen import draw_line
from game.protocol.limits import UNITS_PER_PIXEL

WIDTH: Final = 498
HEIGHT: Final = 108
"""The box that the paths are in."""

LETTERS: Final = (
    (INK, "M66 28C54 6 10 6 10 48C10 90 62 92 67 56C60 54 52 54 40 55"),
    (INK, "M88 42C84 64 86 83 101 82C115 81 121 64 123 42C121 62 122 76 131 81"),
    (INK, "M144 63C162 64 176 58 173 48C169 35 143 38 143 61C143 87 168 86 178 72"),
    (INK, "M213 47C203 36 186 41 188 52C190 63 214 60 212 73C210 87 189 84 184 74"),
    (BALLPOINT, "M252 47C242 36 225 41 227 52C229 63 253 60 251 73C249 87 228 84 223 74"),
    (BALLPOINT, "M288 18C284 42 281 62 284 73C287 85 298 83 304 75M270 43C282 41 294 40 306 40"),
    (BALLPOINT, "M320 42C323 56 322 70 321 82M322 62C325 46 336 38 347 44"),
    (BALLPOINT, "M373 41C349 40 348 83 372 83C397 83 398 42 373 41"),
    (BALLPOINT, "M411 14C409 40 408 62 409 82M438 43C428 53 420 59 411 62C423 64 430 74 442 82"),
    (BALLPOINT, "M454 63C472 64 486 58 483 48C479 35 453 38 453 61C453 87 478 86 488 72"),
)
UNDERLINE: Final = "M226 98C290 92 380 91 488 96"
_pen: Final = 10
_marker: Final = 13


def draw_wordmark(picture: Image.Image, left: int, top: int, width: int) -> None:
    """Write the name on an RGB picture, `width` pixels wide and a little more than a fifth as high."""
    for color, path, pen in [(HIGHLIGHTER, UNDERLINE, _marker), *((color, path, _pen) for color, path in LETTERS)]:
        for curve in _curves(path, pen, rgb_of(color)):
            draw_line(picture, curve, width / WIDTH, left, top)


def _curves(path: str, pen: int, rgb: Rgb) -> list[Curve]:
    """The pieces of an SVG path of M and C commands."""
    pieces = []
    for piece in path.split("M")[1:]:
        values = [int(value) * UNITS_PER_PIXEL for value in re.findall(r"\d+", piece)]
        pieces.append(Curve(tuple(zip(values[0::2], values[1::2], strict=True)), pen * UNITS_PER_PIXEL, (*rgb, 255)))
    return pieces
