"""Scenes that the rasteriser's tests share."""

import torch
from torch import Tensor

from ai_artist.rasterizer import Scene


def random_scene(
    size: float = 40.0,
    canvases: int = 2,
    strokes: int = 8,
    cubics: int = 3,
    seed: int = 0,
    widths: tuple[float, float] = (0.6, 6.0),
    dtype: torch.dtype = torch.float32,
) -> Scene:
    """Strokes as CLIPDraw begins with: a random start and short random steps; some leave the canvas."""
    generator = torch.Generator().manual_seed(seed)
    start = torch.rand(canvases, strokes, 1, 2, generator=generator, dtype=torch.float64)
    steps = 0.3 * (torch.rand(canvases, strokes, 3 * cubics, 2, generator=generator, dtype=torch.float64) - 0.5)
    points = torch.cat((start, start + steps.cumsum(2)), dim=2) * size
    low, high = widths
    thickness = low + (high - low) * torch.rand(canvases, strokes, generator=generator, dtype=torch.float64)
    colors = torch.rand(canvases, strokes, 4, generator=generator, dtype=torch.float64)
    background = torch.rand(canvases, 3, generator=generator, dtype=torch.float64)
    return Scene(*(tensor.to(dtype).requires_grad_() for tensor in (points, thickness, colors, background)))


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


def tensors(scene: Scene) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """The four inputs of a scene, in order."""
    return scene.points, scene.widths, scene.colors, scene.background
