"""A scene's paths as straight segments, in plain torch, on any device; differentiable down to the control points.

Every list is ragged and flat: nothing is padded to the longest path or the finest curve.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .base import Scene
from .flattening import MOST_PIECES, TOLERANCE
from .nearest import SHORTEST_SQUARED


@dataclass(frozen=True)
class Segments:
    """P straight segments, in pixels of the raster. A stroke's number counts through the canvases: canvas * S + stroke."""

    start: Tensor
    """float [P, 2]"""
    end: Tensor
    """float [P, 2]"""
    radii: Tensor
    """float [P, 2]: half the width at the start and at the end"""
    stroke: Tensor
    """int64 [P]"""

    def select(self, index: Tensor) -> "Segments":
        """Those of an index, int64 [N]."""
        return Segments(*(part.index_select(0, index) for part in (self.start, self.end, self.radii, self.stroke)))

    def detach(self) -> "Segments":
        """The same without gradients."""
        return Segments(self.start.detach(), self.end.detach(), self.radii.detach(), self.stroke)


def enumerate_ranges(counts: Tensor) -> tuple[Tensor, Tensor]:
    """For counts, int64 [N], the numbers 0 .. counts[i] - 1 of all i one after the other: (i, number), int64 [sum of counts] each."""
    total = int(counts.sum())
    owner = torch.repeat_interleave(torch.arange(counts.shape[0], device=counts.device), counts, output_size=total)
    first = counts.cumsum(0) - counts
    return owner, torch.arange(total, device=counts.device) - first[owner]


def flatten_scene(scene: Scene, dtype: torch.dtype, scale: int) -> Segments:
    """Cut every curve as `flattening` does, and close the filled paths with one more segment."""
    device, cubics = scene.points.device, scene.cubics
    points = scene.points.to(dtype).flatten(0, 1)
    widths = scene.widths.to(device, dtype).flatten(0, 1).clamp(min=0)
    widths = widths if scene.tapered else widths[:, None].expand(-1, cubics + 1)
    controls = torch.stack([points[:, i : i + 3 * cubics : 3] for i in range(4)], dim=2).flatten(0, 1)  # [B * S * n, 4, 2]
    ends = torch.stack((widths[:, :-1], widths[:, 1:]), dim=-1).flatten(0, 1)
    counts = _count_pieces(scene.points, scale)
    cubic, number = enumerate_ranges(counts)
    u = torch.stack((number, number + 1), dim=-1).to(dtype) / counts[cubic, None]
    basis = ((1 - u) ** 3, 3 * u * (1 - u) ** 2, 3 * u**2 * (1 - u), u**3)  # [P, 2] each
    # No matrix product: neighbours must agree on their common corner to the last bit, and TF32 or autocast would round it.
    p0, p1, p2, p3 = controls.index_select(0, cubic)[:, :, None].unbind(1)
    corners = scale * (basis[0][..., None] * p0 + basis[1][..., None] * p1 + basis[2][..., None] * p2 + basis[3][..., None] * p3)
    width = ends.index_select(0, cubic)
    radii = 0.5 * scale * (width[:, :1] + u * (width[:, 1:] - width[:, :1]))
    stroke = cubic // cubics

    closed = torch.nonzero(scene.fills().flatten())[:, 0]
    if closed.numel():
        around = points.index_select(0, closed)
        closing = scale * torch.stack((around[:, -1], around[:, 0]), dim=1)
        corners, stroke = torch.cat((corners, closing)), torch.cat((stroke, closed))
        radii = torch.cat((radii, radii.new_zeros(closed.shape[0], 2)))
    return Segments(corners[:, 0], corners[:, 1], radii, stroke)


def without_points(segments: Segments, strokes: int) -> Tensor:
    """The index, int64, of segments that have a length, and of the first one of every stroke in which none has."""
    long = (segments.end - segments.start).square().sum(-1) > SHORTEST_SQUARED
    has_length = torch.zeros(strokes, dtype=torch.bool, device=long.device).index_fill(0, segments.stroke[long], True)
    order = torch.arange(long.shape[0], device=long.device)
    first = torch.full((strokes,), long.shape[0], device=long.device).scatter_reduce(0, segments.stroke, order, "amin")
    return torch.nonzero(long | (~has_length[segments.stroke] & (first[segments.stroke] == order)))[:, 0]


def _count_pieces(points: Tensor, scale: int) -> Tensor:
    """`flattening.count_pieces`, int64 [B * S * n], in float64 where the device has it, so that both cut alike."""
    exact = torch.float32 if points.device.type == "mps" else torch.float64
    points = points.detach().to(torch.float32).to(exact).flatten(0, 1)
    bends = (points[:, :-2] - 2 * points[:, 1:-1] + points[:, 2:]).square().sum(-1)
    bend = torch.maximum(bends[:, 0::3], bends[:, 1::3]).flatten()
    return (0.75 * scale * bend.sqrt() / TOLERANCE).sqrt().ceil().clamp(1, MOST_PIECES).long()
