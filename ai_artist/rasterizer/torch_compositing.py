"""Painting fragments over one another in order, in plain torch, without keeping more than the colour beneath each."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable


@dataclass(frozen=True)
class Layers:
    """The order in which fragments are painted: the lowest of every tile at once, then the second ones, and so on.

    The tiles with the most fragments come first, so that layer i is one fragment each for the first sizes[i] tiles.
    """

    sizes: list[int]
    place: Tensor
    """int64 [F]: where each fragment goes, layer by layer"""
    tiles: Tensor
    """int64 [tiles]: which tile comes first, second, ..."""

    def in_place(self, values: Tensor) -> Tensor:
        """Rearrange what is known of every fragment, int64 [F, ...], layer by layer."""
        return torch.empty_like(values).index_copy(0, self.place, values)


@torch.no_grad()
def layer(tile: Tensor, stroke: Tensor, tiles: int, strokes: int) -> Layers:
    """Order fragments by the tile that they lie on, int64 [F] of so many, and their stroke, int64 [F] of so many, lowest first."""
    order = torch.argsort(tile * strokes + stroke)
    depth = torch.bincount(tile, minlength=tiles)
    deepest = torch.argsort(depth, descending=True, stable=True)
    column = torch.empty_like(deepest).index_copy(0, deepest, torch.arange(tiles, device=tile.device))
    number = torch.arange(tile.shape[0], device=tile.device)
    rank = torch.empty_like(tile).index_copy(0, order, number - (depth.cumsum(0) - depth)[tile[order]])
    sizes = torch.bincount(rank)
    return Layers(sizes.tolist(), (sizes.cumsum(0) - sizes)[rank] + column[tile], deepest)


class Composite(torch.autograd.Function):
    """Paint layers: ink [F, K] in 0..1, colors [F, C], both layer by layer, and canvas [tiles, C, K], deepest first -> the painted canvas."""

    @staticmethod
    def forward(ctx: Any, ink: Tensor, colors: Tensor, canvas: Tensor, sizes: list[int]) -> Tensor:
        """Paint upwards."""
        canvas = canvas.clone(memory_format=torch.contiguous_format)
        keep = any(ctx.needs_input_grad)
        beneath = canvas.new_empty((ink.shape[0], *canvas.shape[1:])) if keep else None
        first = 0
        for size in sizes:
            shown, own = canvas[:size], slice(first, first + size)
            if beneath is not None:
                beneath[own] = shown
            shown += ink[own, None] * (colors[own, :, None] - shown)
            first += size
        ctx.save_for_backward(ink, colors, *(() if beneath is None else (beneath,)))
        ctx.sizes = sizes
        return canvas

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        """Walk down again, holding the gradient of the colours as they were when each layer had just been painted."""
        ink, colors, beneath = ctx.saved_tensors
        flow = gradient.clone(memory_format=torch.contiguous_format)
        # What was in the way of each fragment; the rest is the same sum for all of them at once.
        above = torch.empty_like(beneath)
        last = ink.shape[0]
        for size in reversed(ctx.sizes):
            shown, own = flow[:size], slice(last - size, last)
            above[own] = shown
            shown *= 1 - ink[own, None]
            last -= size
        by_ink = (above * (colors[:, :, None] - beneath)).sum(1)
        by_color = (above * ink[:, None]).sum(-1)
        return by_ink, by_color, flow, None
