import pytest
import torch

from ai_artist.artist import LIVE, PATIENT, Artist, check_prompt
from ai_artist.budget import Iterations
from ai_artist.errors import PromptError
from ai_artist.synthesis.clipdraw import Brush


@pytest.fixture(scope="module")
def artist():
    threads = torch.get_num_threads()
    yield Artist.load(threads=1, brush=Brush(strokes=6))
    torch.set_num_threads(threads)


def test_strokes_come_one_after_another_while_the_rest_goes_on(artist):
    progress = []
    seen = [len(progress) for _ in artist.draw("house", Iterations(30), 0, LIVE, on_progress=lambda fraction, _: progress.append(fraction))]
    assert len(seen) == 6
    assert seen[0] == 3
    assert seen == sorted(set(seen))
    assert progress == sorted(progress)


def test_the_same_seed_gives_the_same_drawing_and_another_another(artist):
    first, again, other = (list(artist.draw("umbrella", Iterations(12), seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_drawing_comes_closer_to_its_prompt(artist):
    similarities = []
    settled = list(artist.draw("house", Iterations(60), 0, PATIENT, on_progress=lambda _, similarity: similarities.append(similarity)))
    assert settled[-1].similarity > 0.5
    assert similarities[-1] > similarities[4] + 0.2


def test_a_drawing_no_longer_wanted_stops(artist):
    asked = iter([True, True, True, False])
    assert list(artist.draw("house", Iterations(1000), 0, PATIENT, wanted=lambda: next(asked))) == []


@pytest.mark.parametrize("prompt", ["", "   ", "x" * 201, "a\x00b", "line\nbreak"])
def test_bad_prompts_are_refused_before_anything_is_drawn(artist, prompt):
    with pytest.raises(PromptError):
        artist.draw(prompt, Iterations(1), 0)


@pytest.mark.parametrize("prompt", ["  a   house ", "ein Haus", "家", "🏠", "x" * 200])
def test_any_words_can_be_given(prompt):
    assert check_prompt(prompt) == " ".join(prompt.split())
