"""CLIPDraw's picture (section 3): Bézier strokes whose points, widths and colours are what is optimised."""

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor

from ai_artist.rasterizer import NativeRasterizer, Rasterizer, Scene
from ai_artist.strokes import Stroke, same_cubics
from ai_artist.synthesis.brush import Brush
from ai_artist.synthesis.canvas import Canvas

# The paper's learning rates, on a canvas of 224 pixels: points 1 pixel, half-width 0.1 pixels, colour 0.01.
_paper_side: Final = 224
POINT_RATE: Final = 1.0 / _paper_side
WIDTH_RATE: Final = 0.2 / _paper_side
COLOR_RATE: Final = 0.01


class StrokeCanvas(Canvas):
    """Several candidate drawings, optimised side by side.

    points  float32 [candidates, strokes, 3 n + 1, 2] in the unit square
    widths  float32 [candidates, strokes] as a part of the side
    colors  float32 [candidates, strokes, 4], RGBA in 0..1
    filled  bool [candidates, strokes]: closed shapes rather than open strokes
    The first `settled` strokes of each are final: nothing moves them any more.
    """

    points: Tensor
    widths: Tensor
    colors: Tensor
    filled: Tensor
    _place: Tensor

    def __init__(
        self,
        brush: Brush,
        candidates: int,
        random: torch.Generator,
        start: Sequence[Stroke] = (),
        device: torch.device | None = None,
        rasterizer: Rasterizer | None = None,
    ) -> None:
        """`start` are strokes to go on from: they come first, and random ones make up the brush's number."""
        super().__init__(device or torch.device("cpu"))
        self._brush = brush
        self._rasterizer = rasterizer or NativeRasterizer()
        self._palette = None if brush.palette is None else torch.tensor(brush.palette, device=self.device)
        points, place = _random_points(brush, candidates, random)
        middle = (brush.thinnest + brush.thickest) / 2 if brush.first_width is None else brush.first_width
        widths = torch.full((candidates, brush.strokes), middle)
        colors = _first_colors(brush, candidates, random)
        filled = torch.full((candidates, brush.strokes), brush.filled)
        if start:
            points, place, widths, colors, filled = _begun(start, points, place, widths, colors, filled)
        self._widest = max(brush.thickest, float(widths.max()))
        self._thinnest = min(brush.thinnest, float(widths.min()))
        self._optimize("points", points, POINT_RATE, annealed=True)
        if self._thinnest < self._widest:
            self._optimize("widths", widths, WIDTH_RATE)
        else:
            self._hold("widths", widths)
        if self._palette is None or len(self._palette) > 1:
            self._optimize("colors", colors, COLOR_RATE)
        else:
            self._hold("colors", colors)
        self._hold("filled", filled)
        self._hold("_place", place)
        self.settled = 0

    @property
    def strokes(self) -> int:
        """How many strokes each candidate has."""
        return self.points.shape[1]

    def render(self, size: int) -> Tensor:
        """Paint all candidates on white; see Canvas."""
        return self._paint(self._tied_points(), self.widths, self._shown_colors(), self.filled, size)

    @torch.no_grad()
    def render_without_each(self, size: int) -> Tensor:
        """Paint the first candidate once whole and once without each stroke: [1 + strokes, 3, size, size]."""
        count = self.strokes
        colors = self._shown_colors()[:1].repeat(count + 1, 1, 1)
        colors[torch.arange(1, count + 1), torch.arange(count), 3] = 0
        repeat = (count + 1, 1)
        points, widths, filled = self._tied_points()[:1].repeat(*repeat, 1, 1), self.widths[:1].repeat(repeat), self.filled[:1].repeat(repeat)
        return self._paint(points, widths, colors, filled, size)

    def _paint(self, points: Tensor, widths: Tensor, colors: Tensor, filled: Tensor, size: int) -> Tensor:
        white = torch.ones(3, device=self.device)
        scene = Scene(points * size, widths * size, colors, white, filled if bool(filled.any()) else None)
        return self._rasterizer.render(scene, size, size)

    def _tied_points(self) -> Tensor:
        """The control points as they are drawn: those that a short stroke repeats, or that close a shape, are one point."""
        return self.points.gather(2, self._place[..., None].expand_as(self.points))

    def _shown_colors(self) -> Tensor:
        """The colours as they are painted: of a palette the nearest, through which gradients go straight."""
        if self._palette is None:
            return self.colors
        distance = (self.colors[..., None, :3] - self._palette).square().sum(-1)
        snapped = torch.cat([self._palette[distance.argmin(-1)], torch.ones_like(self.colors[..., 3:])], -1)
        return self.colors + (snapped - self.colors).detach()

    def step(self, loss: Tensor, rate: float, anneal: float = 1.0) -> None:
        """Move every stroke that is not settled; see Canvas."""
        before = {name: getattr(self, name).detach()[:, : self.settled].clone() for name in self._groups}
        super().step(loss, rate, anneal)
        with torch.no_grad():
            for name, kept in before.items():
                getattr(self, name)[:, : self.settled] = kept

    def _limit(self) -> None:
        margin = self._brush.margin
        if margin is not None:
            self.points.clamp_(margin, 1 - margin)
        self.widths.clamp_(self._thinnest, self._widest)
        self.colors.clamp_(0, 1)

    def settle(self, stroke: int) -> Stroke:
        """Make one stroke of the first candidate final and return it; it is painted right above those settled before."""
        order = list(range(self.strokes))
        order.insert(self.settled, order.pop(stroke))
        self._rearrange(torch.tensor(order, device=self.device), 1)
        self.settled += 1
        return self.stroke(self.settled - 1)

    @torch.no_grad()
    def stroke(self, index: int) -> Stroke:
        """The first candidate's stroke at this place of the painting order."""
        place = self._place[0, index]
        points = self.points[0, index][place].tolist()
        filled = bool(self.filled[0, index])
        # What a short stroke repeats is padding; a closed shape's last point is its first again.
        drawn = points if filled else points[: int(place.max()) + 1]
        red, green, blue, opacity = self._shown_colors()[0, index].tolist()
        return Stroke(tuple((x, y) for x, y in drawn), self.widths[0, index].item(), (red, green, blue, opacity), filled)


