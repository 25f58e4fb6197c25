"""What pictures to keep are made of: graph paper, white sheets with a shadow, tape; in the colours of static/css/tokens.css."""

from functools import lru_cache
from typing import Final

from PIL import Image, ImageColor, ImageDraw, ImageOps

from game.drawing.operations import Rgb

INK: Final = "#1b1f3b"
INK_SOFT: Final = "#565a76"
PAPER: Final = "#f8f3e6"
BALLPOINT: Final = "#2743d2"
HIGHLIGHTER: Final = "#ffe25c"
WHITE: Final = "#ffffff"
HAIR: Final = "#dddde2"
"""A thin line on white."""
_red_pencil: Final = "#c8321f"

_square: Final = 24
"""Pixels from rule to rule."""
_finer: Final = 4
"""Round corners are made so much larger first, to be smooth."""


def rgb_of(color: str) -> Rgb:
    """A colour #rrggbb as red, green and blue."""
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def mixed(over: str, under: str, share: float) -> Rgb:
    """One colour over another, `share` of it to be seen."""
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in zip(rgb_of(over), rgb_of(under), strict=True))
    return red, green, blue


def graph_paper(width: int, height: int, margin: int) -> Image.Image:
    """A page of an exercise book, RGB, with its red margin at x = `margin`."""
    page = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(page)
    rule = mixed(BALLPOINT, PAPER, 0.09)
    for x in range(_square // 2, width, _square):
        draw.line((x, 0, x, height), rule)
    for y in range(_square // 2, height, _square):
        draw.line((0, y, width, y), rule)
    draw.line((margin, 0, margin, height), mixed(_red_pencil, PAPER, 0.3), 2)
    return page


def lay_sheet(page: Image.Image, left: int, top: int, width: int, height: int) -> None:
    """Lay a white sheet on a page, its edge a thin line, its shadow down to the right as the client's cards have it."""
    radius = max(4, width // 60)
    drop = max(3, width // 90)
    mask = _rounded(width, height, radius)
    page.paste(mixed(INK, PAPER, 0.14), (left + drop, top + drop + 1), mask)
    page.paste(mixed(INK, WHITE, 0.55), (left, top), mask)
    edge = max(1, width // 300)
    page.paste(WHITE, (left + edge, top + edge), _rounded(width - 2 * edge, height - 2 * edge, radius - edge))


def tape(page: Image.Image, left: int, top: int, picture: Image.Image, degrees: float) -> None:
    """Lay a picture askew on a page, its unturned corner at left, top, with a shadow and a strip of tape on its upper edge.

    degrees  counterclockwise
    """
    mask = _turned(Image.new("L", picture.size, 255), degrees)
    turned = _turned(picture, degrees)
    x, y = left - (mask.width - picture.width) // 2, top - (mask.height - picture.height) // 2
    page.paste(mixed(INK, PAPER, 0.14), (x + 8, y + 10), mask)
    page.paste(turned, (x, y), mask)
    strip = _turned(Image.new("L", (picture.width // 4, picture.width // 16), 200), degrees - 3)
    page.paste(HIGHLIGHTER, (left + (picture.width - strip.width) // 2, top - strip.height // 2), strip)


def _turned(picture: Image.Image, degrees: float) -> Image.Image:
    # Only with something around it does the edge of a turned picture become smooth.
    return ImageOps.expand(picture, 2).rotate(degrees, Image.Resampling.BICUBIC, expand=True)


@lru_cache(maxsize=8)
def _rounded(width: int, height: int, radius: int) -> Image.Image:
    """A mask of a rectangle with round corners."""
    mask = Image.new("L", (width * _finer, height * _finer))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * _finer - 1, height * _finer - 1), radius * _finer, 255)
    return mask.reduce(_finer)
