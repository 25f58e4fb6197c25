from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing import Archived, Curve, Fill, Replay, Stroke, read_operations
from game.drawing.pace import usual_times
from game.drawing.records import records_of
from game.protocol.ink import InkError
from tests.unit.game.drawing.ink import BLACK, CLEAR_RECORD, RED, REDO_RECORD, UNDO_RECORD, curve, fill, patiently, scribble, stroke


def replay(ink, *times):
    return Replay(Archived(ink, times or usual_times(ink)))


def points_at(drawing, milliseconds):
    (line,) = drawing.at(milliseconds)
    return [(x / 4, y / 4) for x, y in line.points]


def test_a_record_s_points_appear_over_the_time_since_the_one_before_it():
    drawing = replay(stroke((100, 100), (110, 100), (120, 100)), 1000, 1040, 1050)
    assert drawing.milliseconds == 1040
    assert drawing.at(999) == []
    assert points_at(drawing, 1000) == [(100, 100)]
    assert points_at(drawing, 1010) == [(100, 100), (105, 100)]
    assert points_at(drawing, 1020) == [(100, 100), (110, 100)]
    assert points_at(drawing, 1030) == [(100, 100), (110, 100), (115, 100)]
    assert points_at(drawing, 1040) == [(100, 100), (110, 100), (120, 100)]


def test_a_pen_that_rested_does_not_creep():
    drawing = replay(stroke((100, 100), (110, 100), (120, 100)), 1000, 5000, 5000)
    assert points_at(drawing, 4880) == [(100, 100)]
    assert points_at(drawing, 4940) == [(100, 100), (110, 100)]


def test_a_curve_grows_over_its_own_milliseconds():
    drawing = replay(curve((0, 0), (0, 100), (100, 100), (100, 0), (100, -40), (200, -40), (200, 0)), 500)
    assert drawing.milliseconds == 800
    assert points_at(drawing, 500) == [(0, 0)] * 4
    # Half of the first of two cubics, by de Casteljau.
    assert points_at(drawing, 575) == [(0, 0), (0, 50), (25, 75), (50, 75)]
    assert points_at(drawing, 650) == [(0, 0), (0, 100), (100, 100), (100, 0)] + [(100, 0)] * 3
    assert len(points_at(drawing, 800)) == 7


def test_fills_and_clears_come_at_their_time():
    drawing = replay(fill(5, 5) + CLEAR_RECORD + fill(6, 6), 10, 20, 30)
    assert [len(drawing.at(time)) for time in (9, 10, 19, 20, 30)] == [0, 1, 1, 2, 3]


def test_what_was_undone_in_the_end_is_left_out():
    drawing = replay(fill(1, 1) + fill(2, 2) + UNDO_RECORD + UNDO_RECORD + REDO_RECORD + stroke((3, 3)), 1, 2, 3, 4, 5, 6, 7)
    assert drawing.at(7) == [Fill(4, 4, RED), Stroke(((12, 12),), 16, (*BLACK, 255))]
    assert drawing.at(2) == [Fill(4, 4, RED)]


def test_a_curve_that_took_another_s_place_comes_at_its_own_time():
    drawing = replay(curve((0, 0), (1, 1), (2, 2), (3, 3)) + fill(1, 1), 9000, 100)
    assert [type(operation) for operation in drawing.at(200)] == [Fill]
    assert [type(operation) for operation in drawing.at(9300)] == [Curve, Fill]


def test_a_stroke_grows_in_order_whatever_the_times_say():
    drawing = replay(stroke(*((x, 0) for x in range(300))), 900, 20, 500, 1)
    assert drawing.at(899) == []
    assert len(points_at(drawing, 900)) == 300


@patiently
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_in_the_end_it_is_the_drawing_whatever_the_times(seed, random):
    ink = b"".join(scribble(seed))
    times = [random.randrange(5000) for _ in records_of(ink)]
    drawing = replay(ink, *times)
    assert drawing.at(drawing.milliseconds) == read_operations(ink)
    assert drawing.at(-1) == []


@patiently
@given(st.integers(0, 10_000))
def test_lines_only_grow(seed):
    drawing = replay(b"".join(scribble(seed)))
    for step in drawing.steps:
        for before, after in pairwise(step.at(step.begins + share * (step.ends - step.begins) / 7) for share in range(8)):
            if isinstance(before, Stroke | Curve):
                assert len(before.points) <= len(after.points)
                assert before.points[:1] == after.points[:1]


def test_junk_is_refused():
    with pytest.raises(InkError):
        replay(stroke((1, 1), (2, 2))[13:], 1, 2)
