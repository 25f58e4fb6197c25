import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

from game.drawing import Archived, animation_of, picture_of
from game.drawing.pace import usual_times
from game.protocol.ink import InkError
from tests.unit.game.drawing.hand import as_sent
from tests.unit.game.drawing.ink import BLUE, RED, box, fill, stroke


def sketch():
    lines = [[(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9), (0.1, 0.1)], [(0.2, 0.5), (0.8, 0.5)]]
    ink, times = as_sent([np.array(line) for line in lines])
    return Archived(ink + fill(400, 150, RED) + fill(400, 450, BLUE), (*times, times[-1] + 900, times[-1] + 20_000))


def frames_of(data):
    animation = Image.open(io.BytesIO(data))
    frames = [(np.asarray(frame.convert("RGB")).astype(int), frame.info["duration"]) for frame in ImageSequence.Iterator(animation)]
    return animation, frames


@pytest.mark.parametrize(("kind", "mime"), [("gif", "image/gif"), ("webp", "image/webp")])
def test_an_animation_shows_the_drawing_grow_and_holds_it(kind, mime):
    archived = sketch()
    animation, frames = frames_of(animation_of(archived, kind))
    assert animation.get_format_mimetype() == mime
    assert animation.size == (480, 360)
    assert animation.info["loop"] == 0
    ink_seen = [(frame < 200).any(axis=2).sum() for frame, _ in frames]
    assert ink_seen[0] == 0
    assert ink_seen == sorted(ink_seen)
    assert np.abs(frames[-1][0] - np.asarray(picture_of(archived.ink, 480))).max() <= (40 if kind == "gif" else 0)
    assert frames[-1][1] == 2500
    assert all(duration % 80 == 0 for _, duration in frames[:-1])
    # Over 20 s of drawing, most of it one long pause.
    assert 2000 < sum(duration for _, duration in frames) < 10_580


def test_a_long_drawing_takes_eight_seconds():
    ink = b"".join(stroke((10, y), (790, y)) for y in range(10, 600, 30))
    _, frames = frames_of(animation_of(Archived(ink, usual_times(ink)), "gif", width=160))
    assert sum(duration for _, duration in frames) == 10_500


def test_the_palette_is_written_once_and_white_stays_white():
    data = animation_of(sketch(), "gif")
    _, frames = frames_of(data)
    assert len(data) < 40_000
    assert (frames[-1][0][0, 0] == 255).all()


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_blank_canvas_is_white(kind):
    picture = Image.open(io.BytesIO(animation_of(Archived(b"", ()), kind)))
    assert picture.n_frames == 1
    assert picture.convert("RGB").getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize("width", [0, 801])
def test_a_width_beyond_the_bounds_is_refused(width):
    with pytest.raises(ValueError, match="1 to 800 pixels wide"):
        animation_of(sketch(), "gif", width)


def test_junk_is_refused():
    with pytest.raises(InkError):
        animation_of(Archived(b"\x63", (1,)), "gif")


@pytest.mark.slow
def test_a_nasty_drawing_is_done_all_the_same():
    ink = (box(100, 100, 700, 500) + fill(400, 300, RED) + fill(400, 300, BLUE)) * 40
    animation, _ = frames_of(animation_of(Archived(ink, usual_times(ink)), "gif"))
    assert animation.n_frames > 40
