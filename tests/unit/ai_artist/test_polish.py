import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_artist.polish import polished

NEARLY_STRAIGHT = ((0.1, 0.1), (0.3, 0.105), (0.5, 0.095), (0.8, 0.1))
BENT = ((0.1, 0.1), (0.3, 0.5), (0.5, 0.5), (0.8, 0.1))
coordinates = st.floats(0.08, 0.92)
strokes = st.lists(st.tuples(coordinates, coordinates), min_size=7, max_size=7).map(tuple)


def test_what_is_nearly_straight_becomes_straight():
    assert {round(y, 6) for _, y in polished(NEARLY_STRAIGHT, [])} == {0.1}
    assert polished(BENT, []) == BENT


def test_ends_that_nearly_meet_are_joined_to_the_other_stroke():
    after = polished(BENT, [((0.82, 0.11), (0.85, 0.3), (0.85, 0.5), (0.85, 0.9))])
    assert after[-1] == pytest.approx((0.82, 0.11))
    assert after[0] == BENT[0]


def test_a_ring_that_is_nearly_closed_is_closed():
    ring = ((0.5, 0.2), (0.9, 0.2), (0.9, 0.8), (0.5, 0.8), (0.1, 0.8), (0.1, 0.2), (0.48, 0.22))
    after = polished(ring, [])
    assert after[0] == pytest.approx(after[-1])


@given(strokes, strokes)
def test_a_touch_moves_nothing_far(stroke, other):
    after = polished(stroke, [other])
    assert len(after) == len(stroke)
    assert all(math.dist(old, new) < 0.08 for old, new in zip((stroke[0], stroke[-1]), (after[0], after[-1]), strict=True))
