import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from game.drawing import picture_of, png_of, raster_of, read_operations
from game.drawing.coverage import coverage_of
from game.drawing.picture import WIDEST
from game.protocol.ink import InkError
from tests.unit.game.drawing.ink import RED, box, curve, fill, patiently, scribble, stroke


def array_of(ink, width=800):
    return np.asarray(picture_of(ink, width)).astype(int)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (64, 48), (224, 168), (400, 300), (800, 600), (1000, 750), (1600, 1200)])
def test_pictures_of_any_size(width, height):
    picture = picture_of(box(100, 100, 700, 500, width=34) + fill(400, 300), width)
    assert picture.size == (width, height)
    assert picture.mode == "RGB"
    if width > 1:
        assert picture.getpixel((width // 2, height // 2)) == RED
        assert picture.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize("width", [0, -5, WIDEST + 1])
def test_a_size_beyond_the_bounds_is_refused(width):
    with pytest.raises(ValueError, match=f"1 to {WIDEST}"):
        picture_of(b"", width)


def test_png_is_a_file_with_the_picture():
    ink = stroke((100, 100), (700, 400), width=9)
    picture = Image.open(io.BytesIO(png_of(ink, 400)))
    assert picture.format == "PNG"
    assert (np.asarray(picture) == np.asarray(picture_of(ink, 400))).all()


def test_junk_is_refused():
    with pytest.raises(InkError):
        png_of(b"\x63")


def test_edges_are_smooth_and_a_discs_area_is_right():
    left, top, shares = coverage_of(np.array([[8003, 4801]]), 320, 1.0, 800, 600)
    assert shares.sum() == pytest.approx(np.pi * 20**2, rel=2e-3)
    assert ((shares > 0) & (shares < 1)).sum() > 60
    assert (left, top) == (480, 280)


@pytest.mark.parametrize("scale", [0.5, 1, 1.25, 2])
def test_a_bars_area_is_right_at_any_scale(scale):
    _, _, shares = coverage_of(np.array([[1600, 1600], [6400, 5200]]), 72, scale, round(800 * scale), round(600 * scale))
    assert shares.sum() / scale**2 == pytest.approx(9 * np.hypot(300, 225) + np.pi * 4.5**2, rel=2e-3)


def test_what_lies_off_the_canvas_is_not_painted():
    assert coverage_of(np.array([[-500, 100], [-900, 9000]]), 64, 1.0, 800, 600) is None
    assert (array_of(curve((-200, -50), (-100, -200), (900, -100), (1000, -20))) == 255).all()
    assert (array_of(curve((-200, 300), (0, 300), (700, 300), (1000, 300), width=9))[300] == 0).all()


@pytest.mark.parametrize("width", [400, 800, 1600])
def test_no_light_seam_shows_between_a_line_and_its_fills(width):
    ring = [(400 + 200 * np.cos(a), 300 + 200 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 90)]
    pixels = array_of(stroke(*ring, width=9, rgb=(0, 0, 0)) + fill(400, 300, rgb=(0, 90, 0)) + fill(5, 5, rgb=(0, 90, 0)), width)
    # Only black, that green and what lies between: white would bring red and blue.
    assert pixels[..., [0, 2]].max() <= 2


@pytest.mark.slow
@patiently
@given(st.integers(0, 100_000))
def test_pictures_agree_with_the_raster_away_from_edges(seed):
    ink = b"".join(scribble(seed))
    raster = raster_of(read_operations(ink)).rgb.astype(int)
    flat = np.ones((600, 800), bool)
    for shift in (-2, -1, 1, 2):
        for axis in (0, 1):
            flat &= (raster == np.roll(raster, shift, axis)).all(axis=2)
    flat[:2] = flat[-2:] = flat[:, :2] = flat[:, -2:] = False
    # Fringes of smooth edges that were painted over may shimmer through; each pixel's colour is otherwise exact to rounding.
    off = np.abs(array_of(ink) - raster).max(axis=2) > 6
    assert (off & flat).sum() <= 0.02 * max(1000, flat.sum())
