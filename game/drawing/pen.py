"""A pen's line on any picture, at any place and scale."""

import numpy as np
from PIL import Image

from game.drawing.coverage import coverage_of
from game.drawing.operations import Curve, Stroke
from game.drawing.polylines import GRAINS_PER_UNIT, polyline_of


def draw_line(picture: Image.Image, line: Stroke | Curve, scale: float, left: int = 0, top: int = 0) -> None:
    """Paint a line smoothly over an RGB picture, with `scale` pixels to a logical one and the canvas's corner at left, top."""
    covered = coverage_of(polyline_of(line), line.width * GRAINS_PER_UNIT / 2, scale, picture.width - left, picture.height - top)
    if covered is not None:
        x, y, shares = covered
        mask = Image.fromarray(np.rint(shares * line.rgba[3]).astype(np.uint8))
        picture.paste(line.rgba[:3], (left + x, top + y), mask)
