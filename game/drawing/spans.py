"""Where a round pen that follows a polyline leaves ink, row by row, in exact whole numbers.

A point is inked when it lies within the pen's radius of the polyline, its edge included. That is a disc around each corner and
a rectangle along each segment; each meets a row in one span, whose ends are found by integer division and integer square roots.
static/js/canvas/logical_raster.js does the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

_everywhere: Final = 1 << 40
_batch: Final = 500_000


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of inked points: on each row, from x = left to x = right, both included. They may overlap, in any order."""

    rows: Whole
    left: Whole
    right: Whole


def spans_of(polyline: Whole, radius: int, rows: int, pitch: int) -> Spans:
    """The inked points on `rows` rows, at y = pitch / 2, 3 pitch / 2, 5 pitch / 2 and so on.

    polyline  [points, 2], x and y; like the radius and the result in whole units of any kind, within about 2^20
    """
    # So many rows as each segment may meet; where they are too many for the memory, part of the line at a time.
    work = np.cumsum(np.minimum(rows, (np.abs(np.diff(polyline[:, 1])) + 2 * radius) // pitch + 2))
    breaks = np.flatnonzero(np.diff(work // _batch)) + 1
    if len(breaks) == 0:
        return _spans_at_once(polyline, radius, rows, pitch)
    bounds = [0, *breaks.tolist(), len(polyline) - 1]
    return merged(_joined([merged(_spans_at_once(polyline[a : b + 1], radius, rows, pitch)) for a, b in pairwise(bounds)]))


def merged(spans: Spans) -> Spans:
    """Spans that overlap made one; row by row, from left to right."""
    if len(spans.rows) == 0:
        return spans
    # A row's place on a long line of all rows, so that one sort and one running maximum do for them all.
    base = spans.rows << 32
    order = np.argsort(base + spans.left)
    base, left, right = base[order], (base + spans.left)[order], (base + spans.right)[order]
    farthest: Whole = np.maximum.accumulate(right)
    opens = np.concatenate([[True], left[1:] > farthest[:-1]])
    closes = np.concatenate([opens[1:], [True]])
    base = base[opens]
    return Spans(base >> 32, left[opens] - base, farthest[closes] - base)


def _joined(parts: Sequence[Spans]) -> Spans:
    return Spans(*(np.concatenate([getattr(part, name) for part in parts]) for name in ("rows", "left", "right")))


def _spans_at_once(polyline: Whole, radius: int, rows: int, pitch: int) -> Spans:
    moves = (polyline[:-1] != polyline[1:]).any(axis=1)
    discs = _discs(np.unique(polyline, axis=0), radius, rows, pitch)
    found = _joined([discs, _bands(polyline[:-1][moves], polyline[1:][moves], radius, rows, pitch)])
    kept = found.left <= found.right
    return Spans(found.rows[kept], found.left[kept], found.right[kept])


def _discs(centres: Whole, radius: int, rows: int, pitch: int) -> Spans:
    which, row = _rows_between(centres[:, 1] - radius, centres[:, 1] + radius, rows, pitch)
    x, y = centres[which].T
    reach = _root(np.float64(radius) ** 2 - (row * pitch + pitch // 2 - y) ** 2.0)
    return Spans(row, x - reach, x + reach)


def _bands(starts: Whole, ends: Whole, radius: int, rows: int, pitch: int) -> Spans:
    """The rectangles from `starts` to `ends`, which differ, `radius` to either side."""
    low, high = np.minimum(starts[:, 1], ends[:, 1]), np.maximum(starts[:, 1], ends[:, 1])
    which, row = _rows_between(low - radius, high + radius, rows, pitch)
    dx, dy = (ends - starts)[which].T
    down = row * pitch + pitch // 2 - starts[which, 1]
    squared = dx * dx + dy * dy
    # With u = x - x0: beside the line |u dy - down dx| <= radius * length, along it 0 <= u dx + down dy <= length².
    aside = _root(np.float64(radius) ** 2 * squared)
    left_beside, right_beside = _solve(dy, down * dx - aside, down * dx + aside)
    left_along, right_along = _solve(dx, -down * dy, squared - down * dy)
    x = starts[which, 0]
    return Spans(row, x + np.maximum(left_beside, left_along), x + np.minimum(right_beside, right_along))


def _rows_between(low: Whole, high: Whole, rows: int, pitch: int) -> tuple[Whole, Whole]:
    """For each range of y the rows in it: which range, and which row."""
    half = pitch // 2
    first = np.maximum(0, -((half - low) // pitch))
    last = np.minimum(rows - 1, (high - half) // pitch)
    counts = np.maximum(0, last - first + 1)
    which = np.repeat(np.arange(len(low)), counts)
    before = np.cumsum(counts) - counts
    return which, first[which] + np.arange(len(which)) - before[which]


def _solve(factor: Whole, low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """The least and the greatest whole u with low <= factor * u <= high; where there is none the least is greater."""
    turned = factor < 0
    low, high = np.where(turned, -high, low), np.where(turned, -low, high)
    divisor = np.abs(factor)
    level = divisor == 0
    divisor = np.where(level, 1, divisor)
    possible = np.where((low <= 0) & (high >= 0), _everywhere, -1)
    return np.where(level, -possible, -(-low // divisor)), np.where(level, possible, high // divisor)


def _root(square: NDArray[np.float64]) -> Whole:
    """The whole part of the square root: exact below 2^52, for there IEEE 754's root of k² - 1 is less than k."""
    return np.floor(np.sqrt(square)).astype(np.int64)
