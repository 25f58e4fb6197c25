"""What strokes cost: without a price the optimiser uses all the ink that it has, for every line helps a little to fool somebody."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

_samples: Final = 6
"""Points on each curve at which it is measured."""


@dataclass(frozen=True, slots=True)
class Priors:
    """Prices in nats, beside the logarithm of the probability that the drawing is recognised."""

    length: float = 0.0
    """Of a line as long as the picture's side."""
    bending: float = 0.0
    """Of a turn by a right angle: a line that wriggles is dearer than one that goes straight on."""
    doubling: float = 0.0
    """Of a line as long as the side that runs along another, closer than a line's width or two."""

    def cost(self, points: Tensor) -> Tensor:
        """What the strokes of each candidate cost: float32 [candidates], with gradients to their points.

        points  float32 [candidates, strokes, 3 n + 1, 2] in the unit square, as they are drawn
        """
        line = sampled(points)
        steps = line.diff(dim=2)
        lengths = steps.square().sum(-1).add(1e-12).sqrt()
        cost = self.length * lengths.sum((1, 2))
        if self.bending:
            ahead = steps / (lengths[..., None] + 1e-3)
            cost = cost + self.bending * (1 - (ahead[:, :, 1:] * ahead[:, :, :-1]).sum(-1)).sum((1, 2))
        if self.doubling:
            cost = cost + self.doubling * _doubled(line, steps, lengths)
        return cost


def sampled(points: Tensor) -> Tensor:
    """Points on the curves of control points [..., 3 n + 1, 2]: [..., n * samples + 1, 2], from end to end."""
    t = torch.arange(_samples, device=points.device) / _samples
    s = 1 - t
    weights = torch.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3], -1)
    curves = points.unfold(-2, 4, 3)  # [..., n, 2, 4]
    along = torch.einsum("tk,...ndk->...ntd", weights, curves).flatten(-3, -2)
    return torch.cat([along, points[..., -1:, :]], -2)


def _doubled(line: Tensor, steps: Tensor, lengths: Tensor, near: float = 0.03) -> Tensor:
    """How much of each candidate's lines runs along a line of another stroke: float32 [candidates], in sides."""
    _, strokes, count = lengths.shape
    middles = ((line[:, :, 1:] + line[:, :, :-1]) / 2).flatten(1, 2)
    ahead = (steps / (lengths[..., None] + 1e-3)).flatten(1, 2)
    distance = torch.cdist(middles, middles)
    closeness = (1 - distance / near).clamp_min(0)
    parallel = (ahead @ ahead.transpose(1, 2)).square()
    stroke = torch.arange(strokes, device=line.device).repeat_interleave(count)
    others = (stroke[:, None] != stroke).to(line.dtype)
    return (closeness * parallel * others * lengths.flatten(1)[:, :, None]).sum((1, 2)) / 2
