from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ai_artist.errors import OutputError
from ai_artist.pictures import animation_of, check_output, first_part, picture_of, save
from ai_artist.strokes import Drawing, Stroke

BLACK = (0.0, 0.0, 0.0, 1.0)
LINE = Stroke(((0.2, 0.5), (0.4, 0.5), (0.6, 0.5), (0.8, 0.5)), 0.1, BLACK)
DRAWING = Drawing("a line", 0, "doodle-clip", 0.5, (LINE, LINE))


def ink(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L")) < 128


def test_a_line_is_where_it_should_be():
    rows, columns = np.nonzero(ink(picture_of([LINE], 100)))
    assert (rows.min(), rows.max()) == (45, 54)
    assert columns.min() == pytest.approx(15, abs=1)
    assert columns.max() == pytest.approx(84, abs=1)


def test_nothing_drawn_is_white():
    assert not ink(picture_of([], 32)).any()


@given(st.floats(0, 1))
def test_the_first_part_of_a_stroke_lies_on_it_and_has_as_many_points(part):
    stroke = Stroke(((0, 0), (0.2, 0.4), (0.5, 0.1), (0.6, 0.6), (0.7, 1.0), (0.9, 0.3), (1, 1)), 0.05, BLACK)
    start = first_part(stroke, part)
    assert len(start.points) == len(stroke.points)
    assert start.points[0] == stroke.points[0]
    if part == 1:
        assert np.allclose(start.points, stroke.points)


def test_the_animation_only_adds_ink_and_ends_with_the_drawing():
    frames = [ink(frame) for frame in animation_of([LINE], 64)]
    assert all((later | earlier == later).all() for earlier, later in pairwise(frames))
    assert (frames[-1] == ink(picture_of([LINE], 64))).all()


@pytest.mark.parametrize("suffix", [".png", ".svg", ".gif"])
def test_a_drawing_is_saved_as_its_suffix_says(tmp_path, suffix):
    path = tmp_path / f"line{suffix}"
    save(DRAWING, path, 64)
    if suffix == ".svg":
        assert path.read_text().startswith("<svg")
    else:
        with Image.open(path) as picture:
            assert picture.size == (64, 64)
            assert getattr(picture, "n_frames", 1) == (13 if suffix == ".gif" else 1)


@pytest.mark.parametrize("name", ["x.bmp", "x", "missing/x.png", "."])
def test_where_nothing_can_be_saved_is_said_before(tmp_path, name):
    with pytest.raises(OutputError):
        check_output(tmp_path / name)
