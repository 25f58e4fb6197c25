"""CLIPDraw's picture (section 3): Bézier strokes whose points, widths and colours are what is optimised."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Final

import torch
from torch import Tensor

from ai_artist.rasterizer import DiffvgRasterizer, NativeRasterizer, Rasterizer, Scene, TorchRasterizer
from ai_artist.strokes import Point, Stroke
from ai_artist.synthesis.beginning import beginning
from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.canvas import Canvas

# The paper's learning rates, on a canvas of 224 pixels: points 1 pixel, half-width 0.1 pixels, colour 0.01.
_paper_side: Final = 224
POINT_RATE: Final = 1.0 / _paper_side
WIDTH_RATE: Final = 0.2 / _paper_side
COLOR_RATE: Final = 0.01

_most_at_once: Final = 32
"""So many pictures without a stroke are painted, and seen by the perceptor, at a time: of 4096 they would not fit into memory."""

_white: Final = torch.ones(3)


class StrokeCanvas(Canvas):
    """Several candidate drawings, optimised side by side.

    Its tensors, and how far each stroke may go, are those of a Beginning. They are few numbers and stay on the CPU, which is quicker
    with them than the way to a GPU is long; the pictures are where the perceptor is. The first `settled` strokes of each candidate
    are final: nothing moves them any more.
    """

    points: Tensor
    widths: Tensor
    colors: Tensor
    filled: Tensor
    place: Tensor
    thinnest: Tensor
    thickest: Tensor
    lowest: Tensor
    highest: Tensor

    def __init__(
        self,
        brush: Brush,
        candidates: int,
        random: torch.Generator,
        start: Sequence[Stroke] = (),
        device: torch.device | None = None,
        rasterizer: Rasterizer | None = None,
    ) -> None:
        """`start` are strokes to go on from: they come first, and random ones make up the brush's number. `device` is where pictures are to be."""
        super().__init__(torch.device("cpu"))
        self._shown_on = device or self.device
        self._rasterizer = rasterizer or NativeRasterizer()
        self._palette = None if brush.palette is None else torch.tensor(brush.palette, device=self.device)
        begun = beginning(brush, candidates, random, start)
        self._optimize("points", begun.points, POINT_RATE, annealed=True)
        if bool((begun.thinnest < begun.thickest).any()):
            self._optimize("widths", begun.widths, WIDTH_RATE)
        if self._palette is None or len(self._palette) > 1:
            self._optimize("colors", begun.colors, COLOR_RATE)
        for field in fields(begun):
            if field.name not in self._groups:
                self._hold(field.name, getattr(begun, field.name))
        self.settled = 0

    @property
    def strokes(self) -> int:
        """How many strokes each candidate has."""
        return self.points.shape[1]

    def render(self, size: int) -> Tensor:
        """Paint all candidates on white; see Canvas."""
        return self.paint(self.scene(), size)

    def scene(self) -> Scene:
        """All candidates' strokes, in the unit square."""
        filled = self.filled if bool(self.filled.any()) else None
        return Scene(self.tied_points(), self.widths, self._shown_colors(), _white, filled)

    def paint(self, scene: Scene, size: int) -> Tensor:
        """What `scene` of a canvas shows, or several such scenes joined: float32 [canvases, 3, size, size]."""
        scene = replace(scene, points=scene.points * size, widths=scene.widths * size)
        scene.check_values()  # here, where that does not have to wait for a GPU
        if isinstance(self._rasterizer, TorchRasterizer | DiffvgRasterizer):  # which paint where the points are
            scene = scene.to(self._shown_on)
        return self._rasterizer.render(scene, size, size).to(self._shown_on)

    @torch.no_grad()
    def render_parts(self, size: int, shown: Tensor) -> Iterator[Tensor]:
        """Paint some strokes of the first candidate only.

        shown   bool [N, strokes]: which, on each of N pictures
        yields  those pictures in order, some at a time: float32 [some, 3, size, size]
        """
        points, widths, colors, filled = self.tied_points()[:1], self.widths[:1], self._shown_colors()[:1], self.filled[:1]
        for part in torch.split(shown.to(self.device), _most_at_once):
            count = len(part)
            left = colors.repeat(count, 1, 1)
            left[..., 3] *= part
            there = filled.expand(count, -1) if bool(filled.any()) else None
            yield self.paint(Scene(points.expand(count, -1, -1, -1), widths.expand(count, -1), left, _white, there), size)

    def tied_points(self) -> Tensor:
        """The control points as they are drawn: those that a short stroke repeats, or that close a shape, are one point."""
        return self.points.gather(2, self.place[..., None].expand_as(self.points))

    def _shown_colors(self) -> Tensor:
        """The colours as they are painted: of a palette the nearest, through which gradients go straight."""
        if self._palette is None:
            return self.colors
        distance = (self.colors[..., None, :3] - self._palette).square().sum(-1)
        snapped = torch.cat([self._palette[distance.argmin(-1)], torch.ones_like(self.colors[..., 3:])], -1)
        return self.colors + (snapped - self.colors).detach()

    def step(self, rate: float, anneal: float = 1.0) -> None:
        """Move every stroke that is not settled; see Canvas."""
        before = {name: getattr(self, name).detach()[:, : self.settled].clone() for name in self._groups}
        super().step(rate, anneal)
        with torch.no_grad():
            for name, kept in before.items():
                getattr(self, name)[:, : self.settled] = kept

    def _limit(self) -> None:
        self.points.clamp_(self.lowest, self.highest)
        self.widths.clamp_(self.thinnest, self.thickest)
        self.colors.clamp_(0, 1)

    def settle(self, stroke: int) -> Stroke:
        """Make one stroke of the first candidate final and return it; it is painted right above those settled before."""
        order = list(range(self.strokes))
        order.insert(self.settled, order.pop(stroke))
        self._rearrange(torch.tensor(order, device=self.device), 1)
        for name, good in self._good.items():  # where restore() goes back to: somebody has seen this stroke where it is now
            good[:, self.settled] = getattr(self, name).detach()[:, self.settled]
        self.settled += 1
        return self.stroke(self.settled - 1)

    def drop(self, stroke: int) -> None:
        """Take away a stroke of the first candidate that is not settled."""
        kept = [index for index in range(self.strokes) if index != stroke]
        self._rearrange(torch.tensor(kept, device=self.device), 1)

    @torch.no_grad()
    def bend(self, stroke: int, points: Sequence[Point]) -> None:
        """Give a stroke of the first candidate that is not settled other control points, as many as it has."""
        place = self.place[0, stroke, : len(points)]
        self.points[0, stroke, place] = torch.tensor(points, device=self.device)

    @torch.no_grad()
    def shift(self, x: float, y: float) -> None:
        """Move the first candidate as a whole, so far as its strokes may go."""
        self.points[0] += torch.tensor([x, y], device=self.device)
        self._limit()

    @torch.no_grad()
    def lengths(self) -> Tensor:
        """How long the first candidate's strokes are, about: float32 [strokes], the length of their control polygons."""
        lengths: Tensor = self.tied_points()[0].diff(dim=1).norm(dim=-1).sum(1)
        return lengths

    @torch.no_grad()
    def stroke(self, index: int) -> Stroke:
        """The first candidate's stroke at this place of the painting order."""
        place = self.place[0, index]
        # What repeats the last point is padding.
        drawn = place[: int((place != place[-1]).nonzero().max()) + 2]
        red, green, blue, opacity = self._shown_colors()[0, index].tolist()
        points = tuple((x, y) for x, y in self.points[0, index][drawn].tolist())
        return Stroke(points, self.widths[0, index].item(), (red, green, blue, opacity), bool(self.filled[0, index]))
