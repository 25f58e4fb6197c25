"""The sparse rasteriser in plain torch: for CUDA, and for any other device and floating type that torch has.

Time and memory grow with the tiles that strokes touch. Python loops only over how many segments come near one tile and how many
strokes lie on one, never over strokes or pixels, and waits for the device a fixed number of times a picture.
The steps: cut curves to segments (torch_segments), find the nearest one of the touched tiles' pixels (torch_fragments) and what
fills enclose (torch_winding), take distances and coverage with gradients (here), composite (torch_compositing).
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from .base import Scene, check_size, check_supersampling
from .coverage import BESIDE
from .tiles import TILE_HEIGHT, TILE_PIXELS, TILE_WIDTH
from .torch_compositing import Composite, layer
from .torch_fragments import Fragments, Grid, find_fragments, pixel_centres
from .torch_segments import Segments, flatten_scene, without_points
from .torch_winding import Winding


@dataclass(frozen=True)
class TorchRasterizer:
    """See `Rasterizer` for what it does; gradients can be taken once, not twice.

    It runs on the device of the points, where it brings the rest of the scene, and in float32, or in float64 for float64 points. On
    the CPU `NativeRasterizer` is several times faster. On CUDA gradients are sums in no fixed order: they differ in the last bits.
    """

    supersampling: int = 1

    def __post_init__(self) -> None:
        check_supersampling(self.supersampling)

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background: float32 or float64 [B, 3, height, width], RGB in 0..1."""
        check_size(height, width)
        scene.check_values()
        dtype = torch.float64 if scene.points.dtype == torch.float64 else torch.float32
        scale, strokes = self.supersampling, scene.canvases * scene.strokes
        grid = Grid(-(-width * scale // TILE_WIDTH), -(-height * scale // TILE_HEIGHT))
        colors = scene.colors.to(scene.points.device, dtype).flatten(0, 1).clamp(0, 1)
        background = scene.backgrounds().to(scene.points.device, dtype).clamp(0, 1)

        segments, fragments, winding = self._find(scene, dtype, grid)
        canvas = fragments.stroke // max(scene.strokes, 1)
        layers = layer(canvas * grid.tiles + fragments.tile, fragments.stroke, scene.canvases * grid.tiles, strokes)
        coverage = _coverage(segments, fragments, winding, scene.fills().flatten(), grid, layers.place)
        color = colors.index_select(0, layers.in_place(fragments.stroke))
        blank = background.index_select(0, layers.tiles // grid.tiles)[:, :, None].expand(-1, -1, TILE_PIXELS)
        tiles: Tensor = Composite.apply(coverage * color[:, 3:], color[:, :3], blank, layers.sizes)  # type: ignore[no-untyped-call]
        return self._show(torch.empty_like(tiles).index_copy(0, layers.tiles, tiles), scene.canvases, grid, height, width)

    def _find(self, scene: Scene, dtype: torch.dtype, grid: Grid) -> tuple[Segments, Fragments, Winding | None]:
        """The scene's segments, the fragments that they and what they enclose make, and the winding numbers of fills."""
        strokes, filled = scene.canvases * scene.strokes, scene.fills().flatten()
        segments = flatten_scene(scene, dtype, self.supersampling)
        still = segments.detach()
        winding, enclosed = None, filled.new_zeros(0, dtype=torch.int64)
        outlines = torch.nonzero(filled[still.stroke])[:, 0]
        if outlines.numel():
            winding = Winding(still.select(outlines), strokes, grid)
            enclosed = winding.enclosed()
        widest = still.radii.new_zeros(strokes).scatter_reduce(0, still.stroke, still.radii.amax(-1), "amax")
        # A fill reaches half a pixel as well; the rest is so that no tile without segments is near its outline.
        reach = torch.where(filled, 1.0, widest + 0.5)
        index = without_points(still, strokes)
        index = index[(filled | (widest > 0))[still.stroke[index]]]
        return segments.select(index), find_fragments(still.select(index), reach, grid, enclosed), winding

    def _show(self, tiles: Tensor, canvases: int, grid: Grid, height: int, width: int) -> Tensor:
        """The picture [B, 3, height, width] of canvases, [B * tiles, 3, 32]."""
        raster = tiles.view(canvases, grid.down, grid.across, 3, TILE_HEIGHT, TILE_WIDTH).permute(0, 3, 1, 4, 2, 5)
        raster = raster.reshape(canvases, 3, grid.down * TILE_HEIGHT, grid.across * TILE_WIDTH)
        raster = raster[:, :, : height * self.supersampling, : width * self.supersampling]
        return avg_pool2d(raster, self.supersampling) if self.supersampling > 1 else raster.contiguous()


def _coverage(segments: Segments, fragments: Fragments, winding: Winding | None, filled: Tensor, grid: Grid, place: Tensor) -> Tensor:
    """How much of each pixel every fragment covers, [F, 32], those of fragment i at place[i]; with gradients."""
    fills = filled[fragments.stroke]
    coverage = torch.zeros_like(fragments.squared)
    inside = torch.zeros_like(coverage, dtype=torch.bool)
    if winding is not None:
        which = torch.nonzero(fills)[:, 0]
        inside[which] = winding.of_tiles(fragments.stroke[which], fragments.tile[which]) != 0
        coverage = inside.to(coverage.dtype)
    index = torch.nonzero((fragments.squared < _reach_squared(segments, fragments, fills)).flatten())[:, 0]
    fragment, pixel = index // TILE_PIXELS, index % TILE_PIXELS
    segment = fragments.nearest.flatten()[index]
    start, end = segments.start.index_select(0, segment), segments.end.index_select(0, segment)
    x, y = pixel_centres(fragments.tile, grid, coverage.dtype)
    away = torch.stack((x.flatten()[index], y.flatten()[index]), dim=-1) - start
    along = end - start
    length = along.square().sum(-1)
    t = ((away * along).sum(-1) / torch.where(length > 0, length, 1)).clamp(0, 1)
    away = away - t[:, None] * along
    squared = away.square().sum(-1)
    # The square root has no slope at 0; a pixel exactly on the line is to get none.
    distance = torch.where(squared > 1e-12, torch.where(squared > 1e-12, squared, 1).sqrt(), 0)

    radii = segments.radii.index_select(0, segment)
    radius = radii[:, 0] + t * (radii[:, 1] - radii[:, 0])
    most = torch.where(radius < 0.5, 2 * radius, 1)
    band = radius + 0.5 - distance
    covered = torch.where(radius > 0, torch.where(band < most, band, most).clamp(min=0), 0)
    if winding is not None:
        within = inside.flatten()[index]
        covered = torch.where(fills[fragment], torch.where(within, 0.5 + distance, 0.5 - distance), covered)
        with torch.no_grad():
            asked = torch.nonzero(fills[fragment] & (within | (distance <= BESIDE)))[:, 0]
            nearest = start[asked] + t[asked, None] * along[asked]
            hidden = asked[_hidden(winding, fragments.stroke[fragment[asked]], nearest, away[asked], along[asked], distance[asked])]
        covered = covered.index_fill(0, hidden, 1.0)
    base = torch.empty_like(coverage).index_copy(0, place, coverage)
    return base.flatten().index_copy(0, place[fragment] * TILE_PIXELS + pixel, covered).view(base.shape)


def _reach_squared(segments: Segments, fragments: Fragments, fills: Tensor) -> Tensor:
    """The squared distance, [F, 32], from which on a fragment's coverage is settled: no ink, or the inside of a fill."""
    if segments.stroke.numel() == 0:
        return torch.zeros_like(fragments.squared)
    widest = segments.radii.detach().amax(-1)[fragments.nearest]
    return torch.where(fills[:, None], 0.25, (widest + 0.5).square())


def _hidden(winding: Winding, stroke: Tensor, nearest: Tensor, away: Tensor, along: Tensor, distance: Tensor) -> Tensor:
    """Whether the outline has the inside on both sides of the place nearest to a pixel, bool [N]."""
    normal = torch.nn.functional.normalize(along.flip(-1) * along.new_tensor((-1.0, 1.0)), dim=-1, eps=1e-30)
    far = (distance > BESIDE)[:, None]
    step = BESIDE * torch.where(far, away / torch.where(far, distance[:, None], 1), normal)
    sides = winding.around(torch.cat((stroke, stroke)), torch.cat((nearest - step, nearest + step)))
    return (sides != 0).view(2, -1).all(0)
