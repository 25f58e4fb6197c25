"""The course of a drawing, with a perceptor that likes what a test tells it to like."""

from dataclasses import replace

import pytest
import torch

from ai_artist.artist import Artist
from ai_artist.budget import Iterations
from ai_artist.manner import Manner
from ai_artist.pace import LIVE, PATIENT
from ai_artist.process import Evolved, Progress, Settled
from ai_artist.strokes import Stroke
from ai_artist.synthesis.ink import INK

LINE = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.25), (0.5, 0.3), (0.6, 0.4), (0.6, 0.5), (0.6, 0.6)), 0.022, (0.0, 0.0, 0.0, 1.0))


@pytest.fixture(scope="module")
def artist():
    threads = torch.get_num_threads()
    yield Artist.load(threads=1, method=replace(INK, brush=replace(INK.brush, strokes=10)))
    torch.set_num_threads(threads)


def test_what_has_been_shown_stays_and_is_not_told_again(artist):
    events = list(artist.draw("house", Iterations(20), 0, LIVE, start=[LINE, LINE], shown=2))
    told = [event.stroke for event in events if isinstance(event, Settled)]
    assert 3 <= len(told) <= 8
    assert all(stroke.points != LINE.points for stroke in told)


@pytest.mark.slow
def test_strokes_that_add_nothing_are_taken_away(artist):
    told = [event for event in artist.draw("square", Iterations(80), 0, PATIENT) if isinstance(event, Settled)]
    assert 5 <= len(told) < 10
    loose = Artist(artist.perceptor, replace(artist._method, tidy=False))
    assert sum(isinstance(event, Settled) for event in loose.draw("square", Iterations(80), 0, PATIENT)) == 10


def test_an_evolving_drawing_shows_all_its_strokes_until_they_settle(artist, monkeypatch):
    monkeypatch.setattr("ai_artist.process._beat", 0.0)
    events = list(artist.draw("house", Iterations(40), 0, LIVE, Manner(show="evolving")))
    looks = [place for place, event in enumerate(events) if isinstance(event, Evolved)]
    settled = [place for place, event in enumerate(events) if isinstance(event, Settled)]
    assert len(looks) > 10
    assert looks[-1] == settled[0] - 1
    first, last = events[looks[0]].strokes, events[looks[-1]].strokes
    assert len(first) == len(last) == 10
    assert [stroke for stroke in last if stroke] == [events[place].stroke for place in settled]
    assert all(before.points != after.points for before, after in zip(first, last, strict=True) if after)


def test_a_hurried_drawing_shows_its_first_stroke_at_once(artist):
    process = artist.begin("house", Iterations(60), 0, PATIENT)
    seen = []
    for event in process.events():
        seen.append(type(event))
        if len(seen) == 12:
            process.hurry()
    first = seen.index(Settled)
    assert 12 <= first <= 13
    assert Progress in seen[first:]


@pytest.mark.slow
def test_the_order_decides_when_the_picture_can_be_named(artist):
    half = {}
    for order in ("easy", "hard"):
        process = artist.begin("umbrella", Iterations(80), 1, PATIENT, Manner(order=order))
        told = sum(isinstance(event, Settled) for event in process.events())
        shown = torch.arange(told)[None] < told // 2
        half[order] = float(process.run.opinion.of(process.run.canvas.render_parts(96, shown), 8)[0])
    assert half["easy"] > half["hard"] + 0.5


def test_candidates_are_halved_until_one_is_left(artist):
    process = artist.begin("house", Iterations(40), 0, PATIENT)
    left = []
    for event in process.events():
        if isinstance(event, Progress):
            left.append(process.run.canvas.candidates)
    assert left == sorted(left, reverse=True)
    assert set(left) == {8, 4, 2, 1}
    assert left[16] == 1


def test_a_drawing_lies_in_the_middle(artist):
    points = torch.tensor(
        [point for event in artist.draw("umbrella", Iterations(60), 3, PATIENT) if isinstance(event, Settled) for point in event.stroke.points]
    )
    middle = (points.amin(0) + points.amax(0)) / 2
    assert (middle - 0.5).abs().max() < 0.08


def test_sureness_is_measured_or_not_claimed(artist, monkeypatch):
    monkeypatch.setattr(artist, "_drawable", {"house": 0.9, "cat": 0.2, "banana": 0.0})
    monkeypatch.setattr(artist, "_drawable_vectors", None)
    assert artist.sureness("house") == 0.9
    assert artist.sureness("kitty") == pytest.approx(0.2, abs=0.15)
    assert artist.sureness("xqzzt") == 0
    monkeypatch.setattr(artist, "_drawable", {})
    assert artist.sureness("house") is None
