"""CLIPDraw's picture (section 3): Bézier strokes whose points, widths and colours are what is optimised."""

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from ai_artist.errors import ArtistError
from ai_artist.rasterizer import NativeRasterizer, Scene
from ai_artist.strokes import Stroke

# The paper's learning rates, on a canvas of 224 pixels: points 1 pixel, width 0.1 pixels, colour 0.01.
_paper_side: Final = 224
POINT_RATE: Final = 1.0 / _paper_side
WIDTH_RATE: Final = 0.1 / _paper_side
COLOR_RATE: Final = 0.01
_margin: Final = 0.08
"""Control points stay this far inside the unit square, and with them the curves: a drawing is not cut off."""


@dataclass(frozen=True, slots=True)
class Brush:
    """What the artist draws with."""

    strokes: int = 16
    cubics: int = 2
    ink: bool = True
    """Opaque black strokes; otherwise colour and opacity are optimised too, as in the paper."""
    reach: float = 0.25
    """How far each curve's points start from one another, as a part of the side (the paper: 0.1)."""
    thinnest: float = 0.012
    thickest: float = 0.032

    def __post_init__(self) -> None:
        if self.strokes < 1 or self.cubics < 1:
            raise ArtistError(f"A drawing has at least 1 stroke of at least 1 curve; got {self.strokes} and {self.cubics}.")


class StrokeCanvas:
    """Several candidate drawings, optimised side by side.

    points  float32 [candidates, strokes, 3 n + 1, 2] in the unit square
    widths  float32 [candidates, strokes] as a part of the side
    colors  float32 [candidates, strokes, 4], RGBA in 0..1
    The first `settled` strokes of each are final: nothing moves them any more.
    """

    def __init__(self, brush: Brush, candidates: int, random: torch.Generator) -> None:
        self._brush = brush
        self._rasterizer = NativeRasterizer()
        self.points = _random_points(brush, candidates, random).requires_grad_()
        self.widths = torch.full((candidates, brush.strokes), (brush.thinnest + brush.thickest) / 2).requires_grad_()
        self.colors = _first_colors(brush, candidates, random).requires_grad_(not brush.ink)
        self.settled = 0
        self._start_optimizer()

    def _start_optimizer(self) -> None:
        groups = [{"params": [self.points], "lr": POINT_RATE, "paper_rate": POINT_RATE}]
        groups += [{"params": [self.widths], "lr": WIDTH_RATE, "paper_rate": WIDTH_RATE}]
        if not self._brush.ink:
            groups += [{"params": [self.colors], "lr": COLOR_RATE, "paper_rate": COLOR_RATE}]
        self._optimizer = torch.optim.Adam(groups)

    def render(self, size: int) -> Tensor:
        """Paint all candidates: float32 [candidates, 3, size, size], RGB in 0..1 on white; differentiable."""
        scene = Scene(self.points * size, self.widths * size, self.colors, torch.ones(3))
        return self._rasterizer.render(scene, size, size)

    @torch.no_grad()
    def render_without_each(self, size: int) -> Tensor:
        """Paint the first candidate once whole and once without each stroke: [1 + strokes, 3, size, size]."""
        count = self._brush.strokes
        colors = self.colors[:1].repeat(count + 1, 1, 1)
        colors[torch.arange(1, count + 1), torch.arange(count), 3] = 0
        repeat = (count + 1, 1)
        scene = Scene(self.points[:1].repeat(*repeat, 1, 1) * size, self.widths[:1].repeat(repeat) * size, colors, torch.ones(3))
        return self._rasterizer.render(scene, size, size)

    def step(self, loss: Tensor, rate: float) -> None:
        """Move every stroke that is not settled down the loss, at `rate` times the paper's learning rates."""
        for group in self._optimizer.param_groups:
            group["lr"] = rate * group["paper_rate"]
        before = [tensor.detach()[:, : self.settled].clone() for tensor in self._tensors]
        self._optimizer.zero_grad()
        torch.autograd.backward(loss)
        self._optimizer.step()
        with torch.no_grad():
            self.points.clamp_(_margin, 1 - _margin)
            self.widths.clamp_(self._brush.thinnest, self._brush.thickest)
            self.colors.clamp_(0, 1)
            for tensor, kept in zip(self._tensors, before, strict=True):
                tensor[:, : self.settled] = kept

    @property
    def _tensors(self) -> tuple[Tensor, Tensor, Tensor]:
        return self.points, self.widths, self.colors

    def keep(self, candidate: int) -> None:
        """Go on with one candidate alone."""
        self._rearrange(torch.tensor([candidate]), 0)

    def settle(self, stroke: int) -> Stroke:
        """Make one stroke of the first candidate final and return it; it is painted right above those settled before."""
        order = list(range(self._brush.strokes))
        order.insert(self.settled, order.pop(stroke))
        self._rearrange(torch.tensor(order), 1)
        self.settled += 1
        return self.stroke(self.settled - 1)

    def stroke(self, index: int) -> Stroke:
        """The first candidate's stroke at this place of the painting order."""
        points = tuple((float(x), float(y)) for x, y in self.points[0, index].tolist())
        red, green, blue, opacity = self.colors[0, index].tolist()
        return Stroke(points, self.widths[0, index].item(), (red, green, blue, opacity))

    def _rearrange(self, index: Tensor, dim: int) -> None:
        """Take these entries of every tensor, and of what the optimiser remembers about it."""
        for name in ("points", "widths", "colors"):
            old = getattr(self, name)
            new = old.detach().index_select(dim, index).requires_grad_(old.requires_grad)
            setattr(self, name, new)
            memory = self._optimizer.state.pop(old, None)
            if memory is not None:
                self._optimizer.state[new] = {key: value.index_select(dim, index) if value.dim() else value for key, value in memory.items()}
            for group in self._optimizer.param_groups:
                group["params"] = [new if param is old else param for param in group["params"]]


def _random_points(brush: Brush, candidates: int, random: torch.Generator) -> Tensor:
    """Each stroke starts anywhere and wanders, as in the paper: every control point near the one before."""
    count = 3 * brush.cubics + 1
    start = 0.1 + 0.8 * torch.rand(candidates, brush.strokes, 1, 2, generator=random)
    steps = brush.reach * (torch.rand(candidates, brush.strokes, count - 1, 2, generator=random) - 0.5)
    points = torch.cat([start, start + steps.cumsum(2)], 2)
    return points.clamp(_margin, 1 - _margin)


def _first_colors(brush: Brush, candidates: int, random: torch.Generator) -> Tensor:
    if brush.ink:
        return torch.tensor([0.0, 0.0, 0.0, 1.0]).repeat(candidates, brush.strokes, 1)
    colors = torch.rand(candidates, brush.strokes, 4, generator=random)
    colors[..., 3] = 0.5 + 0.5 * colors[..., 3]
    return colors
