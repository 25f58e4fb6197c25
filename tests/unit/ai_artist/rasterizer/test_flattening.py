"""Curves to polylines, and gradients back."""

import numpy as np
import pytest

from ai_artist.rasterizer.flattening import MOST_PIECES, TOLERANCE, count_pieces, flatten, flatten_backward, spread_widths, spread_widths_backward

OPEN = np.zeros(20, bool)  # none of them filled


def curves(count: int = 20, cubics: int = 2, size: float = 60.0, seed: int = 0) -> np.ndarray:
    return (size * np.random.default_rng(seed).random((count, 3 * cubics + 1, 2))).astype(np.float32)


def cubic(points: np.ndarray, u: np.ndarray) -> np.ndarray:
    """De Casteljau's construction, which shares nothing with the code under test."""
    levels = [points[:, None] + 0 * u[None, :, None]][0]
    while len(levels) > 1:
        levels = (1 - u)[:, None] * levels[:-1] + u[:, None] * levels[1:]
    return levels[0]


def test_a_straight_line_is_one_piece_however_long():
    points = np.array([[[0, 0], [100, 50], [200, 100], [300, 150]]], np.float32)
    assert count_pieces(points, 1.0).tolist() == [[1]]


def test_a_dot_is_one_piece():
    assert count_pieces(np.full((1, 7, 2), 3.0, np.float32), 1.0).tolist() == [[1, 1]]


def test_no_curve_is_cut_without_end():
    points = np.array([[[0, 0], [1e6, 1e6], [-1e6, 1e6], [0, 0]]], np.float32)
    assert count_pieces(points, 2.0).tolist() == [[MOST_PIECES]]


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_polylines_stay_within_the_tolerance(scale):
    points = curves()
    pieces = count_pieces(points, scale)
    corners, starts = flatten(points, pieces, OPEN, scale)
    for stroke in range(len(points)):
        polyline = corners[starts[stroke] : starts[stroke + 1]]
        assert len(polyline) == pieces[stroke].sum() + 1
        for i in range(2):
            true = cubic(points[stroke, 3 * i : 3 * i + 4] * scale, np.linspace(0, 1, 200))
            a, along = polyline[:-1], np.diff(polyline, axis=0)
            t = np.clip(((true[:, None] - a) * along).sum(-1) / (along**2).sum(-1), 0, 1)
            distance = np.linalg.norm(true[:, None] - a - t[..., None] * along, axis=-1).min(1)
            assert distance.max() <= TOLERANCE * 1.01


def test_ends_and_joints_lie_on_the_polyline():
    points = curves()
    pieces = count_pieces(points, 1.0)
    corners, starts = flatten(points, pieces, OPEN, 1.0)
    np.testing.assert_allclose(corners[starts[:-1]], points[:, 0], atol=1e-5)
    np.testing.assert_allclose(corners[starts[:-1] + pieces[:, 0]], points[:, 3], atol=1e-5)
    np.testing.assert_allclose(corners[starts[1:] - 1], points[:, 6], atol=1e-5)


def test_backward_is_the_transpose_of_forward():
    points, change = curves(seed=1), curves(seed=2)
    pieces = count_pieces(points, 2.0)
    corners, starts = flatten(points, pieces, OPEN, 2.0)
    gradient = np.random.default_rng(3).standard_normal(corners.shape).astype(np.float32)
    # The corners are linear in the control points, so the two sides of <J p, g> = <p, J^T g> may be compared outright.
    forward = (flatten(change, pieces, OPEN, 2.0)[0].astype(np.float64) * gradient).sum()
    backward = (change.astype(np.float64) * flatten_backward(gradient, starts, pieces, OPEN, 2.0)).sum()
    assert forward == pytest.approx(backward, rel=1e-5)


def test_filled_strokes_are_closed_and_their_first_point_gets_both_ends_gradients():
    points, change, filled = curves(seed=1), curves(seed=2), np.arange(20) % 2 == 0
    pieces = count_pieces(points, 1.0)
    corners, starts = flatten(points, pieces, filled, 1.0)
    assert (np.diff(starts) == pieces.sum(1) + 1 + filled).all()
    np.testing.assert_array_equal(corners[starts[1:] - 1][filled], corners[starts[:-1]][filled])
    gradient = np.random.default_rng(3).standard_normal(corners.shape).astype(np.float32)
    forward = (flatten(change, pieces, filled, 1.0)[0].astype(np.float64) * gradient).sum()
    backward = (change.astype(np.float64) * flatten_backward(gradient, starts, pieces, filled, 1.0)).sum()
    assert forward == pytest.approx(backward, rel=1e-5)


class TestWidths:
    def test_are_linear_between_knots(self):
        points = curves(count=1)
        pieces = count_pieces(points, 2.0)
        _, starts = flatten(points, pieces, np.zeros(1, bool), 2.0)
        radii = spread_widths(np.array([[2.0, 6.0, 4.0]], np.float32), starts, pieces, 2.0)
        expected = np.concatenate((np.linspace(2, 6, pieces[0, 0] + 1), np.linspace(6, 4, pieces[0, 1] + 1)[1:]))
        np.testing.assert_allclose(radii, expected, rtol=1e-6)

    def test_below_zero_count_as_zero_and_get_no_gradient(self):
        points = curves(count=1)
        pieces = count_pieces(points, 1.0)
        _, starts = flatten(points, pieces, np.zeros(1, bool), 1.0)
        widths = np.array([[-2.0, 6.0, -1.0]], np.float32)
        assert spread_widths(widths, starts, pieces, 1.0).min() == 0
        gradients = spread_widths_backward(np.ones(starts[-1], np.float32), widths, starts, pieces, 1.0)
        assert gradients[0, [0, 2]].tolist() == [0, 0]
        assert gradients[0, 1] > 0

    @pytest.mark.parametrize("knots", [1, 3])
    def test_backward_is_the_transpose_of_forward(self, knots):
        points = curves()
        pieces = count_pieces(points, 1.0)
        _, starts = flatten(points, pieces, OPEN, 1.0)
        widths = np.random.default_rng(1).random((20, knots)).astype(np.float32)
        gradient = np.random.default_rng(3).standard_normal(starts[-1]).astype(np.float32)
        if knots == 1:  # one width for a stroke has one gradient, which is handed in at its first corner
            gradient[np.setdiff1d(np.arange(starts[-1]), starts[:-1])] = 0
        forward = (spread_widths(widths, starts, pieces, 3.0).astype(np.float64) * gradient).sum()
        backward = (widths.astype(np.float64) * spread_widths_backward(gradient, widths, starts, pieces, 3.0)).sum()
        assert forward == pytest.approx(backward, rel=1e-5)