def _random_points(brush: Brush, candidates: int, random: torch.Generator) -> tuple[Tensor, Tensor]:
    """Each stroke starts anywhere and wanders, as in the paper: every control point near the one before.

    Returns the points [candidates, strokes, 3 n + 1, 2] and which point is drawn at each place, int64 [candidates, strokes, 3 n + 1].
    """
    count = 3 * brush.cubics + 1
    edge = 0.0 if brush.margin is None else 0.1
    start = edge + (1 - 2 * edge) * torch.rand(candidates, brush.strokes, 1, 2, generator=random)
    steps = brush.reach * (torch.rand(candidates, brush.strokes, count - 1, 2, generator=random) - 0.5)
    place = torch.arange(count).repeat(candidates, brush.strokes, 1)
    if brush.filled:
        place[..., -1] = 0
    elif brush.fewest_cubics is not None:
        cubics = torch.randint(brush.fewest_cubics, brush.cubics + 1, (candidates, brush.strokes, 1), generator=random)
        place = place.minimum(3 * cubics)
    points = torch.cat([start, start + steps.cumsum(2)], 2)
    return (points if brush.margin is None else points.clamp(brush.margin, 1 - brush.margin)), place


def _first_colors(brush: Brush, candidates: int, random: torch.Generator) -> Tensor:
    if brush.palette is not None and len(brush.palette) == 1:
        return torch.tensor([*brush.palette[0], 1.0]).repeat(candidates, brush.strokes, 1)
    return torch.rand(candidates, brush.strokes, 4, generator=random)


def _begun(
    start: Sequence[Stroke], points: Tensor, place: Tensor, widths: Tensor, colors: Tensor, filled: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Put the strokes of `start` first, on every candidate, and keep as many of the random ones as leave the number unchanged."""
    candidates, count = widths.shape
    begun = same_cubics(start)
    longest = max(points.shape[2], len(begun[0].points))
    rest = max(0, count - len(begun))
    first_points = torch.tensor([stroke.points for stroke in begun]).repeat(candidates, 1, 1, 1)
    first_place = torch.stack([_places(stroke, longest) for stroke in start]).repeat(candidates, 1, 1)
    first_colors = torch.tensor([stroke.rgba for stroke in begun]).repeat(candidates, 1, 1)
    return (
        torch.cat([_longer(first_points, longest), _longer(points[:, :rest], longest)], 1),
        torch.cat([first_place, torch.cat([place, place[..., -1:].expand(-1, -1, longest - place.shape[2])], -1)[:, :rest]], 1),
        torch.cat([torch.tensor([stroke.width for stroke in begun]).repeat(candidates, 1), widths[:, :rest]], 1),
        torch.cat([first_colors, colors[:, :rest]], 1),
        torch.cat([torch.tensor([stroke.filled for stroke in begun]).repeat(candidates, 1), filled[:, :rest]], 1),
    )


def _longer(points: Tensor, count: int) -> Tensor:
    return torch.cat([points, points[:, :, -1:].expand(-1, -1, count - points.shape[2], -1)], 2)


def _places(stroke: Stroke, count: int) -> Tensor:
    """Which point is drawn at each of `count` places: what pads the stroke is its last point, or its first if it is a shape."""
    own = len(stroke.points)
    place = torch.arange(count).clamp(max=own - 1)
    if stroke.filled and stroke.points[0] == stroke.points[-1]:
        place[own - 1 :] = 0
    return place
