from pathlib import Path

import torch

import ai_artist
from ai_artist.perception import load_perceptor
from ai_artist.training import shaky_hand
from tests.hand_sketches import HAND_SKETCHES

_lines = (Path(ai_artist.__file__).parent / "categories.txt").read_text(encoding="utf-8").splitlines()
CATEGORIES = [line for line in _lines if line and not line.startswith("#")]


def test_doodle_clip_names_drawings_by_hand():
    """It has never seen these thirty, and may be unsure: the word has only to be among its first five of 345."""
    perceptor = load_perceptor(device="cpu")
    pictures = shaky_hand.shown(list(HAND_SKETCHES.values()), perceptor.size)
    with torch.no_grad():
        closeness = perceptor.embed_pictures(pictures) @ perceptor.embed_words(CATEGORIES).T
    guesses = [[CATEGORIES[index] for index in row] for row in closeness.topk(5).indices.tolist()]
    missed = {word: first_five for word, first_five in zip(HAND_SKETCHES, guesses, strict=True) if word not in first_five}
    for word, first_five in missed.items():
        print(f"{word}: taken for {', '.join(first_five)}")
    assert len(HAND_SKETCHES) - len(missed) >= 25, f"missed: {', '.join(missed)}"


def test_drawings_by_hand_are_strokes_of_categories():
    assert len(HAND_SKETCHES) == 30
    assert len(CATEGORIES) == 345
    assert set(HAND_SKETCHES) <= set(CATEGORIES)
    for word, strokes in HAND_SKETCHES.items():
        for stroke in strokes:
            assert stroke.shape[1:] == (2,), word
            assert stroke.dtype == "float32", word
            assert len(stroke) > 1, word
            assert 0 <= stroke.min() <= stroke.max() <= 1, word
