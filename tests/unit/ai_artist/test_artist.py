from dataclasses import replace

import numpy as np
import pytest
import torch

from ai_artist.artist import Artist, slowness
from ai_artist.budget import Iterations
from ai_artist.errors import ArtistError, PromptError
from ai_artist.pace import LIVE, PATIENT
from ai_artist.process import Progress, Settled
from ai_artist.strokes import Stroke
from ai_artist.synthesis.ink import INK
from ai_artist.synthesis.methods import METHODS, MethodError


@pytest.fixture(scope="module")
def artist():
    threads = torch.get_num_threads()
    yield Artist.load(threads=1, method=replace(INK, brush=replace(INK.brush, strokes=6)))
    torch.set_num_threads(threads)


def strokes_of(events):
    return [event for event in events if isinstance(event, Settled)]


def test_strokes_come_one_after_another_while_the_rest_goes_on(artist):
    events = list(artist.draw("house", Iterations(30), 0, LIVE))
    before = [sum(isinstance(each, Progress) for each in events[:place]) for place, event in enumerate(events) if isinstance(event, Settled)]
    assert 5 <= len(before) <= 6
    assert before[0] == 3
    assert before == sorted(set(before))
    parts = [event.fraction for event in events if isinstance(event, Progress)]
    assert parts == sorted(parts)


def test_a_drawing_too_far_away_to_be_seen_is_said(artist):
    far = Stroke(((1e6, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2)), 0.022, (0.0, 0.0, 0.0, 1.0))
    with pytest.raises(ArtistError, match=r"ink cannot begin: stroke 0 .* beyond"):
        artist.synthesize("house", Iterations(3), start=(far,))


def test_the_same_seed_gives_the_same_drawing_and_another_another(artist):
    first, again, other = (strokes_of(artist.draw("umbrella", Iterations(12), seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_drawing_comes_closer_to_its_prompt(artist):
    events = list(artist.draw("house", Iterations(60), 0, PATIENT))
    similarities = [event.similarity for event in events if isinstance(event, Progress)]
    assert strokes_of(events)[-1].similarity > 0.5
    assert similarities[-1] > similarities[4] + 0.2


def test_whoever_wants_no_more_does_not_go_on(artist):
    events = artist.draw("house", Iterations(1000), 0, PATIENT)
    assert isinstance(next(events), Progress)
    events.close()


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 201, "a\x00b", "line\nbreak"])
def test_bad_prompts_are_refused_before_anything_is_drawn(artist, prompt):
    with pytest.raises(PromptError):
        artist.draw(prompt, Iterations(1), 0)


@pytest.mark.parametrize("name", [name for name in METHODS if name != "biggan"])
def test_every_method_brings_its_picture_closer_to_the_prompt(artist, name):
    method = METHODS[name]
    if name.startswith("clipdraw"):
        method = replace(method, brush=replace(method.brush, strokes=32))
    done = artist.synthesize("house", Iterations(60), 0, method, frames=5)
    assert [now.iteration for now in done.curve] == list(range(1, len(done.curve) + 1))
    assert 58 <= len(done.curve) <= 60
    assert done.curve[-1].similarity > done.curve[0].similarity + 0.1
    assert done.pixels.shape == (3, 224, 224)
    assert done.pixels.min() >= 0
    assert done.pixels.max() <= 1
    assert 5 <= len(done.frames) <= 7
    assert done.picture(64).size == (64, 64)
    assert done.note is None
    if name == "pixel":
        assert done.drawing is None
    else:
        assert done.drawing is not None
        assert done.drawing.similarity == done.similarity
        assert len(done.drawing.times) == len(done.drawing.strokes) > 0
        assert list(done.drawing.times) == sorted(done.drawing.times)


def test_methods_can_be_named_and_an_unknown_one_is_said(artist):
    assert artist.synthesize("house", Iterations(1), method="pixel").method == "pixel"
    with pytest.raises(MethodError, match="Did you mean clipdraw"):
        artist.synthesize("house", Iterations(1), method="clipdrew")


def test_colours_are_painted_in_the_order_that_was_optimised(artist):
    done = artist.synthesize("house", Iterations(3), 0, replace(METHODS["clipdraw"], brush=replace(METHODS["clipdraw"].brush, strokes=32)))
    painted = torch.from_numpy(np.asarray(done.picture(224)).copy()).permute(2, 0, 1) / 255
    assert (painted - done.pixels).abs().mean() < 0.01


@pytest.mark.slow
def test_a_negative_prompt_pushes_away_and_a_style_pulls(artist):
    plain = artist.synthesize("sun", Iterations(40))
    without = artist.synthesize("sun", Iterations(40), negative=["flower"])
    styled = artist.synthesize("sun", Iterations(40), style="spider")
    flower, spider = artist.perceptor.embed_words(["flower", "spider"])

    def seen(done):
        small = torch.nn.functional.interpolate(done.pixels[None], (64, 64), mode="bilinear", antialias=True)
        return artist.perceptor.embed_pictures(small)[0]

    assert seen(without) @ flower < seen(plain) @ flower
    assert seen(styled) @ spider > seen(plain) @ spider


def test_a_given_drawing_is_gone_on_from(artist):
    line = Stroke(((0.2, 0.2), (0.3, 0.2), (0.4, 0.2), (0.5, 0.2)), 0.022, (0.0, 0.0, 0.0, 1.0))
    done = artist.synthesize("house", Iterations(1), start=(line,))
    assert done.drawing is not None
    assert 5 <= len(done.drawing.strokes) <= 6
    nearest = min(abs(stroke.points[0][0] - 0.2) + abs(stroke.points[0][1] - 0.2) for stroke in done.drawing.strokes)
    assert nearest < 0.15  # it has moved, and the whole drawing was centred
    with pytest.raises(ArtistError, match="cannot go on from a drawing"):
        artist.synthesize("house", Iterations(1), method="pixel", start=(line,))


def test_a_loss_that_is_no_number_keeps_the_last_good_strokes_and_says_so(artist, monkeypatch):
    embed, calls = artist.perceptor.embed_pictures, []

    def broken(pictures):
        calls.append(1)
        return embed(pictures) * (float("nan") if len(calls) == 4 else 1.0)

    monkeypatch.setattr(artist.perceptor, "embed_pictures", broken)
    done = artist.synthesize("house", Iterations(50))
    assert len(done.curve) == 3
    assert done.note is not None
    assert "iteration 3" in done.note
    assert done.drawing is not None
    assert 5 <= len(done.drawing.strokes) <= 6
    assert all(np.isfinite(stroke.points).all() for stroke in done.drawing.strokes)
    assert -1 <= done.similarity <= 1


def test_an_iteration_can_be_timed(artist):
    assert artist.seconds_per_iteration(2) > 0


def test_a_perceptor_too_slow_for_live_play_is_said():
    assert slowness("ViT-B-32", 1.25) == (
        "ViT-B-32: 12 iterations in 15 s here, and a drawing that people can guess wants 60 or more. Choose doodle-clip, or a machine with a GPU."
    )
    assert slowness("doodle-clip", 0.02) is None
