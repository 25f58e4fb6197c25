import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ai_artist.errors import ArtistError, OutputError
from ai_artist.pictures import LARGEST_ANIMATION, animate, animation_of, check_output, first_part, picture_of, save
from ai_artist.strokes import Drawing, Stroke

BLACK = (0.0, 0.0, 0.0, 1.0)
LINE = Stroke(((0.2, 0.5), (0.4, 0.5), (0.6, 0.5), (0.8, 0.5)), 0.1, BLACK)
SQUARE = Stroke(
    tuple((x, y) for x, y in ((0.25, 0.25), (0.4, 0.25), (0.6, 0.25), (0.75, 0.25), (0.75, 0.4), (0.75, 0.6), (0.75, 0.75)))
    + tuple((x, y) for x, y in ((0.6, 0.75), (0.4, 0.75), (0.25, 0.75))),
    0.5,
    BLACK,
    filled=True,
)
DRAWING = Drawing("a line", "ink", 0, "doodle-clip", 0.5, (LINE, LINE))


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


def test_strokes_of_different_numbers_of_cubics_are_drawn_together():
    long = Stroke(tuple((0.2 + index / 10, 0.2) for index in range(7)), 0.1, BLACK)
    both = ink(picture_of([LINE, long], 64))
    assert (both == (ink(picture_of([LINE], 64)) | ink(picture_of([long], 64)))).all()


def test_a_filled_stroke_is_its_inside_whatever_its_width():
    rows, columns = np.nonzero(ink(picture_of([LINE, SQUARE], 100))[:44])
    assert (rows.min(), columns.min(), columns.max()) == (25, 25, 74)
    assert len(rows) == 19 * 50


def test_a_filled_stroke_fades_in():
    middle = [np.asarray(frame.convert("L"))[32, 32] for frame in animation_of([SQUARE], 64, 4)]
    assert middle[0] == 255
    assert middle[-1] == 0
    assert all(later < earlier for earlier, later in pairwise(middle))


@pytest.mark.parametrize("count", [1, 20, 200])
def test_an_animation_of_many_strokes_is_short_and_ends_with_all_of_them(count):
    strokes = [Stroke(((0.1, y), (0.4, y), (0.6, y), (0.9, y)), 0.004, BLACK) for y in (np.arange(count) + 0.5) / count]
    frames = animation_of(strokes, 32)
    assert len(frames) <= 92
    assert (np.asarray(frames[-1]) == np.asarray(picture_of(strokes, 32))).all()


def frames_in(path):
    """The number of frames in a moving picture, how long each is shown, and the last one."""
    with Image.open(path) as picture:
        durations = []
        for index in range(picture.n_frames):
            picture.seek(index)
            picture.load()
            durations.append(picture.info["duration"])
        return durations, picture.convert("RGB")


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_a_saved_animation_ends_with_the_drawing_and_shows_it_longest(tmp_path, suffix):
    path = tmp_path / f"line{suffix}"
    save(DRAWING, path, 64)
    durations, last = frames_in(path)
    assert durations == [60] * 12 + [2500]
    assert (ink(last) == ink(picture_of(DRAWING.strokes, 64))).all()


@pytest.mark.parametrize("seconds", [0.5, 60.0])
def test_known_times_become_pauses_but_the_whole_stays_short(tmp_path, seconds):
    lines = [Stroke(((0.1, y), (0.4, y), (0.6, y), (0.9, y)), 0.05, BLACK) for y in (0.2, 0.5, 0.8)]
    save(Drawing("lines", "ink", 0, "p", 0.5, tuple(lines), (0.0, seconds, 3 * seconds)), tmp_path / "lines.webp", 32)
    durations, _ = frames_in(tmp_path / "lines.webp")
    pauses = [duration for duration in durations[:-1] if duration > 60]
    assert len(pauses) == 2
    assert pauses[1] - 60 == pytest.approx(2 * (pauses[0] - 60), abs=2)
    assert sum(durations) <= 8000
    if seconds < 1:
        assert pauses[0] == 560


def test_a_moving_picture_is_no_larger_than_can_be_shown(tmp_path):
    save(Drawing("x", "ink", 0, "p", 0.0, ()), tmp_path / "x.gif", 2 * LARGEST_ANIMATION)
    with Image.open(tmp_path / "x.gif") as picture:
        assert picture.size == (LARGEST_ANIMATION, LARGEST_ANIMATION)


@pytest.mark.parametrize("suffix", [".gif", ".webp"])
def test_any_frames_can_be_animated(tmp_path, suffix):
    frames = [Image.new("RGB", (20, 10), color) for color in ("red", "lime", "blue")]
    animate(frames, tmp_path / f"x{suffix}", [100, 200], 300)
    durations, last = frames_in(tmp_path / f"x{suffix}")
    assert durations == [100, 200, 300]
    assert np.abs(np.asarray(last).astype(int) - (0, 0, 255)).max() < 8


def test_frames_that_make_no_animation_are_refused(tmp_path):
    small, large = Image.new("RGB", (1, 1)), Image.new("RGB", (2, 2))
    for frames in ([], [small, large]):
        with pytest.raises(ArtistError, match="one size"):
            animate(frames, tmp_path / "x.gif")
    with pytest.raises(ArtistError, match="Expected 1 durations for 2 frames"):
        animate([small, small], tmp_path / "x.gif", [1, 2])
    with pytest.raises(OutputError, match=r"\.gif or \.webp"):
        animate([small], tmp_path / "x.png")


def test_a_drawing_is_saved_as_its_suffix_says(tmp_path):
    for suffix in (".png", ".PNG", ".svg", ".json"):
        save(DRAWING, tmp_path / f"line{suffix}", 64)
    with Image.open(tmp_path / "line.png") as picture:
        assert picture.size == (64, 64)
    assert (tmp_path / "line.PNG").is_file()
    assert (tmp_path / "line.svg").read_text(encoding="utf-8") == DRAWING.to_svg(64)
    assert Drawing.from_json((tmp_path / "line.json").read_text(encoding="utf-8")) == DRAWING


@pytest.mark.parametrize("name", ["x.bmp", "x", "missing/x.png", "."])
def test_where_nothing_can_be_saved_is_said_before(tmp_path, name):
    with pytest.raises(OutputError):
        check_output(tmp_path / name)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here: a full disk cannot be had")
@pytest.mark.parametrize("suffix", [".png", ".svg", ".json", ".gif", ".webp"])
def test_a_full_disk_is_said(tmp_path, suffix):
    path = tmp_path / f"full{suffix}"
    path.symlink_to("/dev/full")
    with pytest.raises(OutputError, match=f"full{suffix} could not be written: .*No space left"):
        save(DRAWING, path, 64)


def test_what_may_be_saved_is_listed(tmp_path):
    with pytest.raises(OutputError, match=r"\.png, \.svg, \.json, \.gif or \.webp; got 'x.bmp'"):
        check_output(tmp_path / "x.bmp")
    with pytest.raises(OutputError, match=r"end with \.csv; got 'x.png'"):
        check_output(tmp_path / "x.png", (".csv",))


def test_saying_so_takes_no_torch():
    code = (
        "import sys, ai_artist.pictures, ai_artist.sheets, ai_artist.svg; sys.exit(bool({'torch', 'svgelements', 'matplotlib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
