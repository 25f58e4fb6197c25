"""Which tiles the strokes of a scene touch, and which of its segments is nearest to each pixel there, in plain torch.

A fragment is one stroke on one tile of one canvas. Their number, not strokes x pixels, is what time and memory grow with. Nothing
here is differentiated: the nearest segments are found first, and the distances to them are taken again with gradients.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH
from .torch_segments import Segments, enumerate_ranges


@dataclass(frozen=True)
class Grid:
    """The tiles of a canvas: how many in a row, and how many rows."""

    across: int
    down: int

    @property
    def tiles(self) -> int:
        """How many there are."""
        return self.across * self.down


@dataclass(frozen=True)
class Fragments:
    """F fragments, those with the most segments first."""

    stroke: Tensor
    """int64 [F], counted through the canvases"""
    tile: Tensor
    """int64 [F], counted within the canvas"""
    squared: Tensor
    """float [F, 32]: the squared distance of each pixel's centre to the nearest segment, infinite where none is near"""
    nearest: Tensor
    """int64 [F, 32]: that segment"""


def pixel_centres(tile: Tensor, grid: Grid, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """The centres (x and y) of the pixels of tiles, [N, 32] each, in pixels of the raster."""
    k = torch.arange(TILE_PIXELS, device=tile.device)
    x = (tile % grid.across * TILE_WIDTH)[:, None] + k % TILE_WIDTH
    y = (tile // grid.across * TILE_HEIGHT)[:, None] + k // TILE_WIDTH
    return x.to(dtype) + 0.5, y.to(dtype) + 0.5


@torch.no_grad()
def find_fragments(segments: Segments, reach: Tensor, grid: Grid, enclosed: Tensor) -> Fragments:
    """The fragments of segments that mark the pixels within `reach`, float [strokes], and of tiles that paths enclose.

    enclosed: int64 [N], stroke * tiles + tile. A tile is taken when it may be within reach, not only when it is.
    """
    segment, tile = _touched_tiles(segments, reach, grid)
    keys = torch.cat((segments.stroke[segment] * grid.tiles + tile, enclosed))
    keys, inverse = torch.unique(keys, return_inverse=True)
    counts = torch.bincount(inverse[: segment.shape[0]], minlength=keys.shape[0])
    segment = segment[torch.argsort(inverse[: segment.shape[0]], stable=True)]
    first = counts.cumsum(0) - counts
    # With those of most segments first, the fragments that have an r-th segment are the first few.
    order = torch.argsort(counts, descending=True, stable=True)
    keys, first = keys[order], first[order]
    tile = keys % grid.tiles
    squared, nearest = _nearest(segments, segment, first, torch.bincount(counts).tolist(), tile, grid)
    return Fragments(keys // grid.tiles, tile, squared, nearest)


def _touched_tiles(segments: Segments, reach: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
    """Pairs of a segment and a tile that it may reach, int64 [M] each: the tiles of its box, row by row near its line."""
    reach = reach[segments.stroke]
    (ax, ay), (bx, by) = segments.start.unbind(-1), segments.end.unbind(-1)
    left, right = torch.minimum(ax, bx) - reach, torch.maximum(ax, bx) + reach
    first, rows = _span(torch.minimum(ay, by) - reach, torch.maximum(ay, by) + reach, TILE_HEIGHT, grid.down)
    segment, row = enumerate_ranges(torch.where((right > 0) & (left < grid.across * TILE_WIDTH), rows, 0))
    row = row + first[segment]
    # Within a row of tiles, only those near the line through the segment: of a long slanting one's box most is empty.
    slanted = (by - ay).abs() > 1e-3
    run = torch.where(slanted, (bx - ax) / torch.where(slanted, by - ay, 1), 0)[segment]
    top = (row * TILE_HEIGHT).to(run.dtype) + 0.5
    at_top = ax[segment] + (top - ay[segment]) * run
    at_bottom = at_top + (TILE_HEIGHT - 1) * run
    spread = torch.where(slanted[segment], reach[segment] * (1 + run**2).sqrt(), torch.inf)
    low = torch.maximum(left[segment], torch.minimum(at_top, at_bottom) - spread)
    high = torch.minimum(right[segment], torch.maximum(at_top, at_bottom) + spread)
    first, columns = _span(low, high, TILE_WIDTH, grid.across)
    pair, column = enumerate_ranges(columns)
    return segment[pair], row[pair] * grid.across + first[pair] + column


def _span(low: Tensor, high: Tensor, size: int, count: int) -> tuple[Tensor, Tensor]:
    """The first of `count` tiles of this size that an interval meets, and how many it meets, int64."""
    first = (low / size).floor().clamp(0, count - 1).long()
    last = (high / size).floor().clamp(0, count - 1).long()
    return first, torch.where((high > 0) & (low < size * count) & (high >= low), last - first + 1, 0)


def _nearest(segments: Segments, segment: Tensor, first: Tensor, fragments_with: list[int], tile: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
    """The squared distance and the number of each pixel's nearest segment, [F, 32] each.

    Fragment i has the segments segment[first[i]], segment[first[i] + 1], ...; fragments_with[n] fragments have n of them,
    those with the most come first.
    """
    x, y = pixel_centres(tile, grid, segments.start.dtype)
    best = torch.full_like(x, torch.inf)
    number = torch.zeros_like(x, dtype=torch.int64)
    along = segments.end - segments.start
    length = along.square().sum(-1)
    inverse = torch.where(length > 0, 1 / torch.where(length > 0, length, 1), 0)
    lines = torch.cat((segments.start, along, inverse[:, None]), dim=1)
    having = tile.shape[0]
    for rank, without in enumerate(fragments_with[:-1]):
        having -= without
        which = segment[first[:having] + rank]
        ax, ay, dx, dy, inverse = lines.index_select(0, which)[:, :, None].unbind(1)
        from_x, from_y = x[:having] - ax, y[:having] - ay
        t = ((from_x * dx + from_y * dy) * inverse).clamp_(0, 1)
        squared = (from_x - t * dx).square_() + (from_y - t * dy).square_()
        closer = squared < best[:having]
        best[:having] = torch.where(closer, squared, best[:having])
        number[:having] = torch.where(closer, which[:, None], number[:having])
    return best, number
