import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.protocol.limits import CANVAS_HEIGHT, CANVAS_WIDTH
from game.studio.placing import SIDE, in_square, marks_of, on_canvas
from tests.unit.game.drawing.ink import CLEAR_RECORD, REDO_RECORD, UNDO_RECORD, between, curve, fill, stroke

anywhere = st.tuples(*[st.floats(-2000, 2000)] * 2)
LINE = [*between((100.0, 100.0), (500.0, 100.0)), (500.0, 100.0)]


@given(anywhere)
def test_each_is_the_others_inverse(point):
    assert on_canvas(in_square(point)) == pytest.approx(point, abs=1e-6)
    assert in_square(on_canvas(point)) == pytest.approx(point, abs=1e-6)


def test_the_square_is_in_the_middle_of_the_canvas_and_as_high():
    assert on_canvas((0.5, 0.5)) == (CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2)
    assert on_canvas((0, 0)) == ((CANVAS_WIDTH - CANVAS_HEIGHT) / 2, 0)
    assert on_canvas((1, 1)) == ((CANVAS_WIDTH + CANVAS_HEIGHT) / 2, CANVAS_HEIGHT)


def test_a_persons_stroke_is_a_mark_along_it():
    (mark,) = marks_of(stroke(*LINE, width=12.0, rgb=(255, 0, 51), alpha=255))
    assert mark.width == pytest.approx(12 / SIDE)
    assert mark.rgba == pytest.approx((1.0, 0.0, 0.2, 1.0))
    assert len(mark.points) % 3 == 1
    assert on_canvas(mark.points[0]) == pytest.approx((100, 100))
    assert on_canvas(mark.points[-1]) == pytest.approx((500, 100))
    assert all(on_canvas(point)[1] == pytest.approx(100) for point in mark.points)


def test_a_dot_is_a_mark_of_no_length():
    (mark,) = marks_of(stroke((300, 200)))
    assert mark.points == (in_square((300, 200)),) * 4


def test_a_curve_keeps_its_control_points():
    points = [(100, 100), (200, 50), (-50, 700), (400.25, 300), (10, 10), (20, 20), (30, 30)]
    (mark,) = marks_of(curve(*points, width=8, alpha=51))
    assert [on_canvas(point) for point in mark.points] == [pytest.approx(point) for point in points]
    assert mark.rgba[3] == pytest.approx(0.2)


def test_only_what_is_to_be_seen_is_there_in_its_order():
    first, second, third = (stroke((10 * number, 10), (10 * number, 90), number=number) for number in (1, 2, 3))
    assert marks_of(first + second + UNDO_RECORD) == marks_of(first)
    assert marks_of(first + second + UNDO_RECORD + REDO_RECORD) == marks_of(first + second)
    assert marks_of(first + CLEAR_RECORD + third) == marks_of(third)
    assert marks_of(first + CLEAR_RECORD + UNDO_RECORD + third) == marks_of(first + third)
    assert marks_of(first + fill(20, 20) + third) == marks_of(first + third)  # of fills it knows nothing
    assert [mark.points[0][0] for mark in marks_of(first + second + third)] == [in_square((10 * number, 10))[0] for number in (1, 2, 3)]
    assert marks_of(first + CLEAR_RECORD) == marks_of(b"") == []


def test_a_stroke_that_is_being_drawn_counts_as_far_as_it_went():
    whole = stroke(*LINE)
    assert len(marks_of(whole[:-3])) == 1  # no END yet
