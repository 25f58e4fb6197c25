from random import Random

import numpy as np
import pytest

from ai_artist.evaluation import guessing as module
from ai_artist.evaluation.guessing import MOST_GUESSES, canvas_of, fits, guessing
from ai_artist.guesser import Guess, Guesser
from ai_artist.training.sketches import Sketch, SketchCorpus
from tests.hand_sketches import HAND_SKETCHES

WORDS = ("cat", "dog", "hot dog", "ant", "bee", "elk", "fox", "owl")


class Recorder:
    """A guesser that says what it is told, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def guess(self, picture, words):
        self.asked.append((np.asarray(picture).astype(int).sum(), list(words)))
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return [Guess(word, probability) for word, probability in answer]


def sketch(word, strokes):
    lines = tuple(np.array([[0.1, 0.1 + 0.1 * number], [0.9, 0.1 + 0.1 * number]], np.float32) for number in range(strokes))
    return SketchCorpus(WORDS, (Sketch(lines, WORDS.index(word)),))


def test_a_word_is_said_once_it_is_sure_enough():
    recorder = Recorder([("cat", 0.4)], [("cat", 0.9)])
    found = guessing(recorder, sketch("cat", 4))
    assert (found.guessed, found.median_stroke_fraction, found.guesses, found.n) == (1.0, 0.5, 1.0, 1)
    assert found.look_ms > 0
    assert len(recorder.asked) == 2


def test_at_the_end_it_tries_what_it_is_not_sure_of_but_not_for_ever():
    unsure = [(word, 0.1) for word in ("ant", "bee", "elk", "fox", "owl", "dog")]
    found = guessing(Recorder(unsure), sketch("dog", 2))
    assert (found.guessed, found.guesses, found.median_stroke_fraction) == (0.0, MOST_GUESSES, 1.0)
    assert guessing(Recorder(unsure), sketch("owl", 2)).guessed == 1.0


def test_nothing_is_said_twice():
    recorder = Recorder([("ant", 0.9), ("dog", 0.1)])
    assert guessing(recorder, sketch("dog", 3)).guesses == 2


def test_it_sees_more_ink_with_each_stroke_and_asks_only_for_words_that_fit():
    recorder = Recorder([("dog", 0.0)])
    guessing(recorder, sketch("hot dog", 5))
    inks = [ink for ink, _ in recorder.asked]
    assert inks == sorted(inks, reverse=True)
    assert len(set(inks)) == 5
    assert all(words == ["hot dog"] for _, words in recorder.asked)


def test_letters_are_revealed_evenly_and_never_more_than_half():
    shown = list(module._patterns("umbrella", 6, Random(1)))
    assert [8 - pattern.count("_") for pattern in shown] == [0, 0, 1, 1, 2, 2]
    assert all(fits("umbrella", pattern) for pattern in shown)
    assert next(module._patterns("hot dog", 1, Random(1))).count(" ") == 1
    assert max(3 - pattern.count("_") for pattern in module._patterns("cat", 9, Random(1))) == 1


@pytest.mark.parametrize(
    ("word", "pattern", "does"),
    [
        ("cat", "___", True),
        ("cat", "_a_", True),
        ("cat", "_o_", False),
        ("cat", "____", False),
        ("t-shirt", "_-_____", True),
        ("hot dog", "_______", False),
    ],
)
def test_fits(word, pattern, does):
    assert fits(word, pattern) is does


@pytest.mark.slow
def test_the_real_guesser_finds_doodles_before_they_are_finished():
    words = tuple(HAND_SKETCHES)
    corpus = SketchCorpus(words, tuple(Sketch(HAND_SKETCHES[word], number) for number, word in enumerate(words)))
    found = guessing(Guesser.load(threads=1, device="cpu"), corpus)
    assert found.guessed > 0.8
    assert found.median_stroke_fraction < 1


def test_a_sketch_stands_on_the_canvas_as_it_would_in_the_game():
    picture = canvas_of([np.array([[0.0, 0.0], [1.0, 1.0]], np.float32)])
    assert picture.size == (800, 600)
    ys, xs = np.nonzero(np.asarray(picture.convert("L")) < 128)
    assert (xs.min(), ys.min()) == (pytest.approx(150, abs=3), pytest.approx(50, abs=3))
    assert (xs.max(), ys.max()) == (pytest.approx(650, abs=3), pytest.approx(550, abs=3))
