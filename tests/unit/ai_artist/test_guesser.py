import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from ai_artist.categories import category_names
from ai_artist.evaluation.guessing import canvas_of
from ai_artist.guesser import Guesser, framed
from tests.hand_sketches import HAND_SKETCHES


@pytest.fixture(scope="module")
def guesser():
    return Guesser.load(threads=1, device="cpu")


def drawn(word):
    return canvas_of(list(HAND_SKETCHES[word]))


def test_doodles_are_named_among_all_categories(guesser):
    words = category_names()
    known = [word for word in HAND_SKETCHES if word in words]
    assert len(known) >= 20
    places = [[guess.word for guess in guesser.guess(drawn(word), words)].index(word) for word in known]
    assert sum(place < 5 for place in places) > 0.7 * len(known)
    assert sum(place == 0 for place in places) > 0.4 * len(known)


def test_probabilities_are_of_the_words_asked_about_the_surest_first(guesser):
    word = next(iter(HAND_SKETCHES))
    guesses = guesser.guess(drawn(word), [word, "submarine", "zebra"])
    assert {guess.word for guess in guesses} == {word, "submarine", "zebra"}
    assert sum(guess.probability for guess in guesses) == pytest.approx(1, abs=1e-5)
    assert [guess.probability for guess in guesses] == sorted((guess.probability for guess in guesses), reverse=True)
    assert guesser.guess(drawn(word), ["zebra"])[0].probability == pytest.approx(1)


def test_the_same_picture_gets_the_same_guesses_mirrored_or_elsewhere_on_the_sheet(guesser):
    word = next(iter(HAND_SKETCHES))
    picture, words = drawn(word), category_names()
    first = guesser.guess(picture, words)
    assert guesser.guess(picture, words) == first
    moved = Image.new("RGB", (1000, 900), "white")
    moved.paste(picture, (180, 290))
    assert guesser.guess(moved, words) == first
    mirrored = guesser.guess(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), words)
    assert mirrored[0].probability == pytest.approx(first[0].probability, abs=0.02)


def test_on_a_blank_sheet_and_among_no_words_there_is_nothing_to_guess(guesser):
    assert guesser.guess(Image.new("RGB", (800, 600), "white"), ["house"]) == []
    assert guesser.guess(drawn(next(iter(HAND_SKETCHES))), []) == []


def test_the_ink_is_in_the_middle_of_a_square_with_a_margin():
    picture = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(picture).rectangle((700, 500, 799, 519), fill="red")  # 100 by 20, in the corner
    sheet = np.asarray(framed(picture))
    ys, xs = np.nonzero((sheet != 255).any(axis=2))
    assert sheet.shape[0] == sheet.shape[1] == 112
    assert (xs.min(), xs.max(), ys.min(), ys.max()) == (6, 105, 46, 65)


class Fixed:
    """A perceptor to which every picture is one and the same thing."""

    size, sharpness = 8, 10.0

    def __init__(self, seen):
        self.seen, self.asked = torch.tensor(seen), []

    def embed_words(self, prompts):
        self.asked.extend(prompts)
        return torch.tensor([[1.0, 0.0] if prompt == "left" else [0.0, 1.0] for prompt in prompts])

    def embed_pictures(self, pictures):
        assert pictures.shape == (2, 3, 8, 8)
        return self.seen.expand(2, 2)


def test_several_perceptors_have_one_say_each_and_words_are_embedded_once():
    one, other = Fixed([1.0, 0.0]), Fixed([0.8, 0.6])
    picture = drawn(next(iter(HAND_SKETCHES)))
    both = Guesser([one, other])
    first, second = both.guess(picture, ["right", "left"])
    assert (first.word, second.word) == ("left", "right")
    assert first.probability / second.probability == pytest.approx(np.exp(10 * (1.0 + 0.2) / 2), rel=1e-4)
    both.guess(picture, ["left"])
    assert one.asked == ["right", "left"]


def test_a_guesser_without_a_perceptor_is_refused():
    with pytest.raises(ValueError, match="needs a perceptor"):
        Guesser([])
