import numpy as np
import pytest
import torch

from ai_artist.rasterizer.base import FARTHEST as FARTHEST_PIXEL
from ai_artist.strokes import FARTHEST, Stroke
from ai_artist.synthesis.brush import PAPER_BRUSH, Brush
from ai_artist.synthesis.stroke_canvas import StrokeCanvas

BLACK = (0.0, 0.0, 0.0, 1.0)
LINE = ((0.2, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2))
LOOP = ((0.3, 0.3), (0.5, 0.3), (0.7, 0.4), (0.7, 0.6), (0.6, 0.8), (0.2, 0.6), (0.3, 0.3))
FILL = Stroke(LOOP, 0.0, BLACK, filled=True)


def begun(*start: Stroke, brush: Brush | None = None) -> StrokeCanvas:
    return StrokeCanvas(brush or Brush(strokes=8, thinnest=0.02, thickest=0.04), 1, torch.Generator().manual_seed(0), start)


def moved(subject: StrokeCanvas, sign: float, steps: int = 60) -> StrokeCanvas:
    for _ in range(steps):
        (sign * subject.render(32).sum()).backward()
        subject.step(1.0)
    return subject


def test_a_fill_without_a_width_lets_no_line_vanish():
    subject = moved(begun(FILL), -1.0, 100)
    widths = [subject.stroke(index).width for index in range(8)]
    assert widths[0] == 0
    assert min(widths[1:]) == pytest.approx(0.02)


def test_a_wide_stroke_lets_no_other_grow_wide():
    subject = moved(begun(Stroke(LINE, 0.3, BLACK)), 1.0, 100)
    widths = [subject.stroke(index).width for index in range(8)]
    assert 0.04 < widths[0] <= 0.3 + 1e-6
    assert max(widths[1:]) == pytest.approx(0.04)


def test_a_brush_of_one_width_leaves_every_width_alone():
    subject = moved(begun(Stroke(LINE, 0.3, BLACK), brush=Brush(strokes=3, thinnest=0.022, thickest=0.022)), 1.0, 5)
    assert [subject.stroke(index).width for index in range(3)] == pytest.approx([0.3, 0.022, 0.022])


def test_a_line_without_a_width_gets_one_that_can_be_seen_to_grow():
    subject = begun(Stroke(LINE, 0.0, BLACK), brush=PAPER_BRUSH)
    assert subject.stroke(0).width > 0
    assert moved(subject, 1.0, 3).stroke(0).width > 0.001


def test_what_was_begun_near_the_edge_is_not_pushed_into_the_margin():
    corner = Stroke(((0.02, 0.02), (0.1, 0.02), (0.2, 0.02), (0.3, 0.1)), 0.022, BLACK)
    subject = moved(begun(corner, brush=Brush(strokes=3)), 1.0, 1)
    assert np.allclose(subject.stroke(0).points[0], (0.02, 0.02), atol=0.006)
    for stroke in (subject.stroke(1), subject.stroke(2)):
        assert np.min(stroke.points) >= 0.08 - 1e-6
        assert np.max(stroke.points) <= 0.92 + 1e-6


@pytest.mark.parametrize("others", [(), (Stroke(LOOP + LINE[1:], 0.03, BLACK),)])
@pytest.mark.parametrize("filled", [False, True])
def test_a_closed_outline_stays_closed(others, filled):
    given = Stroke(LOOP, 0.03, BLACK, filled)
    subject = begun(given, *others)
    assert np.allclose(subject.stroke(0).points, LOOP)
    drawn = moved(subject, 1.0, 5).stroke(0)
    assert len(drawn.points) == len(LOOP)
    assert drawn.points[0] == drawn.points[-1]
    assert not np.allclose(drawn.points, LOOP)


def test_ends_that_are_one_but_for_rounding_are_one():
    almost = (*LOOP[:-1], (LOOP[0][0] + 1e-9, LOOP[0][1]))
    drawn = moved(begun(Stroke(almost, 0.03, BLACK)), 1.0, 5).stroke(0)
    assert drawn.points[0] == drawn.points[-1]


def test_the_largest_picture_has_room_for_the_farthest_point():
    assert FARTHEST * 4096 < FARTHEST_PIXEL
    far = ((FARTHEST, 0.5), *LINE[1:])
    subject = begun(Stroke(far, 0.03, BLACK), brush=PAPER_BRUSH)
    with torch.no_grad():
        subject.points += 1
        subject._limit()
    assert subject.stroke(0).points[0][0] <= FARTHEST
