"""CLIPDraw as published (the paper's section 3): random Bézier strokes; points, widths, colours and opacities are optimised."""

from typing import Final

from ai_artist.synthesis.brush import PAPER_BRUSH
from ai_artist.synthesis.method import StrokeMethod

CLIPDRAW: Final = StrokeMethod("clipdraw", "the paper's: 256 strokes, colour, opacity, width and points optimised", brush=PAPER_BRUSH)
