import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.drawing import Archived, Replay, picture_of, raster_of
from game.drawing.easel import Easel, easel_for
from game.drawing.layers import layers_of
from game.drawing.pace import usual_times
from game.drawing.picture import paint
from game.drawing.records import records_of
from tests.unit.game.drawing.ink import BLUE, CLEAR_RECORD, RED, box, curve, fill, scribble, stroke


def replay(ink, *times):
    return Replay(Archived(ink, times or usual_times(ink)))


def same(picture, other):
    return np.array_equal(np.asarray(picture), np.asarray(other))


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.integers(0, 100_000))
def test_every_moment_is_painted_as_if_it_were_the_first(seed):
    drawing = replay(b"".join(scribble(seed)))
    easel = Easel(drawing)
    for milliseconds in np.linspace(0, drawing.milliseconds, 4)[1:]:
        assert same(easel.picture_at(milliseconds), paint(layers_of(drawing.at(milliseconds)), 800))


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.integers(0, 100_000), st.randoms(use_true_random=False))
def test_so_it_is_where_times_do_not_ascend(seed, random):
    ink = b"".join(scribble(seed))
    drawing = replay(ink, *(random.randrange(3000) for _ in records_of(ink)))
    easel = Easel(drawing)
    for milliseconds in (1500, 2500, 1000):
        assert same(easel.picture_at(milliseconds), paint(layers_of(drawing.at(milliseconds)), 800))


def test_a_picture_is_its_own():
    drawing = replay(stroke((10, 10)) + stroke((400, 300), width=60), 0, 0, 100, 100)
    easel = Easel(drawing)
    before = easel.picture_at(50)
    easel.picture_at(100)
    assert before.getpixel((400, 300)) == (255, 255, 255)


def test_a_rough_easel_shows_the_raster():
    ink = box(100, 100, 700, 500, width=9) + fill(400, 300, RED) + stroke((0, 300), (800, 300), rgb=BLUE)
    drawing = replay(ink)
    rough = Easel(drawing, is_rough=True)
    at = drawing.milliseconds - 1
    assert same(rough.picture_at(at), raster_of(drawing.at(at)).to_image())
    # The whole of a drawing that is no large one is smooth.
    assert same(rough.picture_at(at + 1), picture_of(ink))


def test_a_rough_easel_fills_over_a_line_that_grows():
    drawing = replay(curve((0, 300), (0, 300), (800, 300), (800, 300)) + fill(400, 100, RED) + CLEAR_RECORD, 0, 100, 9000)
    assert Easel(drawing, is_rough=True).picture_at(150).getpixel((400, 100)) == RED


def test_usual_drawings_have_all_their_moments_and_smooth_edges():
    drawing = replay(b"".join(stroke((x, 10), (x, 500)) for x in range(0, 800, 30)) + fill(5, 5))
    moments = list(np.linspace(0, drawing.milliseconds, 101))
    easel, kept = easel_for(drawing, moments)
    assert kept == moments
    assert same(easel.picture_at(drawing.milliseconds), picture_of(b"".join(stroke((x, 10), (x, 500)) for x in range(0, 800, 30)) + fill(5, 5)))


@pytest.mark.parametrize("one", [fill(5, 5) + stroke((9, 9), (90, 90)), stroke(*((x, x % 600) for x in range(800)), width=60)])
def test_drawings_that_are_much_work_have_fewer_moments_or_coarse_edges(one):
    drawing = replay(one * 60)
    easel, kept = easel_for(drawing, list(np.linspace(0, drawing.milliseconds, 101)))
    assert easel.is_rough or len(kept) < 101
    assert len(kept) >= 12
    assert kept[-1] == drawing.milliseconds
