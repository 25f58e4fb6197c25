import os

import pytest

from ai_artist.artist import Artist
from ai_artist.budget import Iterations
from ai_artist.errors import ArtistError
from ai_artist.evaluation.plan import stroke_methods
from ai_artist.evaluation.records import read_record
from ai_artist.evaluation.workers import DrawingStopped, Task, Tools, WorkersError, draw_all, draw_one

pytestmark = pytest.mark.slow  # only who measures drawings needs them

(INK,) = stroke_methods(["ink"], 4)


@pytest.fixture(scope="module")
def artist():
    return Artist.load("doodle-clip", threads=1, device="cpu")


@pytest.mark.parametrize("pace", ["live", "patient"])
def test_a_word_is_drawn_at_its_pace_with_its_seed(artist, tmp_path, pace):
    task = Task("house", 3, INK, tmp_path / "house-3.json")
    record = draw_one(artist, task, Iterations(12), pace)
    drawing = record.drawing
    assert (drawing.prompt, drawing.seed, drawing.method, drawing.perceptor, len(drawing.strokes)) == ("house", 3, "ink", "doodle-clip", 4)
    assert -1 <= drawing.similarity <= 1
    assert 0 < drawing.times[0] <= drawing.times[-1] <= record.seconds
    again = draw_one(artist, task, Iterations(12), pace).drawing
    assert again.strokes == drawing.strokes


def test_live_the_first_stroke_comes_long_before_the_end(artist, tmp_path):
    task = Task("house", 0, INK, tmp_path / "house-0.json")
    live, patient = (draw_one(artist, task, Iterations(30), pace) for pace in ("live", "patient"))
    assert live.first_stroke_s / live.seconds < patient.first_stroke_s / patient.seconds - 0.2
    assert patient.iterations >= 29
    assert patient.drawing.times[0] > 0


def test_a_drawing_that_is_not_wanted_any_more_is_given_up(artist, tmp_path):
    task = Task("house", 0, INK, tmp_path / "house-0.json")
    asked = []

    def stopped():
        asked.append(1)
        return len(asked) > 3

    for pace in ("live", "patient"):
        asked.clear()
        with pytest.raises(DrawingStopped):
            draw_one(artist, task, Iterations(5000), pace, stopped)
        assert len(asked) < 10


def test_processes_write_what_they_draw_and_one_failure_ends_nothing_else(tmp_path):
    before = dict(os.environ)
    tasks = [Task(word, 0, INK, tmp_path / "drawings" / f"{number}.json") for number, word in enumerate(("house", "", "tree"))]
    ended = {}
    draw_all(tasks, Tools("doodle-clip", "cpu"), Iterations(6), "live", 2, lambda task, why: ended.update({task.word: why}))
    assert ended.pop("") is not None
    assert ended == {"house": None, "tree": None}
    assert [record and record.drawing.prompt for record in map(read_record, (task.path for task in tasks))] == ["house", None, "tree"]
    assert dict(os.environ) == before


def test_workers_that_cannot_start_are_said(tmp_path):
    task = Task("house", 0, INK, tmp_path / "a.json")
    with pytest.raises(WorkersError, match="ended by itself"):
        draw_all([task], Tools("local-dir:/nowhere", "cpu"), Iterations(6), "live", 1)
    assert issubclass(WorkersError, ArtistError)
    draw_all([], Tools("local-dir:/nowhere", "cpu"), Iterations(6), "live", 1)
