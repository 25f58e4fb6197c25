"""How often filled paths run around pixels, and around single places, in plain torch.

Nothing here is differentiated: the winding number of a place is whole.
"""

import torch
from torch import Tensor

from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH
from .torch_fragments import Grid
from .torch_segments import Segments, enumerate_ranges

_MARGIN = 1.5
"""A fill touches tiles up to a pixel beyond its outline; every such tile lies in the box."""


class Winding:
    """The winding numbers of closed paths, each over the tiles of its box."""

    @torch.no_grad()
    def __init__(self, segments: Segments, strokes: int, grid: Grid) -> None:
        """Count them for segments, those of filled paths only, of a scene with so many strokes in all."""
        order = torch.argsort(segments.stroke, stable=True)
        self._segments = segments = segments.select(order)
        self._grid = grid
        self._counts = torch.bincount(segments.stroke, minlength=strokes)
        self._first = self._counts.cumsum(0) - self._counts

        size = segments.start.new_tensor((TILE_WIDTH, TILE_HEIGHT))
        count = segments.start.new_tensor((grid.across, grid.down))
        lowest, highest = self._boxes(strokes)
        visible = (self._counts > 0) & ((highest > 0) & (lowest < size * count)).all(-1)
        low = (lowest / size).floor().clamp(min=0).minimum(count - 1).long()
        high = (highest / size).floor().clamp(min=0).minimum(count - 1).long()
        self._corner = low  # of the box, in tiles: column, row
        self._tiles = torch.where(visible[:, None], high - low + 1, 0)  # columns and rows
        # One column more than the box has takes the pieces that pass to the right of it.
        self._stride = self._tiles[:, 0] * TILE_WIDTH + 1
        cells = self._tiles[:, 1] * TILE_HEIGHT * self._stride
        self._offset = cells.cumsum(0) - cells
        changes = torch.zeros(int(cells.sum()), dtype=torch.int32, device=order.device)
        cell, direction = self._crossings()
        # Every row's changes come to nothing, as the paths are closed, so that one running sum serves all rows of all boxes.
        self._winding = changes.index_add(0, cell, direction).cumsum(0, dtype=torch.int32)

    def _boxes(self, strokes: int) -> tuple[Tensor, Tensor]:
        corners = self._segments.start  # each corner starts one segment of a closed path
        index = self._segments.stroke[:, None].expand(-1, 2)
        lowest = corners.new_full((strokes, 2), torch.inf).scatter_reduce(0, index, corners, "amin")
        highest = corners.new_full((strokes, 2), -torch.inf).scatter_reduce(0, index, corners, "amax")
        return lowest.nan_to_num(posinf=0.0) - _MARGIN, highest.nan_to_num(neginf=0.0) + _MARGIN

    def _crossings(self) -> tuple[Tensor, Tensor]:
        """For each row of pixels that a segment crosses, the first cell to the right of it, and the segment's direction."""
        stroke = self._segments.stroke
        (ax, ay), (bx, by) = self._segments.start.unbind(-1), self._segments.end.unbind(-1)
        top = self._corner[stroke, 1] * TILE_HEIGHT
        bottom = top + self._tiles[stroke, 1] * TILE_HEIGHT
        # Rows whose middle, row + 1/2, lies in [upper end, lower end).
        first = (torch.minimum(ay, by) - 0.5).ceil().maximum(top.to(ay.dtype)).long()
        last = (torch.maximum(ay, by) - 0.5).ceil().minimum(bottom.to(ay.dtype)).long()
        segment, row = enumerate_ranges((last - first).clamp(min=0))
        row = row + first[segment]
        run = ((bx - ax) / torch.where(by == ay, 1, by - ay))[segment]
        x = ax[segment] + (row.to(run.dtype) + 0.5 - ay[segment]) * run
        stroke = stroke[segment]
        column = (x - 0.5).floor() + 1 - (self._corner[stroke, 0] * TILE_WIDTH).to(x.dtype)
        column = column.clamp(min=0).minimum((self._stride[stroke] - 1).to(x.dtype))
        cell = self._offset[stroke] + (row - top[segment]) * self._stride[stroke] + column.long()
        return cell, torch.where(by > ay, 1, -1).to(torch.int32)[segment]

    @torch.no_grad()
    def of_tiles(self, stroke: Tensor, tile: Tensor) -> Tensor:
        """The winding numbers, int32 [N, 32], of paths around the pixels of tiles of their boxes, int64 [N] each."""
        column = tile % self._grid.across - self._corner[stroke, 0]
        row = tile // self._grid.across - self._corner[stroke, 1]
        first = self._offset[stroke] + row * TILE_HEIGHT * self._stride[stroke] + column * TILE_WIDTH
        k = torch.arange(TILE_PIXELS, device=tile.device)
        return self._winding[first[:, None] + (k // TILE_WIDTH) * self._stride[stroke, None] + k % TILE_WIDTH]

    @torch.no_grad()
    def enclosed(self) -> Tensor:
        """The tiles with at least a pixel inside, int64 [N]: stroke * tiles + tile."""
        stroke, number = enumerate_ranges(self._tiles[:, 0] * self._tiles[:, 1])
        columns = self._tiles[stroke, 0]
        tile = (self._corner[stroke, 1] + number // columns) * self._grid.across + self._corner[stroke, 0] + number % columns
        inside = (self.of_tiles(stroke, tile) != 0).any(-1)
        return (stroke * self._grid.tiles + tile)[inside]

    @torch.no_grad()
    def around(self, stroke: Tensor, place: Tensor) -> Tensor:
        """The winding numbers, int64 [N], of paths, int64 [N], around places, float [N, 2] in pixels of the raster."""
        which, number = enumerate_ranges(self._counts[stroke])
        segment = self._first[stroke][which] + number
        (ax, ay), (bx, by) = self._segments.start[segment].unbind(-1), self._segments.end[segment].unbind(-1)
        x, y = place[which].unbind(-1)
        at = ax + (y - ay) * (bx - ax) / torch.where(ay == by, 1, by - ay)
        turn = torch.where(((ay <= y) != (by <= y)) & (at < x), torch.where(by > ay, 1, -1), 0)
        return torch.zeros_like(stroke).index_add(0, which, turn)
