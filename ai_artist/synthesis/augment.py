"""The augmentations of CLIPDraw (section 3): a random perspective, then a random resized crop.

Without them the optimiser finds patterns that please the perceptor in one place only; with them it must draw what
stays itself when seen from elsewhere. Both are one homography here, so each picture is sampled once.
"""

from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

DISTORTION: Final = 0.5
"""How far a corner may move inwards, as a part of half the side (torchvision's RandomPerspective)."""
CROP: Final = (0.7, 0.9)
"""The part of the area that a crop keeps."""
ASPECT: Final = (3 / 4, 4 / 3)


def augment(pictures: Tensor, views: int, size: int, random: torch.Generator, *, alike: bool = False) -> Tensor:
    """Look at each picture from several views.

    pictures  float32 [N, 3, H, W] in 0..1, on white: what comes in from outside is white
    alike     all pictures are seen from the same views, so that they can be compared
    returns   float32 [N * views, 3, size, size], the views of a picture next to each other
    """
    count = len(pictures) * views
    drawn = views if alike else count
    # Drawn on the CPU, where the seed gives the same views whatever the pictures are on; a few numbers that are moved there then.
    homographies = (_square_to_quadrilateral(_random_quadrilaterals(drawn, random)) @ _random_crops(drawn, random)).to(pictures.device)
    homographies = homographies.repeat(count // drawn, 1, 1) if count else homographies
    ticks = (torch.arange(size, dtype=torch.float32, device=pictures.device) + 0.5) / size
    y, x = torch.meshgrid(ticks, ticks, indexing="ij")
    flat = torch.stack([x, y, torch.ones_like(x)], -1).view(1, -1, 3) @ homographies.transpose(1, 2)
    grid = (2 * flat[..., :2] / flat[..., 2:] - 1).view(count, size, size, 2)
    seen = F.grid_sample(1 - pictures.repeat_interleave(views, 0), grid, align_corners=False)
    return 1 - seen


def upright(pictures: Tensor, size: int) -> Tensor:
    """The pictures as they are, resized: float32 [N, 3, H, W] to [N, 3, size, size]."""
    if pictures.shape[-1] == size:
        return pictures
    return F.interpolate(pictures, (size, size), mode="bilinear", antialias=True)


def _random_quadrilaterals(count: int, random: torch.Generator) -> Tensor:
    """Where the view's corners lie in the picture: float32 [count, 4, 2], around the unit square, clockwise from the top left.

    torchvision's RandomPerspective moves the picture's corners inwards; seen from the view, its frame lies outside.
    """
    inwards = torch.rand(count, 4, 2, generator=random) * DISTORTION / 2
    signs = torch.tensor([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    square = torch.tensor([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]])
    return square + signs * inwards


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


def _random_crops(count: int, random: torch.Generator) -> Tensor:
    """The part of the view that is kept, as affine maps of the unit square: [count, 3, 3]."""
    area = torch.empty(count).uniform_(*CROP, generator=random)
    low, high = torch.tensor(ASPECT).log()
    aspect = torch.empty(count).uniform_(float(low), float(high), generator=random).exp()
    width, height = (area * aspect).sqrt().clamp(max=1), (area / aspect).sqrt().clamp(max=1)
    left, top = torch.rand(count, generator=random) * (1 - width), torch.rand(count, generator=random) * (1 - height)
    crops = torch.zeros(count, 3, 3)
    crops[:, 0, 0], crops[:, 1, 1], crops[:, 2, 2] = width, height, 1.0
    crops[:, 0, 2], crops[:, 1, 2] = left, top
    return crops
