"""What a canvas of strokes begins with: random ones, as in the paper, and those of a drawing to go on from; and how far each may go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import torch
from torch import Tensor

from ai_artist.strokes import FARTHEST, Stroke, same_cubics
from ai_artist.synthesis.brush import Brush

_hairline: Final = 1 / 2048
"""An open stroke is at least so wide, as a part of the side: one without width leaves no ink and gets no gradient."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """Candidates, each of as many strokes, and the limits of each stroke.

    points   float32 [candidates, strokes, 3 n + 1, 2] in the unit square
    place    int64 [candidates, strokes, 3 n + 1]: which point is drawn at each place, for those that a short stroke
             repeats, or that close an outline, are one point
    widths   float32 [candidates, strokes] as a part of the side
    colors   float32 [candidates, strokes, 4], RGBA in 0..1
    filled   bool [candidates, strokes]
    thinnest, thickest  float32 [candidates, strokes]: widths stay between them
    lowest, highest     float32 [candidates, strokes, 1, 2]: the corners (x, y) of the box in which the points stay
    """

    points: Tensor
    place: Tensor
    widths: Tensor
    colors: Tensor
    filled: Tensor
    thinnest: Tensor
    thickest: Tensor
    lowest: Tensor
    highest: Tensor


def beginning(brush: Brush, candidates: int, random: torch.Generator, start: Sequence[Stroke] = ()) -> Beginning:
    """The strokes of `start` first, the same on every candidate, then random ones that make up the brush's number."""
    by_chance = _random(brush, candidates, random)
    return _joined(_begun(start, brush, candidates), by_chance, brush.strokes) if start else by_chance


def _random(brush: Brush, candidates: int, random: torch.Generator) -> Beginning:
    """Each stroke starts anywhere and wanders, as in the paper: every control point near the one before."""
    count, shape = 3 * brush.cubics + 1, (candidates, brush.strokes)
    edge = 0.0 if brush.margin is None else 0.1
    first = edge + (1 - 2 * edge) * torch.rand(*shape, 1, 2, generator=random)
    steps = brush.reach * (torch.rand(*shape, count - 1, 2, generator=random) - 0.5)
    points = torch.cat([first, first + steps.cumsum(2)], 2)
    place = torch.arange(count).repeat(*shape, 1)
    if brush.filled:
        place[..., -1] = 0
    elif brush.fewest_cubics is not None:
        cubics = torch.randint(brush.fewest_cubics, brush.cubics + 1, (*shape, 1), generator=random)
        place = place.minimum(3 * cubics)
    low, high = _box(brush)
    middle = (brush.thinnest + brush.thickest) / 2 if brush.first_width is None else brush.first_width
    return Beginning(
        points=points.clamp(low, high),
        place=place,
        widths=torch.full(shape, middle),
        colors=_random_colors(brush, candidates, random),
        filled=torch.full(shape, brush.filled),
        thinnest=torch.full(shape, brush.thinnest),
        thickest=torch.full(shape, brush.thickest),
        lowest=torch.full((*shape, 1, 2), low),
        highest=torch.full((*shape, 1, 2), high),
    )


def _random_colors(brush: Brush, candidates: int, random: torch.Generator) -> Tensor:
    if brush.palette is not None and len(brush.palette) == 1:
        return torch.tensor([*brush.palette[0], 1.0]).repeat(candidates, brush.strokes, 1)
    return torch.rand(candidates, brush.strokes, 4, generator=random)


def _box(brush: Brush) -> tuple[float, float]:
    """The smallest and the largest coordinate that the brush allows."""
    return (-FARTHEST, FARTHEST) if brush.margin is None else (brush.margin, 1 - brush.margin)


def _begun(start: Sequence[Stroke], brush: Brush, candidates: int) -> Beginning:
    """The strokes as they were drawn. The brush's limits are widened to what they have: nothing jumps at the first step."""
    padded = same_cubics(start)
    points = torch.tensor([stroke.points for stroke in padded])
    filled = torch.tensor([stroke.filled for stroke in start])
    given = torch.tensor([stroke.width for stroke in start])
    widths = torch.where(filled, given, given.clamp(min=_hairline))
    # Of a filled shape the width is only carried along, and a brush of one width changes none.
    fixed = filled | (brush.thinnest == brush.thickest)
    low, high = _box(brush)
    one = Beginning(
        points=points,
        place=torch.stack([_places(stroke, points.shape[1]) for stroke in start]),
        widths=widths,
        colors=torch.tensor([stroke.rgba for stroke in start]),
        filled=filled,
        thinnest=torch.where(fixed, widths, widths.clamp(max=brush.thinnest)),
        thickest=torch.where(fixed, widths, widths.clamp(min=brush.thickest)),
        lowest=points.amin(1, keepdim=True).clamp(max=low),
        highest=points.amax(1, keepdim=True).clamp(min=high),
    )
    return Beginning(*(getattr(one, field.name).expand(candidates, *getattr(one, field.name).shape) for field in fields(one)))


def _places(stroke: Stroke, count: int) -> Tensor:
    """Which point is drawn at each of `count` places: what pads the stroke is its last point, or its first if they are one."""
    own = len(stroke.points)
    place = torch.arange(count).clamp(max=own - 1)
    if math.dist(stroke.points[0], stroke.points[-1]) < 1e-6:  # a closed outline, but for rounding
        place[own - 1 :] = 0
    return place


def _joined(first: Beginning, others: Beginning, strokes: int) -> Beginning:
    """The first, and as many of the others as make up the number of strokes, if any are needed."""
    rest = max(0, strokes - first.widths.shape[1])
    longest = max(first.points.shape[2], others.points.shape[2])
    parts = {}
    for field in fields(Beginning):
        both: list[Tensor] = [getattr(first, field.name), getattr(others, field.name)[:, :rest]]
        if field.name in ("points", "place"):
            both = [_padded(each, longest) for each in both]
        parts[field.name] = torch.cat(both, 1)
    return Beginning(**parts)


def _padded(tensor: Tensor, count: int) -> Tensor:
    """Repeat the last entry of the third dimension up to this count."""
    repeated = tensor[:, :, -1:].expand(-1, -1, count - tensor.shape[2], *tensor.shape[3:])
    return torch.cat([tensor, repeated], 2)
