from itertools import pairwise

import pytest

from game.drawing import Archived, Replay
from game.drawing.moments import moments_of
from tests.unit.game.drawing.ink import curve, fill


def drawing(*times):
    return Replay(Archived(fill(1, 1) * len(times), times))


def test_a_long_drawing_is_sped_up_evenly():
    line = curve((0, 0), (1, 1), (2, 2), (3, 3))  # 300 ms
    moments = moments_of(Replay(Archived(line * 100, tuple(range(0, 30_000, 300)))), frames_per_second=10, most_seconds=6)
    assert len(moments) == 61
    assert moments == pytest.approx([500 * number for number in range(61)])


def test_a_short_drawing_keeps_its_pace():
    assert moments_of(drawing(0, 100, 200, 300), frames_per_second=10, most_seconds=6) == pytest.approx([0, 100, 200, 300])


def test_pauses_are_shortened():
    moments = moments_of(drawing(60_000, 60_100, 100_000), frames_per_second=10, most_seconds=6)
    # 0.4 s, 0.1 s and 0.4 s.
    assert len(moments) == 10
    assert moments[4:6] == pytest.approx([60_000, 60_100])
    assert moments[0] == 0
    assert moments[-1] == 100_000


def test_moments_ascend_and_the_last_is_the_end_whatever_the_times():
    moments = moments_of(drawing(500, 20, 9000, 20), frames_per_second=12.5, most_seconds=8)
    assert all(before <= after for before, after in pairwise(moments))
    assert moments[-1] == 9000


def test_a_blank_canvas_has_one_moment():
    assert moments_of(drawing(), frames_per_second=12.5, most_seconds=8) == [0]
    assert moments_of(drawing(0, 0), frames_per_second=12.5, most_seconds=8) == [0]
