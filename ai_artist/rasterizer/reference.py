"""The slow rasteriser that is obviously right: dense, in plain torch, differentiated by autograd. Only tests use it.

Every pixel is measured against every piece of every stroke, in whatever floating type the scene has. It follows the same
definitions as the fast one (curves cut into the same polylines, the same coverage), written as directly as they can be.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import avg_pool2d

from .base import Scene, check_size, check_supersampling
from .flattening import count_pieces


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
        corners = self._corners(scene) * scale
        radii = scene.widths.clamp(min=0) * scale / 2
        colors = scene.colors.clamp(0, 1)
        picture = scene.backgrounds().clamp(0, 1)[:, :, None, None].expand(-1, -1, height * scale, width * scale)
        centres = _pixel_centres(height * scale, width * scale).to(scene.points)
        for stroke in range(scene.strokes):
            distance = _distance(centres, corners[:, stroke])
            coverage = _coverage(distance, radii[:, stroke, None, None])
            ink = (coverage * colors[:, stroke, 3, None, None])[:, None]
            picture = ink * colors[:, stroke, :3, None, None] + (1 - ink) * picture
        return avg_pool2d(picture, scale)

    def _corners(self, scene: Scene) -> Tensor:
        """The corners of each cubic's polyline, [B, S, n, k + 1, 2]; one that needs fewer repeats its last."""
        if self.pieces_per_cubic is None:
            curves = scene.points.detach().to("cpu", torch.float32).flatten(0, 1).contiguous().numpy()
            pieces = torch.from_numpy(count_pieces(curves, float(self.supersampling))).to(scene.points)
        else:
            pieces = scene.points.new_full((scene.canvases * scene.strokes, scene.cubics), self.pieces_per_cubic)
        steps = torch.arange(int(pieces.amax().item()) + 1 if pieces.numel() else 2).to(scene.points)
        u = (steps / pieces.view(scene.canvases, scene.strokes, scene.cubics, 1)).clamp(max=1)[..., None]
        p0, p1, p2, p3 = (scene.points[:, :, i : i + 3 * scene.cubics : 3, None] for i in range(4))
        return (1 - u) ** 3 * p0 + 3 * u * (1 - u) ** 2 * p1 + 3 * u**2 * (1 - u) * p2 + u**3 * p3


def _pixel_centres(height: int, width: int) -> Tensor:
    """(x, y) of every pixel's centre, [height, width, 2]."""
    y, x = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing="ij")
    return torch.stack((x, y), dim=-1)


def _distance(centres: Tensor, corners: Tensor) -> Tensor:
    """The distance from every pixel's centre, [H, W, 2], to one stroke of each canvas, [B, n, k + 1, 2]: [B, H, W]."""
    start = corners[:, :, :-1].flatten(1, 2)[:, None, None]
    along = (corners[:, :, 1:] - corners[:, :, :-1]).flatten(1, 2)[:, None, None]
    away = centres[None, :, :, None] - start
    length = (along**2).sum(-1)
    t = ((away * along).sum(-1) / torch.where(length > 0, length, 1)).clamp(0, 1)
    squared = ((away - t[..., None] * along) ** 2).sum(-1).min(dim=-1).values
    # The square root has no slope at 0; a pixel exactly on the line is to get none.
    return torch.where(squared > 0, torch.where(squared > 0, squared, 1).sqrt(), 0)


def _coverage(distance: Tensor, radius: Tensor) -> Tensor:
    """How much of a box one pixel wide, centred `distance` from the middle of a line of this radius, the line covers."""
    return (torch.minimum(distance + 0.5, radius) - torch.maximum(distance - 0.5, -radius)).clamp(0, 1)
