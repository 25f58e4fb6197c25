"""A person's stroke as a curve such as the artist draws, so that nobody tells their hands apart by what a line is made of."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from game.protocol.ink import MAX_SEGMENTS

Point = tuple[float, float]
_segment_length: Final = 90.0
"""Logical pixels that one cubic stands for, as long as there are enough of them."""
_samples: Final = 24
"""Steps in which each stretch is looked at."""


def fitted(points: Sequence[Point], segments: int | None = None) -> list[Point]:
    """Return 3 n + 1 control points of Béziers along a polyline of at least one point; n is `segments`, or 1..MAX_SEGMENTS by its length.

    Each stretch of about the same length becomes one cubic: its ends are on the line, the two points between are those of least
    squares (Schneider, Graphics Gems, 1990, without his tangents). They are fitted to points taken evenly along the stretch: the
    polyline's own lie where the pen was slow, and nothing would hold the curve where it was fast.
    """
    course = _without_repeats(points)
    if len(course) == 1:
        return [course[0]] * (3 * (segments or 1) + 1)
    at = [0.0]
    for before, after in pairwise(course):
        at.append(at[-1] + math.dist(before, after))
    segments = segments or max(1, min(MAX_SEGMENTS, round(at[-1] / _segment_length)))
    curve: list[Point] = [course[0]]
    for number in range(segments):
        parts = [step / _samples for step in range(_samples + 1)]
        places = [at[-1] * (number + part) / segments for part in parts]
        curve += _cubic(list(zip(parts, _along(course, at, places), strict=True)))[1:]
    return curve


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    course = [points[0]]
    course += [after for before, after in pairwise(points) if math.dist(before, after) > 0]
    return course


def _along(course: Sequence[Point], at: Sequence[float], places: Sequence[float]) -> list[Point]:
    """The points of the polyline at these places, lengths from its beginning."""
    found = []
    for place in places:
        after = bisect_left(at, place, 1, len(at) - 1)
        part = min(1.0, (place - at[after - 1]) / (at[after] - at[after - 1]))
        found.append(_between(course[after - 1], course[after], part))
    return found


def _cubic(samples: Sequence[tuple[float, Point]]) -> list[Point]:
    """The cubic through the first and the last of the samples (t, point), nearest to those between."""
    (_, first), (_, last) = samples[0], samples[-1]
    weights = [(3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, (1 - t) ** 3, t**3) for t, _ in samples[1:-1]]
    a, b, c = (sum(weight[i] * weight[j] for weight in weights) for i, j in ((0, 0), (0, 1), (1, 1)))
    determinant = a * c - b * b
    inner: list[list[float]] = [[], []]
    for axis in (0, 1):
        rest = [point[axis] - w[2] * first[axis] - w[3] * last[axis] for w, (_, point) in zip(weights, samples[1:-1], strict=True)]
        x = sum(w[0] * value for w, value in zip(weights, rest, strict=True))
        y = sum(w[1] * value for w, value in zip(weights, rest, strict=True))
        inner[0].append((c * x - b * y) / determinant)
        inner[1].append((a * y - b * x) / determinant)
    return [first, (inner[0][0], inner[0][1]), (inner[1][0], inner[1][1]), last]


def _between(first: Point, last: Point, part: float) -> Point:
    return first[0] + part * (last[0] - first[0]), first[1] + part * (last[1] - first[1])
