"""The slow rasteriser that is obviously right: dense, in plain torch, differentiated by autograd. Only tests use it.

Every pixel is measured against every piece of every stroke, in whatever floating type the scene has. It follows the same
definitions as the fast one (curves cut into the same polylines, the same coverage), written as directly as they can be.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from .base import Scene, check_size, check_supersampling
from .coverage import BESIDE
from .flattening import count_pieces
from .nearest import SHORTEST_SQUARED


@dataclass(frozen=True)
class ReferenceRasterizer:
    """See `Rasterizer`, but the picture has the floating type of `points`.

    pieces_per_cubic cuts every cubic into that many pieces; by default each is cut as the fast rasteriser cuts it.
    """

    supersampling: int = 1
    pieces_per_cubic: int | None = None

    def __post_init__(self) -> None:
        check_supersampling(self.supersampling)

    def render(self, scene: Scene, height: int, width: int) -> Tensor:
        """Paint `scene` over its background: [B, 3, height, width], RGB in 0..1."""
        check_size(height, width)
        scene.check_values()
        scale = self.supersampling
        corners, radii = self._flatten(scene)
        fills, colors = scene.fills(), scene.colors.clamp(0, 1)
        picture = scene.backgrounds().clamp(0, 1)[:, :, None, None].expand(-1, -1, height * scale, width * scale)
        centres = _pixel_centres(height * scale, width * scale).to(scene.points)
        for stroke in range(scene.strokes):
            filled = fills[:, stroke, None, None]
            coverage = _line_coverage(centres, corners[:, stroke], radii[:, stroke])
            if bool(filled.any()):
                coverage = torch.where(filled, _fill_coverage(centres, corners[:, stroke]), coverage)
            ink = (coverage * colors[:, stroke, 3, None, None])[:, None]
            picture = ink * colors[:, stroke, :3, None, None] + (1 - ink) * picture
        return avg_pool2d(picture, scale)

    def _flatten(self, scene: Scene) -> tuple[Tensor, Tensor]:
        """Every stroke's corners, [B, S, n (k + 1), 2], and half its width there, [B, S, n (k + 1)], in pixels of the raster.

        A cubic that needs fewer pieces than the others repeats its last corner.
        """
        if self.pieces_per_cubic is None:
            curves = scene.points.detach().to("cpu", torch.float32).flatten(0, 1).contiguous().numpy()
            pieces = torch.from_numpy(count_pieces(curves, float(self.supersampling))).to(scene.points)
        else:
            pieces = scene.points.new_full((scene.canvases * scene.strokes, scene.cubics), self.pieces_per_cubic)
        steps = torch.arange(int(pieces.amax().item()) + 1 if pieces.numel() else 2).to(scene.points)
        u = (steps / pieces.view(scene.canvases, scene.strokes, scene.cubics, 1)).clamp(max=1)
        widths = (scene.widths if scene.tapered else scene.widths[:, :, None].expand(-1, -1, scene.cubics + 1)).clamp(min=0)
        radii = 0.5 * ((1 - u) * widths[:, :, :-1, None] + u * widths[:, :, 1:, None])
        u = u[..., None]
        p0, p1, p2, p3 = (scene.points[:, :, i : i + 3 * scene.cubics : 3, None] for i in range(4))
        corners = (1 - u) ** 3 * p0 + 3 * u * (1 - u) ** 2 * p1 + 3 * u**2 * (1 - u) * p2 + u**3 * p3
        return corners.flatten(2, 3) * self.supersampling, radii.flatten(2, 3) * self.supersampling


def _pixel_centres(height: int, width: int) -> Tensor:
    """(x, y) of every pixel's centre, [height, width, 2]."""
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    return torch.stack((x, y), dim=-1)


def _nearest(centres: Tensor, corners: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """For every pixel's centre, [H, W, 2], and one path of each canvas, corners [B, K, 2], three of [B, H, W].

    The distance to the path, the number of the nearest piece (corners i and i + 1), and where on it the nearest point lies, 0..1.
    """
    start = corners[:, None, None, :-1]
    along = corners[:, None, None, 1:] - start
    away = centres[None, :, :, None] - start
    length = (along**2).sum(-1)
    t = ((away * along).sum(-1) / torch.where(length > 0, length, 1)).clamp(0, 1)
    squared = ((away - t[..., None] * along) ** 2).sum(-1)
    # A piece without length says nothing that its neighbour does not, unless there are no others.
    point = length <= SHORTEST_SQUARED
    squared, number = squared.masked_fill(point & ~point.all(-1, keepdim=True), torch.inf).min(dim=-1)
    # The square root has no slope at 0; a pixel exactly on the line is to get none.
    distance = torch.where(squared > 0, torch.where(squared > 0, squared, 1).sqrt(), 0)
    return distance, number, t.gather(-1, number[..., None])[..., 0]


def _line_coverage(centres: Tensor, corners: Tensor, radii: Tensor) -> Tensor:
    """How much of a box one pixel wide, as far from the middle of a line as the centre is, the line covers: [B, H, W]."""
    distance, number, t = _nearest(centres, corners)
    first, second = (radii[:, None, None].expand(*number.shape, -1).gather(-1, number[..., None] + i)[..., 0] for i in (0, 1))
    radius = first + t * (second - first)
    coverage = (torch.minimum(distance + 0.5, radius) - torch.maximum(distance - 0.5, -radius)).clamp(0, 1)
    return torch.where(radius > 0, coverage, 0)


def _fill_coverage(centres: Tensor, corners: Tensor) -> Tensor:
    """How much of a pixel the inside of a path covers, going by the distance to its outline: [B, H, W]."""
    corners = torch.cat((corners, corners[:, :1]), dim=1)
    distance, number, t = _nearest(centres, corners)
    inside = _winding(centres[None], corners) != 0
    coverage = torch.where(inside, 0.5 + distance, 0.5 - distance).clamp(0, 1)
    with torch.no_grad():
        index = number.flatten(1)[..., None].expand(-1, -1, 2)
        first, second = (corners.gather(1, index + i).view(*number.shape, 2) for i in (0, 1))
        nearest = first + t[..., None] * (second - first)
        normal = torch.nn.functional.normalize((second - first).flip(-1) * centres.new_tensor([-1, 1]), dim=-1)
        far = distance[..., None] > BESIDE
        step = BESIDE * torch.where(far, (nearest - centres) / torch.where(far, distance[..., None], 1), normal)
        hidden = (_winding(nearest + step, corners) != 0) & (_winding(nearest - step, corners) != 0)
    return torch.where(hidden, 1, coverage)


def _winding(places: Tensor, corners: Tensor) -> Tensor:
    """How often a closed path, [B, K, 2], runs around each place, [B or 1, H, W, 2], counted by a ray to the left: [B, H, W]."""
    (ax, ay), (bx, by) = (part[:, None, None].unbind(-1) for part in (corners[:, :-1], corners[:, 1:]))
    x, y = places[..., None, :].unbind(-1)
    crosses = (ay <= y) != (by <= y)
    at = ax + (y - ay) * (bx - ax) / torch.where(ay == by, 1, by - ay)
    return torch.where(crosses & (at < x), torch.where(by > ay, 1, -1), 0).sum(-1)
