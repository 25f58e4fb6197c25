"""The differentiable stroke rasteriser: Bezier strokes in, a picture out, and gradients back to every stroke.

    from ai_artist.rasterizer import NativeRasterizer, Scene

    picture = NativeRasterizer().render(Scene(points, widths, colors, background), height=224, width=224)
    loss(picture).backward()          # fills points.grad, widths.grad, colors.grad, background.grad

`Scene` and the `Rasterizer` protocol are in `base`; `native` is the fast one (Numba, one CPU thread a canvas);
`reference` is the slow one that is obviously right, for tests. Importing this package imports torch and Numba
but compiles nothing: that happens at the first picture, or in `warm_up()`.
"""

from .base import Rasterizer, Scene
from .native import NativeRasterizer, warm_up

__all__ = ["NativeRasterizer", "Rasterizer", "Scene", "warm_up"]
