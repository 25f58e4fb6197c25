"""The logical raster against its definition in docs/drawing.md."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.drawing import LogicalRaster, raster_of, read_operations
from game.drawing.polylines import polyline_of
from game.drawing.raster import LEAST_RADIUS, WHITE, footprint
from tests.unit.game.drawing.ink import BLACK, BLUE, CLEAR_RECORD, GREEN, RED, UNDO_RECORD, box, curve, fill, patiently, scribble, stroke

BLACK_PIXEL, RED_PIXEL, BLUE_PIXEL = 0, 0xDC2828, 0x2850DC


def pixels_of(*records):
    return raster_of(read_operations(b"".join(records))).pixels


def mask_of(operation):
    canvas = np.zeros((600, 800), bool)
    place, mask = footprint(operation)
    canvas[place] = mask
    return canvas


def squared_distance(x, y, polyline):
    """From a point to a polyline, exactly."""
    nearest = min((x - px) ** 2 + (y - py) ** 2 for px, py in polyline)
    for (x0, y0), (x1, y1) in pairwise(polyline):
        dx, dy = x1 - x0, y1 - y0
        along = (x - x0) * dx + (y - y0) * dy
        if 0 <= along <= dx * dx + dy * dy != 0:
            nearest = min(nearest, Fraction(((x - x0) * dy - (y - y0) * dx) ** 2, dx * dx + dy * dy))
    return nearest


@patiently
@given(
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 96)), min_size=1, max_size=4),
    st.sampled_from([4, 5, 6, 7, 16, 23, 36, 64]),
)
def test_a_stroke_is_the_pixels_whose_centres_are_within_half_its_width(points, width):
    (operation,) = read_operations(stroke(*((x / 4, y / 4) for x, y in points), width=width / 4))
    polyline = [tuple(point) for point in polyline_of(operation).tolist()]
    radius = max(2 * width, LEAST_RADIUS)
    mask = mask_of(operation)
    assert not mask[40:].any()
    assert not mask[:, 44:].any()
    expected = [[squared_distance(16 * column + 8, 16 * row + 8, polyline) <= radius * radius for column in range(44)] for row in range(40)]
    assert mask[:40, :44].tolist() == expected


def test_a_curve_from_far_outside_keeps_to_the_definition():
    (operation,) = read_operations(curve((-2048, 2048), (2048, 2048), (-2048, -2048), (2048, -2000.25), width=80))
    polyline = [tuple(point) for point in polyline_of(operation).tolist()]
    mask, random = mask_of(operation), Random(1)
    rows, columns = np.nonzero(mask ^ np.roll(mask, 1, axis=1))  # the edges are what could be wrong
    assert len(rows) > 500
    for at in random.sample(range(len(rows)), 60):
        row, column = int(rows[at]), int(columns[at])
        assert mask[row, column] == (squared_distance(16 * column + 8, 16 * row + 8, polyline) <= 640**2)


def test_a_line_too_long_for_one_batch_is_the_same_in_parts(monkeypatch):
    (operation,) = read_operations(stroke(*((400 + 300 * np.cos(k), 300 + 280 * np.sin(2.7 * k)) for k in range(60)), width=9))
    at_once = mask_of(operation)
    monkeypatch.setattr("game.drawing.spans._batch", 400)
    monkeypatch.setattr("game.drawing.polylines._batch", 7)
    assert (mask_of(operation) == at_once).all()


def test_points_of_a_curve_are_rounded_to_grains_and_near_the_curve():
    (operation,) = read_operations(curve((100, 100), (900, 50.25), (-300, 520), (600, 400)))
    polyline = polyline_of(operation)
    assert (polyline[0].tolist(), polyline[-1].tolist()) == ([1600, 1600], [9600, 6400])
    controls = np.array(operation.points) * 4.0
    t = np.linspace(0, 1, len(polyline))[:, None]
    exact = (1 - t) ** 3 * controls[0] + 3 * (1 - t) ** 2 * t * controls[1] + 3 * (1 - t) * t * t * controls[2] + t**3 * controls[3]
    assert np.abs(polyline - exact).max() <= 0.5
    assert len(polyline) - 1 == 128


def test_an_even_hand_needs_few_steps_and_corners_of_few_points_are_smoothed():
    straight = read_operations(stroke(*((10 * k, 5 * k) for k in range(80))))[0]
    assert len(polyline_of(straight)) == 79 + 8
    bent = read_operations(stroke((10, 10), (50, 10), (50, 50)))[0]
    assert [800, 160] not in polyline_of(bent).tolist()


@pytest.mark.parametrize("width", [1, 1.5, 4, 80])
@patiently
@given(x=st.integers(0, 3199), y=st.integers(0, 2399))
def test_a_stroke_of_one_point_is_a_dot(width, x, y):
    pixels = pixels_of(stroke((x / 4, y / 4), width=width))
    rows, columns = np.nonzero(pixels == BLACK_PIXEL)
    assert pixels[y // 4, x // 4] == BLACK_PIXEL
    assert max(np.abs(rows - y / 4).max(), np.abs(columns - x / 4).max()) <= max(width, 1.5) / 2 + 1
    if width == 80 and 160 < x < 3040 and 160 < y < 2240:
        assert len(rows) == pytest.approx(np.pi * 40**2, rel=0.01)


def test_dots_in_the_far_corner_may_lie_between_pixels_but_not_beyond():
    assert pixels_of(stroke((800, 600), width=2))[599, 799] == BLACK_PIXEL


def test_a_translucent_stroke_is_blended_once_even_where_it_crosses_itself():
    pixels = pixels_of(stroke((10, 10), (90, 90), (90, 10), (10, 90), (10, 10), width=18, rgb=RED, alpha=100))
    red, green, blue = ((over * 100 + 255 * 155 + 127) // 255 for over in RED)
    assert set(np.unique(pixels).tolist()) == {WHITE, red << 16 | green << 8 | blue}


def test_strokes_of_alpha_0_change_nothing():
    assert (pixels_of(stroke((10, 10), (90, 90), width=18, alpha=0)) == WHITE).all()


def test_the_eraser_is_a_white_stroke():
    pixels = pixels_of(fill(5, 5), stroke((400, 300), rgb=(255, 255, 255), width=64))
    assert pixels[300, 400] == WHITE
    assert pixels[0, 0] == RED_PIXEL


def test_a_closed_outline_keeps_the_fill_inside():
    pixels = pixels_of(box(100, 100, 300, 200, width=4), fill(200, 150))
    assert pixels[150, 200] == RED_PIXEL
    assert pixels[50, 200] == pixels[250, 200] == pixels[150, 50] == pixels[150, 350] == WHITE
    assert (pixels == RED_PIXEL).sum() == (200 - 4) * (100 - 4)


@patiently
@given(st.integers(0, 100_000))
def test_even_the_thinnest_closed_outline_is_tight(seed):
    random = Random(seed)
    angles = np.sort([random.uniform(0, 2 * np.pi) for _ in range(random.randint(3, 9))])
    # Ever new radii: outlines with corners sharp and blunt, at any slope; the middle need not be inside.
    points = [(400 + random.uniform(20, 280) * np.cos(a), 300 + random.uniform(20, 280) * np.sin(a)) for a in angles]
    outline = stroke(*points, points[0], points[0], width=1)
    outside = pixels_of(outline, fill(0, 0))
    (operation,) = read_operations(outline)
    polygon = polyline_of(operation) / 16
    for _ in range(40):
        x, y = random.randrange(100, 700), random.randrange(20, 580)
        if outside[y, x] == RED_PIXEL:
            assert not winds_around(polygon, x + 0.5, y + 0.5)


def winds_around(polygon, x, y):
    """Whether a point is inside by the even-odd rule."""
    (x0, y0), (x1, y1) = polygon.T, np.roll(polygon, -1, axis=0).T
    crosses = (y0 <= y) != (y1 <= y)
    at = x0 + (y - y0) * (x1 - x0) / np.where(crosses, y1 - y0, 1)
    return (crosses & (at > x)).sum() % 2 == 1


@patiently
@given(st.integers(0, 100_000))
def test_a_fill_changes_one_colour_to_its_own_and_never_crosses_a_border(seed):
    *before, last = scribble(seed)
    operations = read_operations(b"".join(before))
    (operation,) = read_operations(last)
    raster = raster_of(operations)
    old = raster.pixels.copy()
    row, column = min(599, operation.y // 4), min(799, operation.x // 4)
    region = raster.fill(operation).mask
    assert region[row, column]
    assert set(np.unique(old[region]).tolist()) == {int(old[row, column])}
    assert len(set(np.unique(raster.pixels[region]).tolist())) == 1
    assert (raster.pixels[~region] == old[~region]).all()
    beside = np.zeros_like(region)
    beside[1:] |= region[:-1]
    beside[:-1] |= region[1:]
    beside[:, 1:] |= region[:, :-1]
    beside[:, :-1] |= region[:, 1:]
    assert (old[beside & ~region] != old[row, column]).all()


@patiently
@given(st.integers(0, 100_000))
def test_filling_again_with_the_same_colour_changes_nothing(seed):
    records = scribble(seed)
    assert (pixels_of(*records) == pixels_of(*records, records[-1])).all()


@patiently
@given(st.integers(0, 100_000))
def test_undo_restores_every_pixel(seed):
    *before, last = scribble(seed)
    assert (pixels_of(*before, last, UNDO_RECORD) == pixels_of(*before)).all()
    assert (pixels_of(*before, CLEAR_RECORD, UNDO_RECORD) == pixels_of(*before)).all()


@pytest.mark.parametrize(("x", "y"), [(0, 0), (800, 0), (0, 600), (800, 600), (800, 299.75), (123.25, 600)])
def test_a_fill_on_the_border_fills_the_canvas(x, y):
    assert (pixels_of(fill(x, y)) == RED_PIXEL).all()


def test_a_line_across_the_canvas_parts_it():
    pixels = pixels_of(stroke((0, 300), (800, 300), width=1), fill(10, 10), fill(790, 590, rgb=BLUE))
    assert (pixels[:299] == RED_PIXEL).all()
    assert (pixels[301:] == BLUE_PIXEL).all()


def test_diagonal_neighbours_do_not_let_a_fill_through():
    raster = LogicalRaster()
    raster.pixels[np.arange(600), np.arange(600)] = BLACK_PIXEL
    (operation,) = read_operations(fill(700, 100))
    assert raster.fill(operation).mask.sum() == 600 * 800 - 600 * 601 // 2


def test_a_maze_is_followed_to_its_end():
    raster = LogicalRaster()
    raster.pixels[1::2] = BLACK_PIXEL
    raster.pixels[1::4, -1] = raster.pixels[3::4, 0] = WHITE
    (operation,) = read_operations(fill(0, 0))
    assert raster.fill(operation).mask.sum() == 300 * 800 + 300


def test_a_filled_stroke_changes_colour_and_may_be_filled_around():
    pixels = pixels_of(box(100, 100, 300, 200, width=9, rgb=BLACK), fill(100, 150, rgb=GREEN), fill(200, 150), fill(100, 150, rgb=RED))
    assert pixels[150, 100] == pixels[150, 200] == RED_PIXEL
    assert (pixels_of(fill(5, 5, rgb=BLACK)) == BLACK_PIXEL).all()
