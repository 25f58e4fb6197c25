"""The fast rasteriser: sparse, on the CPU, compiled by Numba, wrapped as one torch.autograd.Function.

The steps are: flatten the curves of the whole batch, paint each canvas, show it; and the same three backwards.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from .base import Scene, check_size, check_supersampling
from .flattening import Booleans, Ints, count_pieces, flatten, flatten_backward, spread_widths, spread_widths_backward
from .painting import Fragments, paint
from .painting_backward import paint_backward
from .tiles import TILE_HEIGHT, TILE_WIDTH, Floats, show, show_backward, sum_pixels

Result = TypeVar("Result")


@dataclass(frozen=True)
class NativeRasterizer:
    """See `Rasterizer` for what it does; gradients can be taken once, not twice.

    threads is how many canvases of a batch are painted at a time; one canvas is always painted by one thread. It is 1
    unless asked for, because artists share their machine with a server and with each other.
    The scene may be on any device and of any floating type: it is rendered on the CPU in float32 and comes back to
    the device of `points`.
    """

    supersampling: int = 1
    threads: int = 1

    def __post_init__(self) -> None:
        check_supersampling(self.supersampling)
        if not isinstance(self.threads, int) or self.threads < 1:
            raise ValueError(f"threads must be a whole number, at least 1, got {self.threads!r}")

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background: float32 [B, 3, height, width], RGB in 0..1."""
        check_size(height, width)
        scene.check_values()
        inputs = (_on_cpu(tensor) for tensor in (scene.points, scene.widths, scene.colors, scene.backgrounds()))
        filled = scene.fills().cpu()
        picture: Tensor = _Render.apply(*inputs, filled, height, width, self.supersampling, self.threads)  # type: ignore[no-untyped-call]
        return picture.to(scene.points.device)


def warm_up() -> None:
    """Compile every kernel, or load it from the cache: a few seconds the first time on a machine, then well under one.

    Workers call this once before they take a job.
    """
    points = torch.tensor([[[[1.0, 1.0], [2.0, 5.0], [6.0, 2.0], [7.0, 7.0]]]], requires_grad=True)
    scene = Scene(points, torch.ones(1, 1), torch.ones(1, 1, 4), torch.zeros(3, requires_grad=True))
    NativeRasterizer().render(scene, 8, 8).sum().backward()  # type: ignore[no-untyped-call]


@dataclass
class _Painted:
    """What the forward pass of a batch leaves to the backward pass."""

    widths: Floats  # [B * S, 1], or [B * S, n + 1] where strokes are tapered
    filled: Booleans  # [B, S]
    colors: Floats  # [B, S, 4]
    background: Floats  # [B, 3]
    pieces: Ints  # [B * S, n]
    corners: Floats  # [corners, 2]
    radii: Floats  # [corners]
    starts: Ints  # [B * S + 1]
    fragments: list[Fragments]  # one a canvas
    across: int
    down: int


class _Render(torch.autograd.Function):
    """points [B, S, 3n + 1, 2], widths [B, S] or [B, S, n + 1], colors [B, S, 4], background [B, 3], float32 on the CPU -> [B, 3, H, W]."""

    @staticmethod
    def forward(
        ctx: Any,
        points: Tensor,
        widths: Tensor,
        colors: Tensor,
        background: Tensor,
        filled: Tensor,
        height: int,
        width: int,
        scale: int,
        threads: int,
    ) -> Tensor:
        batch, strokes = widths.shape[:2]
        tapered = widths.dim() == 3
        keep = any(ctx.needs_input_grad)
        curves = points.detach().numpy().reshape(batch * strokes, points.shape[2], 2)
        # Copies, because the caller may well step its parameters before it asks for gradients.
        thickness = _copy(widths).reshape(batch * strokes, widths.shape[2] if tapered else 1)
        closed = _copy(filled)
        pieces = count_pieces(curves, float(scale))
        corners, starts = flatten(curves, pieces, closed.reshape(-1), float(scale))
        radii = spread_widths(thickness, starts, pieces, float(scale))
        across = -(-width * scale // TILE_WIDTH)
        down = -(-height * scale // TILE_HEIGHT)
        painted = _Painted(thickness, closed, _copy(colors), _copy(background), pieces, corners, radii, starts, [], across, down)
        picture = torch.empty((batch, 3, height, width))
        pixels = picture.numpy()

        def paint_canvas(b: int) -> Fragments:
            own = starts[b * strokes : (b + 1) * strokes + 1]
            canvas, fragments = paint(corners, radii, own, tapered, closed[b], painted.colors[b], painted.background[b], across, down, keep)
            show(canvas, pixels[b], across, scale)
            return fragments

        painted.fragments = _for_each(paint_canvas, batch, threads)
        ctx.painted, ctx.tapered, ctx.scale, ctx.threads = painted if keep else None, tapered, scale, threads
        return picture

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        painted: _Painted = ctx.painted
        scale: int = ctx.scale
        tapered: bool = ctx.tapered
        batch, strokes = painted.filled.shape
        picture_gradient = gradient.contiguous().numpy()
        backgrounds = np.zeros((batch, 3), np.float32)

        def unpaint_canvas(b: int) -> tuple[Floats, Floats, Floats]:
            own = painted.starts[b * strokes : (b + 1) * strokes + 1]
            flow = show_backward(picture_gradient[b], painted.across, painted.down, scale)
            gradients = paint_backward(
                flow, painted.corners, painted.radii, own, tapered, painted.filled[b], painted.colors[b], painted.fragments[b], painted.across
            )
            if ctx.needs_input_grad[3]:
                backgrounds[b] = sum_pixels(flow)
            return gradients

        corners, radii, colors = zip(*_for_each(unpaint_canvas, batch, ctx.threads), strict=True)
        backgrounds[(painted.background < 0) | (painted.background > 1)] = 0
        points = flatten_backward(np.concatenate(corners), painted.starts, painted.pieces, painted.filled.reshape(-1), float(scale))
        widths = spread_widths_backward(np.concatenate(radii), painted.widths, painted.starts, painted.pieces, float(scale))
        return (
            torch.from_numpy(points.reshape(batch, strokes, points.shape[1], 2)),
            torch.from_numpy(widths.reshape((batch, strokes, widths.shape[1]) if tapered else (batch, strokes))),
            torch.from_numpy(np.stack(colors)),
            torch.from_numpy(backgrounds),
            *(None,) * 5,
        )


def _on_cpu(tensor: Tensor) -> Tensor:
    return tensor.to(device="cpu", dtype=torch.float32).contiguous()


def _copy(tensor: Tensor) -> Any:
    return tensor.detach().numpy().copy()


_pools: dict[tuple[int, int], ThreadPoolExecutor] = {}


def _for_each(work: Callable[[int], Result], count: int, threads: int) -> list[Result]:
    """work(0) .. work(count - 1), by as many threads as asked for; the pool is kept for the next call."""
    if threads == 1 or count <= 1:
        return [work(i) for i in range(count)]
    # A forked child inherits its parent's pool but not its threads, so pools go by process too.
    key = (os.getpid(), threads)
    pool = _pools.get(key)
    if pool is None:
        pool = _pools.setdefault(key, ThreadPoolExecutor(threads, thread_name_prefix="rasterizer"))
    return list(pool.map(work, range(count)))
