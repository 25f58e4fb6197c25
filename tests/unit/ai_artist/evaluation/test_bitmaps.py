from itertools import pairwise

import numpy as np
import pytest

from ai_artist.evaluation.bitmaps import SIDE, Marks, bitmap_of, marks_of
from ai_artist.strokes import Stroke

BLACK = (0.0, 0.0, 0.0, 1.0)
# The dataset's own measure: of the 304 units of the side, 24 are left free on each, and lines are 16 wide.
UNIT = SIDE / 304


def straight(start, end, rgba=BLACK, width=0.02, filled=False):
    (ax, ay), (bx, by) = start, end
    handles = [(ax + (bx - ax) * part, ay + (by - ay) * part) for part in (0, 1 / 3, 2 / 3, 1)]
    return Stroke(tuple(handles), width, rgba, filled)


def path(*corners, rgba=BLACK, filled=False):
    points = [corners[0]]
    for (ax, ay), (bx, by) in pairwise(corners):
        points += [(ax + (bx - ax) / 3, ay + (by - ay) / 3), (ax + (bx - ax) * 2 / 3, ay + (by - ay) * 2 / 3), (bx, by)]
    return Stroke(tuple(points), 0.02, rgba, filled)


def lines(*strokes):
    return Marks(tuple(np.array(stroke, np.float32) for stroke in strokes))


def test_a_drawing_fills_its_box_wherever_it_lies_and_however_large_it_is():
    large = bitmap_of(lines([(0, 0), (1, 1)]))
    small = bitmap_of(lines([(0.7, 0.1), (0.8, 0.2)]))
    assert np.abs(large - small).max() < 0.1  # Pillow rounds to whole pixels of the nineteen
    rows, columns = np.nonzero(large > 0.5)
    for low, high in ((rows.min(), rows.max()), (columns.min(), columns.max())):
        assert low == pytest.approx(16 * UNIT, abs=1)
        assert high + 1 == pytest.approx(SIDE - 16 * UNIT, abs=1)


def test_a_line_is_sixteen_of_304_wide_and_its_shorter_side_is_centred():
    ink = bitmap_of(lines([(0.2, 0.4), (0.9, 0.4)]))
    assert ink[:, 10:18].sum(0) == pytest.approx(16 * UNIT, abs=0.08)
    assert ink[:14].sum() == pytest.approx(ink[14:].sum(), rel=0.2)


def test_ends_are_round_and_a_dot_is_a_disc():
    assert bitmap_of(lines([(0.5, 0.5)])).sum() == pytest.approx(np.pi * (8 * UNIT) ** 2, rel=0.1)


def test_no_marks_are_an_empty_bitmap():
    blank = bitmap_of(marks_of(()))
    assert blank.shape == (SIDE, SIDE)
    assert blank.dtype == np.float32
    assert not blank.any()


def test_curves_are_drawn_as_curves_and_every_stroke_is_as_wide_as_any_other():
    arc = Stroke(((0.2, 0.8), (0.2, 0.0), (0.8, 0.0), (0.8, 0.8)), 0.2, BLACK)
    ink = bitmap_of(marks_of([arc]))
    thin = bitmap_of(marks_of([Stroke(arc.points, 0.001, BLACK)]))
    assert np.array_equal(ink, thin)
    assert ink[2:5, 12:16].max() > 0.9  # the arc's top
    assert ink[20:, 12:16].max() == 0  # nothing between its ends


def test_what_cannot_be_seen_is_no_mark():
    line = ((0.1, 0.1), (0.9, 0.2))
    for faint in ((1.0, 1.0, 1.0, 1.0), (0.0, 0.0, 0.0, 0.05)):
        assert not marks_of([straight(*line, rgba=faint)])
    assert not marks_of([straight(*line, width=0.0)])
    assert marks_of([straight(*line, rgba=(1.0, 1.0, 0.0, 1.0))])  # yellow is seen, if not well


def test_what_lies_outside_the_canvas_is_cut_off():
    crossing = marks_of([straight((-1.0, 0.5), (2.0, 0.5)), straight((0.5, 0.0), (0.5, 1.0))])
    inside = marks_of([straight((0.0, 0.5), (1.0, 0.5)), straight((0.5, 0.0), (0.5, 1.0))])
    assert np.abs(bitmap_of(crossing) - bitmap_of(inside)).mean() < 0.01
    assert not marks_of([straight((1.5, 0.0), (1.5, 1.0))])


def test_a_line_that_leaves_the_canvas_and_comes_back_is_two():
    there_and_back = marks_of([path((0.5, 0.2), (1.5, 0.2), (1.5, 0.8), (0.5, 0.8))])
    assert len(there_and_back.lines) == 2


def test_a_fill_is_painted_inside_also_where_it_overlaps_itself():
    square = ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8))
    twice = path(*square, *square, (0.2, 0.2), filled=True)
    ink = bitmap_of(marks_of([twice]))
    assert ink[8:20, 8:20].min() > 0.95
    assert ink.sum() == pytest.approx((256 * UNIT) ** 2, rel=0.05)


def test_a_fill_larger_than_the_canvas_is_the_canvas():
    large = bitmap_of(marks_of([path((-1, -1), (3, -1), (3, 3), (-1, 3), filled=True)]))
    whole = bitmap_of(marks_of([path((0, 0), (1, 0), (1, 1), (0, 1), filled=True)]))
    assert np.abs(large - whole).max() < 0.05


def test_lines_and_fills_of_different_lengths_go_together():
    ink = bitmap_of(
        marks_of([path((0, 0), (0.4, 0), (0.4, 0.4), filled=True), straight((0.0, 1.0), (1.0, 1.0)), path((0.6, 0), (1, 0), (1, 0.4), filled=True)])
    )
    assert ink[4:6, 7:9].min() > 0.9
    assert ink[25, 5:20].min() > 0.4
