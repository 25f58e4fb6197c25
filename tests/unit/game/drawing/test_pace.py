from hypothesis import given
from hypothesis import strategies as st

from game.drawing.pace import usual_times
from game.drawing.records import records_of
from tests.unit.game.drawing.ink import CLEAR_RECORD, curve, fill, patiently, scribble, stroke


def test_a_pen_goes_at_a_persons_pace_and_rests_between_strokes():
    assert usual_times(stroke((100, 100), (160, 100), (160, 220)) + stroke((0, 0), (0, 60))) == (300, 600, 600, 900, 1000, 1000)


def test_a_curve_takes_its_own_milliseconds():
    assert usual_times(curve((0, 0), (1, 1), (2, 2), (3, 3)) + fill(1, 1) + CLEAR_RECORD) == (300, 900, 1200)


@patiently
@given(st.integers(0, 10_000))
def test_times_ascend_and_each_record_has_one(seed):
    ink = b"".join(scribble(seed))
    times = usual_times(ink)
    assert len(times) == len(records_of(ink))
    assert list(times) == sorted(times)
