"""Shapes: closed filled paths in colours with opacity, as if cut from tinted paper."""

from typing import Final

from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.method import StrokeMethod

SHAPES: Final = StrokeMethod(
    "shapes",
    "closed filled shapes, colour and opacity optimised",
    brush=Brush(strokes=48, cubics=3, palette=None, filled=True, reach=0.3, margin=None),
)
