"""The augmentations of CLIPDraw (section 3): a random perspective, then a random resized crop.

Without them the optimiser finds patterns that please the perceptor in one place only; with them it must draw what
stays itself when seen from elsewhere. Both are one homography here, so each picture is sampled once.
"""

from typing import Final, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

DISTORTION: Final = 0.5
"""How far a corner may move inwards, as a part of half the side (torchvision's RandomPerspective)."""
CROP: Final = (0.7, 0.9)
"""The part of the area that a crop keeps."""
ASPECT: Final = (3 / 4, 4 / 3)
_log_aspect: Final = torch.tensor(ASPECT).log().tolist()


def augment(pictures: Tensor, views: int, size: int, random: torch.Generator, *, alike: bool = False) -> Tensor:
    """Look at each picture from several views.

    pictures  float32 [N, 3, H, W] in 0..1, on white: what comes in from outside is white
    alike     all pictures are seen from the same views, so that they can be compared
    returns   float32 [N * views, 3, size, size], the views of a picture next to each other
    """
    homographies = homographies_of(random_chances(views if alike else len(pictures) * views, random))
    if alike:
        homographies = homographies.repeat(len(pictures), 1, 1)
    return seen_from(pictures.repeat_interleave(views, 0), homographies, size)


class Chances(NamedTuple):
    """What is random about N views; on the CPU, where a seed gives the same ones whatever the pictures are on."""

    inwards: Tensor
    """float32 [N, 4, 2] in 0..1: how far each corner moves inwards"""
    area: Tensor
    """float32 [N] in CROP"""
    aspect: Tensor
    """float32 [N], the logarithm of one in ASPECT"""
    left: Tensor
    """float32 [N] in 0..1: where in what is left the crop lies"""
    top: Tensor
    """float32 [N], likewise"""


def random_chances(count: int, random: torch.Generator) -> Chances:
    """The chances of so many views."""
    return Chances(
        torch.rand(count, 4, 2, generator=random),
        torch.empty(count).uniform_(*CROP, generator=random),
        torch.empty(count).uniform_(*_log_aspect, generator=random),
        torch.rand(count, generator=random),
        torch.rand(count, generator=random),
    )


def homographies_of(chances: Chances) -> Tensor:
    """The views: float32 [N, 3, 3], each takes the view's unit square to what of the picture's it shows."""
    return _square_to_quadrilateral(_quadrilaterals(chances)) @ _crops(chances)


def seen_from(pictures: Tensor, homographies: Tensor, size: int) -> Tensor:
    """Each picture, float32 [N, 3, H, W], from one view, float32 [N, 3, 3]: float32 [N, 3, size, size]."""
    ticks = (torch.arange(size, dtype=torch.float32, device=pictures.device) + 0.5) / size
    y, x = torch.meshgrid(ticks, ticks, indexing="ij")
    flat = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3) @ homographies.to(pictures.device).transpose(1, 2)
    grid = (2 * flat[..., :2] / flat[..., 2:] - 1).view(len(pictures), size, size, 2)
    return 1 - F.grid_sample(1 - pictures, grid, align_corners=False)


def upright(pictures: Tensor, size: int) -> Tensor:
    """The pictures as they are, resized: float32 [N, 3, H, W] to [N, 3, size, size]."""
    if pictures.shape[-1] == size:
        return pictures
    return F.interpolate(pictures, (size, size), mode="bilinear", antialias=True)


def _quadrilaterals(chances: Chances) -> Tensor:
    """Where the view's corners lie in the picture: float32 [N, 4, 2], around the unit square, clockwise from the top left.

    torchvision's RandomPerspective moves the picture's corners inwards; seen from the view, its frame lies outside.
    """
    signs = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    square = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    return square + signs * (chances.inwards * DISTORTION / 2)


def _square_to_quadrilateral(corners: Tensor) -> Tensor:
    """The homography that takes the unit square to each quadrilateral (Heckbert 1989, section 2.2.3): [N, 4, 2] to [N, 3, 3]."""
    a, b, c, d = corners.unbind(1)
    sum_x, sum_y = (a - b + c - d).unbind(1)
    (bx, by), (dx, dy) = (b - c).unbind(1), (d - c).unbind(1)
    det = bx * dy - dx * by
    g = (sum_x * dy - dx * sum_y) / det
    h = (bx * sum_y - sum_x * by) / det
    rows = [
        torch.stack([b[:, 0] - a[:, 0] + g * b[:, 0], d[:, 0] - a[:, 0] + h * d[:, 0], a[:, 0]], -1),
        torch.stack([b[:, 1] - a[:, 1] + g * b[:, 1], d[:, 1] - a[:, 1] + h * d[:, 1], a[:, 1]], -1),
        torch.stack([g, h, torch.ones_like(g)], -1),
    ]
    return torch.stack(rows, 1)


def _crops(chances: Chances) -> Tensor:
    """The part of the view that is kept, as affine maps of the unit square: [N, 3, 3]."""
    area, aspect = chances.area, chances.aspect.exp()
    width, height = (area * aspect).sqrt().clamp(max=1), (area / aspect).sqrt().clamp(max=1)
    crops = torch.zeros(len(area), 3, 3)
    crops[:, 0, 0], crops[:, 1, 1], crops[:, 2, 2] = width, height, 1.0
    crops[:, 0, 2], crops[:, 1, 2] = chances.left * (1 - width), chances.top * (1 - height)
    return crops
