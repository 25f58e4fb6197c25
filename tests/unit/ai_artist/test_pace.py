from hypothesis import given
from hypothesis import strategies as st

from ai_artist.budget import Iterations, Seconds, Spending
from ai_artist.pace import LIVE, PATIENT


@given(st.sampled_from([LIVE, PATIENT]), st.integers(1, 300), st.floats(1, 300))
def test_strokes_fall_due_one_after_another_within_the_budget(pace, strokes, seconds):
    for budget in (Seconds(seconds), Iterations(100)):
        due = [pace.due(index, strokes, Spending(budget)) for index in range(strokes)]
        assert due[1:] == sorted(due[1:])
        assert all(0 < part <= 1 for part in due)


def test_live_the_first_stroke_comes_soon_and_patiently_late():
    assert 60 * LIVE.due(0, 16, Spending(Seconds(60))) == LIVE.first_seconds < 1
    assert PATIENT.due(0, 16, Spending(Seconds(60))) == 1.0
