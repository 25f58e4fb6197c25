"""SVG shapes as chains of cubic Béziers, and fills with holes as one outline each."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from ai_artist.strokes import Point

if TYPE_CHECKING:
    from svgelements import Shape

MOST_NESTED: Final = 100
"""A fill of more parts is not searched for holes, as that takes time with the square of them: each part is painted."""


@dataclass(frozen=True)
class Subpath:
    """One part of a path: 3 n + 1 control points, n >= 1, and whether Z closes it (by a line that is not among the points)."""

    points: tuple[Point, ...]
    closed: bool

    @property
    def line(self) -> tuple[Point, ...]:
        """The control points of what is drawn along the path, with the closing line."""
        return self.ring if self.closed else self.points

    @property
    def ring(self) -> tuple[Point, ...]:
        """The control points of the closed outline: the last is the first again."""
        first, last = self.points[0], self.points[-1]
        return self.points if _is_same(first, last) else self.points + _straight(last, first)

    @cached_property
    def box(self) -> tuple[float, float, float, float]:
        """The smallest x and y of the control points, and the largest."""
        x, y = zip(*self.points, strict=True)
        return min(x), min(y), max(x), max(y)

    @cached_property
    def outline(self) -> tuple[Point, ...]:
        """Corners of a polygon close to the ring."""
        ring = self.ring
        return tuple(_on_cubic(ring[i : i + 4], step / 8) for i in range(0, len(ring) - 1, 3) for step in range(8))

    @cached_property
    def area(self) -> float:
        """What the outline encloses, negative where it runs against the clock."""
        corners = self.outline
        return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True)) / 2

    @property
    def is_flat(self) -> bool:
        """Whether all points lie on one line, so that there is nothing inside."""
        (x0, y0), points = self.points[0], self.points
        far_x, far_y = max(((x - x0, y - y0) for x, y in points), key=lambda vector: math.hypot(*vector))
        return all(abs((x - x0) * far_y - (y - y0) * far_x) <= 1e-6 * (far_x**2 + far_y**2) for x, y in points)

    def contains(self, point: Point) -> bool:
        """Whether the point is inside the outline, by the even-odd rule."""
        x, y = point
        corners, inside = self.outline, False
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
        return inside


def subpaths_of(shape: "Shape") -> list[Subpath]:
    """The parts of an svgelements shape, transformed, as cubics: arcs to within 3e-4 of their radius, the rest exactly."""
    return [Subpath(tuple(points), closed) for points, closed in _chains(shape) if len(points) > 1]


def _chains(shape: Any) -> Iterator[tuple[list[Point], bool]]:
    from svgelements import Close, Move

    m = shape.transform
    points: list[Point] = []
    for segment in _mended(shape.segments(transformed=False)):
        if isinstance(segment, Move):
            yield points, False
            points = []
        elif isinstance(segment, Close):
            if len(points) < 2:
                points = [points[0] if points else _placed(m, segment.start or segment.end)] * 4  # a dot
            yield points, True
            points = []
            continue
        if not points:
            # After Z a path may go on without M, from where the part before began.
            points = [_placed(m, segment.end if isinstance(segment, Move) else segment.start)]
        if not isinstance(segment, Move):
            for handle in _cubic_handles(segment):
                points.append(_placed(m, handle))
    yield points, False


def _mended(segments: Any) -> Iterator[Any]:
    """The segments with S and T as SVG 2 (section 9.3.6) has them, reflecting only a handle of a curve of their own kind.

    svgelements reflects that of the other kind too.
    """
    from svgelements import CubicBezier, QuadraticBezier

    previous: Any = None
    for segment in segments:
        if isinstance(segment, QuadraticBezier) and segment.smooth:
            start = segment.start
            control = 2 * start - previous.control if isinstance(previous, QuadraticBezier) else start
            segment = QuadraticBezier(start, control, segment.end)
        elif isinstance(segment, CubicBezier) and segment.smooth and isinstance(previous, QuadraticBezier):
            segment = CubicBezier(segment.start, segment.start, segment.control2, segment.end)
        previous = segment
        yield segment


def _placed(matrix: Any, point: Any) -> Point:
    x, y = float(point[0]), float(point[1])
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


def _cubic_handles(segment: Any) -> Iterator[Any]:
    """Two handles and the end of each of the cubics that make up a segment of a path."""
    from svgelements import Arc, CubicBezier, QuadraticBezier

    if isinstance(segment, CubicBezier):
        yield from (segment.control1, segment.control2, segment.end)
    elif isinstance(segment, QuadraticBezier):
        (ax, ay), (x, y), (bx, by) = segment.start, segment.control, segment.end
        yield from ((ax + (x - ax) * 2 / 3, ay + (y - ay) * 2 / 3), (bx + (x - bx) * 2 / 3, by + (y - by) * 2 / 3), segment.end)
    elif isinstance(segment, Arc) and segment.rx and segment.ry and segment.sweep and math.isfinite(segment.sweep):
        pieces = max(1, math.ceil(abs(segment.sweep) / (math.pi / 2) - 1e-9))
        angle = abs(segment.sweep) / pieces
        # svgelements' handles make the curve stray by 8e-4 of the radius in the middle; these make it touch there.
        longer = 4 / 3 * math.tan(angle / 4) * 3 / (math.sin(angle) * (math.sqrt(4 + 3 * math.tan(angle / 2) ** 2) - 1))
        for cubic in segment.as_cubic_curves(pieces):
            start, end = cubic.start, cubic.end
            yield from (start + (cubic.control1 - start) * longer, end + (cubic.control2 - end) * longer, end)
    else:
        yield from _straight(tuple(segment.start), tuple(segment.end))


def _straight(start: Point, end: Point) -> tuple[Point, Point, Point]:
    (ax, ay), (bx, by) = start, end
    return (ax + (bx - ax) / 3, ay + (by - ay) / 3), (bx - (bx - ax) / 3, by - (by - ay) / 3), end


def _is_same(a: Point, b: Point) -> bool:
    return math.dist(a, b) <= 1e-9 * max(1.0, *map(abs, a))


def _on_cubic(cubic: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = cubic
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def outlines_of(subpaths: Sequence[Subpath], even_odd: bool) -> list[tuple[Point, ...]]:
    """The control points of outlines that, each filled by the non-zero rule, paint what all the parts of a fill paint together.

    A part alone is its own outline, as it was. A hole is joined to the part around it by a line that runs there and back,
    which encloses nothing. Parts that cross each other stay together; by the even-odd rule their overlap is then
    painted too, which is the one case that is not exact.
    """
    if len(subpaths) > MOST_NESTED:
        return [subpath.points for subpath in subpaths]
    around: list[set[int]] = [set() for _ in subpaths]  # the parts that each part lies inside
    crossed: set[int] = set()
    for inner, part in enumerate(subpaths):
        for outer, other in enumerate(subpaths):
            if inner != outer and _overlap(part.box, other.box):
                inside = [other.contains(point) for point in part.outline]
                if all(inside):
                    around[inner].add(outer)
                elif any(inside):
                    crossed |= {inner, outer}
    outlines = _nested(subpaths, around, crossed, even_odd)
    if len(crossed) > 1:
        first, *others = (subpaths[index].ring for index in sorted(crossed))
        for ring in others:
            first = _join(first, ring)
        outlines.append(first)
    return outlines


def _nested(subpaths: Sequence[Subpath], around: list[set[int]], crossed: set[int], even_odd: bool) -> list[tuple[Point, ...]]:
    """The outlines of the parts that cross no other, with their holes."""
    turns = [1 if even_odd or subpath.area > 0 else -1 for subpath in subpaths]

    def is_painted(turned: int) -> bool:
        return turned % 2 == 1 if even_odd else turned != 0

    outlines: dict[int, tuple[Point, ...]] = {}
    # From outside in, so that what a hole is cut from is there before it.
    for index in sorted(range(len(subpaths)), key=lambda index: len(around[index])):
        if index in crossed:
            continue
        outside = sum(turns[other] for other in around[index])
        before, after = is_painted(outside), is_painted(outside + turns[index])
        if after and not before:
            outlines[index] = subpaths[index].points
        elif before and not after:
            whole = max((other for other in around[index] if other in outlines), key=lambda other: len(around[other]), default=None)
            if whole is not None:
                ring = subpaths[index].ring
                same_way = (subpaths[index].area > 0) == (subpaths[whole].area > 0)
                closed = Subpath(outlines[whole], True).ring
                outlines[whole] = _join(closed, ring[::-1] if same_way else ring)
    return [outlines[index] for index in sorted(outlines)]


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _join(base: tuple[Point, ...], ring: tuple[Point, ...]) -> tuple[Point, ...]:
    """The outline of both, with a line there and back where their curves' ends are nearest to each other."""
    places = ((at, start) for at in range(0, len(base), 3) for start in range(0, len(ring) - 1, 3))
    at, start = min(places, key=lambda place: math.dist(base[place[0]], ring[place[1]]))
    turned = ring[start:] + ring[1 : start + 1]
    return base[: at + 1] + _straight(base[at], turned[0]) + turned[1:] + _straight(turned[-1], base[at]) + base[at + 1 :]
