"""Scenes that the rasteriser's tests share."""

import torch
from torch import Tensor

from ai_artist.rasterizer import Rasterizer, Scene, polyline


def random_scene(
    size: float = 40.0,
    canvases: int = 2,
    strokes: int = 8,
    cubics: int = 3,
    seed: int = 0,
    widths: tuple[float, float] = (0.6, 6.0),
    dtype: torch.dtype = torch.float32,
    tapered: bool = False,
    filled: float = 0.0,
) -> Scene:
    """Strokes as CLIPDraw begins with: a random start and short random steps; some leave the canvas.

    filled is the share of strokes that are the inside of their path; most of those cross themselves.
    """
    generator = torch.Generator().manual_seed(seed)
    start = torch.rand(canvases, strokes, 1, 2, generator=generator, dtype=torch.float64)
    steps = 0.3 * (torch.rand(canvases, strokes, 3 * cubics, 2, generator=generator, dtype=torch.float64) - 0.5)
    points = torch.cat((start, start + steps.cumsum(2)), dim=2) * size
    low, high = widths
    thickness = low + (high - low) * torch.rand(canvases, strokes, *([cubics + 1] if tapered else []), generator=generator, dtype=torch.float64)
    colors = torch.rand(canvases, strokes, 4, generator=generator, dtype=torch.float64)
    background = torch.rand(canvases, 3, generator=generator, dtype=torch.float64)
    fills = torch.rand(canvases, strokes, generator=generator) < filled if filled else None
    return Scene(*(tensor.to(dtype).requires_grad_() for tensor in (points, thickness, colors, background)), fills)


def line(x0: float, y0: float, x1: float, y1: float) -> list[list[float]]:
    """The four control points of a straight stroke."""
    return [[x0 + (x1 - x0) * i / 3, y0 + (y1 - y0) * i / 3] for i in range(4)]


def black_strokes(points: list[list[list[float]]], width: float = 2.0) -> Scene:
    """One white canvas with opaque black strokes."""
    strokes = len(points)
    return Scene(
        torch.tensor([points]),
        torch.full((1, strokes), width),
        torch.tensor([0.0, 0.0, 0.0, 1.0]).repeat(1, strokes, 1),
        torch.ones(3),
    )


def black_fills(corners: list[list[list[float]]]) -> Scene:
    """One white canvas with opaque black polygons, all of as many corners."""
    points = polyline(torch.tensor([corners]))
    strokes = points.shape[1]
    filled = torch.ones(1, strokes, dtype=torch.bool)
    return Scene(points, torch.zeros(1, strokes), torch.tensor([0.0, 0.0, 0.0, 1.0]).repeat(1, strokes, 1), torch.ones(3), filled)


def copy_of(scene: Scene, dtype: torch.dtype, device: str = "cpu") -> Scene:
    """The same scene elsewhere, with gradients of its own."""
    inputs = (tensor.detach().to(device, dtype).requires_grad_() for tensor in tensors(scene))
    return Scene(*inputs, None if scene.filled is None else scene.filled.to(device))


def gradients(rasterizer: Rasterizer, scene: Scene, height: int, width: int) -> tuple[Tensor, ...]:
    """Those of the squared error to a random picture; zero for what the picture does not depend on."""
    picture = rasterizer.render(scene, height, width)
    target = torch.rand(picture.shape, generator=torch.Generator().manual_seed(9), dtype=torch.float64).to(picture.device)
    return torch.autograd.grad(((picture - target) ** 2).sum(), tensors(scene), allow_unused=True, materialize_grads=True)


def tensors(scene: Scene) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The four inputs of a scene, in order."""
    return scene.points, scene.widths, scene.colors, scene.background
