import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.protocol.ink import MAX_SEGMENTS, encode_curve
from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH
from game.rules.fitting import fitted

quarters = st.tuples(st.integers(0, 4 * CANVAS_WIDTH).map(lambda x: x / 4), st.integers(0, 4 * CANVAS_HEIGHT).map(lambda y: y / 4))
anything = st.lists(quarters, min_size=1, max_size=60)


def along(curve):
    """Points close together on the curve, in logical pixels."""
    for a, b, c, d in ((curve[i], curve[i + 1], curve[i + 2], curve[i + 3]) for i in range(0, len(curve) - 1, 3)):
        for step in range(65):
            t = step / 64
            weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3)
            yield tuple(sum(weight * point[axis] for weight, point in zip(weights, (a, b, c, d), strict=True)) for axis in (0, 1))


def to_segment(point, start, stop):
    length = math.dist(start, stop)
    if length == 0:
        return math.dist(point, start)
    part = sum((point[axis] - start[axis]) * (stop[axis] - start[axis]) for axis in (0, 1)) / length**2
    part = min(1.0, max(0.0, part))
    return math.dist(point, [start[axis] + part * (stop[axis] - start[axis]) for axis in (0, 1)])


def apart(points, curve):
    """How far the line is from the curve, and the curve from the line, at the worst."""
    course = list(along(curve))
    from_line = max(min(math.dist(point, other) for other in course) for point in points)
    pieces = list(pairwise(points)) or [(points[0], points[0])]
    return from_line, max(min(to_segment(point, *piece) for piece in pieces) for point in course)


@given(anything)
def test_any_line_becomes_a_curve_that_the_wire_takes(points):
    curve = fitted(points)
    segments, rest = divmod(len(curve) - 1, 3)
    assert rest == 0
    assert 1 <= segments <= MAX_SEGMENTS
    assert all(math.isfinite(value) for point in curve for value in point)
    encode_curve(1, (0, 0, 0, 255), 13, 900, curve)


@given(anything)
def test_it_begins_and_ends_where_the_line_does(points):
    curve = fitted(points)
    assert curve[0] == pytest.approx(points[0])
    assert curve[-1] == pytest.approx(points[-1])


@given(anything)
def test_it_never_strays_far_from_the_line(points):
    """By no more than a stretch's length, however wild the line is: nothing shoots off the canvas."""
    length = sum(math.dist(one, other) for one, other in pairwise(points))
    assert apart(points, fitted(points))[1] <= max(90.0, length / MAX_SEGMENTS) / 2 + 1e-6


@given(st.lists(st.tuples(st.floats(-4, 4), st.floats(-4, 4)), min_size=2, max_size=8), quarters)
def test_where_the_pen_was_fast_and_few_points_came_it_keeps_to_the_line(jitter, far):
    points = [(400.0, 300.0)]
    for x, y in jitter:
        points.append((points[-1][0] + x, points[-1][1] + y))
    points.append(far)
    assert apart(points, fitted(points))[1] < 16


@settings(max_examples=50)
@given(
    st.floats(60, 250),
    st.floats(60, 250),
    st.floats(0, math.tau),
    st.floats(0.2, math.tau) | st.floats(-math.tau, -0.2),
    st.integers(8, 80),
)
def test_smooth_strokes_keep_their_form(width, height, start, turn, steps):
    points = [
        (400 + width * math.cos(start + turn * step / steps), 300 + height * math.sin(start + turn * step / steps)) for step in range(steps + 1)
    ]
    assert max(apart(points, fitted(points))) < 9


def test_a_dot_stays_a_dot():
    assert fitted([(10.0, 20.0)]) == fitted([(10.0, 20.0)] * 5) == [(10.0, 20.0)] * 4


def test_a_straight_line_is_straight():
    curve = fitted([(100.0, 100.0), (160.0, 180.0)])
    assert curve == [pytest.approx((100 + 20 * step, 100 + 80 / 3 * step)) for step in range(4)]
