"""Bitmaps of lines become strokes again."""

import numpy as np
import pytest

from ai_artist.training import shaky_hand
from ai_artist.training.tracing import trace

CIRCLE = np.stack([0.5 + 0.35 * np.cos(np.linspace(0, 2 * np.pi, 60)), 0.5 + 0.35 * np.sin(np.linspace(0, 2 * np.pi, 60))], 1).astype(np.float32)
CROSS = [np.array([[0.1, 0.1], [0.9, 0.9]], np.float32), np.array([[0.9, 0.1], [0.1, 0.9]], np.float32)]


def drawn(*strokes, side=28):
    return shaky_hand.render(list(strokes), side, 1.2) / 255


def test_a_ring_is_one_stroke_along_the_ring():
    (ring,) = trace(drawn(CIRCLE))
    assert np.abs(np.linalg.norm(ring - 0.5, axis=1) - 0.35).max() < 0.03
    assert np.linalg.norm(ring[0] - ring[-1]) < 0.06


def test_lines_that_cross_are_followed_straight_on():
    strokes = trace(drawn(*CROSS))
    assert len(strokes) == 2
    for stroke in strokes:
        assert np.linalg.norm(stroke[0] - stroke[-1]) == pytest.approx(0.8 * 2**0.5, abs=0.12)


def test_what_was_traced_looks_like_the_bitmap():
    bitmap = drawn(CIRCLE, *CROSS)
    again = shaky_hand.render(list(trace(bitmap)), 28, 1.2) / 255
    assert np.corrcoef(bitmap.ravel(), again.ravel())[0, 1] > 0.85


def test_an_empty_bitmap_has_no_strokes():
    assert trace(np.zeros((28, 28))) == ()
