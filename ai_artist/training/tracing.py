"""Bitmaps of line drawings to strokes, so that sketches which are only to be had as pixels can be redrawn by the shaky hand."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ai_artist.training.packing import Strokes

_zoom: Final = 4
"""The bitmap is traced so many times larger: lines one pixel wide, a pixel apart, would run together."""
_smoothing: Final = 1.6
_ink: Final = 0.3
"""What counts as ink, of what a line has in its middle after the smoothing."""
_tolerance: Final = 0.8
"""How far from the line's middle a stroke may go, in pixels of the enlarged bitmap."""
_shortest: Final = 4
_straight_on: Final = math.cos(math.radians(50))

Pixel = tuple[int, int]
_around: Final = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)


def trace(bitmap: NDArray[np.floating]) -> Strokes:
    """Follow the lines of a drawing.

    bitmap   float [side, side], ink 1 on 0, lines about a pixel wide
    returns  strokes in 0..1 of the bitmap's side; none where there is no ink

    Lines that meet are followed straight on, as a pen goes.
    """
    from scipy.ndimage import gaussian_filter, zoom
    from skimage.measure import approximate_polygon
    from skimage.morphology import skeletonize

    edge = 2
    padded = np.pad(bitmap, edge)
    large = gaussian_filter(zoom(padded, _zoom, order=1, grid_mode=True, mode="grid-constant"), _smoothing)
    middle = skeletonize(large > _ink)
    pixels = {(int(y), int(x)) for y, x in np.argwhere(middle)}
    strokes = []
    for line in _joined(list(_lines(pixels))):
        simple = approximate_polygon(np.array(line, np.float64), _tolerance)
        yx = (simple + 0.5) / _zoom - edge
        strokes.append((yx[:, ::-1] / len(bitmap)).astype(np.float32))
    return tuple(strokes)


def _neighbours(pixels: set[Pixel], pixel: Pixel) -> list[Pixel]:
    """Those that a line goes on to: of two that touch each other, the one beside rather than the one across the corner."""
    y, x = pixel
    found = [(y + dy, x + dx) for dy, dx in _around if (y + dy, x + dx) in pixels]
    beside = {each for each in found if each[0] == y or each[1] == x}
    return [each for each in found if each in beside or not any(abs(each[0] - b[0]) + abs(each[1] - b[1]) == 1 for b in beside)]


def _lines(pixels: set[Pixel]) -> Iterator[list[Pixel]]:
    """Every line between two ends or crossings, and every ring."""
    around = {pixel: _neighbours(pixels, pixel) for pixel in pixels}
    ends = {pixel for pixel, others in around.items() if len(others) != 2}
    walked: set[tuple[Pixel, Pixel]] = set()
    for start in (*sorted(ends), *sorted(pixels - ends)):
        for following in around[start]:
            if (start, following) in walked:
                continue
            line = [start, following]
            while line[-1] not in ends and line[-1] != start:
                before, here = line[-2], line[-1]
                line.append(next(other for other in around[here] if other != before))
            walked |= {*pairwise(line), *pairwise(line[::-1])}
            yield line


def _joined(lines: list[list[Pixel]]) -> list[list[Pixel]]:
    """Lines put together where one goes straight on from another; what is then too short is a burr of the thinning, and dropped."""
    crossing = _crossings(lines)
    lines = [line for line in lines if len(line) >= _shortest]
    going = True
    while going:
        going = False
        at: dict[Pixel, list[tuple[int, bool]]] = {}
        for index, line in enumerate(lines):
            at.setdefault(crossing.get(line[0], line[0]), []).append((index, True))
            at.setdefault(crossing.get(line[-1], line[-1]), []).append((index, False))
        best: tuple[float, int, bool, int, bool] | None = None
        for meeting in at.values():
            for number, (first, first_start) in enumerate(meeting):
                for second, second_start in meeting[number + 1 :]:
                    if first == second:
                        continue
                    along = -_cosine(_leaving(lines[first], first_start), _leaving(lines[second], second_start))
                    if along > _straight_on and (best is None or along > best[0]):
                        best = (along, first, first_start, second, second_start)
        if best is not None:
            _, first, first_start, second, second_start = best
            head = lines[first][::-1] if first_start else lines[first]
            tail = lines[second] if second_start else lines[second][::-1]
            lines = [line for index, line in enumerate(lines) if index not in (first, second)] + [head + tail[1:]]
            going = True
    return lines


def _crossings(lines: list[list[Pixel]]) -> dict[Pixel, Pixel]:
    """Which ends are one place: where two lines cross, the thinning leaves two forks with a pixel or two between them."""
    place: dict[Pixel, Pixel] = {}
    for line in lines:
        if len(line) < _shortest:
            one, other = (place.get(end, end) for end in (line[0], line[-1]))
            place |= dict.fromkeys((line[0], line[-1]), one) | {end: one for end, root in place.items() if root == other}
    return place


def _leaving(line: list[Pixel], at_start: bool) -> tuple[float, float]:
    """In which direction a line leaves one of its ends."""
    here, there = (line[0], line[min(6, len(line) - 1)]) if at_start else (line[-1], line[max(-7, -len(line))])
    return (there[0] - here[0], there[1] - here[1])


def _cosine(one: tuple[float, float], other: tuple[float, float]) -> float:
    return (one[0] * other[0] + one[1] * other[1]) / (math.hypot(*one) * math.hypot(*other) or 1.0)
