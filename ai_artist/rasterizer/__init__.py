"""The differentiable stroke rasteriser: Bezier strokes in, a picture out, and gradients back to every stroke.

    from ai_artist.rasterizer import Scene, make_rasterizer

    picture = make_rasterizer().render(Scene(points, widths, colors, background), height=224, width=224)
    loss(picture).backward()          # fills points.grad, widths.grad, colors.grad, background.grad

A stroke is a line of one width, a line whose width varies, or the inside of its path. `Scene` and the `Rasterizer`
protocol are in `base`. The backends, which `make_rasterizer` chooses from; for a GPU it chooses anew for each scene:

native      Numba, one CPU thread a canvas: the fastest one on the CPU
torch       plain torch, on CUDA or any other device and in float64: the same pictures
diffvg      pydiffvg, where it is installed: a picture by sampling

`reference` is a slow one that is obviously right, for tests. Importing this package imports torch and Numba but compiles
nothing: that happens at the native backend's first picture, or in `warm_up()`.
"""

from .base import Rasterizer, RasterizerError, Scene, joined, polyline
from .diffvg import DiffvgRasterizer
from .factory import BACKENDS, make_rasterizer
from .native import NativeRasterizer, warm_up
from .quickest import QuickestRasterizer
from .torch_sparse import TorchRasterizer

__all__ = [
    "BACKENDS",
    "DiffvgRasterizer",
    "NativeRasterizer",
    "QuickestRasterizer",
    "Rasterizer",
    "RasterizerError",
    "Scene",
    "TorchRasterizer",
    "joined",
    "make_rasterizer",
    "polyline",
    "warm_up",
]
