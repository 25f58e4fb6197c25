"""The last touch of a stroke, as a steady hand would have it: straight where it is nearly straight, joined where it nearly meets."""

import math
from collections.abc import Iterable, Sequence
from typing import Final

import torch

from ai_artist.strokes import Point
from ai_artist.synthesis.priors import sampled

_straight: Final = 0.045
"""A stroke whose middle leaves the line between its ends by less than this part of it becomes that line."""
_near: Final = 0.035
"""Ends closer than this, as a part of the picture's side, meet."""
_shortest_ring: Final = 0.2
"""A stroke is closed only if it is so long: of a short one the ends are always near."""


def polished(points: Sequence[Point], others: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
    """Return the stroke as it is meant.

    points  its 3 n + 1 control points
    others  those of the strokes that it may be joined to, which stay as they are
    """
    line = sampled(torch.tensor(points))
    length = float(line.diff(dim=0).norm(dim=-1).sum())
    ends = [end for other in others for end in (other[0], other[-1])]
    first, last = _met(points[0], ends), _met(points[-1], ends)
    if length > _shortest_ring and math.dist(points[0], points[-1]) < 2 * _near:
        middle = _middle(points[0], points[-1])
        first = last = _met(middle, ends)
    chord = math.dist(points[0], points[-1])
    if chord > 0 and length < 1.15 * chord and _leaves(line, points[0], points[-1]) < _straight * chord:
        return _straight_line(first, last, len(points))
    return _with_ends(points, first, last)


def _met(end: Point, ends: Sequence[Point]) -> Point:
    nearest = min(ends, key=lambda other: math.dist(end, other), default=None)
    return end if nearest is None or math.dist(end, nearest) > _near else nearest


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _leaves(line: torch.Tensor, first: Point, last: Point) -> float:
    """How far the points of a line [N, 2] are from the straight one between two ends, at most."""
    along = torch.tensor(last) - torch.tensor(first)
    away = line - torch.tensor(first)
    return float((away[:, 0] * along[1] - away[:, 1] * along[0]).abs().max() / along.norm())


def _straight_line(first: Point, last: Point, count: int) -> tuple[Point, ...]:
    parts = [index / (count - 1) for index in range(count)]
    return tuple((first[0] + part * (last[0] - first[0]), first[1] + part * (last[1] - first[1])) for part in parts)


def _with_ends(points: Sequence[Point], first: Point, last: Point) -> tuple[Point, ...]:
    """The stroke moved to other ends, each part the more the nearer it is to the end that moves."""
    count = len(points) - 1
    by_first = (first[0] - points[0][0], first[1] - points[0][1])
    by_last = (last[0] - points[-1][0], last[1] - points[-1][1])
    moved = []
    for index, (x, y) in enumerate(points):
        part = index / count
        moved.append((x + (1 - part) * by_first[0] + part * by_last[0], y + (1 - part) * by_first[1] + part * by_last[1]))
    return tuple(moved)
